"""A legend: what the looks in a picture mean, beside each other as long as there is room. It is
made of the shapes of the picture, so it has what occurs in it, all of it and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quorate.drawing.metrics import text_width, wrapped
from quorate.drawing.palette import DOWN_TEXT
from quorate.drawing.shapes import Block, Meaning, Shape, Words, meanings

SIZE = 9.5
WIDE, HIGH = 18.0, 12.0
"""The room for a sample."""
LINE = 17.0
BETWEEN = 16.0


def legend(drawn: Sequence[Shape], width: float) -> Block:
    """Of all that is `drawn`."""
    shapes: list[Shape] = []
    x, y, high = 0.0, 0.0, 0.0
    for number, meaning in enumerate(meanings(drawn)):
        lines = wrapped(meaning.words, width - WIDE - 4, SIZE)
        wide = WIDE + 4 + max(text_width(line, SIZE) for line in lines)
        if x and x + wide > width:
            x, y, high = 0.0, y + high, 0.0
        shapes += Block(0, 0, tuple(_item(number, meaning, lines, wide))).at(x, y)
        x += wide + BETWEEN
        high = max(high, LINE + (len(lines) - 1) * SIZE * 1.2)
    return Block(width, max(y + high - LINE + HIGH, 0), tuple(shapes))


def _item(number: int, meaning: Meaning, lines: tuple[str, ...], wide: float) -> Iterator[Shape]:
    yield from meaning.sample
    room = wide - WIDE - 4
    words = Words(f"legend {number} words", WIDE + 4, 0.4, room, lines, SIZE, left=True)
    yield replace(words, color=DOWN_TEXT)
