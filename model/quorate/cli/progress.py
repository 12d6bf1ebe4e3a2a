"""A line of progress on the terminal, for what takes more than a second."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic

from quorate.inquiry.finding import Finding, Question

PATIENCE = 1.0
_CLEAR = "\r\033[K"


def watched(
    findings: Iterable[Finding], questions: Sequence[Question], *, shown: bool
) -> Iterator[Finding]:
    """The findings in the order of the questions. After a second the error stream, if it is a
    terminal, says how far the work is, if that is to be `shown`.

    Nothing runs beside the work: the line changes when an answer comes.
    """
    shown = shown and sys.stderr.isatty()
    started, written = monotonic(), False
    place = {id(question): number for number, question in enumerate(questions)}
    found = []
    try:
        for finding in findings:
            found.append(finding)
            if shown and monotonic() - started >= PATIENCE:
                line = f"{len(found)} of {len(questions)} answers, last: {finding.question.title}"
                print(f"{_CLEAR}{line[:78]}", end="", file=sys.stderr, flush=True)
                written = True
    finally:
        if written:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
    yield from sorted(found, key=lambda finding: place[id(finding.question)])
