"""Shared volumes that fail and return, with the machines that keep data on them."""

import z3

from quorate.counting.sets import Members, disjoint, has, one, subset
from quorate.system import Action, ActionKind, Term
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.failing import Failure
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.surroundings import Volumes
from quorate.windows.groups.verbs import Verb


def failure_with_volume(group: GroupState, volumes: Volumes) -> Failure:
    """What is active and keeps data on the chosen volume fails."""
    return Failure(group, _on_chosen(group, volumes) & group.active)


def _on_chosen(group: GroupState, volumes: Volumes) -> Members:
    volume = volumes.choice.term
    return gathered(
        [
            z3.Or(
                *(
                    has(volume, place)
                    for place, name in enumerate(volumes.names)
                    if name in resource.writes_to
                )
            )
            for resource in group.resources
        ]
    )


def volume_failure(state: GroupsState, volumes: Volumes) -> Action:
    """A shared volume is lost, and the machines that keep data on it fail."""
    volume, there = volumes.choice, volumes.variable
    updates: dict[str, Term] = {there.name: there.term & ~volume.term}
    for group in state.groups:
        updates |= failure_with_volume(group, volumes).updates()
    return Action.of(
        Verb.VOLUME_FAILURE,
        ActionKind.FAULT,
        guard=(one(volume.term), subset(volume.term, there.term)),
        updates=updates,
        inputs=(volume,),
        subject="volume",
    )


def volume_return(volumes: Volumes) -> Action:
    volume, there = volumes.choice, volumes.variable
    return Action.of(
        Verb.VOLUME_RETURN,
        ActionKind.REPAIR,
        guard=(one(volume.term), disjoint(volume.term, there.term)),
        updates={there.name: there.term | volume.term},
        inputs=(volume,),
        subject="volume",
    )
