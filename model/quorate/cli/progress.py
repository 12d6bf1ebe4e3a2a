"""A line of progress on the terminal, for what takes more than a second."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from time import monotonic

from quorate.drawing.names import escaped
from quorate.inquiry.finding import Finding, Question
from quorate.values import dataclass

PATIENCE = 1.0


@dataclass
class Progress:
    """Says on the error stream, if that is a terminal and it is to be `shown`, how far the work is
    and what it waits for. Nothing runs beside the work: whoever does it says `waiting` at least
    once a second."""

    questions: Sequence[Question]
    shown: bool
    started: float = field(default_factory=monotonic)
    answered: int = 0
    written: int = 0

    def waiting(self, asked: Sequence[Question]) -> None:
        """These questions are being asked."""
        seconds = monotonic() - self.started
        if self.shown and on_terminal() and seconds >= PATIENCE:
            self._write(
                progress_line(self.answered, len(self.questions), seconds, asked)[: _columns() - 1]
            )

    def watched(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings in the order of the questions, when all are there."""
        place = {id(question): number for number, question in enumerate(self.questions)}
        found = []
        try:
            for finding in findings:
                found.append(finding)
                self.answered += 1
        finally:
            self._write("")
        yield from sorted(found, key=lambda finding: place[id(finding.question)])

    def _write(self, line: str) -> None:
        # Blanks, since not every terminal of Windows knows how to clear a line.
        if line or self.written:
            blanks = " " * max(0, self.written - len(line))
            end = "" if line else "\r"
            print(f"\r{line}{blanks}{end}", end="", file=sys.stderr, flush=True)
            self.written = len(line)


def progress_line(answered: int, total: int, seconds: float, asked: Sequence[Question]) -> str:
    """How far the work is, and what one waits for."""
    waited = escaped(asked[0].title) if asked else "the end"
    others = f" and {len(asked) - 1} more" if len(asked) > 1 else ""
    return f"{answered} of {total} answers, {seconds:.0f} s, waiting for {waited}{others}"


def on_terminal() -> bool:
    """Somebody watches the error stream."""
    return sys.stderr.isatty()


def _columns() -> int:
    return max(20, shutil.get_terminal_size().columns)
