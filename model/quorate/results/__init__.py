"""What was found, for teams and the programs that they look at results with.

This room knows results as plain values: no solver, no claim, no family. Whoever has findings says
them as `ReportedFinding`s; each format is a file that makes a text of a `Report`.
"""

from quorate.results.annotations import annotations
from quorate.results.junit import junit
from quorate.results.markdown import markdown
from quorate.results.result import (
    Outcome,
    Report,
    ReportedFinding,
    ReportedNote,
    ReportedStep,
    ReportedSubject,
    Run,
    Severity,
)
from quorate.results.sarif import sarif

__all__ = [
    "Outcome",
    "Report",
    "ReportedFinding",
    "ReportedNote",
    "ReportedStep",
    "ReportedSubject",
    "Run",
    "Severity",
    "annotations",
    "junit",
    "markdown",
    "sarif",
]
