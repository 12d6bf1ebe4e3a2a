"""The verdicts of many claims as a table: plain columns for pipes, a rich one for terminals."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quorate.drawing.names import written

if TYPE_CHECKING:
    from rich.table import Table

HEADER = ("claim", "cluster", "verdict", "as expected", "engine", "seconds")
EXPECTED = {True: "yes", False: "NO", None: "unknown"}
STYLES = {True: "green", False: "bold red", None: "yellow"}


@dataclass(frozen=True)
class Row:
    """One claim and what was found. `as_expected` is None where neither the expectation nor its
    contrary was found."""

    claim: str
    cluster: str
    verdict: str
    as_expected: bool | None
    engine: str
    seconds: float

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns as text of one line each."""
        return (
            written(self.claim),
            written(self.cluster),
            written(self.verdict),
            EXPECTED[self.as_expected],
            written(self.engine),
            f"{self.seconds:.2f}",
        )


def plain_table(rows: Sequence[Row]) -> str:
    """Columns two spaces apart, without colour or wrapping: for pipes, files and `grep`."""
    lines = [HEADER, *(row.texts for row in rows)]
    widths = [max(_columns(line[i]) for line in lines) for i in range(len(HEADER))]
    return "".join(_padded(line, widths) + "\n" for line in lines)


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

    left_out = set() if width >= WIDE else {"engine", "seconds"}
    if len({row.cluster for row in rows}) == 1:
        left_out.add("cluster")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in HEADER:
        if name in left_out:
            continue
        long = name in {"claim", "cluster"}
        table.add_column(
            name,
            justify="right" if name == "seconds" else "left",
            no_wrap=not long,
            overflow="fold",
            min_width=_LEAST.get(name),
        )
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


_LEAST = {"claim": 26, "cluster": 12}
