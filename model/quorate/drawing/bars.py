"""Upright bars with signs on them: how something is, for as long as it is so."""

import enum
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import assert_never

from quorate.drawing.legend import HIGH, WIDE
from quorate.drawing.shapes import SHEET, Box, Line, Meaning, Shape
from quorate.values import dataclass


class Sign(enum.Enum):
    """What is drawn on a bar, so that it is told from others without colours."""

    NOTHING = "nothing"
    UP = "triangle"
    DOWN = "invtriangle"
    CROSS = "cross"


@dataclass(frozen=True)
class Bar:
    """How a bar is drawn, and what that means."""

    fill: str
    stroke: str
    pen: float
    wide: float
    sign: Sign = Sign.NOTHING
    words: str = ""
    rank: int = 0

    @property
    def meaning(self) -> Meaning:
        key = f"legend {self.words}"
        plain = replace(self, words="").box(key, WIDE / 2, 0, HIGH)
        return Meaning(self.words, (plain, *self.sign_at(key, WIDE / 2, HIGH / 2)), self.rank)

    def box(self, key: str, x: float, top: float, bottom: float, gap: float = 0.0) -> Box:
        """The bar itself, `x` being its middle; `gap` is left free at both ends."""
        left, height = x - self.wide / 2, bottom - gap - (top + gap)
        box = Box(key, left, top + gap, self.wide, height, self.fill, self.stroke, self.pen)
        return replace(box, meaning=self.meaning) if self.words else box

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
