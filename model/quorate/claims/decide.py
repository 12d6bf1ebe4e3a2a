"""Decides a claim: asks engines, lets evidence judge what they say."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import z3

from quorate.claims.claim import Claim, Expectation
from quorate.engines import bmc, induction
from quorate.errors import EvidenceError
from quorate.evidence import certificate
from quorate.evidence.replay import replay
from quorate.system import (
    Always,
    HoldsTo,
    Proved,
    Refuted,
    System,
    Unknown,
    Verdict,
)


@dataclass(frozen=True)
class Decision:
    """A claim, the judged verdict on it, and the seconds that it took."""

    claim: Claim
    verdict: Verdict
    seconds: float

    @property
    def as_expected(self) -> bool:
        match self.claim.expectation, self.verdict:
            case Expectation.PROVED, Proved():
                return True
            case Expectation.HOLDS, Proved():
                return True
            case Expectation.HOLDS, HoldsTo(depth=depth):
                return self.claim.complete and depth >= self.claim.deepest
            case Expectation.REFUTED, Refuted():
                return True
        return False

    @property
    def undecided(self) -> bool:
        """Neither the expectation nor its contrary was found."""
        if self.as_expected:
            return False
        return isinstance(self.verdict, HoldsTo | Unknown)


def decide(claim: Claim, seconds: float) -> Decision:
    """The verdict on `claim` within `seconds` of wall-clock time."""
    start = time.monotonic()

    def remaining() -> float:
        return seconds - (time.monotonic() - start)

    model = claim.model
    verdict = _find(claim, model.system, claim.make_property(model), remaining)
    return Decision(claim, verdict, time.monotonic() - start)


def _find(
    claim: Claim, system: System, property_: Always, remaining: Callable[[], float]
) -> Verdict:
    if claim.expectation is Expectation.PROVED:
        shallow = judge(
            system, property_, bmc.search(system, z3.Not(property_.formula), 1, remaining), remaining
        )
        if isinstance(shallow, Refuted):
            return shallow
        proof = judge(system, property_, induction.prove(system, property_, remaining), remaining)
        if isinstance(proof, Proved):
            return proof
    found = bmc.search(system, z3.Not(property_.formula), claim.deepest, remaining)
    return judge(system, property_, found, remaining)


def judge(
    system: System, property_: Always, verdict: Verdict, remaining: Callable[[], float]
) -> Verdict:
    """The verdict if its evidence holds, otherwise Unknown with what is wrong with it."""
    try:
        match verdict:
            case Proved(invariant=invariant):
                certificate.check(system, property_, invariant, remaining)
            case Refuted(trace=trace):
                replay(system, trace, z3.Not(property_.formula))
            case HoldsTo() | Unknown():
                pass
    except EvidenceError as error:
        return Unknown(f"the answer of {verdict.engine} failed its check: {error}", verdict.engine)
    return verdict
