"""The witness, and the line from it to the island that counts it."""

from collections.abc import Iterator
from math import sqrt
from typing import TypeAlias

from quorate.cluster import WitnessKind
from quorate.drawing.grammar import KINDS
from quorate.drawing.metrics import LEADING, text_width
from quorate.drawing.names import shortened, witness_name
from quorate.drawing.palette import CHANGED, DOWN_FILL, DOWN_TEXT, FRAME, TEXT
from quorate.drawing.shapes import Block, Box, Line, Shape, Words
from quorate.windows.membership.picture.boxes import island_key
from quorate.windows.membership.picture.nodes import THICK
from quorate.windows.membership.picture.scene import MARK, Scene

WIDTH = 132.0
TAB = 36.0
"""The tab at the right of a folder, where no line should end."""

LID = 4.3
"""How much higher the middle of a cylinder is than its sides."""

Points: TypeAlias = tuple[tuple[float, float], ...]


def witness_block(scene: Scene, step: int) -> Block:
    witness, situation = scene.cluster.witness, scene.situation(step)
    assert witness is not None
    lines = (*_witness_title(scene), _witness_state(scene, step))
    seen = (situation.witness_up, situation.holder, situation.witness_current)
    before = scene.situation(max(step - 1, 0))
    changed = seen != (before.witness_up, before.holder, before.witness_current)
    key, up = f"step {step} witness", situation.witness_up
    box = Box(
        key,
        0,
        0,
        WIDTH,
        len(lines) * MARK * LEADING + 14,
        fill="white" if up else DOWN_FILL,
        stroke=CHANGED if changed else ("black" if up else FRAME),
        pen=THICK if changed else 1.0,
        style="solid" if up else "dashed",
        shape="cylinder" if witness.kind is WitnessKind.DISK else "folder",
    )
    color = TEXT if up else DOWN_TEXT
    words = Words(f"{key} words", 0, 9, WIDTH, lines, MARK, color=color)
    return Block(WIDTH, box.height, (box, words))


def _witness_title(scene: Scene) -> tuple[str, ...]:
    witness = scene.cluster.witness
    assert witness is not None
    kind, name = KINDS[witness.kind], witness_name(scene.cluster)
    if witness.name == kind:
        return (kind,)
    if _fits_witness(f"{kind} {name}"):
        return (f"{kind} {name}",)
    return kind, shortened(name, _fits_witness)


def _witness_state(scene: Scene, step: int) -> str:
    situation, witness = scene.situation(step), scene.cluster.witness
    assert witness is not None
    if not situation.witness_up:
        return "failed"
    store = "copy" if witness.kind is WitnessKind.DISK else "tag"
    old = "" if situation.witness_current else f", old {store}"
    if situation.holder is None:
        return f"held by nobody{old}"
    holder = scene.labels[situation.holder]
    return f"held by {shortened(holder, lambda text: _fits_witness(f'held by {text}{old}'))}{old}"


def _fits_witness(text: str) -> bool:
    return text_width(text, MARK) <= WIDTH - 10


def holder_line(
    scene: Scene, step: int, block: Block, witness: tuple[Shape, ...]
) -> Iterator[Line]:
    """From the witness to the island that counts it: straight up where nothing is between, else up
    the middle of the panel, which no box of half its width covers, or at its right."""
    situation = scene.situation(step)
    island = situation.island_of(situation.holder) if situation.holder is not None else None
    box = witness[0]
    if island is None or not isinstance(box, Box):
        return
    key = island_key(step, scene.island_number(step, island))
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
