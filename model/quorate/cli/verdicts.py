"""Verdicts in words: what a table says, and what programs read."""

from typing import assert_never

from quorate.drawing.table import Expected
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import Asked, Finding, NeverHappens, ProofFound
from quorate.system import HoldsTo, Refuted, Unknown


def verdict_text(finding: Finding) -> str:
    """The verdict in the words of a report."""
    answer, premise = finding.answer, finding.question.asked is Asked.PREMISE
    match answer:
        case ProofFound():
            return "PROVED"
        case NeverHappens():
            return "NEVER REACHED" if premise else "NEVER HAPPENS"
        case Refuted(trace=trace):
            steps = counted(len(trace), "step")
            if premise:
                return f"REACHED in {steps}"
            return f"REFUTED in {steps}" + (", for ever" if trace.loop_start is not None else "")
        case HoldsTo(depth=depth):
            if premise:
                return f"NOT REACHED in {counted(depth, 'step')}"
            return f"HOLDS TO {depth}"
        case Unknown():
            return "UNKNOWN"
        case _:
            assert_never(answer)


def verdict_word(finding: Finding) -> str:
    """The verdict for programs; a premise is reached or not."""
    answer, premise = finding.answer, finding.question.asked is Asked.PREMISE
    match answer:
        case ProofFound():
            return "proved"
        case NeverHappens():
            return "never reached" if premise else "never happens"
        case Refuted():
            return "reached" if premise else "refuted"
        case HoldsTo():
            return "not reached" if premise else "holds"
        case Unknown():
            return "unknown"
        case _:
            assert_never(answer)


def depth(finding: Finding) -> int | None:
    """The steps of the run that was found, or to which none was; None where that says nothing."""
    answer = finding.answer
    match answer:
        case Refuted(trace=trace):
            return len(trace)
        case HoldsTo(depth=depth):
            return depth
        case ProofFound() | NeverHappens() | Unknown():
            return None
        case _:
            assert_never(answer)


def expected_text(finding: Finding) -> Expected:
    """Whether it is what was expected, as a table says it."""
    match finding.as_expected:
        case True:
            claim = finding.question.asked is Asked.CLAIM
            is_open = claim and finding.question.expectation is Expectation.OPEN
            return "open" if is_open else "yes"
        case False:
            return "NO"
        case None:
            return "vacuous" if isinstance(finding.answer, NeverHappens) else "unknown"


def goes_without_saying(finding: Finding) -> bool:
    """That a premise can happen as it should, or not, is said by the verdict of its claim."""
    if finding.question.asked is not Asked.PREMISE:
        return False
    return finding.as_expected is True or isinstance(finding.answer, NeverHappens)


def why(finding: Finding) -> str | None:
    """Why the claim is neither proved nor refuted; None where it is."""
    answer = finding.answer
    match answer:
        case Unknown(reason=reason):
            return reason
        case NeverHappens(situation=situation):
            return f"no run leads to what this speaks of, that {situation}; that is proved"
        case HoldsTo():
            return f"{verdict_text(finding)}; longer runs were not decided"
        case ProofFound() | Refuted():
            return None
        case _:
            assert_never(answer)


def counted(number: int, noun: str) -> str:
    """ "1 step", "2 steps"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
