"""Asks all questions about one system, one after the other, in this process."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quorate.evidence.certificate import Obligation
from quorate.evidence.manifest import Proof, manifest
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.engines import Engines
from quorate.inquiry.finding import Finding, Kind, Question, answer
from quorate.inquiry.naming import digest, slug, slug_among
from quorate.system import Proved, Refuted, Verdict
from quorate.windows.models import Assumptions, Conditions, Detection
from quorate.windows.told_traces import told


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
    """The findings, in order. All questions are about the same cluster under the same assumptions;
    each may take `seconds`. With `certify` proofs come with their certificates."""
    first = questions[0].claim
    clock = Clock(seconds)
    inquiry = Inquiry(first.cluster, first.assumptions, clock.remaining, engines or Engines())
    folder = system_name(first)
    for question in questions:
        clock.restart()
        claim = question.claim
        verdict = _verdict(inquiry, question)
        seen = told(inquiry.model, verdict.trace) if isinstance(verdict, Refuted) else ()
        files: dict[str, str] = {}
        if certify and isinstance(verdict, Proved) and question.kind is Kind.CLAIM:
            files = _certificate(inquiry, claim, verdict, folder)
        yield Finding(question, answer(verdict, seen), clock.elapsed(), files)


def system_name(claim: Claim) -> str:
    """What the system that a claim is about is called in file names."""
    match claim.assumptions:
        case Assumptions():
            usual = claim.assumptions == Assumptions()
            return "membership" if usual else slug(claim.name)
        case Conditions(groups=groups, detection=detection):
            late = " noticed late" if detection is Detection.EVENTUAL else ""
            names = [group.name for group in claim.cluster.groups]
            return slug_among(f"{' '.join(groups)}{late}", groups[0], names)


def _verdict(inquiry: Inquiry, question: Question) -> Verdict:
    claim = question.claim
    if question.kind is Kind.PREMISE:
        return inquiry.reach(claim.make_premise(inquiry.model), claim.path, claim.deepest)
    property_ = claim.make_property(inquiry.model)
    if claim.expectation is Expectation.REFUTED:
        return inquiry.refute(property_, claim.deepest)
    return inquiry.decide(property_, claim.deepest)


def _certificate(inquiry: Inquiry, claim: Claim, proof: Proved, folder: str) -> dict[str, str]:
    obligations = inquiry.obligations(claim.make_property(inquiry.model), proof)
    files = dict(_file(obligation) for obligation in obligations)
    record = Proof(
        cluster=claim.cluster.name,
        claim=claim.title,
        sentence=claim.sentence,
        assumptions=tuple(claim.assumptions.sentences()),
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
