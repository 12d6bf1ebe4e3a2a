"""An account as one picture: a lane a node, time downwards, a row a step."""

from collections.abc import Iterator

from quorate.drawing.banner import why_banner
from quorate.drawing.dot import Drawing
from quorate.drawing.headline import headline
from quorate.drawing.legend import HIGH, WIDE, legend
from quorate.drawing.rows import LOOP_ROOM
from quorate.drawing.shapes import SHEET, Block, Line, Meaning, Shape, column
from quorate.windows.groups.picture.clash import clash
from quorate.windows.groups.picture.timetable import Timetable
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.violated import violated
from quorate.windows.groups.words.telling import Telling
from quorate.windows.groups.words.text import account_heading

GAP = 10.0
NARROWEST = 540.0
"""The title and the violated fact need this much."""

_MIDDLE = HIGH / 2
MOVED = Meaning(
    "the group changes its owner",
    (Line(SHEET, SHEET, ((0, _MIDDLE), (WIDE, _MIDDLE)), pen=1.6, arrow=True),),
    rank=60,
)
PLANNED = Meaning(
    "where the group is to go",
    (Line(SHEET, SHEET, ((0, _MIDDLE), (WIDE, _MIDDLE)), "#555555", 1.2, "dashed", arrow=True),),
    rank=61,
)


def time_space(account: Account) -> Drawing:
    """The account as a picture. The same account always gives the same one."""
    table, telling = Timetable.fitting(account), Telling(account)
    loop = LOOP_ROOM if account.loop_start is not None else 0
    across = table.right + 4 + loop
    width = max(across, NARROWEST)
    above = account_heading(account)
    marked = clash(table, violated(account))
    ending = table.rows.ending(table.right, table.loop_start, framed=not marked)
    shapes = (*table.shapes(), *_planned(table), *_moves(table), *ending, *marked)
    said = telling.reasons()
    blocks = [
        headline(above, telling.violation(), width),
        Block(across, table.rows.bottom + 3, shapes),
        why_banner(" ".join(said), telling.caveats(), width),
        legend(shapes, width),
    ]
    blocks = [block for block in blocks if block.height]
    described = " ".join([telling.violation(), *telling.captions(), *said, *telling.caveats()])
    return Drawing(above.title, column(blocks, GAP), described)


def _moves(table: Timetable) -> Iterator[Shape]:
    """From the lane of the old owner to that of the new one."""
    for row in range(1, table.rows.count):
        for group in table.account.groups_shown:
            (tail, start), (head, end) = (table.owner_at(at, group.name) for at in (row - 1, row))
            if tail != head:
                y = table.rows.tops[row]
                points = ((start, y), (end, y))
                yield Line(tail, head, points, pen=1.6, arrow=True, meaning=MOVED)


def _planned(table: Timetable) -> Iterator[Shape]:
    """From the lane of the owner to that of the node that a move is planned for."""
    account = table.account
    for row in range(1, table.rows.count):
        before, now = (account.situation(table.moments[at]) for at in (row - 1, row))
        for group in account.groups_shown:
            target, owner = now.group(group.name).target, now.group(group.name).owner
            if target is None or target in {before.group(group.name).target, owner}:
                continue
            (tail, start), (head, end) = table.owner_at(row, group.name), table.head_of(target)
            y, end = table.rows.tops[row] + 3, end + 5 if end > start else end + 40
            points = ((start, y), (end, y))
            yield Line(tail, head, points, "#555555", 1.2, "dashed", arrow=True, meaning=PLANNED)
