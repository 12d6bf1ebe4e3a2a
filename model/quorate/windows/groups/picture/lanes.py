"""The lanes of a time-space diagram: a node each, with a column for each resource that is ever
active there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quorate.cluster import Group
from quorate.windows.groups.picture.looks import (
    WORKS,
    Look,
    Mark,
    Standing,
    look,
    mark,
    owner_look,
    standing,
)
from quorate.windows.groups.reasons.chronicle import Chronicle

MOST_IDLE = 3
"""More nodes than this that own nothing and are alike all the time share a lane."""


@dataclass(frozen=True)
class Column:
    """What one thing looks like at each scene. `heading` says whether it is the group's own, which
    shows who owns it; `name` is the thing's or the group's."""

    name: str
    heading: bool
    looks: tuple[Look | None, ...]
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True)
class Lane:
    """`nodes` is one node, several that are idle and alike, or nobody for the shared volumes."""

    nodes: tuple[str, ...]
    columns: tuple[Column, ...]
    standings: tuple[Standing, ...]

    def place_of(self, group: str) -> int:
        """The column that shows who owns the group; requires that a node of the lane does."""
        return next(i for i, c in enumerate(self.columns) if c.heading and c.name == group)


def lanes(chronicle: Chronicle) -> tuple[Lane, ...]:
    """In configured order, then those of several nodes; a lane for shared volumes only if one fails
    or returns."""
    every = [_lane(chronicle, node) for node in chronicle.cluster.node_names]
    idle: dict[tuple[Standing, ...], list[str]] = {}
    for lane in every:
        if not lane.columns:
            idle.setdefault(lane.standings, []).extend(lane.nodes)
    many = {look: nodes for look, nodes in idle.items() if len(nodes) > MOST_IDLE}
    single = (lane for lane in every if lane.columns or lane.standings not in many)
    shared = (Lane(tuple(nodes), (), look) for look, nodes in many.items())
    return (*single, *shared, *_volumes(chronicle))


def _lane(chronicle: Chronicle, node: str) -> Lane:
    columns = (column for group in chronicle.told for column in _columns(chronicle, group, node))
    standings = (standing(scene.activity, node) for scene in chronicle.scenes)
    return Lane((node,), tuple(columns), tuple(standings))


def _columns(chronicle: Chronicle, group: Group, node: str) -> Iterator[Column]:
    activities = [scene.activity for scene in chronicle.scenes]
    groups = [activity.group(group.name) for activity in activities]
    owned = tuple(owner_look(a, g, node) for a, g in zip(activities, groups, strict=True))
    found = []
    for name in group.resource_names:
        looks = tuple(look(g, node, name) for g in groups)
        marks = tuple(mark(g, node, name) for g in groups)
        if any(looks) or any(marks):
            found.append(Column(name, False, looks, marks))
    if found or any(owned):
        yield Column(group.name, True, owned, (None,) * len(groups))
    yield from found


def _volumes(chronicle: Chronicle) -> Iterator[Lane]:
    works = [scene.activity.volumes for scene in chronicle.scenes]
    if len(set(works)) == 1:
        return
    nothing = (None,) * len(works)
    columns = (
        Column(name, False, tuple(WORKS if name in there else None for there in works), nothing)
        for name in chronicle.cluster.volumes
    )
    yield Lane((), tuple(columns), (Standing.MEMBER,) * len(works))


def runs(count: int, value: Callable[[int], object]) -> Iterator[tuple[int, int]]:
    """First and last of the steps in a row for which `value` is the same."""
    first = 0
    for step in range(1, count + 1):
        if step == count or value(step) != value(first):
            yield first, step - 1
            first = step
