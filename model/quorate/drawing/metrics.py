"""How wide text is, so that it can be placed before anybody draws it.

The widths are those of Helvetica, which Arial, Liberation Sans and Nimbus Sans share. Letters that
it does not have are taken generously.
"""

import unicodedata
from functools import lru_cache

ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 "
    "556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 "
    "556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 "
    "500 500 500 334 260 334 584 "
)
WIDTHS = dict(zip(map(chr, range(32, 127)), map(int, ASCII.split()), strict=True))
BOLD = 1.09
"""Helvetica Bold is wider by less than this, over any usual text."""

SEPARATORS = "-._/\\"

LEADING = 1.2
"""The height of a line in font sizes."""


@lru_cache(maxsize=4096)
def _units(character: str) -> int:
    if character in WIDTHS:
        return WIDTHS[character]
    if unicodedata.combining(character):
        return 0
    return 1050 if unicodedata.east_asian_width(character) in "WF" else 800


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` in points."""
    return sum(map(_units, text)) * size / 1000 * (BOLD if bold else 1.0)


def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `width`. A word that does not fit is broken, so that nothing
    is lost."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, width, size, bold)
        lines.extend(full)
    return (*lines, line)


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Broken behind a separator if there is one, as in BERLIN-HV-01."""
    pieces = []
    piece = ""
    for character in word:
        if piece and text_width(piece + character, size, bold) > width:
            kept = max(piece.rfind(mark) for mark in SEPARATORS) + 1 or len(piece)
            pieces.append(piece[:kept])
            piece = piece[kept:]
        piece += character
    return [*pieces, piece]
