"""What is claimed of membership and quorum, and what shows that each claim speaks of something."""

from itertools import combinations
from typing import assert_never

import z3

from quorate.counting.marks import full
from quorate.counting.sets import Members, disjoint, empty, has, meets, some, subset, union
from quorate.system import (
    ActionKind,
    Always,
    EachStep,
    Formula,
    LeadsTo,
    Sometimes,
    actions_of,
    each_step,
)
from quorate.windows.membership.assumptions import UNLIMITED
from quorate.windows.membership.disturbance import so_many
from quorate.windows.membership.faults import rest_keeps_quorum
from quorate.windows.membership.lemmas import forced_only_without_majority
from quorate.windows.membership.model import Membership
from quorate.windows.membership.verbs import Verb


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


def no_partition_in_time(model: Membership) -> Always:
    """No node runs on a configuration older than one that was committed (rule Q5)."""
    return Always("no-partition-in-time", subset(model.state.running, model.state.current))


def an_outdated_node_is_up(model: Membership) -> Sometimes:
    """A node is up whose replica is outdated."""
    state = model.state
    return Sometimes("a node is up whose replica is outdated", some(state.up & ~state.current))


def members_connected(model: Membership) -> EachStep:
    """Whoever forms or joins an island reaches all its members, and a cut leaves none on both of
    its sides; no other step lets an island grow or the network shrink (rule M2). The network is cut
    in both directions, so the members of an island always reach each other."""
    rules = {verb: _stays_connected(model, verb) for verb in Verb}
    return each_step("members-connected", model.system, rules, lacking=model.lacking)


def _stays_connected(model: Membership, verb: Verb) -> Formula:
    """What a step of `verb` must keep to, so that members that reached each other still do."""
    state = model.state
    node, peer, side = state.node.term, state.peer.term, state.side.term
    after = [variable.next for variable in state.island_variables]
    inside_one = [z3.Or(*(subset(i, j) for j in state.islands)) for i in after]
    no_growth = z3.And(*inside_one)
    no_cut = z3.And(*(subset(v.term, v.next) for v in state.reach_variables))

    def parted(one: Members, other: Members) -> Formula:
        return z3.And(*(z3.Not(z3.And(meets(i, one), meets(i, other))) for i in after))

    match verb:
        case Verb.FORM:
            together = [
                z3.Or(z3.Not(has(side, index)), subset(side, reached))
                for index, reached in enumerate(state.reach)
            ]
            return z3.And(*together, no_cut)
        case Verb.JOIN:
            reached = node | state.sets.picked(node, state.reach)
            among = [z3.Or(disjoint(i, node), subset(i, reached)) for i in after]
            return z3.And(*among, no_cut)
        case Verb.FORCE:
            alone = [z3.Or(old, i == node) for old, i in zip(inside_one, after, strict=True)]
            return z3.And(*alone, no_cut)
        case Verb.PARTITION:
            return z3.And(parted(side, ~side), no_growth)
        case Verb.ISOLATION:
            return z3.And(parted(node, ~node), no_growth)
        case Verb.LINK_FAILURE:
            return z3.And(parted(node, peer), no_growth)
        case (
            Verb.CRASH
            | Verb.POWER_FAILURE
            | Verb.SITE_FAILURE
            | Verb.WITNESS_FAILURE
            | Verb.PATH_FAILURE
            | Verb.PLANNED_STOP
            | Verb.RESTART
            | Verb.HEAL
            | Verb.WITNESS_RETURN
            | Verb.PATH_RETURN
            | Verb.TAKE_WITNESS
            | Verb.COMMIT
        ):
            return z3.And(no_growth, no_cut)
        case _:
            assert_never(verb)


def force_ends(model: Membership) -> Always:
    """An island counts as started by force only while it has no majority (rules Q15, Q16)."""
    return Always("force-ends", forced_only_without_majority(model.state, model.quorum))


def an_island_is_forced(model: Membership) -> Sometimes:
    """An island runs that was started by force."""
    return Sometimes("an island runs that was started by force", z3.Or(*model.state.forced))


def planned_stop_keeps_quorum(model: Membership) -> EachStep:
    """When the operator stops a node, the others of its island go on (rule Q9)."""
    state, node = model.state, model.state.node.term
    after = union([variable.next for variable in state.island_variables])
    go_on = [
        z3.Or(z3.Not(meets(island, node)), subset(island & ~node, after))
        for island in state.islands
    ]
    rules = {Verb.PLANNED_STOP: z3.And(*go_on)}
    return each_step("planned-stop-keeps-quorum", model.system, rules, lacking=model.lacking)


def a_stop_is_allowed(model: Membership) -> Sometimes:
    """The operator may stop a node that is not the last of its island: the stop is not refused."""
    state, sets = model.state, model.state.sets
    if Verb.PLANNED_STOP in model.lacking:
        return Sometimes("a planned stop is allowed", z3.BoolVal(False))
    allowed = [
        z3.substitute(rest_keeps_quorum(state, model.quorum), (state.node.term, sets.of([name])))
        for name in state.names
    ]
    runs = [meets(state.running, sets.of([name])) for name in state.names]
    return Sometimes(
        "a node runs that may be stopped by plan",
        z3.Or(*(z3.And(*both) for both in zip(runs, allowed, strict=True))),
    )


def only_with_disk(model: Membership) -> EachStep:
    """Under Disk Only a node joins or forms a cluster only in contact with the disk (rule Q3)."""
    state = model.state
    rules = {
        verb: z3.And(state.witness_up, subset(chosen.term, state.paths))
        for verb, chosen in ((Verb.FORM, state.side), (Verb.JOIN, state.node))
    }
    return each_step("only-with-disk", model.system, rules, lacking=model.lacking)


def a_node_has_no_disk(model: Membership) -> Sometimes:
    """A node is up and runs nothing, without a path to the disk."""
    state = model.state
    return Sometimes(
        "a node listens without a path to the disk", some(state.up & ~state.running & ~state.paths)
    )


def witness_is_taken(model: Membership) -> LeadsTo:
    """A witness that nobody holds is taken by a node that runs and reaches it, provided that this
    is not put off for ever (wsfc.md 1.6)."""
    state = model.state
    free = some(state.may_take_witness)
    held = z3.If(empty(state.holder), z3.BitVecVal(1, 1), z3.BitVecVal(0, 1))
    return LeadsTo(
        "witness-is-taken",
        trigger=free,
        goal=z3.Not(free),
        calm=_of_the_cluster(model),
        fair=tuple(action.name for action in actions_of(model.system, Verb.TAKE_WITNESS)),
        waiting=free,
        measure=(held,),
    )


def the_witness_is_free(model: Membership) -> Sometimes:
    """A node runs and reaches a witness that nobody holds."""
    return Sometimes(
        "a node runs and reaches a witness that nobody holds", some(model.state.may_take_witness)
    )


def survives(model: Membership) -> Always:
    """Some node runs at every moment: whatever fails within the budget, service is not
    interrupted, the cluster having settled after each fault. A node that was isolated does not
    count: nobody would reach what runs there."""
    return Always("survives", some(model.state.running & ~model.state.isolated))


def survives_together(model: Membership) -> Always:
    """As `survives`, when all faults that may happen together have happened. Which of them stops
    the cluster alone is another question."""
    spent, most = model.state.spent, model.assumptions.at_most
    counters = spent.counters if spent is not None else {}
    happened = so_many(counters, most) if most is not UNLIMITED else z3.BoolVal(True)
    return Always("survives-together", z3.Implies(happened, survives(model).formula))


def all_faults_happened(model: Membership) -> Sometimes:
    """The budget of every kind of fault is used up, or that of all together."""
    spent, most = model.state.spent, model.assumptions.at_most
    counters = spent.counters if spent is not None else {}
    used_up = [full(counter.term) for counter in counters.values()]
    return Sometimes(
        "every fault of the budget has happened",
        z3.And(*used_up) if most is UNLIMITED else so_many(counters, most),
    )


def recovers(model: Membership) -> LeadsTo:
    """Once everything that failed is back and stays so, the cluster runs, without a hand (rules
    Q6, Q8): the nodes form it, provided that they do not put that off for ever."""
    state, votes = model.state, model.quorum.votes
    everyone, nothing = state.sets.everything, state.sets.nothing
    stopped = z3.If(empty(state.running), z3.BitVecVal(1, 1), z3.BitVecVal(0, 1))
    return LeadsTo(
        "recovers",
        trigger=_healed(model),
        goal=some(state.running),
        calm=_of_the_cluster(model),
        fair=tuple(action.name for action in actions_of(model.system, Verb.FORM)),
        waiting=_healed(model),
        measure=(stopped,),
        instances=(
            votes.cover_shares_all(everyone, nothing),
            votes.nobody_counts(),
            votes.bounds(state.may_belong),
        ),
    )


def healed_and_nothing_runs(model: Membership) -> Sometimes:
    """Everything is back, and no cluster runs yet."""
    return Sometimes(
        "everything is back and nothing runs yet",
        z3.And(_healed(model), empty(model.state.running)),
    )


def _of_the_cluster(model: Membership) -> tuple[str, ...]:
    """What the cluster does by itself, without a fault, a repair or a hand."""
    return tuple(a.name for a in model.system.actions if a.kind is ActionKind.CLUSTER)


def _healed(model: Membership) -> Formula:
    state = model.state
    everyone = state.sets.everything
    healed = [state.up == everyone, *(reach == everyone for reach in state.reach)]
    if state.witness is not None:
        healed += [state.witness_up, state.paths == state.cabled]
    return z3.And(*healed)
