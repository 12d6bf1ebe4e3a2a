"""What is claimed of single steps of a group: why it moves, where to, when, and what is not tried.

Every function takes the model and the name of a group. The rules are said a second time here, node
by node and resource by resource, and share nothing with the guards.
"""

from collections.abc import Mapping
from dataclasses import replace

import z3

from quorate.cluster import RestartAction
from quorate.counting.sets import Members, disjoint, empty, has, meets, one, some, subset
from quorate.system import EachStep, Formula, actions_of
from quorate.windows.groups.claimed_place import ClaimedPlace, claimed
from quorate.windows.groups.model import Groups
from quorate.windows.groups.properties import there
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb


def failover_needs_cause(model: Groups, name: str) -> EachStep:
    """A group fails over because its owner is lost, or because a resource that is wanted there
    failed more often than is tried again, or failed on a paused node (rules R6, F2, M6)."""
    placed = claimed(model, name)
    group, state = placed.group, placed.state
    stuck = meets(group.owner, state.paused)
    wanted = group.driven
    causes = [
        z3.And(
            has(wanted, place),
            has(group.failed, place),
            z3.Or(stuck, group.failed_too_often(place)),
        )
        for place, resource in enumerate(group.resources)
        if resource.restart is RestartAction.FAIL_OVER
    ]
    return placed.each_step(
        "failover-needs-cause",
        model,
        {
            Verb.BEGIN_FAILOVER: z3.Or(*causes),
            Verb.TAKE_OVER: placed.owner_is_lost,
        },
    )


def restarts_limited(model: Groups, name: str) -> EachStep:
    """A resource that failed more often than is tolerated is not tried again in place (rule R6)."""
    placed = claimed(model, name)
    group = placed.group
    chosen = group.resource
    kept = [
        z3.Not(z3.And(has(chosen, place), has(group.failed, place), group.failed_too_often(place)))
        for place in range(len(group.resources))
    ]
    return placed.each_step("restarts-limited", model, {Verb.START: z3.And(*kept)})


def starts_in_turn(model: Groups, name: str) -> EachStep:
    """Where nothing of a group runs or has failed, it begins to start only once those are online
    that it starts after."""
    placed = claimed(model, name)
    group = placed.group
    under_way = some(group.active | group.failed)
    rule = {Verb.START: z3.Or(under_way, placed.is_its_turn)}
    return placed.each_step("starts-in-turn", model, rule)


def paused_takes_nothing(model: Groups, name: str) -> EachStep:
    """A paused node starts nothing and is sent nothing; it takes over what is lost only where all
    that may are paused (rule M6)."""
    placed = claimed(model, name)
    group, state = placed.group, placed.state
    node, paused = state.node.term, state.paused
    awake = z3.Not(meets(node, paused))
    nobody_else = subset(placed.survivors, paused)
    target = group.variables.target_variable
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
    return placed.each_step("paused-takes-nothing", model, kept)


def drain_empties(model: Groups, name: str) -> EachStep:
    """A node that is drained sends the group away at once, where another node may take it (rule
    F4)."""
    placed = claimed(model, name)
    group, state = placed.group, placed.state
    node, target = state.node.term, group.variables.target_variable.next
    places = placed.plannable & ~node
    here = z3.And(group.owner == node, group.is_in(Phase.SERVING), some(places))
    leaves = z3.And(
        z3.Not(group.will_be_in(Phase.SERVING)),
        one(target),
        subset(target, placed.available & ~node),
    )
    return placed.each_step("drain-empties", model, {Verb.DRAIN: z3.Or(z3.Not(here), leaves)})


def failback_by_policy(model: Groups, name: str) -> EachStep:
    """A group goes back only in its window, and only to the best preferred owner that can take it,
    which comes before the node that it is on (rule F3)."""
    placed = claimed(model, name)
    group = placed.group
    target, places = group.variables.target_variable.next, placed.plannable
    better, worse_or_here = group.nodes.nothing, list[Formula]()
    for preferred in group.group.preferred_owners:
        here = group.nodes.of([preferred])
        best = z3.And(empty(better & places), disjoint(group.owner, better | here))
        worse_or_here.append(z3.And(meets(target, here), z3.Not(best)))
        better = better | here
    formulas = [one(target), subset(target, better & places), *map(z3.Not, worse_or_here)]
    rule = {Verb.BEGIN_FAILBACK: z3.And(*formulas, placed.window_is_open)}
    return placed.each_step("failback-by-policy", model, rule)


def returns_remembered(model: Groups, name: str) -> EachStep:
    """A group remembers each preferred owner that joins, is resumed or is there when the cluster
    forms, and those that are left when the target of its move is lost, until it goes back (rule
    F3)."""
    placed = claimed(model, name)
    returned = there(placed.group.variables.returned)
    called = {
        verb: subset(returned.term | (nodes & placed.group.preferred), returned.next)
        for verb, nodes in callers(placed).items()
    }
    rules = placed.each_step("returns-remembered", model, called)
    goes_back = actions_of(model.system, Verb.BEGIN_FAILBACK, about=placed.group.key)
    others = {
        action.name: subset(returned.term, returned.next)
        for action in model.system.actions
        if returned.name in action.updates and action not in goes_back
    }
    return replace(rules, formulas=others | dict(rules.formulas))


def callers(placed: ClaimedPlace) -> Mapping[Verb, Members]:
    """The nodes that call a group home if they are preferred, by what happens."""
    group, state = placed.group, placed.state
    node, left = state.node.term, state.members_variable.next

    def left_if_lost(lost: Members, others: Members) -> Members:
        cut_short = z3.And(z3.Not(group.is_in(Phase.SERVING)), meets(group.target, lost))
        return state.sets.where(cut_short, others)

    gone = left_if_lost(state.members & ~left, left)
    paused = left_if_lost(node, state.members & ~node)
    return {
        Verb.RETURN: node,
        Verb.FORM: left,
        Verb.RESUME: node & state.members,
        Verb.CRASH: gone,
        Verb.CUT_OFF: gone,
        Verb.PAUSE: paused,
        Verb.DRAIN: paused,
    }


def next_owner(model: Groups, name: str) -> EachStep:
    """Without a plan a group goes to the next in its NodeList that may take it, from the top again
    after its end; where the owner is lost and no owner is preferred, to any (rule G4, wsfc.md
    5.2)."""
    placed = claimed(model, name)
    group, state = placed.group, placed.state
    node = state.node.term
    left = placed.favoured(placed.elsewhere)
    planned = some(group.target & placed.plannable)
    heirs = placed.heirs
    stays = z3.And(empty(left), node == group.owner)
    taken = subset(node, heirs)
    if group.group.preferred_owners:
        taken = z3.And(taken, nobody_between(placed, node, heirs))
    return placed.each_step(
        "next-owner",
        model,
        {
            Verb.TRANSFER: z3.Or(
                planned, stays, z3.And(subset(node, left), nobody_between(placed, node, left))
            ),
            Verb.TAKE_OVER: taken,
        },
    )


def moves_arrive(model: Groups, name: str) -> EachStep:
    """A planned move ends where it was sent, if that node may still take the group, and whoever
    gets the group is sent no further."""
    placed = claimed(model, name)
    group = placed.group
    arrived = group.variables.owner_variable.next == group.target
    serves = group.will_be_in(Phase.SERVING)
    rests = z3.And(serves, empty(group.variables.target_variable.next))
    planned = some(group.target & placed.plannable)
    kept = {
        Verb.TRANSFER: z3.And(rests, z3.Or(z3.Not(planned), arrived)),
        Verb.SWITCH: z3.And(rests, arrived),
        Verb.TAKE_OVER: rests,
    }
    return placed.each_step("moves-arrive", model, kept)


def nobody_between(placed: ClaimedPlace, node: Members, nodes: Members) -> Formula:
    """None of `nodes` comes after the owner and before `node` in NodeList, which is walked twice so
    that its end is no end."""
    owner_now = placed.group.owner
    nothing = z3.BitVecVal(0, owner_now.size())
    here, chosen, once = map(placed.in_order, (owner_now, node, nodes))
    owner, later = z3.Concat(nothing, here), z3.UGT(chosen, here)
    goal = z3.If(later, z3.Concat(nothing, chosen), z3.Concat(chosen, nothing))
    between = (goal - 1) & ~(owner | (owner - 1))
    return z3.Concat(once, once) & between == 0
