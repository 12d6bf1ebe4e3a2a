"""Findings as results, for the formats that teams read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import filterfalse
from pathlib import Path, PurePath
from typing import Any, TypeAlias, assert_never

from quorate import __version__
from quorate.cli.archive import Families
from quorate.cli.attempts import Failed, attempted
from quorate.cli.concerned import concerned
from quorate.cli.verdicts import goes_without_saying, verdict_text, why
from quorate.errors import Place
from quorate.importers import Imported, Note, NoteKind, key_path
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import Asked, Finding, NeverHappens
from quorate.inquiry.line import trace_line
from quorate.results import (
    Outcome,
    Report,
    ReportedFinding,
    ReportedNote,
    ReportedStep,
    ReportedSubject,
    Run,
    Severity,
)

PictureOf: TypeAlias = Callable[[Finding], Path | None]
"""The picture of a finding; None where none was drawn."""


def report_of(subjects: Sequence[ReportedSubject]) -> Report:
    """All that one run of the program found."""
    return Report(__version__, tuple(subjects))


def cluster_subject(
    imported: Imported, described: str, found: Sequence[Finding], picture: PictureOf
) -> ReportedSubject:
    """A cluster that was read from a file, and what was found of it."""
    shown = list(filterfalse(goes_without_saying, found))
    cluster, requirements = imported.cluster, imported.requirements
    elements = [concerned(finding.question.claim, cluster, requirements) for finding in shown]
    *places, whole = imported.origin.places([*map(key_path, elements), ()])
    return ReportedSubject(
        cluster.name,
        described,
        _here(whole),
        tuple(map(_remark, imported.notes)),
        tuple(
            reported(finding, _here(place), picture(finding))
            for finding, place in zip(shown, places, strict=True)
        ),
    )


def claimed_subjects(
    found: Sequence[Finding], path: Path, picture: PictureOf
) -> list[ReportedSubject]:
    """What claim files are about, each with what was found of it; `path` is what was read."""
    place = _here(Place(str(path))) if path.is_file() else None
    subjects: dict[str, list[Finding]] = {}
    for finding in filterfalse(goes_without_saying, found):
        subjects.setdefault(finding.question.claim.subject.name, []).append(finding)
    return [
        ReportedSubject(
            name,
            name,
            place,
            (),
            tuple(reported(finding, place, picture(finding)) for finding in findings),
        )
        for name, findings in subjects.items()
    ]


def reported(finding: Finding, place: Place | None, picture: Path | None) -> ReportedFinding:
    question, claim = finding.question, finding.question.claim
    return ReportedFinding(
        claim.name,
        question.title,
        question.sentence,
        claim.why,
        claim.sources,
        verdict_text(finding),
        _outcome(finding),
        why(finding) or "",
        finding.answer.engine,
        finding.seconds,
        place,
        _run(finding, picture),
    )


def _outcome(finding: Finding) -> Outcome:
    never = isinstance(finding.answer, NeverHappens)
    match finding.as_expected:
        case True:
            claim = finding.question.asked is Asked.CLAIM
            is_open = claim and finding.question.expectation is Expectation.OPEN
            news = is_open and finding.counterexample is not None
            return Outcome.OPEN if news else Outcome.AS_EXPECTED
        case False:
            return Outcome.NOT_AS_EXPECTED
        case None:
            return Outcome.NEVER_HAPPENS if never else Outcome.UNDECIDED
        case _:
            assert_never(finding.as_expected)


def _run(finding: Finding, picture: Path | None) -> Run | None:
    """What cannot be told is said not to be; the verdict stands."""
    if finding.counterexample is None:
        return None
    account = attempted(finding.account)
    if isinstance(account, Failed) or account is None:
        return Run("The run cannot be told.", (), _line(finding), _paths(picture))
    text, data = attempted(account.text), attempted(account.data)
    return Run(
        f"The run cannot be told: {text.why}" if isinstance(text, Failed) else text.rstrip("\n"),
        () if isinstance(data, Failed) else tuple(_steps(data)),
        _line(finding),
        _paths(picture),
    )


def _steps(data: dict[str, Any]) -> list[ReportedStep]:
    """The steps of an account that has sentences for them, as those of our families do."""
    steps = data.get("steps", ())
    told = [(step.get("number"), step.get("sentences")) for step in steps]
    return [
        ReportedStep(number, " ".join(said)) for number, said in told if number is not None and said
    ]


def _line(finding: Finding) -> str | None:
    line = attempted(lambda: trace_line(finding, Families()))
    return None if isinstance(line, Failed) else line


def _paths(picture: Path | None) -> tuple[str, ...]:
    return () if picture is None else (picture.as_posix(),)


def _remark(note: Note) -> ReportedNote:
    return ReportedNote(_severity(note.kind), _here(note.place), note.text)


def _severity(kind: NoteKind) -> Severity:
    match kind:
        case NoteKind.UNSUPPORTED:
            return Severity.UNSUPPORTED
        case NoteKind.DOUBTFUL:
            return Severity.DOUBTFUL
        case NoteKind.DEFAULTED:
            return Severity.DEFAULTED
        case _:
            assert_never(kind)


def _here(place: Place) -> Place:
    """The place as seen from the folder that quorate was started in, where it is below that: code
    hosts look for files in the checkout."""
    path, here = PurePath(place.source), Path.cwd()
    if path.is_absolute() and path.is_relative_to(here):
        path = path.relative_to(here)
    return replace(place, source=path.as_posix())
