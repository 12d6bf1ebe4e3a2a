"""Results as Markdown, for a comment on a pull request or the summary of a job.

The answer stands first; runs, remarks and what is as expected are folded. A host bounds a comment
(GitHub: 65,536 characters); what has no room is counted and left out, runs first.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from quorate.drawing.names import escaped
from quorate.results.result import Outcome, Report, ReportedFinding, ReportedSubject

MOST_CHARACTERS = 60_000
"""As much as a comment may have, with room for what a host adds."""

FEW = 2
"""Of more than this of which the same was found, the first is named and the others counted."""

_SIGN = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$@])")


def markdown(report: Report, most: int = MOST_CHARACTERS) -> str:
    """The text, of at most `most` characters as far as its heads allow that."""
    full = _written(report, runs=True, table=True)
    if len(full) <= most:
        return full
    shorter = _written(report, runs=False, table=True)
    return shorter if len(shorter) <= most else _written(report, runs=False, table=False)


def _written(report: Report, *, runs: bool, table: bool) -> str:
    lines = ["## quorate", "", _sum(list(report.results())), ""]
    for subject in report.subjects:
        lines += _subject(subject, runs=runs, table=table)
    if not runs:
        lines += ["_The runs have no room here; `quorate check` tells them._", ""]
    return "\n".join(lines).rstrip() + "\n"


def _subject(subject: ReportedSubject, *, runs: bool, table: bool) -> Iterator[str]:
    yield f"### {_plain(subject.described)}"
    yield ""
    shown = [result for result in subject.results if result.outcome is not Outcome.AS_EXPECTED]
    if shown:
        yield from _table(shown)
    for result in shown if runs else ():
        if result.run is not None:
            body = ["```text", *_fenced(result.run.text)]
            body += [f"Replay: quorate show {result.run.line}"] if result.run.line else []
            yield from _folded(f"{result.title}: {result.verdict}", [*body, "```"])
    if subject.remarks:
        remarks = [
            f"- {remark.severity.value}: `{_code(str(remark.place))}`: {_plain(remark.text)}"
            for remark in subject.remarks
        ]
        yield from _folded(f"{len(remarks)} notes of the reader", remarks)
    others = [result for result in subject.results if result.outcome is Outcome.AS_EXPECTED]
    if others and table:
        yield from _folded(f"{len(others)} as expected", list(_table(others)))
    elif others:
        yield f"{len(others)} as expected."
        yield ""


def _table(results: Sequence[ReportedFinding]) -> Iterator[str]:
    """A row for each; one for many of which the same was found."""
    yield "| | claim | verdict | |"
    yield "| --- | --- | --- | --- |"
    alike: dict[tuple[str, str, Outcome, str], list[ReportedFinding]] = {}
    for result in results:
        same = (result.claim, result.verdict, result.outcome, result.reason)
        alike.setdefault(same, []).append(result)
    for many in alike.values():
        for result in many if len(many) <= FEW else many[:1]:
            others = f" and {len(many) - 1} more like it" if len(many) > FEW else ""
            title, said = _plain(result.title), _plain(result.reason or result.sentence)
            mark = _mark(result.outcome)
            yield f"| {mark} | {title}{others} | {result.verdict} | {said} |"
    yield ""


def _mark(outcome: Outcome) -> str:
    """In words: a sign alone is read by nobody."""
    match outcome:
        case Outcome.AS_EXPECTED:
            return "yes"
        case Outcome.OPEN:
            return "open"
        case Outcome.NOT_AS_EXPECTED:
            return "**NO**"
        case Outcome.UNDECIDED:
            return "unknown"
        case Outcome.NEVER_HAPPENS:
            return "vacuous"
        case _:
            assert_never(outcome)


def _sum(results: Sequence[ReportedFinding]) -> str:
    outcomes = [result.outcome for result in results]
    counts = [(outcomes.count(outcome), outcome.value) for outcome in Outcome]
    return ", ".join(f"{count} {said}" for count, said in counts if count) + "."


def _folded(title: str, body: Sequence[str]) -> Iterator[str]:
    yield f"<details><summary>{html.escape(escaped(title))}</summary>"
    yield ""
    yield from body
    yield ""
    yield "</details>"
    yield ""


def _plain(text: str) -> str:
    """Text that is nothing but text: no name of a user's opens a tag, a table or a mention."""
    return _SIGN.sub(r"\\\1", escaped(text))


def _code(text: str) -> str:
    return escaped(text).replace("`", "'").replace("|", "\\|")


def _fenced(text: str) -> list[str]:
    """Lines of a block of code, none of which ends it."""
    return [escaped(line).replace("```", "'''") for line in text.split("\n")]
