"""The table of a time-space diagram: lanes beside each other, steps below each other."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from quorate.drawing.rows import Rows
from quorate.drawing.shapes import Block, Shape
from quorate.values import dataclass
from quorate.windows.groups.picture.lane_bars import bars, column_middle, grounds, standings
from quorate.windows.groups.picture.lane_heads import Heads
from quorate.windows.groups.picture.lanes import Lane, lanes
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.entries import entries
from quorate.windows.groups.words.telling import Telling

BETWEEN = 8.0


@dataclass(frozen=True)
class Timetable:
    account: Account

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        return lanes(self.account)

    @cached_property
    def heads(self) -> Heads:
        return Heads(self.account, self.lanes)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        return tuple(self.heads.width(lane) for lane in self.lanes)

    @cached_property
    def rows(self) -> Rows:
        telling = Telling(self.account)
        captions = (telling.caption(entry) for entry in entries(self.account))
        return Rows.of(captions, self.heads.height)

    @cached_property
    def begins(self) -> Sequence[float]:
        """Where each lane begins."""
        first = self.rows.right + BETWEEN
        ends = accumulate((width + BETWEEN for width in self.widths), initial=first)
        return tuple(ends)[: len(self.lanes)]

    @property
    def right(self) -> float:
        """Where the last lane ends."""
        return self.begins[-1] + self.widths[-1]

    def owner_at(self, step: int, group: str) -> tuple[str, float]:
        """The head of the lane of the group's owner, and where its column is."""
        owner = self.account.situation(step).group(group).owner
        number = next(n for n, lane in enumerate(self.lanes) if owner in lane.nodes)
        place = self.lanes[number].place_of(group)
        return f"{_key(number)} head", self.begins[number] + column_middle(place)

    def shapes(self) -> Iterator[Shape]:
        """From the ground up: lanes, lines between steps, bars."""
        for number, lane in enumerate(self.lanes):
            key, width = _key(number), self.widths[number]
            yield from self._placed(number, self.heads.head(key, lane, width))
            yield from self._placed(number, grounds(key, lane, width, self.rows))
        yield from self.rows.shapes(self.right)
        for number, lane in enumerate(self.lanes):
            key, width = _key(number), self.widths[number]
            yield from self._placed(number, bars(key, lane, self.rows))
            yield from self._placed(number, standings(key, lane, width, self.rows))

    def _placed(self, number: int, shapes: Iterator[Shape]) -> tuple[Shape, ...]:
        return Block(0, 0, tuple(shapes)).at(self.begins[number], 0)


def _key(number: int) -> str:
    return f"lane {number}"
