"""What was found out about one question, as plain values that can leave the process."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from quorate.inquiry.claim import Claim, Expectation
from quorate.system import HoldsTo, Proved, Refuted, Trace, Unknown, Verdict
from quorate.windows.groups.activity import Scene
from quorate.windows.membership.situation import Moment
from quorate.windows.models import AnyDeviation


class Kind(enum.Enum):
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
    kind: Kind
    deviation: AnyDeviation | None = None

    @property
    def title(self) -> str:
        match self.kind:
            case Kind.CLAIM:
                return self.claim.title
            case Kind.TOOTH:
                broken = self.deviation.value if self.deviation is not None else "nothing"
                return f"{self.claim.title}, if {broken}"
            case Kind.PREMISE:
                return f"{self.claim.title}, premise"


def questions_about(claim: Claim, *, thorough: bool) -> tuple[Question, ...]:
    """The claim itself and its premise, and with `thorough` its teeth."""
    teeth = claim.teeth if thorough else ()
    # A refuted claim shows by its own trace that what it speaks of can happen.
    premise = claim.expectation is Expectation.HOLDS
    return (
        Question(claim, Kind.CLAIM),
        *(Question(claim.twin(deviation), Kind.TOOTH, deviation) for deviation in teeth),
        *((Question(claim, Kind.PREMISE),) if premise else ()),
    )


@dataclass(frozen=True)
class Answer:
    """A verdict without its formulas. `lemmas` are the names of the invariant's parts; `trace` and
    `moments`, or scenes in the life of groups, are those of a run that was found."""

    word: str
    engine: str
    depth: int | None = None
    reason: str = ""
    shortest: bool = False
    lemmas: tuple[str, ...] = ()
    trace: Trace | None = None
    moments: tuple[Moment, ...] | tuple[Scene, ...] = ()

    @property
    def goes_round(self) -> bool:
        """The run that was found goes on for ever."""
        return self.trace is not None and self.trace.loop_start is not None


PROVED, REFUTED, HOLDS, UNKNOWN = "proved", "refuted", "holds", "unknown"


def answer(verdict: Verdict, moments: tuple[Moment, ...] | tuple[Scene, ...]) -> Answer:
    """`verdict` as plain values; `moments` are those of its trace, if it has one."""
    match verdict:
        case Proved(invariant, engine):
            return Answer(PROVED, engine, lemmas=tuple(lemma.name for lemma in invariant))
        case Refuted(trace, engine, shortest):
            return Answer(
                REFUTED, engine, len(trace), shortest=shortest, trace=trace, moments=moments
            )
        case HoldsTo(depth, engine):
            return Answer(HOLDS, engine, depth)
        case Unknown(reason, engine):
            return Answer(UNKNOWN, engine, reason=reason)


@dataclass(frozen=True)
class Finding:
    """A question, its answer, the seconds that it took, and the files that certify it: their text
    by a path below the folder that certificates are kept in."""

    question: Question
    answer: Answer
    seconds: float
    certificate: Mapping[str, str]

    @property
    def as_expected(self) -> bool | None:
        """None where neither the expectation nor its contrary was found."""
        match self.question.kind, self.answer.word:
            case _, "unknown":
                return None
            case Kind.PREMISE, "refuted":
                return True
            case Kind.PREMISE, "proved":
                return False
            case Kind.PREMISE, "holds":
                return False if self._exhausted else None
            case ((Kind.CLAIM | Kind.TOOTH), "refuted"):
                return self.question.claim.expectation is Expectation.REFUTED
            case ((Kind.CLAIM | Kind.TOOTH), "holds") if not self._exhausted:
                return None
        return self.question.claim.expectation is Expectation.HOLDS

    @property
    def _exhausted(self) -> bool:
        """Every run that there is was searched."""
        claim = self.question.claim
        return claim.complete and (self.answer.depth or 0) >= claim.deepest

    @property
    def verdict(self) -> str:
        """The verdict in the words of a report."""
        steps = f"{self.answer.depth} step" + ("" if self.answer.depth == 1 else "s")
        if self.question.kind is Kind.PREMISE:
            reached = {REFUTED: f"REACHED in {steps}", HOLDS: f"NOT REACHED in {steps}"}
            return reached.get(self.answer.word, "UNKNOWN")
        match self.answer.word:
            case "proved":
                return "PROVED"
            case "refuted" if self.answer.goes_round:
                return f"REFUTED in {steps}, for ever"
            case "refuted":
                return f"REFUTED in {steps}"
            case "holds":
                return f"HOLDS TO {self.answer.depth}" + (" (all runs)" if self._exhausted else "")
        return "UNKNOWN"
