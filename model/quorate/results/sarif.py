"""Results as SARIF 2.1.0, which code hosts show at the lines of a file.

The format is OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0*. A claim is
a rule, a question a result; what a reader remarks is a result as well. A run that refutes a claim
is a code flow, a step of it a location of its thread, so that a viewer steps through it.
"""

import hashlib
import json
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never
from urllib.parse import quote

from quorate.errors import Place
from quorate.results.result import (
    Outcome,
    Report,
    ReportedFinding,
    ReportedNote,
    ReportedStep,
    ReportedSubject,
    Severity,
)

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_REMARK = {
    Severity.DEFAULTED: ("note-defaulted", "a default was taken that the answers rest on"),
    Severity.DOUBTFUL: ("note-doubtful", "this is seldom what a designer wants"),
    Severity.UNSUPPORTED: ("note-unsupported", "no model reads this setting"),
}


def sarif(report: Report) -> str:
    """The text of the file."""
    rules = _rules(report)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [
        {**result, "ruleIndex": numbers[result["ruleId"]]}
        for subject in report.subjects
        for result in _results(subject)
    ]
    driver = {
        "name": "quorate",
        "semanticVersion": report.version,
        "version": report.version,
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    # ASCII, since an export may name what UTF-8 has no way to write.
    return json.dumps(document, indent=2) + "\n"


def _rules(report: Report) -> list[dict[str, Any]]:
    """A rule a claim, in the order in which they are first asked, and those of the remarks."""
    rules: dict[str, dict[str, Any]] = {}
    for result in report.results():
        rules.setdefault(result.claim, _rule(result))
    for subject in report.subjects:
        for remark in subject.remarks:
            name, said = _REMARK[remark.severity]
            rules.setdefault(name, {"id": name, "shortDescription": _text(said)})
    return list(rules.values())


def _rule(result: ReportedFinding) -> dict[str, Any]:
    sources = "; ".join(result.sources)
    more = {"help": _text(f"Sources: {sources}")} if sources else {}
    return {
        "id": result.claim,
        "shortDescription": _text(result.claim),
        "fullDescription": _text(result.why or result.sentence),
        **more,
    }


def _results(subject: ReportedSubject) -> Iterator[dict[str, Any]]:
    for result in subject.results:
        yield _result(subject, result)
    for remark in subject.remarks:
        yield _remark(subject, remark)


def _result(subject: ReportedSubject, result: ReportedFinding) -> dict[str, Any]:
    locations = _locations(result.place or subject.concerned, result.title)
    return {
        "ruleId": result.claim,
        **_level(result.outcome),
        "message": _text(_message(subject, result)),
        "locations": locations,
        "partialFingerprints": {"question/v1": _digest(subject.name, result.title)},
        **_code_flow(result, locations),
    }


def _level(outcome: Outcome) -> dict[str, str]:
    """The `kind` of a result, and the level of those that fail; others have none (3.27.9)."""
    match outcome:
        case Outcome.AS_EXPECTED:
            return {"kind": "pass", "level": "none"}
        case Outcome.OPEN:
            return {"kind": "fail", "level": "note"}
        case Outcome.NOT_AS_EXPECTED:
            return {"kind": "fail", "level": "error"}
        case Outcome.UNDECIDED:
            return {"kind": "open", "level": "none"}
        case Outcome.NEVER_HAPPENS:
            return {"kind": "notApplicable", "level": "none"}
        case _:
            assert_never(outcome)


def _message(subject: ReportedSubject, result: ReportedFinding) -> str:
    said = f"{subject.name}: {result.title}: {result.verdict}. Claimed is that {result.sentence}."
    if result.reason:
        said += f" {result.reason}."
    if result.run is not None and result.outcome is not Outcome.AS_EXPECTED:
        said += f"\n\n{result.run.text}"
        said += f"\n\nReplay: quorate show {result.run.line}" if result.run.line else ""
    return said


def _code_flow(result: ReportedFinding, locations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    run = result.run
    if run is None or not run.steps or result.outcome is Outcome.AS_EXPECTED:
        return {}
    steps = [_step(step, locations) for step in run.steps]
    return {"codeFlows": [{"threadFlows": [{"locations": steps}]}]}


def _step(step: ReportedStep, locations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A step happens to a cluster and not at a line; hosts show it where the result is."""
    where = {key: value for one in locations[:1] for key, value in one.items()}
    return {
        "executionOrder": step.number,
        "location": {**where, "message": _text(step.text)},
    }


def _remark(subject: ReportedSubject, remark: ReportedNote) -> dict[str, Any]:
    name, _ = _REMARK[remark.severity]
    level = "warning" if remark.severity is Severity.UNSUPPORTED else "note"
    return {
        "ruleId": name,
        "kind": "fail",
        "level": level,
        "message": _text(f"{subject.name}: {remark.text}"),
        "locations": _locations(remark.place, subject.name),
        "partialFingerprints": {
            "remark/v1": _digest(subject.name, name, remark.place.key, remark.text)
        },
    }


def _locations(place: Place | None, name: str) -> list[dict[str, Any]]:
    if place is None:
        return []
    region = {"region": {"startLine": place.line}} if place.line is not None else {}
    logical = [{"fullyQualifiedName": place.key, "kind": "member"}] if place.key else []
    return [
        {
            "physicalLocation": {"artifactLocation": {"uri": _uri(place.source)}, **region},
            "logicalLocations": [*logical, {"name": name, "kind": "object"}],
        }
    ]


def _uri(source: str) -> str:
    path = pathlib.PurePath(source)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _text(said: str) -> dict[str, str]:
    return {"text": said}
