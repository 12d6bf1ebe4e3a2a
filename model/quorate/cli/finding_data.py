"""Findings as JSON values."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from quorate.cli.archive import Families
from quorate.cli.attempts import Failed, attempted
from quorate.cli.verdicts import depth, verdict_text, verdict_word, why
from quorate.explaining.because import account_of
from quorate.inquiry.finding import Asked, Finding, NeverHappens, ProofFound, Question
from quorate.inquiry.line import trace_line
from quorate.system import Refuted

_Made = TypeVar("_Made")


def finding_data(finding: Finding) -> Mapping[str, Any]:
    """A finding as JSON values. What cannot be told is not there, and `not_told` says why."""
    question, answer = finding.question, finding.answer
    claim, trace = question.claim, finding.trace
    failed: list[str] = []

    def made(make: Callable[[], _Made]) -> _Made | None:
        said = attempted(make)
        if isinstance(said, Failed):
            failed.append(said.why)
            return None
        return said

    data: dict[str, Any] = {
        "cluster": claim.subject.name,
        "claim": claim.name,
        "group": claim.about or None,
        "as": finding.decided_as.title if finding.decided_as is not None else None,
        "kind": question.asked.value,
        "deviation": question.deviation.sentence if question.deviation is not None else None,
        "sentence": claim.sentence,
        "why": claim.why,
        "sources": list(claim.sources),
        "assumptions": made(lambda: list(question.assumptions)),
        "verdict": verdict_word(finding),
        "verdict_text": verdict_text(finding),
        "expected": _expected(question),
        "as_expected": finding.as_expected,
        "engine": answer.engine,
        "depth": depth(finding),
        "shortest": isinstance(answer, Refuted) and answer.shortest,
        "reason": why(finding),
        "lemmas": list(answer.lemmas) if isinstance(answer, ProofFound | NeverHappens) else [],
        "seconds": round(finding.seconds, 3),
    }
    if trace is not None:
        data["trace"] = trace.to_json()
        data["trace_line"] = made(lambda: trace_line(finding, Families()))
    if finding.counterexample is not None:
        data["story"] = made(lambda: _story(finding))
    if failed:
        data["not_told"] = failed
    return data


def _story(finding: Finding) -> Any:
    account = account_of(finding)
    if account is None:
        raise ValueError("there is no run to tell")
    return plain(account.data())


def plain(data: Any) -> Any:
    """`data` as it is read again. Raises `TypeError` or `ValueError` for what is no JSON."""
    return json.loads(json.dumps(data))


def printed(documents: Iterable[Any]) -> str:
    """JSON as commands print it."""
    return json.dumps(list(documents), indent=2, ensure_ascii=False)


def _expected(question: Question) -> str:
    """What the author of the claim expects; of a premise, that of its claim."""
    match question.asked:
        case Asked.CLAIM | Asked.PREMISE:
            return question.claim.expectation.value
        case Asked.TOOTH:
            return question.expectation.value
