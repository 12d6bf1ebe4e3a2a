"""What the looks in a picture mean; only those that occur."""

from collections.abc import Iterator

from quorate.drawing.metrics import text_width
from quorate.drawing.palette import CHANGED, DOWN_TEXT, FAINT, FRAME
from quorate.drawing.shapes import Block, Box, Shape, Words
from quorate.windows.membership.picture.looks import LOOKS
from quorate.windows.membership.picture.nodes import Condition, condition, node_frame
from quorate.windows.membership.picture.sheet import MARK, THICK, Sheet


def legend(sheet: Sheet, width: float) -> Block:
    """In lines of at most `width`."""
    shapes: list[Shape] = []
    x, y = 0.0, 0.0
    for number, text, look in _items(sheet):
        wide = 18 + 5 + text_width(text, MARK) + 16
        if x and x + wide - 16 > width:
            x, y = 0.0, y + 16
        key, room = f"legend {number}", wide - 39
        shapes += [
            Box(key, x, y, 18, 12, look.fill, look.stroke, look.pen, look.style),
            Words(f"{key} words", x + 23, y + 0.6, room, (text,), MARK, color=DOWN_TEXT, left=True),
        ]
        x += wide
    return Block(width, y + 12, tuple(shapes))


def _items(sheet: Sheet) -> Iterator[tuple[int, str, Box]]:
    """The number that an item always has, what it means, and how it looks."""
    drawn = {condition(view, cell) for view in sheet.views for cell in sheet.cells}
    for number, shown in enumerate(Condition):
        if shown in drawn:
            yield number, shown.value, node_frame(shown, LOOKS[0].fill)
    network = Box("", 0, 0, 0, 0, FAINT, FRAME, style="rounded")
    yield len(Condition), "network: nodes connected to each other", network
    if sheet.account.steps:
        changed = Box("", 0, 0, 0, 0, stroke=CHANGED, pen=THICK)
        yield len(Condition) + 1, "changed in this step", changed
