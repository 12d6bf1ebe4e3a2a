"""The head of a picture: who and what is wrong, the promise that this breaks, and the rules."""

from collections.abc import Iterator

from quorate.drawing.grammar import capital
from quorate.drawing.heading import Heading
from quorate.drawing.metrics import LEADING, wrapped
from quorate.drawing.names import escaped, written
from quorate.drawing.palette import DOWN_TEXT, TEXT, WRONG
from quorate.drawing.shapes import Block, Words, column

TITLE, SUBTITLE, SMALL = 15.0, 11.0, 9.5


def headline(heading: Heading, wrong: str, width: float) -> Block:
    """`wrong` is the sentence that says who and what."""
    said = [
        _lines("title", [wrong], width, TITLE, WRONG, bold=True),
        _lines("promise", _promise(heading), width, SUBTITLE, TEXT),
        _lines("rules", [_rules(heading)], width, SUBTITLE, TEXT),
        _lines("claim", [f"{heading.title}. Cluster: {written(heading.cluster)}."], width, SMALL,
               DOWN_TEXT),
    ]  # fmt: skip
    return column([block for block in said if block.height], 2)


def _lines(
    key: str, texts: list[str], width: float, size: float, color: str, *, bold: bool = False
) -> Block:
    lines = tuple(line for text in texts for line in wrapped(text, width, size, bold))
    words = Words(key, 0, 0, width, lines, size, bold, color, left=True)
    return Block(width, len(lines) * size * LEADING, (words,) if lines else ())


def _promise(heading: Heading) -> list[str]:
    return list(_promised(heading))


def _promised(heading: Heading) -> Iterator[str]:
    if heading.claim:
        yield f"Promised: {escaped(heading.claim)}."
    if heading.why:
        yield f"Why it matters: {escaped(heading.why)}."


def _rules(heading: Heading) -> str:
    """Also where the title says what is broken."""
    if heading.deviation:
        return f"Broken on purpose: {written(heading.deviation)}."
    (what, said), *_ = heading.rules()
    return f"{capital(what)} {said}."
