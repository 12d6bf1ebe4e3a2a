"""The violated fact below the panels, with what makes it one."""

from quorate.views.drawing import Block, Box, Words
from quorate.views.metrics import wrapped
from quorate.views.palette import CHANGED
from quorate.views.reasons import Conclusion
from quorate.views.sentences import Wording

FACT, SHOWN = 12.0, 11.0
MARGIN = 8.0


def banner(wording: Wording, conclusion: Conclusion, width: float) -> Block:
    room = width - 2 * MARGIN
    fact = wrapped(wording.broken(), room, FACT, bold=True)
    head = Words("broken", MARGIN, 4, room, fact, FACT, bold=True, color="white", left=True)
    bar = Box("banner", 0, 0, width, head.height + 8, CHANGED, CHANGED, 2.0)
    said = " ".join(wording.shown(conclusion))
    if not said:
        return Block(width, bar.height, (bar, head))
    lines = wrapped(said, room, SHOWN)
    shown = Words("shown", MARGIN, bar.height + 4, room, lines, SHOWN, left=True)
    height = bar.height + shown.height + 10
    frame = Box("conclusion", 0, 0, width, height, stroke=CHANGED, pen=2.0)
    return Block(width, height, (frame, bar, head, shown))
