"""One lane: what its node is to the cluster, and a bar for everything that is active there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quorate.drawing.palette import TEXT
from quorate.drawing.shapes import SHEET, Box, Line, Shape, Words
from quorate.windows.groups.picture.lanes import Column, Lane, runs
from quorate.windows.groups.picture.looks import Look, Mark, Sign, Standing

COLUMN, BAR, SPINE = 16.0, 10.0, 4.0
STANDING = 9.0
INSET = 3.0


@dataclass(frozen=True)
class Rows:
    """Where the steps are: `tops` has one more than there are steps, the last bottom."""

    tops: Sequence[float]

    @property
    def count(self) -> int:
        return len(self.tops) - 1

    def middle(self, step: int) -> float:
        return (self.tops[step] + self.tops[step + 1]) / 2


def column_middle(place: int) -> float:
    return INSET + (place + 0.5) * COLUMN


def grounds(key: str, lane: Lane, width: float, rows: Rows) -> Iterator[Shape]:
    """The lane itself, in pieces in which the node's standing is the same."""
    for first, last in runs(rows.count, lambda step: lane.standings[step]):
        fill, stroke, pen, style = lane.standings[first].ground
        top, bottom = rows.tops[first], rows.tops[last + 1]
        yield Box(f"{key} ground {first}", 0, top, width, bottom - top, fill, stroke, pen, style)


def standings(key: str, lane: Lane, width: float, rows: Rows) -> Iterator[Shape]:
    """The word for what the node became, right of the bars, and a cross where it went down."""
    x = INSET + len(lane.columns) * COLUMN
    for first, _ in runs(rows.count, lambda step: lane.standings[step]):
        word = lane.standings[first]
        if first == 0 and word is Standing.MEMBER:
            continue
        y = rows.middle(first) - STANDING * 0.6
        yield Words(
            f"{key} standing {first}", x, y, width - x - 2, (word.value,), STANDING, color=TEXT
        )
        if first and word is Standing.DOWN:
            yield from cross(f"{key} ground {first}", max(x / 2, 12), rows.middle(first), 6, 2.2)


def bars(key: str, lane: Lane, rows: Rows) -> Iterator[Shape]:
    for place, column in enumerate(lane.columns):
        for first, last in runs(rows.count, lambda step: column.looks[step]):  # noqa: B023
            found = column.looks[first]
            if found is not None:
                ends = rows.tops[first], rows.tops[last + 1]
                yield _bar(f"{key} {place} {first}", column, found, place, ends)
                x, y = column_middle(place), rows.middle(first)
                yield from sign(f"{key} {place} {first}", found, x, y)
        yield from _marks(f"{key} {place} mark", column, place, rows)


def _bar(key: str, column: Column, found: Look, place: int, ends: tuple[float, float]) -> Box:
    wide = SPINE if column.heading else BAR
    x, gap = column_middle(place) - wide / 2, found.pen / 2
    top, bottom = ends[0] + gap, ends[1] - gap
    return Box(key, x, top, wide, bottom - top, found.fill, found.stroke, found.pen)


def sign(key: str, found: Look, x: float, y: float) -> Iterator[Shape]:
    if found.sign is Sign.CROSS:
        yield from cross(key, x, y, 3.2, 1.4)
    elif found.sign is not Sign.NOTHING:
        yield Box(f"{key} sign", x - 3, y - 4, 6, 8, "black", "black", 0.3, shape=found.sign.value)


def cross(key: str, x: float, y: float, arm: float, pen: float) -> Iterator[Shape]:
    yield Line(SHEET, key, ((x - arm, y - arm), (x + arm, y + arm)), pen=pen)
    yield Line(SHEET, key, ((x - arm, y + arm), (x + arm, y - arm)), pen=pen)


def _marks(key: str, column: Column, place: int, rows: Rows) -> Iterator[Shape]:
    """At the first step; data that is not written is a line for as long as it is held."""
    x = column_middle(place)
    for first, last in runs(rows.count, lambda step: column.marks[step]):
        found = column.marks[first]
        if found is Mark.UNWRITTEN:
            y, bottom = rows.middle(first), rows.tops[last + 1] - 1
            yield Box(f"{key} {first} line", x - 1, y, 2, bottom - y, "white", "white", 0.2)
        if found is not None:
            yield from mark_sign(f"{key} {first}", found, x, rows.middle(first))


def mark_sign(key: str, found: Mark, x: float, y: float) -> Iterator[Shape]:
    if found is Mark.SAVED:
        yield Box(key, x - 4, y - 4, 8, 8, "white", "black", 1.0)
        yield Words(f"{key} letter", x - 4, y - 4.2, 8, ("S",), 7, bold=True)
    elif found is Mark.UNWRITTEN:
        yield Box(key, x - 3.2, y - 3.2, 6.4, 6.4, "white", "black", 1.0, shape="circle")
    else:
        yield Box(key, x - 4.5, y - 4.5, 9, 9, "black", "white", 0.8, shape="diamond")
