"""How wide text is, so that it can be placed before anybody draws it.

Who draws may have Helvetica, or Arial, Liberation Sans and Nimbus Sans, which share its widths, or
nothing but DejaVu Sans, which is wider. Text has the room that the widest of them needs.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_PRINTABLE = range(32, 127)
_SUM = re.compile(r"\d+(?: \+ \d+)* of (?:at most )?\d+(?: votes?)?|quorum is \d+")
"""A sum, which nobody should have to put together from two lines."""


def _table(widths: str) -> Mapping[str, int]:
    """Of the printable characters of ASCII, in thousandths of the size."""
    return dict(zip(map(chr, _PRINTABLE), map(int, widths.split()), strict=True))


HELVETICA = _table(
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 "
    "556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 "
    "556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 "
    "500 500 500 334 260 334 584 "
)
HELVETICA_BOLD = _table(
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 "
    "611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 "
    "611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 "
    "556 556 500 389 280 389 584 "
)
DEJAVU = _table(
    "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 "
    "636 636 636 636 337 337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 "
    "557 863 748 787 603 787 695 635 611 732 684 989 685 611 685 390 337 390 838 500 500 613 "
    "635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 818 "
    "592 592 525 636 337 636 838 "
)
DEJAVU_BOLD = _table(
    "348 456 521 838 696 1002 872 306 457 457 523 838 380 415 380 365 696 696 696 696 696 696 "
    "696 696 696 696 400 400 838 838 838 580 1000 774 762 734 830 683 683 821 837 372 372 775 "
    "637 995 837 850 733 850 770 720 682 812 774 1103 771 724 725 457 365 457 838 500 500 675 "
    "716 593 716 678 435 716 712 343 343 665 343 1042 712 687 716 716 493 595 478 712 652 924 "
    "645 652 582 712 365 712 838 "
)
FONTS = {False: (HELVETICA, DEJAVU), True: (HELVETICA_BOLD, DEJAVU_BOLD)}
"""By whether text is bold."""

SEPARATORS = "-._/\\"

LEADING = 1.2
"""The height of a line in font sizes."""


@lru_cache(maxsize=4096)
def _units(character: str, font: int, bold: bool) -> int:
    width = FONTS[bold][font].get(character)
    if width is not None:
        return width
    if unicodedata.combining(character):
        return 0
    return 1050 if unicodedata.east_asian_width(character) in "WF" or character in "…—" else 870


@lru_cache(maxsize=16384)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` in points, in whichever of the fonts is the widest."""
    fonts = range(len(FONTS[bold]))
    return max(sum(_units(c, font, bold) for c in text) for font in fonts) * size / 1000


def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `width`. A word that does not fit is broken, so that nothing
    is lost. Sums and what is joined as by `together` stay on one line where there is room."""
    lines: list[str] = []
    line = ""
    for word in _SUM.sub(lambda sum_: together(sum_[0]), text).split(" "):
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
            kept = max(piece.rfind(mark) for mark in (*SEPARATORS, JOINT)) + 1 or len(piece)
            pieces.append(piece[:kept].rstrip(JOINT))
            piece = piece[kept:]
        piece += character
    return [*pieces, piece]


JOINT = "\N{NO-BREAK SPACE}"


def together(text: str) -> str:
    """`text` as one word: a sum or a name of several words is not broken where there is room for
    it in the next line."""
    return text.replace(" ", JOINT)
