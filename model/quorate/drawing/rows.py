"""The rows of a time-space diagram: a step each, downwards, with its number and its caption; and
where a run ends, or from where to where it repeats."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from quorate.drawing.legend import HIGH, WIDE
from quorate.drawing.metrics import LEADING, wrapped
from quorate.drawing.palette import TEXT, WRONG
from quorate.drawing.shapes import SHEET, Box, Line, Meaning, Shape, Words
from quorate.values import dataclass

NUMBER, CAPTION_WIDTH = 48.0, 236.0
CAPTION = 10.0
LEAST = 20.0
FAINT_LINE = "#E2E2E2"
LOOP_ROOM = 52.0
"""Right of the lanes, for what repeats."""

BREAKS = Meaning(
    "breaks the promise",
    (Box("legend breaks", 0, 0, WIDE, HIGH, "transparent", WRONG, 2.4),),
    rank=90,
)
"""What is framed where the run ends."""


@dataclass(frozen=True)
class Rows:
    """`captions` are those of the steps in lines, `top` is where the first row begins; `numbers`
    name the step of each row, or the first and the last where it has several; the captions are
    `wide`."""

    captions: tuple[tuple[str, ...], ...]
    top: float
    numbers: tuple[str, ...]
    wide: float = CAPTION_WIDTH

    @classmethod
    def of(
        cls,
        captions: Iterable[str],
        top: float,
        numbers: Sequence[str] | None = None,
        wide: float = CAPTION_WIDTH,
    ) -> "Rows":
        lines = tuple(wrapped(text, wide, CAPTION) for text in captions)
        return cls(lines, top, tuple(numbers or map(str, range(len(lines)))), wide)

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
        return NUMBER + self.wide

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
            number, room = (self.numbers[step],), NUMBER - 2
            yield Words(f"number {step}", 2, y, room, number, CAPTION, bold=True, left=True)
            caption = Words(f"caption {step}", NUMBER, y, self.wide, lines, CAPTION, left=True)
            yield replace(caption, color=TEXT)

    def ending(self, width: float, loop_start: int | None, *, framed: bool) -> Iterator[Shape]:
        """A frame around the last row, or around all that repeats, where it is `framed`: nothing in
        it is marked on its own. What repeats has a bracket from the end back to where it began, or,
        where nothing more happens, from the last row to itself."""
        last = self.count - 1
        first = last if loop_start is None else min(loop_start + 1, last)
        top, bottom = self.tops[first], self.bottom
        if framed:
            frame = Box("violated", 0, top, width, bottom - top, "transparent", WRONG, 2.4)
            yield replace(frame, meaning=BREAKS)
        if loop_start is None:
            return
        up, down = self.middle(loop_start), self.middle(last)
        if loop_start == last:
            up, down = top + 5, bottom - 5
        x, out = width + 3, width + 15
        points = ((x, down), (out, down), (out, up), (x, up))
        yield Line(SHEET, SHEET, points, TEXT, 1.8, arrow=True)
        y = (up + down) / 2 - CAPTION * LEADING
        yield Words("loop", out + 3, y, LOOP_ROOM - 18, ("for", "ever"), CAPTION, left=True)
