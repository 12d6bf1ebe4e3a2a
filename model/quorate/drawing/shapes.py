"""Shapes at places, and blocks of them beside and below each other.

Coordinates are points; x runs to the right and y downwards.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from quorate.drawing.metrics import LEADING
from quorate.values import dataclass

SHEET = "sheet"
"""The key of all that is drawn together, for lines that end at no box."""


@dataclass(frozen=True)
class Meaning:
    """What a look means, which whoever draws with that look says with it: the legend has the
    meanings of all shapes of a picture, by their `rank`, and no others. `sample` shows the look
    within the room of a legend."""

    words: str
    sample: tuple["Shape", ...]
    rank: int = 0


@dataclass(frozen=True)
class Box:
    """A frame; `key` names it in the DOT file, so that lines can refer to it."""

    key: str
    x: float
    y: float
    width: float
    height: float
    fill: str = "white"
    stroke: str = "black"
    pen: float = 1.0
    style: str = "solid"
    shape: str = "box"
    meaning: Meaning | None = None

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Words:
    """Lines of text below (x, y), in the middle of `width` or at its left."""

    key: str
    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    size: float
    bold: bool = False
    color: str = "black"
    left: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


@dataclass(frozen=True)
class Line:
    """A line through `points`, from one box to another; `arrow` gives its end a head."""

    tail: str
    head: str
    points: tuple[tuple[float, float], ...]
    stroke: str = "black"
    pen: float = 1.0
    style: str = "solid"
    arrow: bool = False
    meaning: Meaning | None = None


Shape: TypeAlias = Box | Words | Line


@dataclass(frozen=True)
class Block:
    """Shapes that take up `width` by `height` from (0, 0)."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()

    def at(self, x: float, y: float) -> tuple[Shape, ...]:
        return tuple(_moved(shape, x, y) for shape in self.shapes)


def _moved(shape: Shape, x: float, y: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, points=tuple((px + x, py + y) for px, py in shape.points))
    return replace(shape, x=shape.x + x, y=shape.y + y)


def meanings(shapes: Sequence[Shape]) -> tuple[Meaning, ...]:
    """Each once, in the order of their ranks."""
    found = dict.fromkeys(
        shape.meaning
        for shape in shapes
        if not isinstance(shape, Words) and shape.meaning is not None
    )
    return tuple(sorted(found, key=lambda meaning: (meaning.rank, meaning.words)))


def column(blocks: Sequence[Block], gap: float) -> Block:
    """One below the other."""
    shapes: list[Shape] = []
    y = 0.0
    for block in blocks:
        shapes.extend(block.at(0, y))
        y += block.height + gap
    width = max((block.width for block in blocks), default=0)
    return Block(width, max(y - gap, 0), tuple(shapes))


def row(blocks: Sequence[Block], gap: float) -> Block:
    """One beside the other, tops aligned."""
    shapes: list[Shape] = []
    x = 0.0
    for block in blocks:
        shapes.extend(block.at(x, 0))
        x += block.width + gap
    height = max((block.height for block in blocks), default=0)
    return Block(max(x - gap, 0), height, tuple(shapes))
