"""An account as one picture: a panel a moment in reading order, and at the end the violation."""

from quorate.drawing.banner import fact_banner
from quorate.drawing.dot import dot_source
from quorate.drawing.headline import headline
from quorate.drawing.shapes import Block, column, row
from quorate.windows.membership.picture.legend import legend
from quorate.windows.membership.picture.panel import WIDTH, Panel, assembled, panel
from quorate.windows.membership.picture.sheet import Sheet
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import conclude
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.words.caveats_in_words import caveats_in_words
from quorate.windows.membership.words.ending import ending
from quorate.windows.membership.words.sentences import violation
from quorate.windows.membership.words.text import heading

GAP = 10.0


def dot(account: Account) -> str:
    """The picture as DOT source. The same account always gives the same text."""
    sheet, above = Sheet(account), heading(account)
    panels = [panel(*both) for both in zip(sheet.views, explain(account), strict=True)]
    columns = _columns(len(panels))
    width = columns * (WIDTH + GAP) - GAP
    rows = [_row(panels[start : start + columns]) for start in range(0, len(panels), columns)]
    free = width - rows[-1].width - GAP
    fact = banner(account, free if free > 0 else width)
    rows = [*rows[:-1], row([rows[-1], fact], GAP)] if free > 0 else [*rows, fact]
    head = headline(above, width)
    return dot_source(above.title, column([head, *rows, legend(sheet, width)], GAP))


def banner(account: Account, width: float) -> Block:
    """The violation, and what shows it."""
    end = conclude(account)
    shown = " ".join(ending(account, end))
    return fact_banner(violation(account), shown, caveats_in_words(account, end), width)


def _columns(panels: int) -> int:
    """Two panels a row for two or four, else three: readable at the width of a page."""
    return 2 if panels in {2, 4} else min(panels, 3)


def _row(panels: list[Panel]) -> Block:
    heading = max(part.heading.height for part in panels)
    body = max(part.body.height for part in panels)
    return row([assembled(part, heading, body) for part in panels], GAP)
