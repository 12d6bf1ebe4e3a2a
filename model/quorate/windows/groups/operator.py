"""What the operator does to nodes, groups and resources (rules M6, F4, R1, R2, G2)."""

from collections.abc import Iterator, Sequence

import z3

from quorate.counting.sets import Members, disjoint, has, meets, one, some, subset
from quorate.system import Action, ActionKind, Enumeration, Formula, Term, Variable
from quorate.windows.groups.bits import gathered
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
    group: GroupState,
    verb: Verb,
    may_be: Formula,
    updates: dict[str, Term],
    inputs: tuple[Variable, ...] = (),
) -> Action:
    """An order about one resource; `inputs` what besides it is open."""
    resource = group.resource
    return Action.of(
        verb,
        ActionKind.OPERATOR,
        guard=(one(resource.term), may_be, z3.Not(group.is_in(Phase.MIGRATING))),
        updates=updates,
        inputs=(resource, *inputs),
        subject="resource",
        about=group.key,
    )


PROVIDERS = Variable("providers", Enumeration(("brought online", "wanted")))
"""What becomes of the resources that are brought online before another: their persistent state
stays as it is, or is changed as well. Which of the two is not documented."""
DEPENDENTS = Variable("dependents", Enumeration(("waiting", "taken offline", "unwanted")))
"""What becomes of those that are taken offline before another: they come back with it, as after a
failure; they stay offline until the group starts anew; or their persistent state is changed as
well. Which of these is not documented."""


def _take_offline(group: GroupState) -> Action:
    """The operator wants a resource offline, from now on and after every move, and what cannot be
    without it goes first (rules R2, G2)."""
    resource, driven = group.resource.term, group.driven_variable
    if driven is None:
        updates: dict[str, Term] = {group.wanted_variable.name: group.wanted & ~resource}
        return _to_resource(group, Verb.TAKE_OFFLINE, subset(resource, group.wanted), updates)
    fall = group.desired & ~group.standing(group.desired & ~resource)
    stays, unwanted = (DEPENDENTS.term != 0, DEPENDENTS.term == 2)
    updates = {
        group.wanted_variable.name: group.wanted & ~resource & ~group.sets.where(unwanted, fall),
        driven.name: group.driven & ~resource & ~group.sets.where(stays, fall),
    }
    may_be = subset(resource, group.wanted | group.driven)
    return _to_resource(group, Verb.TAKE_OFFLINE, may_be, updates, (DEPENDENTS,))


def _bring_online(group: GroupState) -> Action:
    """The operator wants a resource online, and what it depends on is brought online first; which
    also tries again what was given up (rule R1)."""
    resource, driven = group.resource.term, group.driven_variable
    if driven is None:
        may_be = ~group.wanted | group.failed
        updates: dict[str, Term] = {group.wanted_variable.name: group.wanted | resource}
        return _bring(group, may_be, updates, resource)
    below = gathered([_is_below(group, name) for name in group.names])
    too = group.sets.where(PROVIDERS.term == 1, below)
    updates = {
        group.wanted_variable.name: group.wanted | resource | too,
        driven.name: group.driven | resource | below,
    }
    missing = ~group.driven | group.failed
    lacks = [meets(missing, group.sets.of(needs)) for needs in group.brought_with]
    may_be = ~(group.wanted & group.driven) | group.failed | (gathered(lacks) & ~group.active)
    return _bring(group, may_be, updates, resource | (below & ~group.active), (PROVIDERS,))


def _bring(
    group: GroupState,
    may_be: Members,
    updates: dict[str, Term],
    anew: Members,
    inputs: tuple[Variable, ...] = (),
) -> Action:
    """Those in `anew` are tried as if they had not failed."""
    updates = updates | {group.failed_variable.name: group.failed & ~anew}
    updates |= {v.name: v.term & ~anew for v in group.failures_variables}
    chosen = subset(group.resource.term, may_be)
    return _to_resource(group, Verb.BRING_ONLINE, chosen, updates, inputs)


def _is_below(group: GroupState, name: str) -> Formula:
    """The resource is one that the chosen one needs."""
    chosen = group.resource.term
    above = [has(chosen, place) for place, needs in enumerate(group.brought_with) if name in needs]
    return z3.Or(*above) if above else z3.BoolVal(False)
