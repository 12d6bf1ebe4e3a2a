"""Groups that set out for another node: in the four steps, or their machines while they run (rules
F1, V1, V2)."""

import z3

from quorate.counting.sets import Members, empty, one, subset
from quorate.system import Action, ActionKind, Formula, Term
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb


def goes(group: GroupState, target: Members) -> dict[str, Term]:
    """The group begins to move to `target`: its machines while they run, if they move so and all
    is settled, else in the four steps."""
    phase = group.phase_value(Phase.MOVING)
    if group.moves_live:
        live = group.phase_value(Phase.MIGRATING)
        phase = z3.If(z3.And(*settled(group, target)), live, phase)
    return {group.phase_variable.name: phase, group.target_variable.name: target}


def settled(group: GroupState, target: Members) -> tuple[Formula, ...]:
    """All that is wanted is online, nothing else is, and it can be so on `target`."""
    return (
        group.online == group.desired,
        empty(group.starting | group.stopping | group.failed),
        subset(group.online, group.local(target)),
    )


def switch(placed: PlacedGroup) -> Action:
    """A live migration ends: the machines run on the target, in one step (rule V2)."""
    group = placed.group
    return Action.of(
        Verb.SWITCH,
        ActionKind.CLUSTER,
        guard=(
            group.is_in(Phase.MIGRATING),
            subset(group.owner | group.target, placed.state.members),
            one(group.target),
        ),
        updates={
            group.owner_variable.name: group.target,
            group.target_variable.name: group.nodes.nothing,
            group.phase_variable.name: group.phase_value(Phase.SERVING),
        },
        about=group.key,
    )
