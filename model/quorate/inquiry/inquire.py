"""Asks all questions about one system, one after the other, in this process."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quorate.evidence.certificate import Obligation
from quorate.evidence.manifest import Proof, manifest
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.engines import Engines
from quorate.inquiry.finding import Asked, Finding, Question, answer
from quorate.inquiry.naming import digest, slug
from quorate.inquiry.seam import Model
from quorate.system import Proved, Unknown, Verdict

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
    questions: Sequence[Question], seconds: float, *, certify: bool, engines: Engines | None = None
) -> Iterator[Finding]:
    """The findings, in order. All questions are about the same circumstances with the same rule
    broken, or none; each may take `seconds`. With `certify` proofs come with their certificates.
    What a model refuses to be, or a claim to be made of, is unknown for that reason."""
    clock = Clock(seconds)
    try:
        model = questions[0].model()
        inquiry = Inquiry(model.system, clock.remaining, engines or Engines())
    except ValueError as error:
        refused = Unknown(f"there is no such system: {error}", MODEL)
        yield from (Finding(question, refused, clock.elapsed(), {}) for question in questions)
        return
    folder = system_name(questions[0].claim)
    for question in questions:
        clock.restart()
        try:
            verdict = _verdict(model, inquiry, question)
        except ValueError as error:
            verdict = Unknown(f"this cannot be asked: {error}", MODEL)
        files: dict[str, str] = {}
        if certify and isinstance(verdict, Proved) and question.asked is Asked.CLAIM:
            files = _certificate(model, inquiry, question, verdict, folder)
        yield Finding(question, answer(verdict), clock.elapsed(), files)


def system_name(claim: Claim) -> str:
    """What the system that a claim is about is called in file names."""
    return claim.circumstances.label or slug(claim.name)


def _verdict(model: Model, inquiry: Inquiry, question: Question) -> Verdict:
    claim = question.claim
    match question.asked:
        case Asked.PREMISE:
            return inquiry.reach(claim.make_premise(model), claim.path, claim.deepest)
        case Asked.CLAIM | Asked.TOOTH:
            property_ = claim.make_property(model)
            if question.expectation is Expectation.REFUTED:
                return inquiry.refute(property_, claim.deepest)
            return inquiry.decide(property_, claim.deepest)


def _certificate(
    model: Model, inquiry: Inquiry, question: Question, proof: Proved, folder: str
) -> dict[str, str]:
    claim = question.claim
    obligations = inquiry.obligations(claim.make_property(model), proof)
    files = dict(_file(obligation) for obligation in obligations)
    record = Proof(
        cluster=claim.subject.name,
        claim=claim.title,
        sentence=claim.sentence,
        assumptions=question.assumptions,
        lemmas=tuple(lemma.name for lemma in proof.invariant),
        files=tuple(files),
    )
    files[f"{claim.file_name}.json"] = manifest(record)
    return {f"{folder}/{name}": text for name, text in files.items()}


def _file(obligation: Obligation) -> tuple[str, str]:
    """Name and text. The name ends in a digest of the text, so that claims share what is the same
    and nothing else."""
    text = obligation.to_smt2()
    return f"{slug(obligation.name)}-{digest(text)}.smt2", text
