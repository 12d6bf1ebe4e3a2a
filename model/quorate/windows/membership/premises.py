"""What shows that each claim about membership speaks of something: its premise."""

from collections.abc import Iterator, Sequence

import z3

from quorate.counting.marks import full
from quorate.counting.sets import Members, empty, has, lowest, meets, some, subset
from quorate.system import Sometimes, Term, actions_of
from quorate.system.terms import constants
from quorate.windows.membership.assumptions import UNLIMITED
from quorate.windows.membership.claimed_cluster import claimed
from quorate.windows.membership.model import Membership
from quorate.windows.membership.verbs import Verb

_NO = z3.BoolVal(False)


def two_sides_are_up(model: Membership) -> Sometimes:
    """Two nodes are up that do not reach each other."""
    state = model.state
    apart = [
        z3.And(has(state.up, index), z3.Not(subset(state.up, reach)))
        for index, reach in enumerate(state.reach)
    ]
    return Sometimes("two nodes are up that do not reach each other", z3.Or(*apart))


def a_minority_is_up(model: Membership) -> Sometimes:
    """Nodes are up that have no majority together, without the witness."""
    state, cluster = model.state, claimed(model)
    listening = state.up & ~state.running
    return Sometimes(
        "nodes are up that have no majority",
        z3.And(some(listening), z3.Not(cluster.majority(listening, z3.BoolVal(False)))),
    )


def an_outdated_node_is_up(model: Membership) -> Sometimes:
    """A node is up whose replica is outdated."""
    state = model.state
    return Sometimes("a node is up whose replica is outdated", some(state.up & ~state.current))


def a_member_is_outdated(model: Membership) -> Sometimes:
    """A node runs whose replica is outdated."""
    state = model.state
    return Sometimes("a node runs whose replica is outdated", some(state.running & ~state.current))


def an_outdated_node_listens(model: Membership) -> Sometimes:
    """A node is up and in no island, and its replica is outdated."""
    state = model.state
    return Sometimes(
        "a node listens whose replica is outdated", some(state.up & ~state.running & ~state.current)
    )


def a_stop_is_allowed(model: Membership) -> Sometimes:
    """The operator may stop a node, and others of its island are left: no part of the guard refuses
    it, but for those about who wins the witness then, which somebody always does if he can."""
    state, sets = model.state, model.state.sets
    allowed = [z3.BoolVal(False)]
    for action in actions_of(model.system, Verb.PLANNED_STOP):
        parts = [part for part in action.guard if state.winner.name not in constants(part)]
        for name in state.names:
            node = sets.of([name])
            others = [z3.And(meets(i, node), some(i & ~node)) for i in state.islands]
            for votes in _handed_over(model, node):
                chosen = [z3.substitute(part, (state.node.term, node), *votes) for part in parts]
                allowed.append(z3.And(*chosen, z3.Or(*others)))
    return Sometimes("a node runs that may be stopped by plan", z3.Or(*allowed))


def _handed_over(model: Membership, node: Members) -> Iterator[Sequence[tuple[Term, Term]]]:
    """What votes may be in force when the node has left by plan, where they follow who runs: those
    that were, those of all others, or of all but one."""
    state, changing = model.state, model.state.changing
    if changing is None:
        yield ()
        return
    now, rest = changing.ballot.voters.term, state.running & ~node
    mine = claimed(model)
    rest &= state.sets.of(n for n, w in zip(state.names, mine.weights, strict=True) if w)
    fewer = [lowest(rest)]
    if model.cluster.lower_priority is not None:
        fewer.append(state.sets.of([model.cluster.lower_priority]))
    for voters in (now, rest, *(rest & ~one for one in fewer)):
        chosen = [(changing.chosen.voters.term, voters)]
        chosen += [(choice.term, _NO) for choice in changing.remember]
        if changing.chosen.witness is None:
            yield chosen
        else:
            yield from ([*chosen, (changing.chosen.witness.term, w)] for w in (_NO, z3.Not(_NO)))


def a_node_has_no_disk(model: Membership) -> Sometimes:
    """A node is up and runs nothing, without a path to the disk."""
    state = model.state
    return Sometimes(
        "a node listens without a path to the disk", some(state.up & ~state.running & ~state.paths)
    )


def the_witness_is_free(model: Membership) -> Sometimes:
    """A node runs and reaches a witness that nobody holds."""
    return Sometimes(
        "a node runs and reaches a witness that nobody holds", some(claimed(model).may_take_witness)
    )


def all_faults_happened(model: Membership) -> Sometimes:
    """The budget of every kind of fault is used up, or that of all together."""
    spent, most = model.state.spent, model.assumptions.at_most
    counters = spent.counters if spent is not None else {}
    used_up = [full(counter.term) for counter in counters.values()]
    return Sometimes(
        "every fault of the budget has happened",
        z3.And(*used_up) if most is UNLIMITED else claimed(model).so_many_faults(most),
    )


def healed_and_nothing_runs(model: Membership) -> Sometimes:
    """Everything is back, and no cluster runs yet."""
    return Sometimes(
        "everything is back and nothing runs yet",
        z3.And(claimed(model).is_whole, empty(model.state.running)),
    )


def a_node_is_left_out(model: Membership) -> Sometimes:
    """Everything is back and a cluster runs, without all that may be members."""
    cluster, running = claimed(model), model.state.running
    return Sometimes(
        "everything is back and a node is in no island",
        z3.And(cluster.is_whole, some(running), some(cluster.may_belong & ~running)),
    )


def a_node_is_down(model: Membership) -> Sometimes:
    """A node is down."""
    return Sometimes("a node is down", some(~model.state.up))
