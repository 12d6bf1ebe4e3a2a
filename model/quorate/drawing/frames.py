"""Lines of text as blocks, and frames around blocks."""

from collections.abc import Sequence
from dataclasses import replace

from quorate.drawing.metrics import LEADING, wrapped
from quorate.drawing.palette import TEXT
from quorate.drawing.shapes import Block, Box, Shape, Words

PADDING = 5.0


def fitted(texts: Sequence[str], width: float, size: float, bold: bool) -> list[str]:
    return [line for text in texts for line in wrapped(text, width, size, bold)]


def words(
    key: str,
    lines: Sequence[str],
    width: float,
    size: float,
    *,
    bold: bool = False,
    color: str = TEXT,
) -> Block:
    lines_ = Words(key, 0, 0, width, tuple(lines), size, bold, color)
    return Block(width, len(lines) * size * LEADING, (lines_,))


def framed(
    key: str,
    inside: Block,
    width: float,
    *,
    fill: str,
    stroke: str,
    pen: float,
    style: str,
    rings: int = 1,
) -> Block:
    height = inside.height + 2 * PADDING - 1
    frames: list[Shape] = [Box(key, 0, 0, width, height, fill, stroke, pen, style)]
    for ring in range(1, rings):
        inset = 2.6 * ring
        inner = Box(f"{key} ring {ring}", inset, inset, width - 2 * inset, height - 2 * inset)
        frames.append(replace(inner, fill=fill, stroke=stroke, pen=pen / 2))
    return Block(width, height, (*frames, *inside.at(PADDING, PADDING - 1)))
