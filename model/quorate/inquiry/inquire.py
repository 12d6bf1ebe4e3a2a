"""Asks all questions about one system, one after the other, in this process."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import assert_never

from quorate.evidence.binding import Bound
from quorate.inquiry.claim import Expectation
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.engines import Engines
from quorate.inquiry.finding import Asked, Finding, Question, answer
from quorate.inquiry.seam import Model
from quorate.system import Proved, Sometimes, Unknown, Verdict
from quorate.values import dataclass

MODEL = "model"


@dataclass
class Clock:
    """Counts the seconds that a question may still take."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    def restart(self) -> None:
        self.started = time.monotonic()

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def remaining(self) -> float:
        return self.seconds - self.elapsed()


def inquire(
    questions: Sequence[Question],
    seconds: float,
    *,
    certify: bool,
    engines: Engines | None = None,
    built: Callable[[], object] = lambda: None,
) -> Iterator[Finding]:
    """The findings, in order. All questions are about the same circumstances with the same rule
    broken, or none; each may take `seconds`. With `certify` proofs come with their certificates.
    What a model refuses to be, or a claim to be made of, is unknown for that reason, and so is what
    the code of a claim, or ours, fails at. That the system is there is said by `built`.
    """
    clock = Clock(seconds)
    try:
        model = questions[0].model()
        inquiry = Inquiry(model.system, clock.remaining, engines or Engines())
    except (Exception, SystemExit) as error:
        refused = _unknown("there is no such system", error)
        yield from (Finding(question, refused, clock.elapsed(), {}) for question in questions)
        return
    built()
    for question in questions:
        clock.restart()
        try:
            verdict = _verdict(model, inquiry, question)
        except (Exception, SystemExit) as error:
            verdict = _unknown("this cannot be asked", error)
        files: dict[str, str] = {}
        if certify and isinstance(verdict, Proved) and question.asked is not Asked.TOOTH:
            try:
                files = _certificate(model, inquiry.bound, question, verdict)
            except (Exception, SystemExit) as error:
                verdict = _unknown("proved, but its certificate cannot be written", error)
        premise = _premise(model, question, verdict)
        yield Finding(question, answer(verdict, premise), clock.elapsed(), files)


def _unknown(what: str, error: BaseException) -> Unknown:
    from quorate.inquiry.raised import what_and_where  # noqa: PLC0415 - only failures need it

    return Unknown(f"{what}: {what_and_where(error)}", MODEL)


def _verdict(model: Model, inquiry: Inquiry, question: Question) -> Verdict:
    claim = question.claim
    match question.asked:
        case Asked.PREMISE:
            return inquiry.reach(claim.make_premise(model), claim.path, claim.deepest)
        case Asked.CLAIM | Asked.TOOTH:
            property_ = question.asks(model)
            match question.expectation:
                case Expectation.REFUTED:
                    return inquiry.refute(property_, claim.deepest)
                case Expectation.OPEN:
                    return inquiry.find_out(property_, claim.deepest)
                case Expectation.HOLDS | Expectation.NEVER_HAPPENS:
                    return inquiry.decide(property_, claim.deepest)
                case _:
                    assert_never(question.expectation)


def _certificate(model: Model, bound: Bound, question: Question, proof: Proved) -> dict[str, str]:
    from quorate.inquiry.certify import (  # noqa: PLC0415 - only who leaves proofs needs it
        Certifier,
        manifest_path,
        statement,
    )

    certifier = Certifier(bound)
    return certifier.files(
        statement(question), question.asks(model), proof, manifest_path(question)
    )


def _premise(model: Model, question: Question, verdict: Verdict) -> Sometimes | None:
    """The situation that was proved never to happen."""
    match question.asked, verdict:
        case Asked.PREMISE, Proved():
            return question.claim.make_premise(model)
        case _:
            return None
