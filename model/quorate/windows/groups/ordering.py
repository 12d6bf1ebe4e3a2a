"""What resources do by themselves on the owner of their group, and in which order they may: rules
R1 to R8 (wsfc.md 4)."""

from collections.abc import Iterator

from quorate.system import Action, ActionKind
from quorate.windows.groups.candidates import Candidates, of_one
from quorate.windows.groups.failing import fail, keep_reporting, restart_period_passes
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.group_variables import Writes
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.starting import come_online, start
from quorate.windows.groups.stopping import go_offline, stop
from quorate.windows.groups.verbs import Verb


def ordering_actions(placed: PlacedGroup) -> Iterator[Action]:
    """Everything that one resource does."""
    group = placed.group
    yield start(placed)
    yield come_online(group)
    yield go_offline(placed)
    yield stop(group)
    if group.writes is not None:
        yield _write(group, group.writes)
    yield fail(group)
    yield keep_reporting(group)
    yield restart_period_passes(group)


def _write(group: GroupState, writes: Writes) -> Action:
    """A resource that is online holds data that is not on its disk yet."""
    unwritten, resource = writes.unwritten, group.resource.term
    writers = group.that(lambda r: bool(r.writes_to))
    return of_one(
        group,
        Verb.WRITE,
        ActionKind.CLUSTER,
        Candidates((writers, group.online, ~unwritten.term)),
        {unwritten.name: unwritten.term | resource},
    )
