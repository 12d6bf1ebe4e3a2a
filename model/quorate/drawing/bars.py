"""Upright bars with signs on them: how something is, for as long as it is so."""

import enum
from collections.abc import Callable, Iterator
from typing import assert_never

from quorate.drawing.shapes import SHEET, Box, Line, Shape
from quorate.values import dataclass


class Sign(enum.Enum):
    """What is drawn on a bar, so that it is told from others without colours."""

    NOTHING = "nothing"
    UP = "triangle"
    DOWN = "invtriangle"
    CROSS = "cross"


@dataclass(frozen=True)
class Bar:
    """How a bar is drawn."""

    fill: str
    stroke: str
    pen: float
    wide: float
    sign: Sign = Sign.NOTHING

    def box(self, key: str, x: float, top: float, bottom: float, gap: float = 0.0) -> Box:
        """The bar itself, `x` being its middle; `gap` is left free at both ends."""
        left, height = x - self.wide / 2, bottom - gap - (top + gap)
        return Box(key, left, top + gap, self.wide, height, self.fill, self.stroke, self.pen)

    def sign_at(self, key: str, x: float, y: float) -> Iterator[Shape]:
        match self.sign:
            case Sign.NOTHING:
                return
            case Sign.CROSS:
                yield from cross(key, x, y, 3.2, 1.4)
            case Sign.UP | Sign.DOWN:
                shape = self.sign.value
                yield Box(f"{key} sign", x - 3, y - 4, 6, 8, "black", "black", 0.3, shape=shape)
            case _:
                assert_never(self.sign)


def cross(key: str, x: float, y: float, arm: float, pen: float) -> Iterator[Shape]:
    yield Line(SHEET, key, ((x - arm, y - arm), (x + arm, y + arm)), pen=pen)
    yield Line(SHEET, key, ((x - arm, y + arm), (x + arm, y - arm)), pen=pen)


def runs(count: int, value: Callable[[int], object]) -> Iterator[tuple[int, int]]:
    """First and last of the steps in a row for which `value` is the same."""
    first = 0
    for step in range(1, count + 1):
        if step == count or value(step) != value(first):
            yield first, step - 1
            first = step
