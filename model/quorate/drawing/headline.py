"""The head of a picture: the claim, the cluster, and what is broken on purpose."""

from collections.abc import Iterator

from quorate.drawing.grammar import capital
from quorate.drawing.heading import Heading
from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import TEXT
from quorate.drawing.shapes import Block, Words

TITLE, SUBTITLE = 15.0, 11.0


def headline(heading: Heading, width: float) -> Block:
    title = wrapped(heading.title, width, TITLE, bold=True)
    head = Words("title", 0, 0, width, title, TITLE, bold=True, left=True)
    lines = tuple(line for one in _said(heading) for line in wrapped(one, width, SUBTITLE))
    below = Words("subtitle", 0, head.height + 2, width, lines, SUBTITLE, color=TEXT, left=True)
    return Block(width, head.height + 2 + below.height, (head, below))


def _said(heading: Heading) -> Iterator[str]:
    for what, said in heading.lines():
        yield f"{capital(what)}: {said}"
