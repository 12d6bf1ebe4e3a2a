"""What was found out about one question, as plain values that can leave the process."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.seam import Account, Because, Deviation, Frame, Model
from quorate.system import (
    HoldsTo,
    Property,
    Proved,
    Refuted,
    Sometimes,
    Trace,
    Unknown,
    Verdict,
)
from quorate.values import dataclass


class Asked(enum.Enum):
    """What is asked of a claim."""

    CLAIM = "claim"
    """Does it hold?"""
    TOOTH = "tooth"
    """Is it refuted when a rule is broken?"""
    PREMISE = "premise"
    """Can the situation that it speaks of happen?"""


@dataclass(frozen=True)
class Question:
    """A claim and what is asked of it; `deviation` is the broken rule of a tooth."""

    claim: Claim
    asked: Asked
    deviation: Deviation | None = None

    @property
    def expectation(self) -> Expectation:
        """A tooth is there to refute the claim, and a premise to be reached."""
        match self.asked:
            case Asked.CLAIM:
                return self.claim.expectation
            case Asked.TOOTH:
                return Expectation.REFUTED
            case Asked.PREMISE:
                never = self.claim.expectation is Expectation.NEVER_HAPPENS
                return Expectation.NEVER_HAPPENS if never else Expectation.REFUTED

    @property
    def title(self) -> str:
        match self.asked:
            case Asked.CLAIM:
                return self.claim.title
            case Asked.TOOTH:
                broken = self.deviation.sentence if self.deviation is not None else "nothing"
                return f"{self.claim.title}, if {broken}"
            case Asked.PREMISE:
                return f"{self.claim.title}, premise"

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Every assumption as a reader should hear it, a rule that is broken included."""
        said = tuple(self.claim.circumstances.sentences())
        if self.deviation is None:
            return said
        return (*said, f"broken on purpose: {self.deviation.sentence}")

    @property
    def sentence(self) -> str:
        """What is claimed, or that it is claimed of nothing."""
        match self.asked:
            case Asked.CLAIM | Asked.TOOTH:
                return self.claim.sentence
            case Asked.PREMISE:
                return f"what this speaks of never happens: {self.claim.sentence}"

    def model(self) -> Model:
        """The model that the question is about."""
        model = self.claim.circumstances.model()
        return model if self.deviation is None else self.deviation.twin(model)

    def asks(self, model: Model) -> Property:
        """What a proof of it proves: the claim, or that its premise never happens."""
        match self.asked:
            case Asked.CLAIM | Asked.TOOTH:
                return self.claim.make_property(model)
            case Asked.PREMISE:
                return self.claim.make_premise(model).never


def questions_about(claim: Claim, *, thorough: bool) -> tuple[Question, ...]:
    """The claim itself and its premise, and with `thorough` its teeth."""
    teeth = claim.teeth if thorough else ()
    # A refuted claim shows by its own trace that what it speaks of can happen.
    premise = claim.expectation is not Expectation.REFUTED
    return (
        Question(claim, Asked.CLAIM),
        *(Question(claim, Asked.TOOTH, deviation) for deviation in teeth),
        *((Question(claim, Asked.PREMISE),) if premise else ()),
    )


@dataclass(frozen=True)
class ProofFound:
    """A proof without its formulas: the names of the lemmas that it leans on."""

    lemmas: tuple[str, ...]
    engine: str


@dataclass(frozen=True)
class NeverHappens:
    """A proof that the situation which a claim speaks of is not reached by any run."""

    situation: str
    lemmas: tuple[str, ...]
    engine: str


Answer: TypeAlias = ProofFound | NeverHappens | Refuted | HoldsTo | Unknown
"""A verdict without formulas, to be sent and stored."""


def answer(verdict: Verdict, premise: Sometimes | None = None) -> Answer:
    """`verdict` as plain values; `premise` is what was asked for, if it was one."""
    match verdict:
        case Proved(invariant, engine) if premise is not None:
            return NeverHappens(premise.name, tuple(lemma.name for lemma in invariant), engine)
        case Proved(invariant, engine):
            return ProofFound(tuple(lemma.name for lemma in invariant), engine)
        case Refuted() | HoldsTo() | Unknown():
            return verdict


@dataclass(frozen=True)
class Finding:
    """A question, its answer, the seconds that it took, and the files that certify it: their text
    by a path below the folder that certificates are kept in. Where another question was asked, of
    which this one is the same in other names, it was `decided_as` that, and certified with it."""

    question: Question
    answer: Answer
    seconds: float
    certificate: Mapping[str, str]
    decided_as: Question | None = None

    @property
    def as_expected(self) -> bool | None:
        """None where neither the expectation nor its contrary was found."""
        wanted = self.question.expectation
        match self.answer:
            case ProofFound():
                return wanted in {Expectation.HOLDS, Expectation.OPEN}
            case Refuted():
                return wanted in {Expectation.REFUTED, Expectation.OPEN}
            case NeverHappens():
                return True if wanted in {Expectation.NEVER_HAPPENS, Expectation.OPEN} else None
            case HoldsTo() | Unknown():
                return None
            case _:
                assert_never(self.answer)

    @property
    def trace(self) -> Trace | None:
        """The run that was found."""
        match self.answer:
            case Refuted(trace=trace):
                return trace
            case ProofFound() | NeverHappens() | HoldsTo() | Unknown():
                return None

    @property
    def counterexample(self) -> Trace | None:
        """The run that refutes the claim, or a twin of it; a run to a premise is none."""
        match self.question.asked:
            case Asked.CLAIM | Asked.TOOTH:
                return self.trace
            case Asked.PREMISE:
                return None

    def account(self, because: Because | None = None) -> Account | None:
        """The run that refutes the claim, as people see it; None where there is none. `because` is
        what was found to make it one."""
        trace, question = self.counterexample, self.question
        if trace is None:
            return None
        claim, deviation = question.claim, question.deviation
        frame = Frame(
            claim.title,
            claim.violation,
            deviation.sentence if deviation is not None else None,
            claim.about,
            claim.sentence,
            claim.why,
            claim.shown,
            claim.assuming,
            because,
        )
        return question.model().account(trace, frame)


def with_premises(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, in order. A claim that no run breaks, and whose premise no run reaches, does
    not hold of anything: the answer to its premise is its answer."""
    never = {
        finding.question.claim: finding.answer
        for finding in findings
        if finding.question.asked is Asked.PREMISE and isinstance(finding.answer, NeverHappens)
    }
    return [_with_premise(finding, never) for finding in findings]


def _with_premise(finding: Finding, never: Mapping[Claim, NeverHappens]) -> Finding:
    match finding.answer:
        case ProofFound() | HoldsTo() if finding.question.asked is Asked.CLAIM:
            return replace(finding, answer=never.get(finding.question.claim, finding.answer))
        case _:
            return finding
