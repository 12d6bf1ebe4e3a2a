"""A line of progress on the terminal, for what takes more than a second."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from quorate.claims.finding import Finding

Item = TypeVar("Item")

PATIENCE = 1.0
_CLEAR = "\r\033[K"


def watched(findings: Iterable[Finding], total: int, *, quiet: bool) -> Iterator[Finding]:
    """The same findings; after a second the error stream, if it is a terminal, says how far it is.

    Nothing runs beside the work: the line changes when a finding comes.
    """
    shown = not quiet and sys.stderr.isatty()
    started, written = monotonic(), False
    try:
        for count, finding in enumerate(findings, 1):
            if shown and monotonic() - started >= PATIENCE:
                line = f"{count} of {total} questions answered, last: {finding.question.title}"
                print(f"{_CLEAR}{line[:78]}", end="", file=sys.stderr, flush=True)
                written = True
            yield finding
    finally:
        if written:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
