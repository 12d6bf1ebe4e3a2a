"""An account as one picture: a panel a moment in reading order, and at the end why."""

from collections.abc import Iterator

from quorate.drawing.banner import why_banner
from quorate.drawing.dot import Drawing
from quorate.drawing.headline import headline
from quorate.drawing.legend import legend
from quorate.drawing.palette import TEXT
from quorate.drawing.shapes import SHEET, Block, Line, Shape, Words, column, row
from quorate.windows.membership.picture.grid import Grid
from quorate.windows.membership.picture.panel import ROOM, WIDTH, Panel, assembled, panel
from quorate.windows.membership.picture.sheet import Sheet
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import conclude
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.words.captions import caption
from quorate.windows.membership.words.caveats_in_words import caveats_in_words
from quorate.windows.membership.words.sentences import violation, why
from quorate.windows.membership.words.text import heading

GAP = 10.0
LOOP = 24.0
"""Below the panels, for what repeats."""


def diagram(account: Account) -> Drawing:
    """The account as a picture. The same account always gives the same one."""
    sheet, entries, end = Sheet(account), explain(account), conclude(account)
    grid = Grid(sheet, ROOM)
    panels = [panel(grid, *both) for both in zip(sheet.views, entries, strict=True)]
    columns = _columns(len(panels))
    width = columns * (WIDTH + GAP) - GAP
    rows = [_row(panels[start : start + columns]) for start in range(0, len(panels), columns)]
    loop = Block(width, LOOP, tuple(_loop(account, columns, rows)))
    rows += [loop] if loop.shapes else []
    wrong, above = violation(account, end), heading(account)
    caveats, reasons = caveats_in_words(account, end), " ".join(why(account, end))
    below = why_banner(reasons, caveats, width)
    drawn = [headline(above, wrong, width), *rows, *([below] if below.height else [])]
    shapes = [shape for block in drawn for shape in block.shapes]
    captions = [caption(account, entry) for entry in entries]
    said = " ".join([wrong, *captions, reasons, *caveats])
    return Drawing(above.title, column([*drawn, legend(shapes, width)], GAP), said)


def _columns(panels: int) -> int:
    """Two panels a row for two or four, else three: readable at the width of a page."""
    return 2 if panels in {2, 4} else min(panels, 3)


def _row(panels: list[Panel]) -> Block:
    heading = max(part.heading.height for part in panels)
    body = max(part.body.height for part in panels)
    return row([assembled(part, heading, body) for part in panels], GAP)


def _loop(account: Account, columns: int, rows: list[Block]) -> Iterator[Shape]:
    """An arrow from the last panel back to the one after which all repeats, below them; to the row
    of that one at the side, where it is another one. Where nothing more happens it comes back to
    the last panel itself."""
    start, last = account.loop_start, account.steps
    if start is None:
        return
    here, there = (_middle(step, columns) for step in (last, start))
    up, down = -GAP + 1, 11.0
    if start == last:
        here, there = here + 24, here - 24
    elif start // columns != last // columns:
        up -= sum(block.height + GAP for block in rows[start // columns + 1 :])
    points = ((here, -GAP + 1), (here, down), (there, down), (there, up))
    yield Line(SHEET, SHEET, points, TEXT, 1.8, arrow=True)
    word, room = ("for ever",), 60.0
    x = (here + there) / 2 - room / 2
    yield Words("loop", x, down + 1, room, word, 11.0, bold=True)


def _middle(step: int, columns: int) -> float:
    return (step % columns) * (WIDTH + GAP) + WIDTH / 2
