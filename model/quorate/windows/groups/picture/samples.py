"""What the looks, marks and grounds of a time-space diagram mean; only those that occur."""

from collections.abc import Iterator

from quorate.drawing.legend import HIGH, WIDE, Sample
from quorate.windows.groups.picture.lanes import Lane
from quorate.windows.groups.picture.looks import Look
from quorate.windows.groups.picture.marks import Mark
from quorate.windows.groups.picture.standings import Standing


def samples(lanes: tuple[Lane, ...]) -> Iterator[Sample]:
    columns = [column for lane in lanes for column in lane.columns]
    looks = {found for column in columns for found in column.looks}
    marks = {found for column in columns for found in column.marks}
    standings = {found for lane in lanes for found in lane.standings} - {Standing.MEMBER}
    yield from (_look(look) for look in Look if look in looks)
    yield from (_mark(mark) for mark in Mark if mark in marks)
    yield from (_standing(standing) for standing in Standing if standing in standings)


def _look(look: Look) -> Sample:
    key, bar = f"legend {look.value}", look.bar
    sign = bar.sign_at(key, WIDE / 2, HIGH / 2)
    return Sample(look.value, (bar.box(key, WIDE / 2, 0, HIGH), *sign))


def _mark(mark: Mark) -> Sample:
    return Sample(mark.value, tuple(mark.sign_at(f"legend {mark.name}", WIDE / 2, HIGH / 2)))


def _standing(standing: Standing) -> Sample:
    box = standing.ground.box(f"legend {standing.name}", 0, WIDE, HIGH)
    return Sample(f"the node is {standing.value}", (box,))
