"""One panel: what happened, and then the nodes and the witness."""

from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import FAINT_FRAME, TEXT
from quorate.drawing.shapes import Block, Box, Words
from quorate.values import dataclass
from quorate.windows.membership.picture.grid import Grid
from quorate.windows.membership.picture.sheet import View
from quorate.windows.membership.picture.witness_box import holder_line, witness_block
from quorate.windows.membership.reasons.entry import Entry
from quorate.windows.membership.words.captions import caption

WIDTH = 216.0
MARGIN = 8.0
ROOM = WIDTH - 2 * MARGIN
HEAD, CAPTION = 12.0, 11.0
WITNESS_GAP = 12.0


@dataclass(frozen=True)
class Panel:
    """The parts of one panel, so that those of a row can be lined up."""

    step: int
    heading: Block
    body: Block


def panel(grid: Grid, view: View, entry: Entry) -> Panel:
    return Panel(view.step, _heading(view, entry), _body(grid, view))


def assembled(parts: Panel, heading: float, body: float) -> Block:
    """The panel with the heights of the tallest in its row."""
    height = MARGIN + heading + 6 + body + MARGIN
    frame = Box(f"step {parts.step}", 0, 0, WIDTH, height, stroke=FAINT_FRAME, pen=0.8)
    inside = (
        *parts.heading.at(MARGIN, MARGIN),
        *parts.body.at(MARGIN, MARGIN + heading + 6),
    )
    return Block(WIDTH, height, (frame, *inside))


def _heading(view: View, entry: Entry) -> Block:
    key, name = view.key, f"Step {view.step}" if view.step else "Start"
    title = Words(f"{key} title", 0, 0, ROOM, (name,), HEAD, True, left=True)
    lines = wrapped(caption(view.sheet.account, entry), ROOM, CAPTION)
    below = Words(f"{key} caption", 0, title.height, ROOM, lines, CAPTION, color=TEXT, left=True)
    return Block(ROOM, title.height + below.height, (title, below))


def _body(grid: Grid, view: View) -> Block:
    block = grid.block(view)
    witness = view.sheet.cluster.witness
    if witness is None:
        return block
    drawn = witness_block(view, witness)
    x, y = (ROOM - drawn.width) / 2, block.height + WITNESS_GAP
    box, *words = drawn.at(x, y)
    assert isinstance(box, Box)
    shapes = (*block.shapes, box, *words, *holder_line(view, grid, box))
    return Block(ROOM, y + drawn.height, shapes)
