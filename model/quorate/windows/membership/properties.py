"""What is claimed of membership and quorum, and what shows that each claim speaks of something."""

from itertools import combinations

import z3

from quorate.counting.sets import Members, disjoint, empty, has, meets, some, subset
from quorate.system import ActionKind, Always, EachStep, Formula, LeadsTo, Sometimes
from quorate.windows.membership.model import Membership
from quorate.windows.membership.state import union


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


def members_connected(model: Membership) -> EachStep:
    """Whoever forms or joins an island reaches all its members, and a cut leaves none on both of
    its sides; no other step lets an island grow or the network shrink (rule M2). The network is cut
    in both directions, so the members of an island always reach each other."""
    state = model.state
    after = [variable.next for variable in state.island_variables]
    islands = {variable.name for variable in state.island_variables}
    reach = {variable.name for variable in state.reach_variables}
    no_growth = z3.And(*(z3.Or(*(subset(i, j) for j in state.islands)) for i in after))
    no_cut = z3.And(*(subset(v.term, v.next) for v in state.reach_variables))

    def together(members: Members) -> Formula:
        return z3.And(
            *(
                z3.Or(z3.Not(has(members, index)), subset(members, reached))
                for index, reached in enumerate(state.reach)
            )
        )

    def parted(one: Members, other: Members) -> Formula:
        return z3.And(*(z3.Not(z3.And(meets(i, one), meets(i, other))) for i in after))

    def joined(node: Members) -> Formula:
        reached = node | state.sets.picked(node, state.reach)
        return z3.And(*(z3.Or(disjoint(i, node), subset(i, reached)) for i in after))

    claimed: dict[str, Formula] = {}
    for action in model.system.actions:
        chosen = [variable.term for variable in action.inputs]
        grows = no_growth if islands & action.updates.keys() else z3.BoolVal(True)
        match action.name:
            case "form":
                claimed[action.name] = together(chosen[0])
            case "join":
                claimed[action.name] = joined(chosen[0])
            case "partition" | "isolation":
                claimed[action.name] = z3.And(parted(chosen[0], ~chosen[0]), grows)
            case "link failure":
                claimed[action.name] = z3.And(parted(chosen[0], chosen[1]), grows)
            case _ if reach & action.updates.keys():
                claimed[action.name] = z3.And(grows, no_cut)
            case _ if islands & action.updates.keys():
                claimed[action.name] = grows
    return EachStep("members-connected", claimed)


def force_ends(model: Membership) -> Always:
    """An island counts as started by force only while it has no majority (rules Q15, Q16)."""
    state, quorum = model.state, model.quorum
    kept = [
        z3.Or(
            z3.Not(forced),
            z3.And(some(island), z3.Not(quorum.majority(island, state.holds(island)))),
        )
        for forced, island in zip(state.forced, state.islands, strict=True)
    ]
    return Always("force-ends", z3.And(*kept))


def an_island_is_forced(model: Membership) -> Sometimes:
    """An island runs that was started by force."""
    return Sometimes("an island runs that was started by force", z3.Or(*model.state.forced))


def planned_stop_keeps_quorum(model: Membership) -> EachStep:
    """When the operator stops a node, the others of its island go on (rule Q9)."""
    state = model.state
    node = model.system.action["planned stop"].inputs[0].term
    after = union([variable.next for variable in state.island_variables])
    go_on = [
        z3.Or(z3.Not(meets(island, node)), subset(island & ~node, after))
        for island in state.islands
    ]
    return EachStep("planned-stop-keeps-quorum", {"planned stop": z3.And(*go_on)})


def only_with_disk(model: Membership) -> EachStep:
    """Under Disk Only a node joins or forms a cluster only in contact with the disk (rule Q3)."""
    state, action = model.state, model.system.action
    return EachStep(
        "only-with-disk",
        {
            name: z3.And(state.witness_up, subset(action[name].inputs[0].term, state.paths))
            for name in ("form", "join")
            if name in action
        },
    )


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
    calm = tuple(a.name for a in model.system.actions if a.kind is ActionKind.CLUSTER)
    free = some(state.may_take_witness)
    held = z3.If(empty(state.holder), z3.BitVecVal(1, 1), z3.BitVecVal(0, 1))
    return LeadsTo(
        "witness-is-taken",
        trigger=free,
        goal=z3.Not(free),
        calm=calm,
        fair=tuple(name for name in calm if name == "take witness"),
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


def _healed(model: Membership) -> Formula:
    state = model.state
    everyone = state.sets.everything
    healed = [state.up == everyone, *(reach == everyone for reach in state.reach)]
    if state.has_witness:
        healed += [state.witness_up, state.paths == state.cabled]
    return z3.And(*healed)
