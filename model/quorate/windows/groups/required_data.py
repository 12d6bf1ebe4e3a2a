"""The data that a resource needs before it may run: on volumes that are there, and on disks that
are online on the same node."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import z3

from quorate.counting.sets import Members, has, meets
from quorate.system import Formula
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup

_IsOnline: TypeAlias = Callable[[GroupState, int], Formula]
"""Whether a resource of a group, by its bit, is online on the node that asks."""


def data_is_there(placed: PlacedGroup, place: int) -> Formula:
    """Each volume and disk that the resource keeps data on is there for the owner of its group."""
    return z3.And(*_required(placed, place, _on_owner(placed.group)))


def with_data(placed: PlacedGroup) -> Members:
    """The resources whose data is there, as far as starting looks at it: a machine's files have to
    be on a shared volume that is there, or on a disk that is online on the same node."""
    return _with_data(placed, _on_owner(placed.group))


def with_data_on_stale(placed: PlacedGroup, node: Members) -> Members:
    """The same for a node that was cut off, with the disks that are online there."""
    return _with_data(placed, _on_stale(node))


def _on_owner(group: GroupState) -> _IsOnline:
    def is_online(other: GroupState, disk: int) -> Formula:
        return z3.And(other.owner == group.owner, has(other.online, disk))

    return is_online


def _on_stale(node: Members) -> _IsOnline:
    def is_online(other: GroupState, disk: int) -> Formula:
        coming = has(other.stale_starting, disk)
        return z3.And(meets(other.stale_activity[disk], node), z3.Not(coming))

    return is_online


def _with_data(placed: PlacedGroup, is_online: _IsOnline) -> Members:
    return gathered(
        [
            z3.And(*_required(placed, place, is_online))
            if resource.kind.opens_files
            else z3.BoolVal(True)
            for place, resource in enumerate(placed.group.resources)
        ]
    )


def _required(placed: PlacedGroup, place: int, is_online: _IsOnline) -> Iterator[Formula]:
    volumes = placed.state.volumes
    for name in placed.group.resources[place].writes_to:
        if volumes is not None and name in volumes.names:
            yield volumes.has(name)
        for other in placed.state.groups:
            if name in other.names:
                yield is_online(other, other.names.index(name))
