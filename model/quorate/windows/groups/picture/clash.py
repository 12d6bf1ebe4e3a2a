"""What breaks the promise, marked where the run ends: the bars that clash, joined."""

from collections.abc import Iterator
from dataclasses import replace

from quorate.drawing.palette import WRONG
from quorate.drawing.rows import BREAKS
from quorate.drawing.shapes import SHEET, Box, Line, Shape
from quorate.windows.groups.picture.looks import BAR
from quorate.windows.groups.picture.timetable import Timetable
from quorate.windows.groups.reasons.facts import Fact

MARGIN = 3.0


def clash(table: Timetable, fact: Fact | None) -> tuple[Shape, ...]:
    """Nothing where what is wrong is to be seen on no bar."""
    return () if fact is None else tuple(_marked(table, fact))


def _marked(table: Timetable, fact: Fact) -> Iterator[Shape]:
    last = table.rows.count - 1
    top, bottom = table.rows.tops[last], table.rows.bottom
    middles: dict[str, list[float]] = {}
    for node, thing in fact.spots:
        heading = not thing or thing in fact.groups
        x = table.column_of(node, thing or fact.group, heading=heading)
        if x is not None:
            middles.setdefault(node, []).append(x)
            key = f"clash {node} {thing}"
            left, wide = x - BAR / 2 - MARGIN, BAR + 2 * MARGIN
            box = Box(key, left, top + 1, wide, bottom - top - 2, "transparent", WRONG, 2.2)
            yield replace(box, meaning=BREAKS)
    if len(middles) > 1:
        (*_, one), (other, *_) = sorted(map(sorted, middles.values()))[:2]
        y = bottom - 4
        points = ((one + BAR / 2 + MARGIN, y), (other - BAR / 2 - MARGIN, y))
        yield Line(SHEET, SHEET, points, WRONG, 2.2)
