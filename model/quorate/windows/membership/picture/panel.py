"""One panel: what happened, and then the networks and the witness."""

from dataclasses import dataclass

from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import CHANGED, TEXT
from quorate.drawing.shapes import Block, Box, Words
from quorate.windows.membership.picture.boxes import networks_block
from quorate.windows.membership.picture.cut_lines import cut_lines
from quorate.windows.membership.picture.scene import Scene
from quorate.windows.membership.picture.witness_box import holder_line, witness_block
from quorate.windows.membership.reasons.reasons import Entry
from quorate.windows.membership.words.sentences import Wording

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


def panel(scene: Scene, wording: Wording, entry: Entry) -> Panel:
    return Panel(
        entry.number,
        _heading(wording, entry),
        _body(scene, entry.number),
        entry.number == scene.story.steps,
    )


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


def _heading(wording: Wording, entry: Entry) -> Block:
    step = entry.number
    title = Words(
        f"step {step} title",
        0,
        0,
        ROOM,
        (f"Step {step}" if step else "Start",),
        HEAD,
        True,
        left=True,
    )
    lines = wrapped(wording.caption(entry), ROOM, CAPTION)
    caption = Words(
        f"step {step} caption", 0, title.height, ROOM, lines, CAPTION, color=TEXT, left=True
    )
    return Block(ROOM, title.height + caption.height, (title, caption))


def _body(scene: Scene, step: int) -> Block:
    block = networks_block(scene, step, ROOM)
    shapes = [*block.shapes, *cut_lines(scene, step, block)]
    if scene.cluster.witness is None:
        return Block(ROOM, block.height, tuple(shapes))
    witness = witness_block(scene, step)
    x, y = (ROOM - witness.width) / 2, block.height + WITNESS_GAP
    placed = witness.at(x, y)
    shapes += placed
    shapes += holder_line(scene, step, block, placed)
    return Block(ROOM, y + witness.height, tuple(shapes))
