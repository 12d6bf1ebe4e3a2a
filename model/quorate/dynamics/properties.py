"""What is claimed of membership and quorum, and what shows that each claim speaks of something."""

from itertools import combinations

import z3

from quorate.dynamics.membership import Membership
from quorate.dynamics.sets import empty, has, some, subset
from quorate.system import ActionKind, Always, Formula, LeadsTo, Sometimes


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


def recovers(model: Membership) -> LeadsTo:
    """Once everything that failed is back and stays so, the cluster runs, without a hand (rules
    Q6, Q8): the nodes form it, provided that they do not put that off for ever."""
    state, votes = model.state, model.quorum.votes
    everyone, nothing = state.sets.everything, state.sets.nothing
    calm = tuple(a.name for a in model.system.actions if a.kind is ActionKind.CLUSTER)
    stopped = z3.If(empty(state.running), z3.BitVecVal(1, 1), z3.BitVecVal(0, 1))
    return LeadsTo(
        "recovers",
        trigger=_healed(model),
        goal=some(state.running),
        calm=calm,
        fair=tuple(name for name in calm if name == "form"),
        waiting=_healed(model),
        measure=(stopped,),
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
