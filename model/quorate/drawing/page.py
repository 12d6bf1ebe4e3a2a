"""How a run is laid out for the terminal, whatever it is a run of."""

from collections.abc import Sequence

from quorate.drawing.heading import Heading

START, END = "Start", "End"
"""What stands before the first line and the last one, which are no steps."""


def numbered(start: Sequence[str], steps: Sequence[Sequence[str]], end: Sequence[str]) -> list[str]:
    """The sentences of each on a line of its own. A step has its number, from 1, so that the last
    number is how many steps there are."""
    width = len(str(len(steps)))
    return [
        f"{START}: {' '.join(start)}",
        *(f"{number:>{width}}. {' '.join(said)}" for number, said in enumerate(steps, 1)),
        f"{END}: {' '.join(end)}",
    ]


def page(heading: Heading, lines: Sequence[str], caveats: Sequence[str] = ()) -> str:
    """The heading, the lines, and what an answer depends on that nobody said."""
    head = [heading.title, *(f"{what}: {said}" for what, said in heading.lines())]
    return "\n".join([*head, "", *lines, *(f"Note: {said}" for said in caveats)]) + "\n"
