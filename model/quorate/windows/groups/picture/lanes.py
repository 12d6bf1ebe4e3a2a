"""The lanes of a time-space diagram: a node each, with a column for each resource that is ever
active there."""

from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from quorate.cluster import Group
from quorate.values import dataclass
from quorate.windows.groups.picture.looks import Look, look, owner_look
from quorate.windows.groups.picture.marks import Mark, mark
from quorate.windows.groups.picture.standings import Standing, standings
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.violated import violated

MOST_IDLE = 1
"""More nodes than this that own nothing, are alike all the time and are not spoken of share a
lane."""


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


def lanes(account: Account, shown: Sequence[int] | None = None) -> tuple[Lane, ...]:
    """At the moments that are `shown`, all of them if none are named. In configured order, then
    those of several nodes; a lane for shared volumes only if one fails or returns."""
    moments = tuple(range(account.steps + 1) if shown is None else shown)
    every = [_lane(account, moments, node) for node in account.cluster.node_names]
    wrong = violated(account)
    named = {*wrong.nodes, *wrong.others} if wrong is not None else set()
    idle: dict[tuple[Standing, ...], list[str]] = {}
    for lane in every:
        if not lane.columns and named.isdisjoint(lane.nodes):
            idle.setdefault(lane.standings, []).extend(lane.nodes)
    many = {alike: nodes for alike, nodes in idle.items() if len(nodes) > MOST_IDLE}
    shared_by = {node for nodes in many.values() for node in nodes}
    single = (lane for lane in every if shared_by.isdisjoint(lane.nodes))
    shared = (Lane(tuple(nodes), (), alike) for alike, nodes in many.items())
    return (*single, *shared, *_volumes(account, moments))


def _lane(account: Account, shown: tuple[int, ...], node: str) -> Lane:
    columns: list[Column] = []
    for group in account.groups_shown:
        columns += _columns(account, shown, group, node)
    every = tuple(standings(account, node))
    return Lane((node,), tuple(columns), tuple(every[at] for at in shown))


def _columns(account: Account, shown: tuple[int, ...], group: Group, node: str) -> Iterator[Column]:
    situations = [account.situation(at) for at in shown]
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


def together(account: Account, every: Sequence[Lane], kept: Container[str]) -> tuple[Lane, ...]:
    """The lanes with one column for the resources of a group that look alike all the time, on
    whichever node; those that are `kept` have their own."""
    alike: dict[str, str] = {}
    for group in account.groups_shown:
        classes: dict[Hashable, list[str]] = {}
        for name in group.resource_names:
            if name not in kept:
                classes.setdefault(_looks_of(every, name), []).append(name)
        for names in classes.values():
            if len(names) > 2:
                more = f"{names[0]} and {len(names) - 1} more"
                alike |= {names[0]: more} | dict.fromkeys(names[1:], "")
    return tuple(_joined(lane, alike) for lane in every)


def _looks_of(every: Sequence[Lane], name: str) -> Hashable:
    return tuple(
        next(((c.looks, c.marks) for c in lane.columns if c.name == name and not c.heading), None)
        for lane in every
    )


def _joined(lane: Lane, alike: Mapping[str, str]) -> Lane:
    columns = (
        c if c.heading or not lane.nodes else replace(c, name=alike.get(c.name, c.name))
        for c in lane.columns
    )
    return replace(lane, columns=tuple(c for c in columns if c.name))


def _volumes(account: Account, shown: tuple[int, ...]) -> Iterator[Lane]:
    works = [account.situation(at).volumes for at in shown]
    if len(set(works)) == 1:
        return
    nothing = (None,) * len(works)
    columns = []
    for name in account.cluster.volumes:
        looks = tuple(Look.WORKS if name in there else None for there in works)
        columns.append(Column(name, False, looks, nothing))
    yield Lane((), tuple(columns), (Standing.MEMBER,) * len(works))
