"""The heads of the lanes: the node's name, and above each column its own, on a staircase so that
every name has room to run to the right."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from quorate.drawing.metrics import LEADING, text_width, wrapped
from quorate.drawing.names import distinct_forms, escaped, shortened
from quorate.drawing.shapes import Box, Line, Shape, Words
from quorate.values import dataclass
from quorate.windows.groups.picture.lane_bars import STANDING, column_middle, columns_end
from quorate.windows.groups.picture.lanes import Lane
from quorate.windows.groups.picture.room import Room
from quorate.windows.groups.reasons.account import Account

NAME, LABEL = 11.0, 9.5
HEADING = 44.0
"""What a group's name may be longer than that of a resource: it stands further left."""
NARROWEST = 48.0
MOST_NAMED = 3
"""So many nodes that share a lane are named."""
NODE_ROOM = 84.0


@dataclass(frozen=True)
class Heads:
    """What all lanes share: how their names are written, and how high the staircase is."""

    account: Account
    lanes: tuple[Lane, ...]
    room: Room

    @cached_property
    def nodes(self) -> Mapping[str, str]:
        return distinct_forms(
            self.account.cluster.node_names,
            lambda text: len(wrapped(text, NODE_ROOM, NAME, bold=True)) <= 3,
        )

    @cached_property
    def labels(self) -> Mapping[tuple[str, bool], str]:
        """By name and whether it is a group's."""
        found: dict[tuple[str, bool], str] = {}
        for heading in (True, False):
            names = dict.fromkeys(
                column.name
                for lane in self.lanes
                for column in lane.columns
                if column.heading is heading
            )
            fits = self._group_fits if heading else self._fits
            short = tuple(names) if heading else _without_group(self.account, tuple(names))
            forms = distinct_forms(short, fits)
            for name, kept in zip(names, short, strict=True):
                found[name, heading] = forms[kept]
        return found

    def _fits(self, text: str) -> bool:
        return text_width(text, LABEL, bold=True) <= self.room.label

    def _group_fits(self, text: str) -> bool:
        return text_width(text, LABEL, bold=True) <= self.room.label + HEADING

    @cached_property
    def steps(self) -> int:
        return max((len(lane.columns) for lane in self.lanes), default=0)

    @property
    def step(self) -> float:
        return LABEL * LEADING + 1

    @cached_property
    def name_height(self) -> float:
        return max(len(self._name(lane)) for lane in self.lanes) * NAME * LEADING + 4

    @property
    def height(self) -> float:
        return self.steps * self.step + 6 + self.name_height

    def width(self, lane: Lane) -> float:
        labels = [
            column_middle(self.room, place)
            + text_width(self._label(lane, place), LABEL, bold=True)
            + 8
            for place in range(len(lane.columns))
        ]
        words = {found.value for found in lane.standings if lane.nodes}
        room = max((text_width(word, STANDING) for word in words), default=0)
        standing = columns_end(self.room, lane) + room + 6
        name = max(text_width(line, NAME, bold=True) for line in self._name(lane)) + 8
        return max(NARROWEST, *labels, standing, name)

    def _label(self, lane: Lane, place: int) -> str:
        column = lane.columns[place]
        return self.labels[column.name, column.heading]

    def _name(self, lane: Lane) -> tuple[str, ...]:
        name = "shared volumes"
        if lane.nodes:
            few = len(lane.nodes) <= MOST_NAMED
            named = ", ".join(self.nodes[node] for node in lane.nodes)
            name = named if few else f"{len(lane.nodes)} nodes"
        site = f" in {self._site(lane)}" if self._site(lane) else ""
        return wrapped(f"{name}{site}", NODE_ROOM, NAME, bold=True)

    def _site(self, lane: Lane) -> str:
        """Where all its nodes stand; empty where that is not one site, or nobody said it."""
        cluster = self.account.cluster
        sites = {node.site for node in cluster.nodes if node.name in lane.nodes}
        (site,) = sites if len(sites) == 1 else (None,)
        return shortened(escaped(site), self._fits) if site is not None else ""

    def head(self, key: str, lane: Lane, width: float) -> Iterator[Shape]:
        """From 0 down to `height`, where the lane begins."""
        y = self.height - self.name_height
        yield Box(f"{key} head", 0, y, width, self.name_height, "white", "#BBBBBB", 0.8)
        name = self._name(lane)
        yield Words(f"{key} name", 2, y + 2, width - 4, name, NAME, bold=True)
        first = self.steps - len(lane.columns)
        for place, column in enumerate(lane.columns):
            x, top = column_middle(self.room, place), (first + place) * self.step
            text = self._label(lane, place)
            yield Words(
                f"{key} label {place}",
                x + 2,
                top,
                width - x - 2,
                (text,),
                LABEL,
                bold=column.heading,
                left=True,
            )
            points = ((x, top + 2), (x, y))
            yield Line(f"{key} head", f"{key} label {place}", points, "#8A8A8A", 0.7)


def _without_group(account: Account, names: tuple[str, ...]) -> tuple[str, ...]:
    """Without the name of their group in front, which stands above them, where that is enough to
    tell them apart."""
    short = tuple(_after_group(account, name) for name in names)
    return short if len(set(short)) == len(short) else names


def _after_group(account: Account, name: str) -> str:
    for group in account.groups_shown:
        rest = name.removeprefix(f"{group.name} ")
        if name in group.resource_names and rest != name and rest.strip():
            return rest
    return name
