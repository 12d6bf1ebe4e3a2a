"""Decides questions about one system: asks engines, lets evidence judge what they say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import z3

from quorate.cluster import Cluster
from quorate.dynamics import Assumptions, Membership
from quorate.engines import bmc, explicit, induction
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
    _stages: dict[tuple[Lemma, ...], EvidenceError | None] = field(default_factory=dict)
    _known: tuple[Lemma, ...] | None = None

    @cached_property
    def model(self) -> Membership:
        return Membership(self.cluster, self.assumptions)

    @property
    def system(self) -> System:
        return self.model.system

    @property
    def known(self) -> tuple[Lemma, ...]:
        """The lemmas of the model that hold for ever, as far as that is seen; judged, because what
        a search says of shorter runs leans on them. What was not seen for want of time is asked
        again by the next question."""
        if self._known is None:
            lemmas = induction.inductive(self.system, self.system.offered, self.remaining_seconds)
            if self._objection_to_lemmas(lemmas) is not None:
                lemmas = ()
            if self.remaining_seconds() <= 0:
                return ()
            self._known = lemmas
        return self._known

    def decide(self, claim: Always, deepest: int) -> Verdict:
        """The judged verdict on an `Always`, from a proof or from runs of at most `deepest`
        steps."""
        # The judge checks lemmas anyway; where the author's suffice, it is asked at once.
        lemmas = induction.sufficient(self.system.offered, claim, self.remaining_seconds)
        if lemmas and self._objection_to(claim, lemmas) is None:
            return Proved(lemmas, induction.ENGINE)
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

    def reach(self, premise: Sometimes, path: Sequence[str], deepest: int) -> Verdict:
        """Refuted, with the run that shows it, when the situation can be reached; along `path` if
        that is possible."""
        never = Always(premise.name, z3.Not(premise.formula))
        if path and all(name in self.system.action for name in path):
            led = explicit.follow(self.system, never, path, self.remaining_seconds)
            if isinstance(led, Unknown):
                led = bmc.follow(self.system, never, path, self.remaining_seconds)
            judged = self._judged(never, led)
            if isinstance(judged, Refuted):
                return judged
        found = self.engines.search(self.system, never, deepest, self.remaining_seconds, self.known)
        return self._judged(never, found)

    def obligations(self, claim: Always, proof: Proved) -> Iterator[Obligation]:
        """What must be checked to believe a proof."""
        yield from certificate.invariant_obligations(self.system, proof.invariant)
        yield from certificate.claim_obligations(self.system, claim, proof.invariant)

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
        """What the judge has against a proof, None if nothing."""
        objection = self._objection_to_lemmas(invariant)
        if objection is not None:
            return objection
        try:
            certificate.check_bound(self.system, claim)
        except EvidenceError as error:
            return error
        obligations = certificate.claim_obligations(self.system, claim, invariant)
        return _objection(obligations, self.remaining_seconds)

    def _objection_to_lemmas(self, invariant: tuple[Lemma, ...]) -> EvidenceError | None:
        """What the judge has against an invariant, None if nothing. Stages that several questions
        lean on are judged once."""
        for stage in sorted({lemma.stage for lemma in invariant}):
            leaned_on = tuple(lemma for lemma in invariant if lemma.stage <= stage)
            if leaned_on not in self._stages:
                obligations = certificate.stage_obligations(self.system, leaned_on, stage)
                objection = _objection(obligations, self.remaining_seconds)
                if objection is not None and self.remaining_seconds() <= 0:
                    return objection
                self._stages[leaned_on] = objection
            if self._stages[leaned_on] is not None:
                return self._stages[leaned_on]
        return None


def _objection(
    obligations: Iterable[Obligation], remaining_seconds: Callable[[], float]
) -> EvidenceError | None:
    try:
        certificate.check(obligations, remaining_seconds)
    except EvidenceError as error:
        return error
    return None
