"""Broken connections inside a network: a few are drawn, others are listed."""

from collections.abc import Iterator
from typing import TypeAlias

from quorate.drawing.palette import CHANGED, DOWN_TEXT
from quorate.drawing.shapes import Block, Box, Line, Shape, Words
from quorate.windows.membership.picture.cells import Cell
from quorate.windows.membership.picture.sheet import MARK, View

LANE = 26.0
"""Room for broken connections beside and between the boxes of a network."""

MOST_DRAWN = 3
"""More broken connections than this in one network are listed, not drawn."""

MOST_BOXES = 6
"""In a network of more boxes all are listed, so that its parts may stand one below the other."""

Points: TypeAlias = tuple[tuple[float, float], ...]


def drawn_cuts(view: View, network: frozenset[str]) -> tuple[tuple[Cell, Cell], ...]:
    """Those that are drawn, between few boxes, and no two at one box, where they would cross."""
    cell_of = view.sheet.cell_of
    boxes = dict.fromkeys((cell_of(one), cell_of(other)) for one, other in view.cuts(network))
    ends = [cell for pair in boxes for cell in pair]
    crowd = len(view.cells_in(network))
    fits = len(boxes) <= MOST_DRAWN and crowd <= MOST_BOXES and len(set(ends)) == len(ends)
    return tuple(boxes) if fits else ()


def cut_notes(view: View, network: frozenset[str]) -> list[str]:
    """Those that are not drawn, in words."""
    pairs, labels = view.cuts(network), view.sheet.labels
    if not pairs or drawn_cuts(view, network):
        return []
    common = set(pairs[0]).intersection(*pairs)
    if len(common) == 1:
        (centre,) = common
        others = [name for pair in pairs for name in pair if name != centre]
        return [f"cut: {labels[centre]} from {view.sheet.names.listed(others)}"]
    shown = [f"{labels[one]} – {labels[other]}" for one, other in pairs[:3]]
    more = f" and {len(pairs) - 3} others" if len(pairs) > 3 else ""
    return [f"cut: {', '.join(shown)}{more}"]


def cut_lines(view: View, block: Block) -> Iterator[Shape]:
    """Broken connections between nodes that still reach each other through others."""
    boxes = {shape.key: shape for shape in block.shapes if isinstance(shape, Box)}
    for network in view.networks:
        for lane, (one, other) in enumerate(drawn_cuts(view, network)):
            new = view.before is not None and view.before.situation.reaches(one.first, other.first)
            color = CHANGED if new else DOWN_TEXT
            yield from _cut(boxes[view.node_key(one)], boxes[view.node_key(other)], lane, color)


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
