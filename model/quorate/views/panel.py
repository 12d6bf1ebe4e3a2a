"""One panel: what happened, the networks and the witness, and the violated fact if it is last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from quorate.cluster import WitnessKind
from quorate.views.boxes import (
    MOST_DRAWN_CUTS,
    drawn_cuts,
    island_key,
    networks_block,
    witness_key,
)
from quorate.views.drawing import Block, Box, Line, Shape, Words
from quorate.views.grammar import KINDS
from quorate.views.metrics import LEADING, text_width, wrapped
from quorate.views.names import shortened, witness_name
from quorate.views.networks import networks
from quorate.views.nodes import THICK, node_key
from quorate.views.palette import CHANGED, DOWN_FILL, DOWN_TEXT, FRAME, TEXT
from quorate.views.reasons import Entry
from quorate.views.scene import MARK, Scene
from quorate.views.sentences import Wording

WIDTH = 216.0
MARGIN = 8.0
ROOM = WIDTH - 2 * MARGIN
HEAD, CAPTION = 12.0, 11.0
WITNESS_WIDTH, WITNESS_GAP = 132.0, 14.0
TAB = 36.0
"""The tab at the right of a folder, where no line should end."""

Points: TypeAlias = tuple[tuple[float, float], ...]


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
    shapes = [*block.shapes, *_cut_lines(scene, step, block)]
    if scene.cluster.witness is None:
        return Block(ROOM, block.height, tuple(shapes))
    witness = _witness(scene, step)
    x, y = (ROOM - WITNESS_WIDTH) / 2, block.height + WITNESS_GAP
    placed = witness.at(x, y)
    shapes += placed
    shapes += _holder_line(scene, step, block, placed)
    return Block(ROOM, y + witness.height, tuple(shapes))


def _witness(scene: Scene, step: int) -> Block:
    witness, situation = scene.cluster.witness, scene.situation(step)
    assert witness is not None
    lines = (*_witness_title(scene), _witness_state(scene, step))
    seen = (situation.witness_up, situation.holder, situation.witness_current)
    before = scene.situation(max(step - 1, 0))
    changed = seen != (before.witness_up, before.holder, before.witness_current)
    key, up = witness_key(step), situation.witness_up
    box = Box(
        key,
        0,
        0,
        WITNESS_WIDTH,
        len(lines) * MARK * LEADING + 14,
        fill="white" if up else DOWN_FILL,
        stroke=CHANGED if changed else ("black" if up else FRAME),
        pen=THICK if changed else 1.0,
        style="solid" if up else "dashed",
        shape="cylinder" if witness.kind is WitnessKind.DISK else "folder",
    )
    color = TEXT if up else DOWN_TEXT
    words = Words(f"{key} words", 0, 9, WITNESS_WIDTH, lines, MARK, color=color)
    return Block(WITNESS_WIDTH, box.height, (box, words))


def _witness_title(scene: Scene) -> tuple[str, ...]:
    witness = scene.cluster.witness
    assert witness is not None
    kind, name = KINDS[witness.kind], witness_name(scene.cluster)
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
    return text_width(text, MARK) <= WITNESS_WIDTH - 10


def _holder_line(
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
    points: Points = ((x, box.y), (x, target.bottom))
    middle, height = ROOM / 2, target.middle[1]
    if any(other.x < middle < other.right for other in [*below, target]):
        if below:
            points = (
                (box.right, box.middle[1]),
                (ROOM + 4, box.middle[1]),
                (ROOM + 4, height),
                (target.right, height),
            )
    elif any(other.x - 2 <= x <= other.right + 2 for other in below):
        side = target.right if target.right <= middle else target.x
        points = ((middle, box.y), (middle, height), (side, height))
    yield Line(box.key, key, points, pen=2.2)


def _cut_lines(scene: Scene, step: int, block: Block) -> Iterator[Shape]:
    """Broken connections between nodes that still reach each other through others."""
    boxes = {shape.key: shape for shape in block.shapes if isinstance(shape, Box)}
    nodes = scene.cluster.node_names
    for network in networks(nodes, scene.situation(step)):
        pairs = drawn_cuts(scene, step, network)
        if len(pairs) > MOST_DRAWN_CUTS:
            continue
        for lane, (one, other) in enumerate(pairs):
            new = step > 0 and not _was_cut(scene, step - 1, one.first, other.first)
            color = CHANGED if new else DOWN_TEXT
            yield from _cut(boxes[node_key(step, one)], boxes[node_key(step, other)], lane, color)


def _was_cut(scene: Scene, step: int, one: str, other: str) -> bool:
    return not scene.situation(step).reaches(one, other)


def _cut(one: Box, other: Box, lane: int, color: str) -> Iterator[Shape]:
    one, other = sorted((one, other), key=lambda box: (box.x, box.y))
    if one.right < other.x:
        y1, y2 = one.middle[1], other.middle[1]
        points: Points = ((one.right, y1), (other.x, y2))
        x, y = (one.right + other.x) / 2, (y1 + y2) / 2
    else:
        x = max(one.right, other.right) + 13 + 4 * lane
        points = (
            (one.right, one.middle[1]),
            (x, one.middle[1]),
            (x, other.middle[1]),
            (other.right, other.middle[1]),
        )
        y = (one.middle[1] + other.middle[1]) / 2
    label = Box(f"{one.key} cut {other.key}", x - 9, y - 6.5, 18, 13, stroke=color, pen=0.8)
    before, after = _around(points, label)
    yield Line(one.key, label.key, before, stroke=color, pen=2.0, style="dashed")
    yield Line(label.key, other.key, after, stroke=color, pen=2.0, style="dashed")
    yield label
    yield Words(f"{label.key} word", x - 9, y - 5.7, 18, ("cut",), MARK, color=color)


def _around(points: Points, label: Box) -> tuple[Points, Points]:
    """A line in two, so that it does not cross the word in the middle of its middle piece."""
    (x1, y1), (x2, y2) = points[len(points) // 2 - 1 : len(points) // 2 + 1]
    x, y = label.middle
    dx, dy = (x2 - x1) / 2, (y2 - y1) / 2
    share = min(
        (half / abs(way) for half, way in ((9.0, dx), (6.5, dy)) if abs(way) > half), default=1.0
    )
    half = len(points) // 2
    return (
        (*points[:half], (x - dx * share, y - dy * share)),
        ((x + dx * share, y + dy * share), *points[half:]),
    )
