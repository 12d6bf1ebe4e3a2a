"""The witness, and the line from it to the island that counts it."""

from collections.abc import Iterator
from math import sqrt
from typing import TypeAlias, assert_never

from quorate.cluster import Witness, WitnessKind
from quorate.drawing.metrics import LEADING, text_width
from quorate.drawing.names import shortened
from quorate.drawing.palette import CHANGED, DOWN_FILL, DOWN_TEXT, FRAME, TEXT
from quorate.drawing.shapes import Block, Box, Line, Shape, Words
from quorate.windows.membership.picture.sheet import MARK, THICK, View
from quorate.windows.membership.words.witness_words import witness_words

WIDTH = 132.0
TAB = 36.0
"""The tab at the right of a folder, where no line should end."""

LID = 4.3
"""How much higher the middle of a cylinder is than its sides."""

Points: TypeAlias = tuple[tuple[float, float], ...]


def witness_block(view: View, witness: Witness) -> Block:
    lines = (*_title(view, witness), *_site(view, witness), _state_in_words(view, witness))
    changed = view.before is not None and _state(view) != _state(view.before)
    key, up = f"{view.key} witness", view.situation.witness_up
    box = Box(
        key,
        0,
        0,
        WIDTH,
        len(lines) * MARK * LEADING + 14,
        fill="white" if up else DOWN_FILL,
        stroke=CHANGED if changed else ("black" if up else FRAME),
        pen=THICK if changed else 1.0,
        style=_outline(witness.kind, up=up),
        shape=_shape(witness.kind),
    )
    color = TEXT if up else DOWN_TEXT
    words = Words(f"{key} words", 0, 9, WIDTH, lines, MARK, color=color)
    return Block(WIDTH, box.height, (box, words))


def _shape(kind: WitnessKind) -> str:
    match kind:
        case WitnessKind.DISK:
            return "cylinder"
        case WitnessKind.FILE_SHARE:
            return "folder"
        case WitnessKind.CLOUD:
            return "box"
        case _:
            assert_never(kind)


def _outline(kind: WitnessKind, *, up: bool) -> str:
    """A cloud is a box without corners."""
    match kind:
        case WitnessKind.DISK | WitnessKind.FILE_SHARE:
            return "solid" if up else "dashed"
        case WitnessKind.CLOUD:
            return "rounded" if up else "rounded,dashed"
        case _:
            assert_never(kind)


def _state(view: View) -> tuple[object, ...]:
    """What the frame marks if it changes."""
    situation = view.situation
    return situation.witness_up, situation.holder, situation.witness_current


def _title(view: View, witness: Witness) -> tuple[str, ...]:
    kind, name = witness_words(witness.kind).kind, view.sheet.names.witness
    if witness.name == kind:
        return (kind,)
    if _fits(f"{kind} {name}"):
        return (f"{kind} {name}",)
    return kind, shortened(name, _fits)


def _site(view: View, witness: Witness) -> tuple[str, ...]:
    """Where it stands, as boxes of nodes say it."""
    if witness.site is None:
        return ()
    return (shortened(view.sheet.names.site(witness.site), _fits),)


def _state_in_words(view: View, witness: Witness) -> str:
    situation = view.situation
    if not situation.witness_up:
        return "failed"
    old = "" if situation.witness_current else f", old {witness_words(witness.kind).memory}"
    if situation.holder is None:
        return f"held by nobody{old}"
    holder = view.sheet.labels[situation.holder]
    return f"held by {shortened(holder, lambda text: _fits(f'held by {text}{old}'))}{old}"


def _fits(text: str) -> bool:
    return text_width(text, MARK) <= WIDTH - 10


def holder_line(view: View, block: Block, witness: tuple[Shape, ...]) -> Iterator[Line]:
    """From the witness to the island that counts it: straight up where nothing is between, else up
    the middle of the panel, which no box of half its width covers, or at its right."""
    situation = view.situation
    island = situation.island_of(situation.holder) if situation.holder is not None else None
    box = witness[0]
    if island is None or not isinstance(box, Box):
        return
    key = view.island_key(island)
    boxes = {shape.key: shape for shape in block.shapes if isinstance(shape, Box)}
    target = boxes[key]
    x = min(max(target.middle[0], box.x + 14), box.right - TAB)
    x = min(max(x, target.x + 4), target.right - 4)
    others = [other for name, other in boxes.items() if " island " in name or " node " in name]
    below = [other for other in others if other.y >= target.bottom]
    points: Points = ((x, _top(box, x)), (x, target.bottom))
    middle, height = block.width / 2, target.middle[1]
    if any(other.x < middle < other.right for other in [*below, target]):
        if below:
            points = (
                (box.right, box.middle[1]),
                (block.width + 4, box.middle[1]),
                (block.width + 4, height),
                (target.right, height),
            )
    elif any(other.x - 2 <= x <= other.right + 2 for other in below):
        side = target.right if target.right <= middle else target.x
        points = ((middle, _top(box, middle)), (middle, height), (side, height))
    yield Line(box.key, key, points, pen=2.2)


def _top(box: Box, x: float) -> float:
    """Where the box begins at `x`: the top of a cylinder is the half of an ellipse."""
    if box.shape != "cylinder":
        return box.y
    part = (x - box.middle[0]) / (box.width / 2)
    return box.y + LID * (1 - sqrt(1 - part * part))
