"""What is claimed of single steps of a group: why it moves, where to, when, and what is not tried.

Every function takes the model and the name of a group. The rules are said a second time here, node
by node and resource by resource, and not in the words of the guards.
"""

from collections.abc import Mapping
from dataclasses import replace

import z3

from quorate.cluster import HOURS
from quorate.counting.sets import Members, disjoint, empty, has, meets, one, some, subset
from quorate.system import EachStep, Formula, actions_of, each_step
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.model import Groups
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.properties import there
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb


def failover_needs_cause(model: Groups, name: str) -> EachStep:
    """A group fails over because its owner is lost, or because a resource that is wanted there
    failed more often than is tried again, or failed on a paused node (rules R6, F2, M6)."""
    placed = model.placed(name)
    group, state = placed.group, placed.state
    stuck = meets(group.owner, state.paused)
    wanted = group.wanted
    causes = [
        z3.And(
            has(wanted, place),
            has(group.failed, place),
            z3.Or(stuck, _failed_too_often(group, place)),
        )
        for place, resource in enumerate(group.resources)
        if resource.restart.moves_group
    ]
    return _each_step(
        "failover-needs-cause",
        model,
        placed,
        {
            Verb.BEGIN_FAILOVER: z3.Or(*causes),
            Verb.TAKE_OVER: placed.owner_is_lost,
        },
    )


def restarts_limited(model: Groups, name: str) -> EachStep:
    """A resource that failed more often than is tolerated is not tried again in place (rule R6)."""
    placed = model.placed(name)
    group = placed.group
    chosen = group.resource.term
    kept = [
        z3.Not(
            z3.And(has(chosen, place), has(group.failed, place), _failed_too_often(group, place))
        )
        for place in range(len(group.resources))
    ]
    return _each_step("restarts-limited", model, placed, {Verb.START: z3.And(*kept)})


def _failed_too_often(group: GroupState, place: int) -> Formula:
    return has(group.failures_variables[group.tolerated[place]].term, place)


def paused_takes_nothing(model: Groups, name: str) -> EachStep:
    """A paused node starts nothing and is sent nothing; it takes over what is lost only where all
    that may are paused (rule M6)."""
    placed = model.placed(name)
    group, state = placed.group, placed.state
    node, paused = state.node.term, state.paused
    awake = z3.Not(meets(node, paused))
    nobody_else = subset(placed.survivors, paused)
    target = group.target_variable
    paused_next = state.paused | node
    kept = {
        Verb.START: disjoint(group.owner, paused),
        Verb.TRANSFER: z3.Or(awake, node == group.owner),
        Verb.TAKE_OVER: z3.Or(awake, nobody_else),
        Verb.MOVE: awake,
        Verb.MIGRATE: awake,
        Verb.BEGIN_FAILBACK: disjoint(target.next, paused),
        Verb.DRAIN: z3.Or(target.next == target.term, disjoint(target.next, paused_next)),
    }
    return _each_step("paused-takes-nothing", model, placed, kept)


def drain_empties(model: Groups, name: str) -> EachStep:
    """A node that is drained sends the group away at once, where another node may take it (rule
    F4)."""
    placed = model.placed(name)
    group, state = placed.group, placed.state
    node, target = state.node.term, group.target_variable.next
    places = _plannable(placed) & ~node
    here = z3.And(group.owner == node, group.is_in(Phase.SERVING), some(places))
    leaves = z3.And(
        group.phase_variable.next != group.phase_value(Phase.SERVING),
        one(target),
        subset(target, placed.available & ~node),
    )
    return _each_step("drain-empties", model, placed, {Verb.DRAIN: z3.Or(z3.Not(here), leaves)})


def failback_by_policy(model: Groups, name: str) -> EachStep:
    """A group goes back only in its window, and only to the best preferred owner that can take it,
    which comes before the node that it is on (rule F3)."""
    placed = model.placed(name)
    group, state = placed.group, placed.state
    target, places = group.target_variable.next, _plannable(placed)
    better, worse_or_here = group.nodes.nothing, list[Formula]()
    for preferred in group.group.preferred_owners:
        here = group.nodes.of([preferred])
        best = z3.And(empty(better & places), disjoint(group.owner, better | here))
        worse_or_here.append(z3.And(meets(target, here), z3.Not(best)))
        better = better | here
    formulas = [one(target), subset(target, better & places), *map(z3.Not, worse_or_here)]
    window = group.group.window
    if window is not None:
        hour = there(state.hour).variable.term
        closed = [h for h in range(HOURS) if not window.open_at(h)]
        formulas += [hour != h for h in closed]
    rule = {Verb.BEGIN_FAILBACK: z3.And(*formulas)}
    return _each_step("failback-by-policy", model, placed, rule)


def returns_remembered(model: Groups, name: str) -> EachStep:
    """A group remembers each preferred owner that joins, is resumed or is there when the cluster
    forms, and those that are left when the target of its move is lost, until it goes back (rule
    F3)."""
    placed = model.placed(name)
    group, state = placed.group, placed.state
    returned = there(group.returned)
    node, left = state.node.term, state.members_variable.next

    def kept(more: Members) -> Formula:
        return subset(returned.term | (more & group.preferred), returned.next)

    def left_if_lost(lost: Members, others: Members) -> Members:
        cut_short = z3.And(z3.Not(group.is_in(Phase.SERVING)), meets(group.target, lost))
        return state.sets.where(cut_short, others)

    gone = left_if_lost(state.members & ~left, left)
    paused = left_if_lost(node, state.members & ~node)
    called = {
        Verb.RETURN: kept(node),
        Verb.FORM: kept(left),
        Verb.RESUME: kept(node & state.members),
        Verb.CRASH: kept(gone),
        Verb.CUT_OFF: kept(gone),
        Verb.PAUSE: kept(paused),
        Verb.DRAIN: kept(paused),
    }
    rules = _each_step("returns-remembered", model, placed, called)
    goes_back = actions_of(model.system, Verb.BEGIN_FAILBACK, about=group.key)
    others = {
        action.name: kept(state.sets.nothing)
        for action in model.system.actions
        if returned.name in action.updates and action not in goes_back
    }
    return replace(rules, formulas=others | dict(rules.formulas))


def next_owner(model: Groups, name: str) -> EachStep:
    """Without a plan a group goes to the next in its NodeList that may take it, from the top again
    after its end; where the owner is lost and no owner is preferred, to any (rule G4, wsfc.md
    5.2)."""
    placed = model.placed(name)
    group, state = placed.group, placed.state
    node = state.node.term
    left = _favoured(placed, placed.available & ~group.owner)
    planned = some(group.target & _plannable(placed))
    heirs = placed.successors
    stays = z3.And(empty(left), node == group.owner)
    taken = subset(node, heirs)
    if group.group.preferred_owners:
        taken = z3.And(taken, _nobody_between(group, node, heirs))
    return _each_step(
        "next-owner",
        model,
        placed,
        {
            Verb.TRANSFER: z3.Or(
                planned, stays, z3.And(subset(node, left), _nobody_between(group, node, left))
            ),
            Verb.TAKE_OVER: taken,
        },
    )


def moves_arrive(model: Groups, name: str) -> EachStep:
    """A planned move ends where it was sent, if that node may still take the group, and whoever
    gets the group is sent no further."""
    placed = model.placed(name)
    group = placed.group
    arrived = group.owner_variable.next == group.target
    serves = group.phase_variable.next == group.phase_value(Phase.SERVING)
    rests = z3.And(serves, empty(group.target_variable.next))
    planned = some(group.target & _plannable(placed))
    kept = {
        Verb.TRANSFER: z3.And(rests, z3.Or(z3.Not(planned), arrived)),
        Verb.SWITCH: z3.And(rests, arrived),
        Verb.TAKE_OVER: rests,
    }
    return _each_step("moves-arrive", model, placed, kept)


def _each_step(
    name: str, model: Groups, placed: PlacedGroup, rules: Mapping[Verb, Formula]
) -> EachStep:
    """The rules of steps of the group, and of steps that are about no group."""
    group = placed.group
    return each_step(name, model.system, rules, lacking=model.lacking(group), about=group.key)


def _plannable(placed: PlacedGroup) -> Members:
    """The nodes that may take the group by plan; where anti-affinity is enforced, none with a group
    that it avoids."""
    if not (placed.state.cluster.enforced_anti_affinity and placed.rivals):
        return placed.available
    return placed.available & ~placed.avoided


def _favoured(placed: PlacedGroup, nodes: Members) -> Members:
    """Of `nodes` those without a group that this one avoids; where that is no law and none is left,
    all."""
    if not placed.rivals:
        return nodes
    free = nodes & ~placed.avoided
    return free if placed.state.cluster.enforced_anti_affinity else z3.If(some(free), free, nodes)


def _nobody_between(group: GroupState, node: Members, nodes: Members) -> Formula:
    """None of `nodes` comes after the owner and before `node` in NodeList, which is walked twice so
    that its end is no end."""
    nothing = z3.BitVecVal(0, group.owner.size())
    here, chosen, once = map(group.node_list.in_order, (group.owner, node, nodes))
    owner, later = z3.Concat(nothing, here), z3.UGT(chosen, here)
    goal = z3.If(later, z3.Concat(nothing, chosen), z3.Concat(chosen, nothing))
    between = (goal - 1) & ~(owner | (owner - 1))
    return z3.Concat(once, once) & between == 0
