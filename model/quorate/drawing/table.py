"""The verdicts of many claims as a table: plain columns for pipes, a rich one for terminals."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from quorate.drawing.names import written
from quorate.values import dataclass

if TYPE_CHECKING:
    from rich.table import Table

HEADER = ("claim", "cluster", "verdict", "as expected", "engine", "seconds")
Expected: TypeAlias = Literal["yes", "NO", "open", "vacuous", "unknown"]
"""Whether what was found is what was expected: it is; it is not; either was; it is true of nothing;
neither was found."""

STYLES: Mapping[Expected, str] = {
    "yes": "green",
    "NO": "bold red",
    "open": "cyan",
    "vacuous": "yellow",
    "unknown": "yellow",
}


@dataclass(frozen=True)
class Row:
    """One claim and what was found. `as_expected` is None where neither the expectation nor its
    contrary was found."""

    claim: str
    cluster: str
    verdict: str
    as_expected: Expected
    engine: str
    seconds: float

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns as text of one line each."""
        return (
            written(self.claim),
            written(self.cluster),
            written(self.verdict),
            self.as_expected,
            written(self.engine),
            f"{self.seconds:.2f}",
        )


def plain_table(rows: Sequence[Row]) -> str:
    """Columns two spaces apart, without colour or wrapping: for pipes, files and `grep`. A cluster
    that all rows share is left out; whoever prints the table says it once."""
    kept = [place for place, name in enumerate(HEADER) if name not in _shared(rows)]
    return plain_columns(
        [[line[place] for place in kept] for line in (HEADER, *(row.texts for row in rows))]
    )


def plain_columns(lines: Sequence[Sequence[str]]) -> str:
    """Columns two spaces apart, the last one to the right; the first line is the header."""
    widths = [max(map(_columns, column)) for column in zip(*lines, strict=True)]
    return "".join(_padded(line, widths) + "\n" for line in lines)


def _shared(rows: Sequence[Row]) -> set[str]:
    """Columns that say the same in each row."""
    return {"cluster"} if len({row.cluster for row in rows}) == 1 else set()


def _padded(line: Sequence[str], widths: Sequence[int]) -> str:
    *texts, seconds = line
    left = [
        text + " " * (width - _columns(text)) for text, width in zip(texts, widths, strict=False)
    ]
    return "  ".join([*left, seconds.rjust(widths[-1])])


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


WIDE = 110
"""From this many columns a terminal shows who decided and how long it took."""


def rich_table(rows: Sequence[Row], width: int) -> "Table":
    """The same for a terminal of `width` columns: wraps the claim, leaves out what a narrow one has
    no room for and a cluster that all rows share, and colours only what has words as well."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to import
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    left_out = _shared(rows) | (set() if width >= WIDE else {"engine", "seconds"})
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    kept = [name for name in HEADER if name not in left_out]
    for name, columns in _widths(rows, kept, width).items():
        justify: Literal["left", "right"] = "right" if name == "seconds" else "left"
        table.add_column(name, justify=justify, overflow="fold", width=columns)
    for row in rows:
        # Text, not str: square brackets in a name are no markup.
        style = STYLES[row.as_expected]
        table.add_row(
            *(
                Text(text, style=style if name in {"verdict", "as expected"} else "")
                for name, text in zip(HEADER, row.texts, strict=True)
                if name not in left_out
            )
        )
    return table


_SHARES = {"claim": 5, "verdict": 3, "cluster": 2}
"""What is wrapped, between words where that is possible, and how what room there is is shared."""

_BETWEEN, _EDGES = 3, 2
"""The columns of a terminal that stand between two columns of the table, and at its edges."""


def _widths(rows: Sequence[Row], kept: Sequence[str], width: int) -> dict[str, int]:
    """How wide each column is: as its longest text, but for what shares too little room. Rich would
    take from the widest, and then have the others cut off."""
    texts = [HEADER, *(row.texts for row in rows)]
    natural = {name: max(_columns(line[HEADER.index(name)]) for line in texts) for name in kept}
    room = width - _EDGES - _BETWEEN * (len(kept) - 1)
    room -= sum(natural[name] for name in kept if name not in _SHARES)
    sharing = [name for name in kept if name in _SHARES]
    for name in sorted(sharing, key=lambda name: natural[name] / _SHARES[name]):
        shares = sum(_SHARES[other] for other in sharing)
        natural[name] = max(1, min(natural[name], room * _SHARES[name] // shares))
        room -= natural[name]
        sharing.remove(name)
    return natural
