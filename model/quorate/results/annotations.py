"""Results as workflow commands of GitHub Actions, which annotate the lines of a pull request.

The format is that of GitHub, *Workflow commands for GitHub Actions*: `::error file=,line=,title=::`
and the message, with what would end a property or a line percent-encoded.
"""

from collections.abc import Iterator
from typing import assert_never

from quorate.errors import Place
from quorate.results.result import Outcome, Report, ReportedFinding, ReportedNote, Severity


def annotations(report: Report) -> Iterator[str]:
    """A line for each result that a reviewer has to see, and for each remark."""
    for subject in report.subjects:
        for result in subject.results:
            yield from _of_result(subject.name, result)
        for remark in subject.remarks:
            yield _of_remark(subject.name, remark)


def _of_result(name: str, result: ReportedFinding) -> Iterator[str]:
    match result.outcome:
        case Outcome.AS_EXPECTED:
            return
        case Outcome.OPEN:
            level = "notice"
        case Outcome.NOT_AS_EXPECTED:
            level = "error"
        case Outcome.UNDECIDED | Outcome.NEVER_HAPPENS:
            level = "warning"
        case _:
            assert_never(result.outcome)
    told = result.run.text if result.run is not None else result.reason or result.sentence
    yield _command(level, result.place, f"{name}: {result.title}: {result.verdict}", told)


def _of_remark(name: str, remark: ReportedNote) -> str:
    match remark.severity:
        case Severity.DEFAULTED | Severity.DOUBTFUL:
            level = "notice"
        case Severity.UNSUPPORTED:
            level = "warning"
        case _:
            assert_never(remark.severity)
    return _command(level, remark.place, f"{name}: {remark.severity.value}", remark.text)


def _command(level: str, place: Place | None, title: str, message: str) -> str:
    said = {"title": title}
    if place is not None:
        said = {"file": place.source, **({"line": str(place.line)} if place.line else {}), **said}
    listed = ",".join(f"{name}={_property(value)}" for name, value in said.items())
    return f"::{level} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
