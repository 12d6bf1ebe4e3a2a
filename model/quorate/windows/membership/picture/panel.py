"""One panel: what happened, and then the networks and the witness."""

from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import CHANGED, TEXT
from quorate.drawing.shapes import Block, Box, Words
from quorate.values import dataclass
from quorate.windows.membership.picture.boxes import networks_block
from quorate.windows.membership.picture.cut_lines import cut_lines
from quorate.windows.membership.picture.sheet import View
from quorate.windows.membership.picture.witness_box import holder_line, witness_block
from quorate.windows.membership.reasons.entry import Entry
from quorate.windows.membership.words.captions import caption

WIDTH = 216.0
MARGIN = 8.0
ROOM = WIDTH - 2 * MARGIN
HEAD, CAPTION = 12.0, 11.0
WITNESS_GAP = 14.0


@dataclass(frozen=True)
class Panel:
    """The parts of one panel, so that those of a row can be lined up."""

    step: int
    heading: Block
    body: Block
    last: bool


def panel(view: View, entry: Entry) -> Panel:
    last = view.step == view.sheet.account.steps
    return Panel(view.step, _heading(view, entry), _body(view), last)


def assembled(parts: Panel, heading: float, body: float) -> Block:
    """The panel with the heights of the tallest in its row."""
    height = MARGIN + heading + 6 + body + MARGIN
    frame = Box(
        f"step {parts.step}",
        0,
        0,
        WIDTH,
        height,
        stroke=CHANGED if parts.last else "#BBBBBB",
        pen=2.0 if parts.last else 0.8,
    )
    return Block(
        WIDTH,
        height,
        (
            frame,
            *parts.heading.at(MARGIN, MARGIN),
            *parts.body.at(MARGIN, MARGIN + heading + 6),
        ),
    )


def _heading(view: View, entry: Entry) -> Block:
    key, name = view.key, f"Step {view.step}" if view.step else "Start"
    title = Words(f"{key} title", 0, 0, ROOM, (name,), HEAD, True, left=True)
    lines = wrapped(caption(view.sheet.account, entry), ROOM, CAPTION)
    below = Words(f"{key} caption", 0, title.height, ROOM, lines, CAPTION, color=TEXT, left=True)
    return Block(ROOM, title.height + below.height, (title, below))


def _body(view: View) -> Block:
    block = networks_block(view, ROOM)
    shapes = [*block.shapes, *cut_lines(view, block)]
    witness = view.sheet.cluster.witness
    if witness is None:
        return Block(ROOM, block.height, tuple(shapes))
    drawn = witness_block(view, witness)
    x, y = (ROOM - drawn.width) / 2, block.height + WITNESS_GAP
    placed = drawn.at(x, y)
    shapes += placed
    shapes += holder_line(view, block, placed)
    return Block(ROOM, y + drawn.height, tuple(shapes))
