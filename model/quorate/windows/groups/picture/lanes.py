"""The lanes of a time-space diagram: a node each, with a column for each resource that is ever
active there."""

from collections.abc import Iterator

from quorate.cluster import Group
from quorate.values import dataclass
from quorate.windows.groups.picture.looks import Look, look, owner_look
from quorate.windows.groups.picture.marks import Mark, mark
from quorate.windows.groups.picture.standings import Standing, standing
from quorate.windows.groups.reasons.account import Account

MOST_IDLE = 3
"""More nodes than this that own nothing and are alike all the time share a lane."""


@dataclass(frozen=True)
class Column:
    """What one thing looks like at each moment. `heading` says whether it is the group's own, which
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


def lanes(account: Account) -> tuple[Lane, ...]:
    """In configured order, then those of several nodes; a lane for shared volumes only if one fails
    or returns."""
    every = [_lane(account, node) for node in account.cluster.node_names]
    idle: dict[tuple[Standing, ...], list[str]] = {}
    for lane in every:
        if not lane.columns:
            idle.setdefault(lane.standings, []).extend(lane.nodes)
    many = {alike: nodes for alike, nodes in idle.items() if len(nodes) > MOST_IDLE}
    single = (lane for lane in every if lane.columns or lane.standings not in many)
    shared = (Lane(tuple(nodes), (), alike) for alike, nodes in many.items())
    return (*single, *shared, *_volumes(account))


def _lane(account: Account, node: str) -> Lane:
    columns: list[Column] = []
    for group in account.groups_shown:
        columns += _columns(account, group, node)
    standings = (standing(moment.situation, node) for moment in account.moments)
    return Lane((node,), tuple(columns), tuple(standings))


def _columns(account: Account, group: Group, node: str) -> Iterator[Column]:
    situations = [moment.situation for moment in account.moments]
    groups = [situation.group(group.name) for situation in situations]
    owned = tuple(owner_look(s, g, node) for s, g in zip(situations, groups, strict=True))
    found = []
    for name in group.resource_names:
        looks = tuple(look(g, node, name) for g in groups)
        marks = tuple(mark(g, node, name) for g in groups)
        if any(looks) or any(marks):
            found.append(Column(name, False, looks, marks))
    if found or any(owned):
        yield Column(group.name, True, owned, (None,) * len(groups))
    yield from found


def _volumes(account: Account) -> Iterator[Lane]:
    works = [moment.situation.volumes for moment in account.moments]
    if len(set(works)) == 1:
        return
    nothing = (None,) * len(works)
    columns = []
    for name in account.cluster.volumes:
        looks = tuple(Look.WORKS if name in there else None for there in works)
        columns.append(Column(name, False, looks, nothing))
    yield Lane((), tuple(columns), (Standing.MEMBER,) * len(works))
