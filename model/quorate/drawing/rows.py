"""The rows of a time-space diagram: a step each, downwards, with its number and its caption; and
where a run ends, or from where to where it repeats."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from quorate.drawing.metrics import LEADING, wrapped
from quorate.drawing.palette import CHANGED, TEXT
from quorate.drawing.shapes import SHEET, Box, Line, Shape, Words
from quorate.values import dataclass

NUMBER, CAPTION_WIDTH = 22.0, 236.0
CAPTION = 10.0
LEAST = 20.0
FAINT_LINE = "#E2E2E2"
LOOP_ROOM = 46.0
"""Right of the lanes, for what repeats."""


@dataclass(frozen=True)
class Rows:
    """`captions` are those of the steps in lines, `top` is where the first row begins."""

    captions: tuple[tuple[str, ...], ...]
    top: float

    @classmethod
    def of(cls, captions: Iterable[str], top: float) -> "Rows":
        return cls(tuple(wrapped(text, CAPTION_WIDTH, CAPTION) for text in captions), top)

    @cached_property
    def tops(self) -> tuple[float, ...]:
        """Where each row begins, and at last where the last one ends."""
        lines = (len(lines) * CAPTION * LEADING + 6 for lines in self.captions)
        return tuple(accumulate((max(LEAST, height) for height in lines), initial=self.top))

    @property
    def count(self) -> int:
        return len(self.captions)

    @property
    def right(self) -> float:
        """Where the captions end."""
        return NUMBER + CAPTION_WIDTH

    @property
    def bottom(self) -> float:
        return self.tops[-1]

    def middle(self, step: int) -> float:
        return (self.tops[step] + self.tops[step + 1]) / 2

    def shapes(self, width: float) -> Iterator[Shape]:
        """Numbers and captions, with thin lines between the rows from side to side."""
        for step, lines in enumerate(self.captions):
            top, y = self.tops[step], self.middle(step) - len(lines) * CAPTION * LEADING / 2
            if step:
                line = Box(f"line {step}", 0, top - 0.2, width, 0.4, FAINT_LINE, FAINT_LINE)
                yield replace(line, pen=0.1)
            number = (str(step),)
            yield Words(f"number {step}", 4, y, NUMBER, number, CAPTION, bold=True, left=True)
            caption = Words(f"caption {step}", NUMBER, y, CAPTION_WIDTH, lines, CAPTION, left=True)
            yield replace(caption, color=TEXT)

    def ending(self, width: float, loop_start: int | None) -> Iterator[Shape]:
        """A frame around the last step, or around all that repeats, and then a bracket from the end
        back to where it began; where nothing more happens, from the last step to itself."""
        last = self.count - 1
        first = last if loop_start is None else min(loop_start + 1, last)
        top, bottom = self.tops[first], self.bottom
        yield Box("violated", 0, top, width, bottom - top, "transparent", CHANGED, 2.4)
        if loop_start is None:
            return
        up, down = self.middle(loop_start), self.middle(last)
        if loop_start == last:
            up, down = top + 5, bottom - 5
        x, out = width + 2, width + 14
        points = ((x, down), (out, down), (out, up), (x, up))
        yield Line(SHEET, "violated", points, CHANGED, 1.8, arrow=True)
        y = (up + down) / 2 - CAPTION * LEADING
        yield Words("loop", out + 3, y, LOOP_ROOM - 16, ("for", "ever"), CAPTION, left=True)
