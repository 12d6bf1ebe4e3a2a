"""What the operator does to nodes, groups and resources (rules M6, F4, R1, R2, G2)."""

from collections.abc import Iterator, Sequence

import z3

from quorate.counting.sets import disjoint, one, some, subset
from quorate.system import Action, ActionKind, Formula, Term, Variable
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.migration import goes, settled
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.updates import available_again, called_again, when
from quorate.windows.groups.verbs import Verb


def operator_actions(state: GroupsState, groups: Sequence[PlacedGroup]) -> Iterator[Action]:
    if state.paused_variable is None:
        return
    yield _pause(state, state.paused_variable)
    yield _resume(state, state.paused_variable)
    yield _drain(state, state.paused_variable, groups)
    for placed in groups:
        yield _move(placed)
        if placed.group.moves_live:
            yield _migrate(placed)
        yield _take_offline(placed.group)
        yield _bring_online(placed.group)


def _to_node(state: GroupsState, verb: Verb, may_be: Formula, updates: dict[str, Term]) -> Action:
    """An order about one node."""
    node = state.node
    return Action.of(
        verb,
        ActionKind.OPERATOR,
        guard=(one(node.term), may_be),
        updates=updates,
        inputs=(node,),
        subject="node",
    )


def _paused(state: GroupsState, paused: Variable) -> dict[str, Term]:
    """Nothing is sent to the node any more."""
    node = state.node.term
    updates: dict[str, Term] = {paused.name: paused.term | node}
    for group in state.groups:
        updates |= called_again(group, node, state.members & ~node)
    return updates


def _pause(state: GroupsState, paused: Variable) -> Action:
    awake = subset(state.node.term, state.members & ~paused.term)
    return _to_node(state, Verb.PAUSE, awake, _paused(state, paused))


def _resume(state: GroupsState, paused: Variable) -> Action:
    """A node takes groups again; groups may fail back to it."""
    node = state.node.term
    updates: dict[str, Term] = {paused.name: paused.term & ~node}
    for group in state.groups:
        updates |= available_again(group, node & state.members)
    return _to_node(state, Verb.RESUME, subset(node, paused.term), updates)


def _drain(state: GroupsState, paused: Variable, groups: Sequence[PlacedGroup]) -> Action:
    """Rule F4: the node is paused, and each of its groups that has another place moves there."""
    node = state.node.term
    updates = _paused(state, paused)
    for placed in groups:
        group = placed.group
        leaves = z3.And(group.owner == node, group.is_in(Phase.SERVING), some(placed.others))
        updates |= when(leaves, goes(group, group.node_list.first_of(placed.others)), group)
    return _to_node(state, Verb.DRAIN, subset(node, state.members & ~paused.term), updates)


def node_is_awake(state: GroupsState) -> Formula:
    """The chosen node is not paused (rule M6)."""
    return disjoint(state.node.term, state.paused)


def _planned(
    placed: PlacedGroup, verb: Verb, phase: Phase, guard: tuple[Formula, ...] = ()
) -> Action:
    """The operator sends a group to a node that may own it."""
    group, state = placed.group, placed.state
    node = state.node
    apart = [disjoint(node.term, placed.occupied), disjoint(node.term, placed.avoided)]
    return Action.of(
        verb,
        ActionKind.OPERATOR,
        guard=(
            group.is_in(Phase.SERVING),
            placed.owner_runs,
            one(node.term),
            subset(node.term, placed.survivors & ~group.owner),
            node_is_awake(state),
            *(apart if placed.is_kept_apart else ()),
            *guard,
        ),
        updates={
            group.phase_variable.name: group.phase_value(phase),
            group.target_variable.name: node.term,
        },
        inputs=(node,),
        subject="node",
        about=group.key,
    )


def _move(placed: PlacedGroup) -> Action:
    """In the four steps."""
    return _planned(placed, Verb.MOVE, Phase.MOVING)


def _migrate(placed: PlacedGroup) -> Action:
    """Its machines while they run."""
    guard = settled(placed.group, placed.state.node.term)
    return _planned(placed, Verb.MIGRATE, Phase.MIGRATING, guard)


def _to_resource(
    group: GroupState, verb: Verb, may_be: Formula, updates: dict[str, Term]
) -> Action:
    """An order about one resource."""
    resource = group.resource
    return Action.of(
        verb,
        ActionKind.OPERATOR,
        guard=(one(resource.term), may_be, z3.Not(group.is_in(Phase.MIGRATING))),
        updates=updates,
        inputs=(resource,),
        subject="resource",
        about=group.key,
    )


def _take_offline(group: GroupState) -> Action:
    """The operator wants a resource offline, from now on and after every move (rules R2, G2)."""
    resource = group.resource.term
    updates = {group.wanted_variable.name: group.wanted & ~resource}
    return _to_resource(group, Verb.TAKE_OFFLINE, subset(resource, group.wanted), updates)


def _bring_online(group: GroupState) -> Action:
    """The operator wants a resource online, which also tries again what was given up (rule R1)."""
    resource = group.resource.term
    updates = {
        group.wanted_variable.name: group.wanted | resource,
        group.failed_variable.name: group.failed & ~resource,
    }
    updates |= {v.name: v.term & ~resource for v in group.failures_variables}
    may_be = subset(resource, ~group.wanted | group.failed)
    return _to_resource(group, Verb.BRING_ONLINE, may_be, updates)
