"""An account as one picture: a lane a node, time downwards, a row a step."""

from collections.abc import Iterator

from quorate.drawing.banner import fact_banner
from quorate.drawing.dot import dot_source
from quorate.drawing.headline import headline
from quorate.drawing.legend import legend
from quorate.drawing.rows import LOOP_ROOM
from quorate.drawing.shapes import Block, Line, Shape, column
from quorate.windows.groups.picture.samples import samples
from quorate.windows.groups.picture.timetable import Timetable
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.words.telling import Telling
from quorate.windows.groups.words.text import account_heading

GAP = 10.0
NARROWEST = 520.0
"""The title and the violated fact need this much."""


def time_space(account: Account) -> str:
    """The account as DOT source. The same account always gives the same text."""
    table, telling = Timetable(account), Telling(account)
    loop = LOOP_ROOM if account.loop_start is not None else 0
    across = table.right + 4 + loop
    width = max(across, NARROWEST)
    above = account_heading(account)
    ending = table.rows.ending(table.right, account.loop_start)
    blocks = [
        headline(above, width),
        Block(across, table.rows.bottom + 3, (*table.shapes(), *_moves(table), *ending)),
        fact_banner(telling.violation(), " ".join(telling.shown()), telling.caveats(), width),
        legend(samples(table.lanes), width),
    ]
    return dot_source(above.title, column(blocks, GAP))


def _moves(table: Timetable) -> Iterator[Shape]:
    """From the lane of the old owner to that of the new one."""
    for step in range(1, table.rows.count):
        for group in table.account.groups_shown:
            (tail, start), (head, end) = (table.owner_at(at, group.name) for at in (step - 1, step))
            if tail != head:
                y = table.rows.tops[step]
                yield Line(tail, head, ((start, y), (end, y)), pen=1.6, arrow=True)
