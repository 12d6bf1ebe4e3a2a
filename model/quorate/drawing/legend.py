"""A legend: samples with their words, beside each other as long as there is room."""

from collections.abc import Iterable

from quorate.drawing.metrics import text_width
from quorate.drawing.palette import DOWN_TEXT
from quorate.drawing.shapes import Block, Shape, Words
from quorate.values import dataclass

SIZE = 9.5
WIDE, HIGH = 18.0, 12.0
"""The room for a sample."""
LINE = 17.0


@dataclass(frozen=True)
class Sample:
    """What is shown, within `WIDE` by `HIGH`, and what it means."""

    meaning: str
    shapes: tuple[Shape, ...]


def legend(samples: Iterable[Sample], width: float) -> Block:
    shapes: list[Shape] = []
    x, y = 0.0, 0.0
    for number, sample in enumerate(samples):
        wide = WIDE + 5 + text_width(sample.meaning, SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + LINE
        shapes += Block(0, 0, sample.shapes).at(x, y)
        shapes.append(
            Words(
                f"legend {number} words",
                x + WIDE + 4,
                y + 0.4,
                wide - WIDE,
                (sample.meaning,),
                SIZE,
                color=DOWN_TEXT,
                left=True,
            )
        )
        x += wide + 16
    return Block(width, y + HIGH, tuple(shapes))
