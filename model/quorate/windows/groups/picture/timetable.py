"""The table of a time-space diagram: lanes beside each other, steps below each other."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from quorate.drawing.rows import LOOP_ROOM, Rows
from quorate.drawing.shapes import Block, Shape
from quorate.values import dataclass
from quorate.windows.groups.picture.folding import Fold, folded
from quorate.windows.groups.picture.lane_bars import bars, column_middle, grounds, standings
from quorate.windows.groups.picture.lane_heads import Heads
from quorate.windows.groups.picture.lanes import Lane, lanes, together
from quorate.windows.groups.picture.room import ROOMS, WIDEST, Room
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.entries import entries
from quorate.windows.groups.reasons.violated import violated
from quorate.windows.groups.words.telling import Telling

BETWEEN = 8.0


@dataclass(frozen=True)
class Timetable:
    """Each row shows how all is after its last step."""

    account: Account
    room: Room = ROOMS[0]

    @classmethod
    def fitting(cls, account: Account) -> "Timetable":
        """In the first room in which it is no wider than a page can show."""
        loop = LOOP_ROOM if account.loop_start is not None else 0
        tables = (cls(account, room) for room in ROOMS)
        fits = (table for table in tables if table.right + 4 + loop <= WIDEST)
        return next(fits, cls(account, ROOMS[-1]))

    @cached_property
    def folds(self) -> tuple[Fold, ...]:
        """The rows."""
        return tuple(folded(entries(self.account), self.account.loop_start))

    @cached_property
    def moments(self) -> tuple[int, ...]:
        """The moment that each row shows."""
        return tuple(fold.last.number for fold in self.folds)

    @property
    def loop_start(self) -> int | None:
        """The row after which all repeats."""
        start = self.account.loop_start
        return None if start is None else self.moments.index(start)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        every = lanes(self.account, self.moments)
        if not self.room.together:
            return every
        wrong = violated(self.account)
        kept = {thing for _, thing in wrong.spots} if wrong is not None else set()
        return together(self.account, every, kept)

    @cached_property
    def heads(self) -> Heads:
        return Heads(self.account, self.lanes, self.room)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        return tuple(self.heads.width(lane) for lane in self.lanes)

    @cached_property
    def rows(self) -> Rows:
        telling = Telling(self.account)
        captions = [telling.row(fold.entries) for fold in self.folds]
        numbers = [fold.number for fold in self.folds]
        return Rows.of(captions, self.heads.height, numbers, self.room.caption)

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

    def head_of(self, node: str) -> tuple[str, float]:
        """The head of the lane of a node, and where it begins."""
        number = self._number(node)
        return f"{_key(number)} head", self.begins[number]

    def owner_at(self, row: int, group: str) -> tuple[str, float]:
        """The head of the lane of the group's owner, and where its column is."""
        owner = self.account.situation(self.moments[row]).group(group).owner
        head, begin = self.head_of(owner)
        place = self.lanes[self._number(owner)].place_of(group)
        return head, begin + column_middle(self.room, place)

    def column_of(self, node: str, name: str, *, heading: bool) -> float | None:
        """Where the column of a resource, or of a group, is in the lane of a node."""
        number = self._number(node)
        for place, column in enumerate(self.lanes[number].columns):
            if (column.name, column.heading) == (name, heading):
                return self.begins[number] + column_middle(self.room, place)
        return None

    def _number(self, node: str) -> int:
        return next(n for n, lane in enumerate(self.lanes) if node in lane.nodes)

    def shapes(self) -> Iterator[Shape]:
        """From the ground up: lanes, lines between steps, bars."""
        for number, lane in enumerate(self.lanes):
            key, width = _key(number), self.widths[number]
            yield from self._placed(number, self.heads.head(key, lane, width))
            yield from self._placed(number, grounds(key, lane, width, self.rows))
        yield from self.rows.shapes(self.right)
        for number, lane in enumerate(self.lanes):
            key, width = _key(number), self.widths[number]
            yield from self._placed(number, bars(self.room, key, lane, self.rows))
            yield from self._placed(number, standings(self.room, key, lane, width, self.rows))

    def _placed(self, number: int, shapes: Iterator[Shape]) -> tuple[Shape, ...]:
        return Block(0, 0, tuple(shapes)).at(self.begins[number], 0)


def _key(number: int) -> str:
    return f"lane {number}"
