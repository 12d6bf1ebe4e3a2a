"""What is claimed of single steps of a group: why it moves, where to, when, and what is not tried.

Every function takes the model and the name of a group. The rules are said a second time here, node
by node and resource by resource, and not in the words of the guards.
"""

from collections.abc import Iterator

import z3

from quorate.cluster import HOURS, RestartAction
from quorate.counting.sets import Members, disjoint, empty, has, meets, one, some, subset
from quorate.system import EachStep, Formula
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.model import Services
from quorate.windows.groups.moving import successors
from quorate.windows.groups.properties import group_of
from quorate.windows.groups.state import ServicesState


def failover_needs_cause(model: Services, name: str) -> EachStep:
    """A group fails over because its owner is lost, or because a resource that is wanted there
    failed more often than is tried again, or failed on a paused node (rules R6, F2, M6)."""
    group, state = group_of(model, name), model.state
    stuck = meets(group.owner, state.paused)
    wanted = group.wanted_variable.term
    causes = [
        z3.And(
            has(wanted, place),
            has(group.failed, place),
            z3.Or(stuck, _failed_too_often(group, place)),
        )
        for place, resource in enumerate(group.resources)
        if resource.restart is RestartAction.FAIL_OVER
    ]
    return EachStep(
        "failover-needs-cause",
        {
            f"begin failover: {group.key}": z3.Or(*causes),
            f"take over: {group.key}": disjoint(group.owner, state.members),
        },
    )


def restarts_limited(model: Services, name: str) -> EachStep:
    """A resource that failed more often than is tolerated is not tried again in place (rule R6)."""
    group = group_of(model, name)
    chosen = group.resource.term
    kept = [
        z3.Not(
            z3.And(has(chosen, place), has(group.failed, place), _failed_too_often(group, place))
        )
        for place in range(len(group.resources))
    ]
    return EachStep("restarts-limited", {f"start: {group.key}": z3.And(*kept)})


def _failed_too_often(group: GroupState, place: int) -> Formula:
    return has(group.failures_variables[group.tolerated[place]].term, place)


def paused_takes_nothing(model: Services, name: str) -> EachStep:
    """A paused node starts nothing and is sent nothing; it takes over what is lost only where all
    that may are paused (rule M6)."""
    group, state = group_of(model, name), model.state
    node, paused = state.node.term, state.paused
    awake = z3.Not(meets(node, paused))
    nobody_else = subset(state.members & group.possible, paused)
    kept = {
        "start": disjoint(group.owner, paused),
        "transfer": z3.Or(awake, node == group.owner),
        "take over": z3.Or(awake, nobody_else),
        "move": awake,
        "migrate": awake,
        "begin failback": disjoint(group.target_variable.next, paused),
    }
    formulas = dict(_there(model, group, kept))
    for variable in state.paused_variables:
        target = group.target_variable
        sent = disjoint(target.next, variable.next)
        formulas["drain"] = z3.Or(target.next == target.term, sent)
    return EachStep("paused-takes-nothing", formulas)


def drain_empties(model: Services, name: str) -> EachStep:
    """A node that is drained sends the group away at once, where another node may take it (rule
    F4)."""
    group, state = group_of(model, name), model.state
    node, target = state.node.term, group.target_variable.next
    places = _places(state, group) & ~node
    here = z3.And(group.owner == node, group.is_in(Phase.SERVING), some(places))
    leaves = z3.And(
        group.phase_variable.next != group.phase(Phase.SERVING),
        one(target),
        subset(target, state.available(group) & ~node),
    )
    return EachStep("drain-empties", {"drain": z3.Or(z3.Not(here), leaves)})


def failback_by_policy(model: Services, name: str) -> EachStep:
    """A group goes back only in its window, and only to the best preferred owner that can take it,
    which comes before the node that it is on (rule F3)."""
    group, state = group_of(model, name), model.state
    target, places = group.target_variable.next, _places(state, group)
    better, worse_or_here = group.nodes.nothing, list[Formula]()
    for preferred in group.group.preferred_owners:
        here = group.nodes.of([preferred])
        best = z3.And(empty(better & places), disjoint(group.owner, better | here))
        worse_or_here.append(z3.And(meets(target, here), z3.Not(best)))
        better = better | here
    formulas = [one(target), subset(target, better & places), *map(z3.Not, worse_or_here)]
    window = group.group.window
    if window is not None:
        hour = state.hour_variables[0].term
        closed = [h for h in range(HOURS) if not window.open_at(h)]
        formulas += [hour != h for h in closed]
    return EachStep("failback-by-policy", {f"begin failback: {group.key}": z3.And(*formulas)})


def returns_remembered(model: Services, name: str) -> EachStep:
    """A group remembers each preferred owner that joins, is resumed or is there when the cluster
    forms, and those that are left when the target of its move is lost, until it goes back (rule
    F3)."""
    group, state = group_of(model, name), model.state
    (returned,) = group.returned_variables
    preferred = group.nodes.of(group.group.preferred_owners)
    node, left = state.node.term, state.members_variable.next

    def kept(more: Members) -> Formula:
        return subset(returned.term | (more & preferred), returned.next)

    def left_if_lost(lost: Members, others: Members) -> Members:
        cut_short = z3.And(z3.Not(group.is_in(Phase.SERVING)), meets(group.target, lost))
        return state.sets.where(cut_short, others)

    gone = left_if_lost(state.members & ~left, left)
    paused = left_if_lost(node, state.members & ~node)
    called = {
        "return": kept(node),
        "form": kept(left),
        "resume": kept(node & state.members),
        "crash": kept(gone),
        "cut off": kept(gone),
        "pause": kept(paused),
        "drain": kept(paused),
    }
    goes_back = f"begin failback: {group.key}"
    formulas = {
        action.name: called.get(action.name, kept(state.sets.nothing))
        for action in model.system.actions
        if action.name in called or (returned.name in action.updates and action.name != goes_back)
    }
    return EachStep("returns-remembered", formulas)


def next_owner(model: Services, name: str) -> EachStep:
    """Without a plan a group goes to the next in its NodeList that may take it, from the top again
    after its end; where the owner is lost and no owner is preferred, to any (rule G4, wsfc.md
    5.2)."""
    group, state = group_of(model, name), model.state
    node = state.node.term
    left = _favoured(state, group, state.available(group) & ~group.owner)
    planned = some(group.target & _places(state, group))
    heirs = successors(state, group)
    stays = z3.And(empty(left), node == group.owner)
    taken = subset(node, heirs)
    if group.group.preferred_owners:
        taken = z3.And(taken, _nobody_between(group, node, heirs))
    return EachStep(
        "next-owner",
        {
            f"transfer: {group.key}": z3.Or(
                planned, stays, z3.And(subset(node, left), _nobody_between(group, node, left))
            ),
            f"take over: {group.key}": taken,
        },
    )


def moves_arrive(model: Services, name: str) -> EachStep:
    """A planned move ends where it was sent, if that node may still take the group, and whoever
    gets the group is sent no further."""
    group, state = group_of(model, name), model.state
    there = group.owner_variable.next == group.target
    rests = z3.And(
        group.phase_variable.next == group.phase(Phase.SERVING), empty(group.target_variable.next)
    )
    planned = some(group.target & _places(state, group))
    kept = {
        "transfer": z3.And(rests, z3.Or(z3.Not(planned), there)),
        "switch": z3.And(rests, there),
        "take over": rests,
    }
    return EachStep("moves-arrive", dict(_there(model, group, kept)))


def _there(
    model: Services, group: GroupState, formulas: dict[str, Formula]
) -> Iterator[tuple[str, Formula]]:
    """Of the verbs, those that the model has, as actions of the group."""
    for verb, formula in formulas.items():
        if f"{verb}: {group.key}" in model.system.action:
            yield f"{verb}: {group.key}", formula


def _places(state: ServicesState, group: GroupState) -> Members:
    """The nodes that may take the group by plan; where anti-affinity is enforced, none with a group
    that it avoids."""
    if not (state.cluster.enforced_anti_affinity and state.rivals(group)):
        return state.available(group)
    return state.available(group) & ~state.avoided(group)


def _favoured(state: ServicesState, group: GroupState, nodes: Members) -> Members:
    """Of `nodes` those without a group that this one avoids; where that is no law and none is left,
    all."""
    if not state.rivals(group):
        return nodes
    free = nodes & ~state.avoided(group)
    return free if state.cluster.enforced_anti_affinity else z3.If(some(free), free, nodes)


def _nobody_between(group: GroupState, node: Members, nodes: Members) -> Formula:
    """None of `nodes` comes after the owner and before `node` in NodeList, which is walked twice so
    that its end is no end."""
    nothing = z3.BitVecVal(0, group.owner.size())
    here, chosen, once = map(group.in_list_order, (group.owner, node, nodes))
    owner, later = z3.Concat(nothing, here), z3.UGT(chosen, here)
    goal = z3.If(later, z3.Concat(nothing, chosen), z3.Concat(chosen, nothing))
    between = (goal - 1) & ~(owner | (owner - 1))
    return z3.Concat(once, once) & between == 0
