"""What every time-space diagram has: rows, bars with signs, a legend."""

import pytest

from quorate.drawing.bars import Bar, Sign, runs
from quorate.drawing.legend import legend
from quorate.drawing.rows import Rows
from quorate.drawing.shapes import Box, Line, Meaning, Words


def test_runs_are_as_long_as_nothing_changes() -> None:
    values = "aabccc"
    assert list(runs(len(values), lambda step: values[step])) == [(0, 1), (2, 2), (3, 5)]
    assert list(runs(1, lambda _: None)) == [(0, 0)]


@pytest.mark.parametrize("sign", Sign)
def test_every_sign_looks_different(sign: Sign) -> None:
    drawn = {other: tuple(bar(other).sign_at("k", 0, 0)) for other in Sign}
    assert [other for other in Sign if drawn[other] == drawn[sign]] == [sign]


def bar(sign: Sign) -> Bar:
    return Bar("white", "black", 1.0, 10.0, sign)


def test_a_bar_is_around_its_middle_and_leaves_a_gap_at_its_ends() -> None:
    box = bar(Sign.NOTHING).box("k", 20, 100, 150, gap=2)
    assert (box.x, box.right, box.y, box.bottom) == (15, 25, 102, 148)


ROWS = Rows.of(["short", "a caption that is far too long for one line " * 4, "end"], 30)


def test_rows_follow_each_other_and_are_as_high_as_their_captions() -> None:
    heights = [ROWS.tops[row + 1] - ROWS.tops[row] for row in range(ROWS.count)]
    assert ROWS.tops[0] == 30
    assert heights[0] == heights[2] < heights[1]
    for shape in ROWS.shapes(500):
        if isinstance(shape, Words):
            row = int(shape.key.split()[-1])
            assert ROWS.tops[row] <= shape.y
            assert shape.y + shape.height <= ROWS.tops[row + 1]


def framed(loop_start: int | None) -> list[int]:
    """The rows within the frame."""
    ending = ROWS.ending(500, loop_start, framed=True)
    (frame,) = (shape for shape in ending if isinstance(shape, Box))
    tops = list(enumerate(ROWS.tops[:-1]))
    return [row for row, top in tops if frame.y <= top < frame.bottom]


def test_the_end_is_framed_or_all_that_repeats() -> None:
    assert framed(None) == [2]
    assert framed(2) == [2]
    assert framed(1) == [2]
    assert framed(0) == [1, 2]


@pytest.mark.parametrize("loop_start", [0, 1, 2])
def test_a_loop_is_an_arrow_upwards(loop_start: int) -> None:
    ending = ROWS.ending(500, loop_start, framed=False)
    (arrow,) = (shape for shape in ending if isinstance(shape, Line))
    (_, start), *_, (_, end) = arrow.points
    assert arrow.arrow
    assert ROWS.tops[loop_start] < end < start < ROWS.bottom


def test_only_what_goes_round_has_an_arrow() -> None:
    assert not list(ROWS.ending(500, None, framed=False))


def test_a_legend_goes_on_below_where_there_is_no_room() -> None:
    meanings = [Meaning(f"meaning {number}", (), number) for number in range(4)]
    drawn = [Box("b", 0, 0, 9, 9, meaning=meaning) for meaning in (*meanings, *meanings)]
    wide, narrow = legend(drawn, 1000), legend(drawn, 100)
    assert len({shape.y for shape in wide.shapes if isinstance(shape, Words)}) == 1
    assert len({shape.y for shape in narrow.shapes if isinstance(shape, Words)}) == 4
    assert narrow.height > wide.height
