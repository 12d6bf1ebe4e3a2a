"""The violation below a picture, with what shows it."""

from collections.abc import Sequence

from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import CHANGED
from quorate.drawing.shapes import Block, Box, Words

FACT, SHOWN = 12.0, 11.0
MARGIN = 8.0


def fact_banner(violation: str, shown: str, caveats: Sequence[str], width: float) -> Block:
    """The violation in bold, and below it what is `shown` of it, and what that depends on."""
    room = width - 2 * MARGIN
    fact = wrapped(violation, room, FACT, bold=True)
    head = Words("broken", MARGIN, 4, room, fact, FACT, bold=True, color="white", left=True)
    bar = Box("banner", 0, 0, width, head.height + 8, CHANGED, CHANGED, 2.0)
    said = [*([shown] if shown else []), *(f"Note: {caveat}" for caveat in caveats)]
    if not said:
        return Block(width, bar.height, (bar, head))
    lines = tuple(line for one in said for line in wrapped(one, room, SHOWN))
    below = Words("shown", MARGIN, bar.height + 4, room, lines, SHOWN, left=True)
    height = bar.height + below.height + 10
    frame = Box("conclusion", 0, 0, width, height, stroke=CHANGED, pen=2.0)
    return Block(width, height, (frame, bar, head, below))
