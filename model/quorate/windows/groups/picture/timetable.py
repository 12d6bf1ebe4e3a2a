"""The table of a time-space diagram: lanes beside each other, steps below each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from quorate.drawing.metrics import LEADING, wrapped
from quorate.drawing.palette import TEXT
from quorate.drawing.shapes import Block, Box, Shape, Words
from quorate.windows.groups.picture.lane_drawing import (
    Rows,
    bars,
    column_middle,
    grounds,
    standings,
)
from quorate.windows.groups.picture.lane_heads import Heads
from quorate.windows.groups.picture.lanes import Lane, lanes
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.reasons.consequences import chapters
from quorate.windows.groups.words.chapters import Telling

NUMBER, CAPTION_WIDTH, BETWEEN = 22.0, 236.0, 8.0
CAPTION = 10.0
LEAST_ROW = 20.0
FAINT_LINE = "#E2E2E2"


@dataclass(frozen=True)
class Timetable:
    chronicle: Chronicle

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        return lanes(self.chronicle)

    @cached_property
    def heads(self) -> Heads:
        return Heads(self.chronicle, self.lanes)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        return tuple(self.heads.width(lane) for lane in self.lanes)

    @cached_property
    def captions(self) -> tuple[tuple[str, ...], ...]:
        """Of each step its lines."""
        telling = Telling(self.chronicle)
        said = (telling.caption(chapter) for chapter in chapters(self.chronicle))
        return tuple(wrapped(text, CAPTION_WIDTH, CAPTION) for text in said)

    @cached_property
    def rows(self) -> Rows:
        lines = (len(lines) * CAPTION * LEADING + 6 for lines in self.captions)
        heights = (max(LEAST_ROW, height) for height in lines)
        return Rows(tuple(accumulate(heights, initial=self.heads.height)))

    @property
    def left(self) -> float:
        """Where the first lane begins."""
        return NUMBER + CAPTION_WIDTH + BETWEEN

    @cached_property
    def begins(self) -> Sequence[float]:
        """Where each lane begins."""
        ends = accumulate((width + BETWEEN for width in self.widths), initial=self.left)
        return tuple(ends)[: len(self.lanes)]

    @property
    def right(self) -> float:
        """Where the last lane ends."""
        return self.begins[-1] + self.widths[-1]

    @property
    def bottom(self) -> float:
        return self.rows.tops[-1]

    def owner_at(self, step: int, group: str) -> tuple[str, float]:
        """The head of the lane of the group's owner, and where its column is."""
        owner = self.chronicle.activity(step).group(group).owner
        number = next(n for n, lane in enumerate(self.lanes) if owner in lane.nodes)
        place = self.lanes[number].place_of(group)
        return f"{_key(number)} head", self.begins[number] + column_middle(place)

    def shapes(self) -> Iterator[Shape]:
        """From the ground up: lanes, lines between steps, bars."""
        for number, lane in enumerate(self.lanes):
            key, width = _key(number), self.widths[number]
            yield from self._placed(number, self.heads.head(key, lane, width))
            yield from self._placed(number, grounds(key, lane, width, self.rows))
        yield from self._steps()
        for number, lane in enumerate(self.lanes):
            key, width = _key(number), self.widths[number]
            yield from self._placed(number, bars(key, lane, self.rows))
            yield from self._placed(number, standings(key, lane, width, self.rows))

    def _placed(self, number: int, shapes: Iterator[Shape]) -> tuple[Shape, ...]:
        return Block(0, 0, tuple(shapes)).at(self.begins[number], 0)

    def _steps(self) -> Iterator[Shape]:
        """Numbers and captions, with thin lines between the steps."""
        for step, lines in enumerate(self.captions):
            top, y = (
                self.rows.tops[step],
                self.rows.middle(step) - len(lines) * CAPTION * LEADING / 2,
            )
            if step:
                line = Box(f"line {step}", 0, top - 0.2, self.right, 0.4, FAINT_LINE, FAINT_LINE)
                yield replace(line, pen=0.1)
            number = (str(step),)
            yield Words(f"number {step}", 4, y, NUMBER, number, CAPTION, bold=True, left=True)
            caption = Words(f"caption {step}", NUMBER, y, CAPTION_WIDTH, lines, CAPTION, left=True)
            yield replace(caption, color=TEXT)


def _key(number: int) -> str:
    return f"lane {number}"
