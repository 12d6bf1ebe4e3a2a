"""Groups that fail over, are taken over, fail back and are moved (rules G3 to G6, F1 to F4)."""

from collections.abc import Iterator

import z3

from quorate.cluster import HOURS, RestartAction
from quorate.counting.sets import Members, disjoint, empty, has, lowest, one, some, subset
from quorate.system import Action, ActionKind, Formula, Term
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.conditions import ServiceDeviation
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.hosts import available_again, called_again
from quorate.windows.groups.state import ServicesState
from quorate.windows.groups.updates import owned_by, when
from quorate.windows.membership.faults import one_mark_more


def moving_actions(state: ServicesState, group: GroupState) -> Iterator[Action]:
    """What the cluster does by itself with a whole group."""
    yield _begin_failover(state, group)
    yield _transfer(state, group)
    yield _take_over(state, group)
    if group.returned_variables and not group.broken(ServiceDeviation.NO_FAILBACK):
        yield _begin_failback(state, group)
    if group.moves_live:
        yield _switch(state, group)
    yield _failover_period(group)


def operator_actions(state: ServicesState) -> Iterator[Action]:
    """What the operator does to nodes, groups and resources."""
    if not state.conditions.operator:
        return
    yield _pause(state)
    yield _resume(state)
    yield _drain(state)
    for group in state.groups:
        yield _move(state, group)
        if group.moves_live:
            yield _migrate(state, group)
        yield _take_offline(group)
        yield _bring_online(group)


def others(state: ServicesState, group: GroupState) -> Members:
    """Where the group could go: available nodes but its owner, anti-affinity considered."""
    return state.choice(group, state.available(group) & ~group.owner)


def _marked(group: GroupState) -> Term:
    """The failovers of this period, after one more."""
    marks = group.failovers_variable.term
    return marks if group.broken(ServiceDeviation.FORGETS_FAILOVERS) else one_mark_more(marks)


def may_fail_over(group: GroupState) -> Formula:
    """Rule G3: fewer failovers than the threshold were begun in this period."""
    if group.broken(ServiceDeviation.IGNORES_THRESHOLD):
        return z3.BoolVal(True)
    if group.threshold == 0:
        return z3.BoolVal(False)
    return z3.Not(has(group.failovers_variable.term, group.threshold - 1))


def beyond_repair(state: ServicesState, group: GroupState) -> Members:
    """The failed resources for which the group fails over: restarts in place were tried, or the
    owner is paused and starts nothing (rules R6, M6)."""
    fails_over = group.where(
        {r.name: r.restart is RestartAction.FAIL_OVER for r in group.resources}
    )
    if group.broken(ServiceDeviation.FAILS_OVER_AT_ONCE):
        return group.failed
    stuck = z3.Not(disjoint(group.owner, state.paused))
    tried = z3.If(stuck, group.failed, group.exhausted)
    return tried & fails_over & group.wanted_variable.term


def _begin_failover(state: ServicesState, group: GroupState) -> Action:
    return Action(
        f"begin failover: {group.key}",
        ActionKind.CLUSTER,
        guard=(
            group.is_in(Phase.SERVING),
            subset(group.owner, state.members),
            some(beyond_repair(state, group)),
            some(others(state, group)),
            may_fail_over(group),
        ),
        updates={
            group.phase_variable.name: group.phase(Phase.MOVING),
            group.target_variable.name: group.nodes.nothing,
            group.failovers_variable.name: _marked(group),
        },
    )


def _transfer(state: ServicesState, group: GroupState) -> Action:
    """Step 2: all resources are offline or failed, the next owner takes the group. Where the
    planned one is not available any more it is the next in NodeList, or the group stays."""
    node = state.node
    elsewhere = others(state, group)
    following = z3.If(some(elsewhere), group.next_after(group.owner, elsewhere), group.owner)
    planned = group.target & state.available(group)
    if state.cluster.enforced_anti_affinity:
        planned &= ~state.avoided(group)
    astray = group.broken(ServiceDeviation.GOES_ASTRAY)
    chosen = following if astray else z3.If(some(planned), planned, following)
    offline = (
        z3.BoolVal(True) if group.broken(ServiceDeviation.TRANSFERS_EARLY) else empty(group.active)
    )
    updates = owned_by(group, node.term)
    updates |= _noted(state, group, node.term, z3.Not(some(planned)))
    return Action(
        f"transfer: {group.key}",
        ActionKind.CLUSTER,
        guard=(
            group.is_in(Phase.MOVING),
            subset(group.owner, state.members),
            offline,
            one(node.term),
            subset(node.term, group.possible),
            node.term == chosen,
        ),
        updates=updates,
        inputs=(node,),
        subject="node",
        choices={"node": chosen},
    )


def _noted(
    state: ServicesState, group: GroupState, node: Members, by_rule: Formula
) -> dict[str, Term]:
    """Whether the group was placed beside one that it avoids although there was a better place."""
    others_free = state.available(group) & ~group.owner & ~state.avoided(group)
    beside = z3.Not(disjoint(node, state.avoided(group)))
    return {
        variable.name: z3.Or(variable.term, z3.And(by_rule, beside, some(others_free)))
        for variable in group.crammed_variables
    }


def _left(state: ServicesState, group: GroupState) -> Members:
    """The members that may own the group, paused or not."""
    if group.broken(ServiceDeviation.IGNORES_POSSIBLE_OWNERS):
        return state.members
    return state.members & group.possible


def successors(state: ServicesState, group: GroupState) -> Members:
    """Who may take the group when its owner is lost."""
    left = _left(state, group)
    awake = left & ~state.paused
    return state.choice(group, z3.If(some(awake), awake, left))


def _take_over(state: ServicesState, group: GroupState) -> Action:
    """The owner is lost: the next node takes the group once the members go on without it (rule F2).
    Without preferred owners it may be any (wsfc.md 5.2); if all that are left are paused, one of
    those, and the group stays offline there (rule M6)."""
    node = state.node
    left, candidates = _left(state, group), successors(state, group)
    if group.group.preferred_owners:
        rule: Formula = node.term == group.next_after(group.owner, candidates)
        choice = group.next_after(group.owner, candidates)
    else:
        rule, choice = subset(node.term, candidates), lowest(candidates)
    guard = [
        disjoint(group.owner, state.members),
        some(candidates),
        one(node.term),
        subset(node.term, left),
        rule,
    ]
    if state.cluster.fencing and not group.broken(ServiceDeviation.DOES_NOT_FENCE):
        guard.append(empty(group.stale))
    updates = owned_by(group, node.term)
    updates |= _noted(state, group, node.term, z3.BoolVal(True))
    return Action(
        f"take over: {group.key}",
        ActionKind.CLUSTER,
        guard=tuple(guard),
        updates=updates,
        inputs=(node,),
        subject="node",
        choices={"node": choice},
    )


def better(state: ServicesState, group: GroupState) -> Members:
    """The best preferred owner that is available and comes before the owner; nobody if there is
    none."""
    nodes = state.available(group)
    if state.cluster.enforced_anti_affinity:
        nodes &= ~state.avoided(group)
    if group.broken(ServiceDeviation.GOES_BACK_TO_ANY):
        preferred = group.nodes.of(group.group.preferred_owners)
        return group.first_of(nodes & preferred & ~group.owner)
    return group.first_of(group.better_than_owner(nodes))


def window_is_open(state: ServicesState, group: GroupState) -> Formula:
    """Rule F3: within the window, or at any time where there is none."""
    window = group.group.window
    if window is None or group.broken(ServiceDeviation.IGNORES_WINDOW):
        return z3.BoolVal(True)
    hour = state.hour_variables[0].term
    return z3.Or(*(hour == h for h in range(HOURS) if window.open_at(h)))


def failback_is_due(state: ServicesState, group: GroupState) -> tuple[Formula, ...]:
    """A better node became available, and the policy allows to go there now (rule F3)."""
    return (
        group.is_in(Phase.SERVING),
        subset(group.owner, state.members),
        some(group.returned_variables[0].term),
        some(better(state, group)),
        window_is_open(state, group),
    )


def _begin_failback(state: ServicesState, group: GroupState) -> Action:
    """Step 4: the group goes back to the best node that is there, by the same procedure."""
    goes = _goes(group, better(state, group))
    goes[group.returned_variables[0].name] = group.nodes.nothing
    return Action(
        f"begin failback: {group.key}",
        ActionKind.CLUSTER,
        guard=failback_is_due(state, group),
        updates=goes,
    )


def _goes(group: GroupState, target: Members) -> dict[str, Term]:
    """The group begins to move to `target`: its machines while they run, if they move so and all
    is settled, else in the four steps."""
    phase = group.phase(Phase.MOVING)
    if group.moves_live:
        phase = z3.If(z3.And(*settled(group, target)), group.phase(Phase.MIGRATING), phase)
    return {group.phase_variable.name: phase, group.target_variable.name: target}


def settled(group: GroupState, target: Members) -> tuple[Formula, ...]:
    """All that is wanted is online, nothing else is, and it can be so on `target`."""
    return (
        group.online == group.desired,
        empty(group.starting | group.stopping | group.failed),
        subset(group.online, group.local(target)),
    )


def _switch(state: ServicesState, group: GroupState) -> Action:
    """A live migration ends: the machines run on the target, in one step (rule V2)."""
    updates: dict[str, Term] = {
        group.owner_variable.name: group.target,
        group.target_variable.name: group.nodes.nothing,
        group.phase_variable.name: group.phase(Phase.SERVING),
    }
    return Action(
        f"switch: {group.key}",
        ActionKind.CLUSTER,
        guard=(
            group.is_in(Phase.MIGRATING),
            subset(group.owner | group.target, state.members),
            one(group.target),
        ),
        updates=updates,
    )


def _failover_period(group: GroupState) -> Action:
    """So much time passes that the failovers of the last period count no more."""
    marks = group.failovers_variable
    return Action(
        f"failover period passes: {group.key}",
        ActionKind.CLUSTER,
        guard=(some(marks.term),),
        updates={marks.name: marks.term & 0},
    )


def _pause(state: ServicesState) -> Action:
    node = state.node
    updates: dict[str, Term] = {state.paused_variables[0].name: state.paused | node.term}
    for group in state.groups:
        updates |= called_again(group, node.term, state.members & ~node.term)
    return Action(
        "pause",
        ActionKind.OPERATOR,
        guard=(one(node.term), subset(node.term, state.members & ~state.paused)),
        updates=updates,
        inputs=(node,),
        subject="node",
    )


def _resume(state: ServicesState) -> Action:
    """A node takes groups again; groups may fail back to it."""
    node = state.node
    updates: dict[str, Term] = {state.paused_variables[0].name: state.paused & ~node.term}
    for group in state.groups:
        updates |= available_again(group, node.term & state.members)
    return Action(
        "resume",
        ActionKind.OPERATOR,
        guard=(one(node.term), subset(node.term, state.paused)),
        updates=updates,
        inputs=(node,),
        subject="node",
    )


def _drain(state: ServicesState) -> Action:
    """Rule F4: the node is paused, and each of its groups that has another place moves there."""
    node = state.node
    updates: dict[str, Term] = {state.paused_variables[0].name: state.paused | node.term}
    for group in state.groups:
        places = others(state, group)
        moves = z3.And(group.owner == node.term, group.is_in(Phase.SERVING), some(places))
        updates |= called_again(group, node.term, state.members & ~node.term)
        if group.broken(ServiceDeviation.KEEPS_DRAINED):
            continue
        updates |= when(moves, _goes(group, group.first_of(places)), group)
    return Action(
        "drain",
        ActionKind.OPERATOR,
        guard=(one(node.term), subset(node.term, state.members & ~state.paused)),
        updates=updates,
        inputs=(node,),
        subject="node",
    )


def _planned(
    state: ServicesState, group: GroupState, verb: str, updates: dict[str, Term], *guard: Formula
) -> Action:
    node = state.node
    ignored = group.broken(ServiceDeviation.IGNORES_PAUSE)
    free = [] if ignored else [disjoint(node.term, state.paused)]
    if state.cluster.enforced_anti_affinity and state.rivals(group):
        free.append(disjoint(node.term, state.occupied(group)))
        free.append(disjoint(node.term, state.avoided(group)))
    return Action(
        f"{verb}: {group.key}",
        ActionKind.OPERATOR,
        guard=(
            group.is_in(Phase.SERVING),
            subset(group.owner, state.members),
            one(node.term),
            subset(node.term, state.members & group.possible & ~group.owner),
            *free,
            *guard,
        ),
        updates=updates,
        inputs=(node,),
        subject="node",
    )


def _move(state: ServicesState, group: GroupState) -> Action:
    """The operator moves a group to a node that may own it, in the four steps."""
    updates = {
        group.phase_variable.name: group.phase(Phase.MOVING),
        group.target_variable.name: state.node.term,
    }
    return _planned(state, group, "move", updates)


def _migrate(state: ServicesState, group: GroupState) -> Action:
    """The operator begins to migrate the machines of a group while they run."""
    node = state.node.term
    updates = {
        group.phase_variable.name: group.phase(Phase.MIGRATING),
        group.target_variable.name: node,
    }
    return _planned(state, group, "migrate", updates, *settled(group, node))


def _take_offline(group: GroupState) -> Action:
    """The operator wants a resource offline, from now on and after every move (rules R2, G2)."""
    resource, wanted = group.resource, group.wanted_variable
    return Action(
        f"take offline: {group.key}",
        ActionKind.OPERATOR,
        guard=(
            one(resource.term),
            subset(resource.term, wanted.term),
            z3.Not(group.is_in(Phase.MIGRATING)),
        ),
        updates={wanted.name: wanted.term & ~resource.term},
        inputs=(resource,),
        subject="resource",
    )


def _bring_online(group: GroupState) -> Action:
    """The operator wants a resource online, which also tries again what was given up (rule R1)."""
    resource, wanted = group.resource, group.wanted_variable
    updates = {
        wanted.name: wanted.term | resource.term,
        group.failed_variable.name: group.failed & ~resource.term,
    }
    updates |= {v.name: v.term & ~resource.term for v in group.failures_variables}
    return Action(
        f"bring online: {group.key}",
        ActionKind.OPERATOR,
        guard=(
            one(resource.term),
            subset(resource.term, ~wanted.term | group.failed),
            z3.Not(group.is_in(Phase.MIGRATING)),
        ),
        updates=updates,
        inputs=(resource,),
        subject="resource",
    )
