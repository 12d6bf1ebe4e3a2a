"""The violated fact below the panels, with what makes it one."""

from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import CHANGED
from quorate.drawing.shapes import Block, Box, Words
from quorate.windows.membership.reasons.reasons import Conclusion
from quorate.windows.membership.words.sentences import Wording

FACT, SHOWN = 12.0, 11.0
MARGIN = 8.0


def banner(wording: Wording, conclusion: Conclusion, width: float) -> Block:
    return fact_banner(wording.broken(), " ".join(wording.shown(conclusion)), width)


def fact_banner(broken: str, said: str, width: float) -> Block:
    """The fact in bold, and below it what is `said` of it."""
    room = width - 2 * MARGIN
    fact = wrapped(broken, room, FACT, bold=True)
    head = Words("broken", MARGIN, 4, room, fact, FACT, bold=True, color="white", left=True)
    bar = Box("banner", 0, 0, width, head.height + 8, CHANGED, CHANGED, 2.0)
    if not said:
        return Block(width, bar.height, (bar, head))
    lines = wrapped(said, room, SHOWN)
    shown = Words("shown", MARGIN, bar.height + 4, room, lines, SHOWN, left=True)
    height = bar.height + shown.height + 10
    frame = Box("conclusion", 0, 0, width, height, stroke=CHANGED, pen=2.0)
    return Block(width, height, (frame, bar, head, shown))
