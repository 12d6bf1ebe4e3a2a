"""Why it came to what is wrong, below a picture."""

from collections.abc import Iterator, Sequence

from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import WRONG
from quorate.drawing.shapes import Block, Box, Words

SIZE = 11.0
MARGIN = 8.0


def why_banner(reasons: str, caveats: Sequence[str], width: float) -> Block:
    """The reasons, and what they depend on; nothing where there is neither."""
    room = width - 2 * MARGIN
    lines = tuple(line for one in _said(reasons, caveats) for line in wrapped(one, room, SIZE))
    if not lines:
        return Block(width, 0)
    said = Words("why", MARGIN, 5, room, lines, SIZE, left=True)
    height = said.height + 12
    return Block(width, height, (Box("reasons", 0, 0, width, height, stroke=WRONG, pen=1.6), said))


def _said(reasons: str, caveats: Sequence[str]) -> Iterator[str]:
    if reasons:
        yield f"Why: {reasons}"
    yield from (f"Note: {caveat}" for caveat in caveats)
