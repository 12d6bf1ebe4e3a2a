"""What is claimed of membership and quorum, and what shows that each claim speaks of something."""

from itertools import combinations

import z3

from quorate.dynamics.membership import Membership
from quorate.dynamics.sets import empty, has, lowest, some, subset
from quorate.system import Always, Formula, Sometimes
from quorate.system.steps import may_take


def no_split_brain(model: Membership) -> Always:
    """Never two islands that both run."""
    pairs = combinations(model.state.islands, 2)
    return Always(
        "no-split-brain", z3.And(*(z3.Or(empty(one), empty(other)) for one, other in pairs))
    )


def two_sides_are_up(model: Membership) -> Sometimes:
    """Two nodes are up that do not reach each other."""
    state = model.state
    apart = [
        z3.And(has(state.up, index), z3.Not(subset(state.up, reach)))
        for index, reach in enumerate(state.reach)
    ]
    return Sometimes("two nodes are up that do not reach each other", z3.Or(*apart))


def no_minority_rule(model: Membership) -> Always:
    """No island runs without more than half of all configured votes, the witness's included only
    for the island that holds it (rules Q1, Q2)."""
    state, quorum = model.state, model.quorum
    return Always(
        "no-minority-rule",
        z3.And(
            *(
                z3.Implies(some(island), quorum.majority(island, state.holds(island)))
                for island in state.islands
            )
        ),
    )


def a_minority_is_up(model: Membership) -> Sometimes:
    """Nodes are up that have no majority together, without the witness."""
    state, quorum = model.state, model.quorum
    listening = state.up & ~state.running
    return Sometimes(
        "nodes are up that have no majority",
        z3.And(some(listening), z3.Not(quorum.majority(listening, z3.BoolVal(False)))),
    )


def nodes_are_up_that_do_not_run(model: Membership) -> Sometimes:
    """Nodes are up without a cluster."""
    state = model.state
    return Sometimes("nodes are up that run no cluster", some(state.up & ~state.running))


def no_partition_in_time(model: Membership) -> Always:
    """No node runs on a configuration older than one that was committed (rule Q5)."""
    return Always("no-partition-in-time", subset(model.state.running, model.state.current))


def an_outdated_node_is_up(model: Membership) -> Sometimes:
    """A node is up whose replica is outdated."""
    state = model.state
    return Sometimes("a node is up whose replica is outdated", some(state.up & ~state.current))


def survives(model: Membership) -> Always:
    """Some node runs at every moment: whatever fails within the budget, service is not
    interrupted, the cluster having settled after each fault. A node that was isolated does not
    count: nobody would reach what runs there."""
    return Always("survives", some(model.state.running & ~model.state.cut_off))


def all_faults_happened(model: Membership) -> Sometimes:
    """The budget of every kind of fault is used up."""
    spent = model.state.spent_variables.values()
    return Sometimes(
        "every fault of the budget has happened",
        z3.And(*(counter.term == ~z3.BitVecVal(0, counter.term.size()) for counter in spent)),
    )


def recovers(model: Membership) -> Always:
    """Whenever everything that failed is back, the cluster runs, or all nodes together may form it
    at once and without a hand (rules Q6, Q8)."""
    state, votes = model.state, model.quorum.votes
    everyone, nothing = state.sets.everything, state.sets.nothing
    choices = {"side": everyone, "winner": lowest(state.cabled)}
    form = model.system.action.get("form")
    may_form = may_take(form, choices) if form is not None else z3.BoolVal(False)
    return Always(
        "recovers",
        z3.Implies(_healed(model), z3.Or(some(state.running), may_form)),
        instances=(votes.cover_shares_all(everyone, nothing), votes.bounds(nothing)),
    )


def healed_and_nothing_runs(model: Membership) -> Sometimes:
    """Everything is back, and no cluster runs yet."""
    return Sometimes(
        "everything is back and nothing runs yet",
        z3.And(_healed(model), empty(model.state.running)),
    )


def _healed(model: Membership) -> Formula:
    state = model.state
    everyone = state.sets.everything
    healed = [state.up == everyone, *(reach == everyone for reach in state.reach)]
    if state.has_witness:
        healed += [state.witness_up, state.paths == state.cabled]
    return z3.And(*healed)
