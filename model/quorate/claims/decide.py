"""Decides questions about one system: asks engines, lets evidence judge what they say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import z3

from quorate.cluster import Cluster
from quorate.dynamics import Assumptions, Membership
from quorate.engines import bmc, induction
from quorate.errors import EvidenceError
from quorate.evidence import certificate
from quorate.evidence.certificate import Obligation
from quorate.evidence.replay import replay
from quorate.system import (
    Always,
    HoldsTo,
    Lemma,
    Proved,
    Refuted,
    Sometimes,
    System,
    Unknown,
    Verdict,
)

Prover = Callable[[System, Always, tuple[Lemma, ...], Callable[[], float]], Proved | Unknown]
Searcher = Callable[
    [System, Always, int, Callable[[], float], tuple[Lemma, ...]], Refuted | HoldsTo | Unknown
]


@dataclass(frozen=True)
class Engines:
    """Who is asked: a prover for unbounded time, and a search for shortest counterexamples."""

    prove: Prover = induction.prove
    search: Searcher = bmc.search


@dataclass
class Inquiry:
    """All questions about one cluster under the same assumptions. What is true of the system is
    found out, and judged, once."""

    cluster: Cluster
    assumptions: Assumptions
    remaining_seconds: Callable[[], float]
    engines: Engines = field(default_factory=Engines)

    @cached_property
    def model(self) -> Membership:
        return Membership(self.cluster, self.assumptions)

    @property
    def system(self) -> System:
        return self.model.system

    @cached_property
    def known(self) -> tuple[Lemma, ...]:
        """The lemmas of the model that are seen to hold for ever."""
        return induction.inductive(self.system, self.system.offered, self.remaining_seconds)

    @cached_property
    def _known_is_bad(self) -> EvidenceError | None:
        """What the judge has against `known`, None if nothing."""
        obligations = certificate.invariant_obligations(self.system, self.known)
        return _objection(obligations, self.remaining_seconds)

    def decide(self, claim: Always, deepest: int) -> Verdict:
        """The judged verdict on an `Always`, from a proof or from runs of at most `deepest`
        steps."""
        proof = self.engines.prove(self.system, claim, self.known, self.remaining_seconds)
        if isinstance(proof, Proved):
            return self._judged(claim, proof)
        found = self.engines.search(self.system, claim, deepest, self.remaining_seconds, self.known)
        if isinstance(found, Unknown):
            return Unknown(f"{proof.reason}; {found.reason}", found.engine)
        return self._judged(claim, found)

    def refute(self, claim: Always, deepest: int) -> Verdict:
        """As `decide`, for a claim that is expected to be refuted: the search comes first."""
        found = self.engines.search(self.system, claim, deepest, self.remaining_seconds, self.known)
        if isinstance(found, Refuted):
            return self._judged(claim, found)
        return self.decide(claim, deepest)

    def reach(self, premise: Sometimes, deepest: int) -> Verdict:
        """Refuted, with the run that shows it, when the situation can be reached."""
        never = Always(premise.name, z3.Not(premise.formula))
        found = self.engines.search(self.system, never, deepest, self.remaining_seconds, self.known)
        return self._judged(never, found)

    def obligations(
        self, claim: Always, proof: Proved
    ) -> tuple[list[Obligation], list[Obligation]]:
        """What must be checked to believe a proof: of the invariant, and of the claim."""
        return (
            list(certificate.invariant_obligations(self.system, proof.invariant)),
            list(certificate.claim_obligations(self.system, claim, proof.invariant)),
        )

    def _judged(self, claim: Always, verdict: Verdict) -> Verdict:
        """The verdict if its evidence holds, otherwise Unknown with what is wrong with it."""
        match verdict:
            case Proved(invariant=invariant):
                objection = self._objection_to(claim, invariant)
            case Refuted(trace=trace):
                objection = None
                try:
                    replay(self.system, trace, z3.Not(claim.formula))
                except EvidenceError as error:
                    objection = error
            case HoldsTo() | Unknown():
                return verdict
        if objection is None:
            return verdict
        return Unknown(
            f"the answer of {verdict.engine} failed its check: {objection}", verdict.engine
        )

    def _objection_to(self, claim: Always, invariant: tuple[Lemma, ...]) -> EvidenceError | None:
        if invariant == self.known:
            objection = self._known_is_bad
        else:
            obligations = certificate.invariant_obligations(self.system, invariant)
            objection = _objection(obligations, self.remaining_seconds)
        if objection is not None:
            return objection
        obligations = certificate.claim_obligations(self.system, claim, invariant)
        return _objection(obligations, self.remaining_seconds)


def _objection(
    obligations: Iterable[Obligation], remaining_seconds: Callable[[], float]
) -> EvidenceError | None:
    try:
        certificate.check(obligations, remaining_seconds)
    except EvidenceError as error:
        return error
    return None
