"""DOT that puts shapes exactly where they are.

A counterexample is a small table of pictures that must line up, which Graphviz's own layouts do not
promise. So their places are computed before, and the engine `nop2` only draws: every version of
Graphviz, installed or embedded, makes the same picture of the same file.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, hypot
from typing import assert_never, cast

from quorate.drawing.shapes import SHEET, Block, Box, Line, Words
from quorate.values import dataclass

FONT = "Helvetica"
BOLD_FONT = "Helvetica-Bold"

EDGE = 6.0
"""The margin around a picture."""
HEAD = 7.0
"""The length of an arrow's head."""


@dataclass(frozen=True)
class Drawing:
    """All that a picture is made of; see `dot_source`."""

    title: str
    block: Block
    description: str = ""

    def source(self) -> str:
        return dot_source(self.title, self.block, self.description)


def dot_source(title: str, block: Block, description: str = "") -> str:
    """The block as a DOT file. `title` is what screen readers call the picture, `description` what
    they say of it; Graphviz has no use for the latter and leaves it where it is."""
    from graphviz import Graph  # noqa: PLC0415 - most commands draw nothing

    graph = Graph(
        plain(title),
        graph_attr={
            "layout": "nop2",
            "bgcolor": "white",
            "outputorder": "nodesfirst",
            **({"description": plain(description)} if description else {}),
            **_sheet(block),
        },
        node_attr={
            "shape": "box",
            "fixedsize": "true",
            "margin": "0",
            "label": "",
            "fontname": FONT,
        },
    )
    graph.node(SHEET, shape="plaintext", **_place(Box("", 0, 0, block.width, block.height)))
    for shape in block.shapes:
        match shape:
            case Box():
                graph.node(shape.key, **_box(shape))
            case Words():
                graph.node(shape.key, **_words(shape))
            case Line():
                graph.edge(shape.tail, shape.head, **_line(shape))
            case _:
                assert_never(shape)
    return str(graph.source)


def plain(text: str) -> str:
    """A DOT string that is drawn as `text`: no escape, entity or quotation mark in it has a
    meaning. requires: no control characters."""
    from graphviz import escape  # noqa: PLC0415

    return cast(str, escape(text.replace("&", "&amp;")))


def _sheet(block: Block) -> dict[str, str]:
    """What is seen: the block and a small margin. Said because words reach out of it, see
    `_words`."""
    width, height = ceil(block.width + 2 * EDGE), ceil(block.height + 2 * EDGE)
    return {"viewport": f"{width},{height},1,'{SHEET}'", "pad": "0"}


def _box(box: Box) -> dict[str, str]:
    attributes = _place(box) | {
        "style": "filled" if box.style == "solid" else f"filled,{box.style}",
        "fillcolor": box.fill,
        "color": box.stroke,
        "penwidth": f"{box.pen:g}",
    }
    return attributes if box.shape == "box" else attributes | {"shape": box.shape}


def _words(words: Words) -> dict[str, str]:
    """Lines at the left begin at the left of their node, as long as it is wider than they are. How
    wide they are depends on the fonts of the machine that draws, so the node has room to spare."""
    from graphviz import nohtml  # noqa: PLC0415

    end = "\\l" if words.left else "\\n"
    room = 2 * words.width if words.left else words.width
    attributes = _place(Box("", words.x, words.y, room, words.height)) | {
        "shape": "plaintext",
        "label": nohtml("".join(plain(line) + end for line in words.lines)),
        "fontsize": f"{words.size:g}",
    }
    if words.bold:
        attributes["fontname"] = BOLD_FONT
    if words.color != "black":
        attributes["fontcolor"] = words.color
    return attributes


def _line(line: Line) -> dict[str, str]:
    attributes = {
        "pos": _spline(line.points),
        "color": line.stroke,
        "penwidth": f"{line.pen:g}",
    }
    if line.arrow:
        # The line itself ends where the head begins, its tip is said before.
        (x, y), end = line.points[-1], _before_the_end(line.points)
        spline = _spline((*line.points[:-1], end))
        attributes |= {"pos": f"e,{_point(x, y)} {spline}", "dir": "forward", "arrowsize": "0.7"}
    return attributes if line.style == "solid" else attributes | {"style": line.style}


def _before_the_end(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    (x1, y1), (x2, y2) = points[-2:]
    part = HEAD / max(hypot(x2 - x1, y2 - y1), HEAD)
    return x2 - part * (x2 - x1), y2 - part * (y2 - y1)


def _place(box: Box) -> dict[str, str]:
    return {
        "pos": _point(*box.middle),
        "width": f"{box.width / 72:.4f}",
        "height": f"{box.height / 72:.4f}",
    }


def _point(x: float, y: float) -> str:
    return f"{x:.2f},{-y + 0.0:.2f}"


def _spline(points: Sequence[tuple[float, float]]) -> str:
    """Straight pieces as the Bezier curves that DOT wants: a start, then three points a piece."""
    written = [_point(*points[0])]
    for (x1, y1), (x2, y2) in pairwise(points):
        dx, dy = (x2 - x1) / 3, (y2 - y1) / 3
        written += [_point(x1 + part * dx, y1 + part * dy) for part in (1, 2, 3)]
    return " ".join(written)
