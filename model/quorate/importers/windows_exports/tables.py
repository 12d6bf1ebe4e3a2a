"""Tables of Format-Table and of cluster.exe: what stands in which column.

Columns are found by the dashes below their heads. A cell may be wider than its head, to the right
or, where it is set to the right, to the left; what parts two cells is blank in every row.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from quorate.errors import InputError, Place
from quorate.importers.windows_exports.kinds import canonical
from quorate.importers.windows_exports.records import FULL_TEXT
from quorate.values import dataclass

DASHES = re.compile(r"\s*-{2,}(\s+-+)*\s*$|\s*-+(\s+-+)+\s*$")
MOST_COLUMNS = 64
MOST_LINES_OF_A_ROW = 1000
"""A cell of a few characters a line holds any dependency in fewer."""

_RUN = re.compile(r"-+")
_NEVER_EMPTY = {
    "state",
    "status",
    "resourcetype",
    "ownernode",
    "ownergroup",
    "id",
    "nodeid",
    "nodeweight",
    "quorumtype",
    "type",
}
"""Columns that have something in each row; a row without it goes on with the one above."""


@dataclass(frozen=True)
class Read:
    """The canonical names of the columns, the rows with the numbers of their lines, and the number
    of the line after the table, from 0."""

    names: tuple[str, ...]
    rows: Sequence[tuple[int, tuple[str, ...]]]
    end: int


def read_table(lines: Sequence[str], at: int, source: str) -> Read:
    """The table whose heads are in the line `at`. Raises `InputError` where two cells run into each
    other."""
    spans = [match.span() for match in _RUN.finditer(lines[at + 1])]
    if len(spans) > MOST_COLUMNS:
        raise InputError(
            f"this table has more than {MOST_COLUMNS} columns; {FULL_TEXT}", Place(source, at + 1)
        )
    end = at + 2
    while end < len(lines) and lines[end].strip():
        end += 1
    body = [line.expandtabs() for line in lines[at + 2 : end]]
    cuts = _cuts(spans, body, at + 3, source)
    names = tuple(canonical(lines[at][a:b]) for a, b in spans)
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, line in enumerate(body, start=at + 3):
        cells = tuple(line[a:b].strip() for a, b in zip((0, *cuts), (*cuts, None), strict=True))
        if rows and _goes_on(names, rows[-1][1], cells):
            first, above = rows[-1]
            if number - first > MOST_LINES_OF_A_ROW:
                raise InputError(
                    f"this row goes on for more than {MOST_LINES_OF_A_ROW} lines; {FULL_TEXT}",
                    Place(source, first),
                )
            joined = (f"{a} {b}".strip() for a, b in zip(above, cells, strict=True))
            rows[-1] = (first, tuple(joined))
        else:
            rows.append((number, cells))
    return Read(names, rows, end)


def _cuts(
    spans: Sequence[tuple[int, int]], body: Sequence[str], first: int, source: str
) -> tuple[int, ...]:
    """Where each column but the first begins."""
    used = [False] * max((len(line) for line in body), default=0)
    for line in body:
        for place, sign in enumerate(line):
            if not sign.isspace():
                used[place] = True
    return tuple(
        _cut(left, right, used, body, first, source) for (_, left), (right, _) in pairwise(spans)
    )


def _cut(  # noqa: PLR0917 - between what, in what, where
    left: int, right: int, used: Sequence[bool], body: Sequence[str], first: int, source: str
) -> int:
    """Where the right head begins, unless cells below it begin further left: then the end of the
    widest run of blanks between the two."""
    if right > len(used) or not used[right - 1]:
        return right
    best, best_width, width = right, 0, 0
    for place in range(left, right + 1):
        blank = place < right and (place >= len(used) or not used[place])
        if blank:
            width += 1
        else:
            if width > best_width:
                best, best_width = place, width
            width = 0
    if best_width == 0:
        number = next((first + n for n, line in enumerate(body) if line[left:right].strip()), first)
        raise InputError(
            f"two columns run into each other here; {FULL_TEXT}", Place(source, number)
        )
    return best


def _goes_on(names: Sequence[str], above: Sequence[str], cells: Sequence[str]) -> bool:
    by_name = dict(zip(names, cells, strict=True))
    if any(name in _NEVER_EMPTY and not cell for name, cell in by_name.items()):
        return True
    if "ownernodes" in by_name:
        return not by_name["ownernodes"].startswith("{")
    if "dependencyexpression" in by_name:
        said = dict(zip(names, above, strict=True))["dependencyexpression"]
        return not by_name.get("resource") or _is_open(said)
    return False


def _is_open(expression: str) -> bool:
    """A dependency goes on: a bracket is open, or an operator ends it."""
    opened = any(expression.count(a) > expression.count(b) for a, b in ("[]", "()"))
    return opened or expression.casefold().endswith((" and", " or"))
