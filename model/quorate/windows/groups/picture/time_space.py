"""A chronicle as one picture: a lane a node, time downwards, a row a step."""

from collections.abc import Iterator

from quorate.drawing.banner import fact_banner
from quorate.drawing.headline import headline
from quorate.drawing.metrics import LEADING
from quorate.drawing.palette import CHANGED
from quorate.drawing.shapes import SHEET, Block, Box, Line, Shape, Words, column, dot_source
from quorate.windows.groups.picture.time_space_legend import legend
from quorate.windows.groups.picture.timetable import CAPTION, Timetable
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.words.chapters import Telling
from quorate.windows.groups.words.text import chronicle_headline

GAP = 10.0
LOOP_ROOM = 46.0
NARROWEST = 520.0
"""The title and the violated fact need this much."""


def time_space(chronicle: Chronicle) -> str:
    """The chronicle as DOT source. The same chronicle always gives the same text."""
    table, telling = Timetable(chronicle), Telling(chronicle)
    loop = LOOP_ROOM if chronicle.loop_start is not None else 0
    across = table.right + 4 + loop
    width = max(across, NARROWEST)
    title = chronicle_headline(chronicle)
    shapes = (*table.shapes(), *_moves(table), _violated(table), *_loop(table))
    blocks = [
        headline(title, chronicle.cluster.name, chronicle.deviation, width),
        Block(across, table.bottom + 3, shapes),
        fact_banner(telling.broken(), " ".join(telling.shown()), width),
        legend(table.lanes, width),
    ]
    return dot_source(title, column(blocks, GAP))


def _moves(table: Timetable) -> Iterator[Shape]:
    """From the lane of the old owner to that of the new one."""
    for step in range(1, table.rows.count):
        for group in table.chronicle.told:
            (tail, start), (head, end) = (table.owner_at(at, group.name) for at in (step - 1, step))
            if tail != head:
                y = table.rows.tops[step]
                yield Line(tail, head, ((start, y), (end, y)), pen=1.6, arrow=True)


def _violated(table: Timetable) -> Box:
    """Around the last step, or all that repeats."""
    last, start = table.chronicle.steps, table.chronicle.loop_start
    first = last if start is None else min(start + 1, last)
    top, bottom = table.rows.tops[first], table.bottom
    return Box("violated", 0, top, table.right, bottom - top, "transparent", CHANGED, 2.4)


def _loop(table: Timetable) -> Iterator[Shape]:
    """From the end back to where it began; where nothing more happens, from the last step to
    itself."""
    last, start = table.chronicle.steps, table.chronicle.loop_start
    if start is None:
        return
    up, down = table.rows.middle(start), table.rows.middle(last)
    if table.chronicle.stands_still:
        up, down = table.rows.tops[last] + 5, table.bottom - 5
    x, out = table.right + 2, table.right + 14
    points = ((x, down), (out, down), (out, up), (x, up))
    yield Line(SHEET, "violated", points, CHANGED, 1.8, arrow=True)
    y = (up + down) / 2 - CAPTION * LEADING
    yield Words("loop", out + 3, y, LOOP_ROOM - 16, ("for", "ever"), CAPTION, left=True)
