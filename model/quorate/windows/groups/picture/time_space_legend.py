"""What the looks of a time-space diagram mean; only those that occur."""

from collections.abc import Iterator

from quorate.drawing.metrics import text_width
from quorate.drawing.palette import DOWN_TEXT
from quorate.drawing.shapes import Block, Box, Shape, Words
from quorate.windows.groups.picture.lane_drawing import mark_sign, sign
from quorate.windows.groups.picture.lanes import Lane
from quorate.windows.groups.picture.looks import ABSENT, LOOKS, OWNED, Look, Mark, Standing

SIZE = 9.5
SAMPLE, HEIGHT, LINE = 18.0, 12.0, 17.0


def legend(lanes: tuple[Lane, ...], width: float) -> Block:
    shapes: list[Shape] = []
    x, y = 0.0, 0.0
    for number, (text, sample) in enumerate(_items(lanes)):
        wide = SAMPLE + 5 + text_width(text, SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + LINE
        shapes += Block(0, 0, sample).at(x, y)
        words = Words(
            f"legend {number} words",
            x + SAMPLE + 4,
            y + 0.4,
            wide - SAMPLE,
            (text,),
            SIZE,
            color=DOWN_TEXT,
            left=True,
        )
        shapes.append(words)
        x += wide + 16
    return Block(width, y + HEIGHT, tuple(shapes))


def _items(lanes: tuple[Lane, ...]) -> Iterator[tuple[str, tuple[Shape, ...]]]:
    columns = [column for lane in lanes for column in lane.columns]
    looks = {found for column in columns for found in column.looks}
    marks = {found for column in columns for found in column.marks}
    standings = {found for lane in lanes for found in lane.standings}
    for found in LOOKS:
        if found in looks:
            yield found.meaning, tuple(_look(found))
    for one in Mark:
        if one in marks:
            key = f"legend {one.name}"
            yield one.value, tuple(mark_sign(key, one, SAMPLE / 2, HEIGHT / 2))
    for standing in Standing:
        if standing in standings and standing is not Standing.MEMBER:
            fill, stroke, pen, style = standing.ground
            key = f"legend {standing.name}"
            box = Box(key, 0, 0, SAMPLE, HEIGHT, fill, stroke, pen, style)
            yield f"the node is {standing.value}", (box,)


def _look(found: Look) -> Iterator[Shape]:
    key = f"legend {found.meaning}"
    wide = 4.0 if found in (OWNED, ABSENT) else 10.0
    x = SAMPLE / 2
    yield Box(key, x - wide / 2, 0, wide, HEIGHT, found.fill, found.stroke, found.pen)
    yield from sign(key, found, x, HEIGHT / 2)
