"""A chronicle for the terminal: numbered lines, one a step. The terminal wraps them."""

from quorate.views.chapters import Telling
from quorate.views.chronicle import Chronicle
from quorate.views.consequences import chapters
from quorate.views.grammar import number_of
from quorate.views.names import written


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
    entries = chronicle_entries(chronicle)
    width = len(str(len(entries) - 1))
    return [f"{number:>{width}}. {' '.join(said)}" for number, said in enumerate(entries)]


def chronicle_text(chronicle: Chronicle) -> str:
    """Headline, cluster, what is broken on purpose, and the numbered lines."""
    head = [chronicle_headline(chronicle), f"cluster: {written(chronicle.cluster.name)}"]
    if chronicle.deviation:
        head.append(f"broken on purpose: {written(chronicle.deviation)}")
    return "\n".join([*head, "", *chronicle_lines(chronicle)]) + "\n"
