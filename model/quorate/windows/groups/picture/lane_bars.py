"""One lane: what its node is to the cluster, and a bar for everything that is active there."""

from collections.abc import Iterator

from quorate.drawing.bars import cross, runs
from quorate.drawing.palette import TEXT
from quorate.drawing.rows import Rows
from quorate.drawing.shapes import Box, Shape, Words
from quorate.windows.groups.picture.lanes import Column, Lane
from quorate.windows.groups.picture.marks import Mark
from quorate.windows.groups.picture.room import Room
from quorate.windows.groups.picture.standings import Standing

STANDING = 9.5
INSET = 3.0
CROSS = 17.0


def column_middle(room: Room, place: int) -> float:
    return INSET + (place + 0.5) * room.column


def columns_end(room: Room, lane: Lane) -> float:
    """Where the words for what a node became begin; a cross has room before them."""
    return max(INSET + len(lane.columns) * room.column, CROSS)


def grounds(key: str, lane: Lane, width: float, rows: Rows) -> Iterator[Shape]:
    """The lane itself, in pieces in which the node's standing is the same."""
    for first, last in runs(rows.count, lambda step: lane.standings[step]):
        top, bottom = rows.tops[first], rows.tops[last + 1]
        yield lane.standings[first].box(f"{key} ground {first}", top, width, bottom - top)


def standings(room: Room, key: str, lane: Lane, width: float, rows: Rows) -> Iterator[Shape]:
    """The word for what the node became, right of the bars, and a cross where it went down."""
    x = columns_end(room, lane)
    for first, _ in runs(rows.count, lambda step: lane.standings[step]):
        word = lane.standings[first]
        if first == 0 and word is Standing.MEMBER:
            continue
        y = rows.middle(first) - STANDING * 0.6
        yield Words(
            f"{key} standing {first}", x, y, width - x - 2, (word.value,), STANDING, color=TEXT
        )
        if first and word is Standing.DOWN:
            yield from cross(f"{key} ground {first}", max(x / 2, 9), rows.middle(first), 6, 2.2)


def bars(room: Room, key: str, lane: Lane, rows: Rows) -> Iterator[Shape]:
    for place, column in enumerate(lane.columns):
        x = column_middle(room, place)
        yield from _looks(f"{key} {place}", column, x, rows)
        yield from _marks(f"{key} {place} mark", column, x, rows)


def _looks(key: str, column: Column, x: float, rows: Rows) -> Iterator[Shape]:
    for first, last in runs(rows.count, lambda step: column.looks[step]):
        found = column.looks[first]
        if found is not None:
            bar = found.bar
            yield bar.box(
                f"{key} {first}", x, rows.tops[first], rows.tops[last + 1], gap=bar.pen / 2
            )
            yield from bar.sign_at(f"{key} {first}", x, rows.middle(first))


def _marks(key: str, column: Column, x: float, rows: Rows) -> Iterator[Shape]:
    """At the first step; data that is not written is a line for as long as it is held."""
    for first, last in runs(rows.count, lambda step: column.marks[step]):
        found = column.marks[first]
        if found is Mark.UNWRITTEN:
            y, bottom = rows.middle(first), rows.tops[last + 1] - 1
            yield Box(f"{key} {first} line", x - 1, y, 2, bottom - y, "white", "white", 0.2)
        if found is not None:
            yield from found.sign_at(f"{key} {first}", x, rows.middle(first))
