"""Shapes at places, and DOT that puts them exactly there.

A counterexample is a small table of pictures that must line up, which Graphviz's own layouts do not
promise. So the places are computed here, and the engine `nop2` only draws: every version of
Graphviz, installed or embedded, makes the same picture of the same file.

Coordinates are points; x runs to the right and y downwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from quorate.views.metrics import LEADING

FONT = "Helvetica"
BOLD_FONT = "Helvetica-Bold"


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
    """A line through `points`, from one box to another."""

    tail: str
    head: str
    points: tuple[tuple[float, float], ...]
    stroke: str = "black"
    pen: float = 1.0
    style: str = "solid"


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


def dot_source(title: str, block: Block) -> str:
    """The block as a DOT file. `title` is what screen readers call the picture."""
    head = (
        f"digraph {quoted(title)} {{",
        "  graph [layout=nop2 bgcolor=white pad=0.08 outputorder=nodesfirst]",
        f'  node [shape=box fixedsize=true margin=0 label="" fontname={quoted(FONT)}]',
        "  edge [arrowhead=none]",
    )
    return "\n".join([*head, *map(_statement, block.shapes), "}"]) + "\n"


def quoted(text: str) -> str:
    """A DOT string that is drawn as `text`: no escape, entity or quotation mark in it has a
    meaning. requires: no control characters."""
    plain = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _statement(shape: Shape) -> str:
    match shape:
        case Box():
            return _box(shape)
        case Words():
            return _words(shape)
        case Line():
            return _line(shape)


def _box(box: Box) -> str:
    x, y = box.middle
    style = "filled" if box.style == "solid" else f"filled,{box.style}"
    attributes = [
        *_place(x, y, box.width, box.height),
        f'style="{style}"',
        f'fillcolor="{box.fill}"',
        f'color="{box.stroke}"',
        f"penwidth={box.pen:g}",
    ]
    if box.shape != "box":
        attributes.append(f"shape={box.shape}")
    return f"  {quoted(box.key)} [{' '.join(attributes)}]"


def _words(words: Words) -> str:
    end = "\\l" if words.left else "\\n"
    label = '"' + "".join(quoted(line)[1:-1] + end for line in words.lines) + '"'
    attributes = [
        *_place(words.x + words.width / 2, words.y + words.height / 2, words.width, words.height),
        "shape=plaintext",
        f"label={label}",
        f"fontsize={words.size:g}",
    ]
    if words.bold:
        attributes.append(f"fontname={quoted(BOLD_FONT)}")
    if words.color != "black":
        attributes.append(f'fontcolor="{words.color}"')
    return f"  {quoted(words.key)} [{' '.join(attributes)}]"


def _line(line: Line) -> str:
    attributes = [
        f'pos="{_spline(line.points)}"',
        f'color="{line.stroke}"',
        f"penwidth={line.pen:g}",
    ]
    if line.style != "solid":
        attributes.append(f"style={line.style}")
    return f"  {quoted(line.tail)} -> {quoted(line.head)} [{' '.join(attributes)}]"


def _place(x: float, y: float, width: float, height: float) -> Iterable[str]:
    return f'pos="{_point(x, y)}"', f"width={width / 72:.4f}", f"height={height / 72:.4f}"


def _point(x: float, y: float) -> str:
    return f"{x:.2f},{-y + 0.0:.2f}"


def _spline(points: Sequence[tuple[float, float]]) -> str:
    """Straight pieces as the Bezier curves that DOT wants: a start, then three points a piece."""
    written = [_point(*points[0])]
    for (x1, y1), (x2, y2) in pairwise(points):
        dx, dy = (x2 - x1) / 3, (y2 - y1) / 3
        written += [_point(x1 + part * dx, y1 + part * dy) for part in (1, 2, 3)]
    return " ".join(written)
