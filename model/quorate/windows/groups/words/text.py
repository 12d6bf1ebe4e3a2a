"""A chronicle for the terminal: numbered lines, one a step. The terminal wraps them."""

from quorate.drawing.grammar import number_of
from quorate.drawing.names import written
from quorate.drawing.page import numbered, page
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.reasons.consequences import chapters
from quorate.windows.groups.words.chapters import Telling


def chronicle_entries(chronicle: Chronicle) -> list[list[str]]:
    """The sentences of each entry: the start, every step, and at last the violated fact."""
    telling = Telling(chronicle)
    entries = [telling.entry(chapter) for chapter in chapters(chronicle)]
    return [*entries, telling.conclusion()]


def chronicle_headline(chronicle: Chronicle) -> str:
    """The claim, and in how many steps it is refuted."""
    steps = number_of(chronicle.steps, "step")
    for_ever = "" if chronicle.loop_start is None else " and for ever"
    return f"{written(chronicle.title)}: REFUTED in {steps}{for_ever}"


def chronicle_lines(chronicle: Chronicle) -> list[str]:
    """The entries as lines "0. ..." to "n. ...": number 0 is the start, a step has the number that
    its row in the picture has, the last line is what they come to."""
    return numbered(chronicle_entries(chronicle))


def chronicle_text(chronicle: Chronicle) -> str:
    """Headline, cluster, what is broken on purpose, and the numbered lines."""
    lines = chronicle_lines(chronicle)
    return page(chronicle_headline(chronicle), chronicle.cluster, chronicle.deviation, lines)
