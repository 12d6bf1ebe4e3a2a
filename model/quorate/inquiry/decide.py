"""Decides questions about one system: asks engines, lets evidence judge what they say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import z3

from quorate.cluster import Cluster
from quorate.engines import induction
from quorate.errors import EvidenceError
from quorate.evidence import certificate, progress
from quorate.evidence.certificate import Obligation
from quorate.evidence.judge import Judge
from quorate.inquiry.engines import Engines
from quorate.system import (
    Always,
    Ceases,
    EachStep,
    HoldsTo,
    LeadsTo,
    Lemma,
    Progress,
    Property,
    Proved,
    Refuted,
    Sometimes,
    System,
    Unknown,
    Verdict,
)
from quorate.windows.models import Circumstances, Model, model_of

if TYPE_CHECKING:
    from quorate.engines.explicit import Paths
    from quorate.evidence.replay import Replayer

RANKING, JUDGE = "ranking", "judge"


@dataclass
class Inquiry:
    """All questions about one cluster under the same assumptions. What is true of the system is
    found out, and judged, once."""

    cluster: Cluster
    assumptions: Circumstances
    remaining_seconds: Callable[[], float]
    engines: Engines = field(default_factory=Engines)
    _stages: dict[tuple[Lemma, ...], EvidenceError | None] = field(default_factory=dict)
    _known: tuple[Lemma, ...] | None = None

    @cached_property
    def model(self) -> Model:
        return model_of(self.cluster, self.assumptions)

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

    def decide(self, claim: Property, deepest: int) -> Verdict:
        """The judged verdict, from a proof or from runs of at most `deepest` steps."""
        return self._unreadable(claim) or self._decided(claim, deepest)

    def _unreadable(self, claim: Property) -> Unknown | None:
        """What is wrong with the claim itself, before anybody is asked; None if nothing."""
        try:
            certificate.check_claim(self.system, claim)
        except EvidenceError as error:
            return Unknown(str(error), JUDGE)
        return None

    def _decided(self, claim: Property, deepest: int) -> Verdict:
        match claim:
            case Always():
                return self._decide_always(claim, deepest)
            case EachStep():
                return self._decide_as_offered(claim, induction.ENGINE, deepest)
            case LeadsTo() | Ceases():
                return self._decide_as_offered(claim, RANKING, deepest)

    def _decide_as_offered(self, claim: EachStep | Progress, engine: str, deepest: int) -> Verdict:
        """What the author offers, lemmas and a measure, is a proof if the judge has nothing against
        it."""
        objection: EvidenceError | None = None
        for lemmas in self._leaned_on():
            objection = self._objection_to(claim, lemmas)
            if objection is None:
                return Proved(lemmas, engine)
        found = self._searched(claim, deepest)
        if isinstance(found, Unknown):
            return Unknown(f"{objection}; {found.reason}", found.engine)
        return self._judged(claim, found)

    def _leaned_on(self) -> Iterator[tuple[Lemma, ...]]:
        """What a proof may lean on: the fewest first stages of what is offered, in the end what is
        known to hold of it."""
        offered = self.system.offered
        for stage in sorted({lemma.stage for lemma in offered}):
            yield tuple(lemma for lemma in offered if lemma.stage <= stage)
        yield self.known

    def _searched(self, claim: Property, deepest: int) -> Refuted | HoldsTo | Unknown:
        """What runs of at most `deepest` steps say, not judged yet."""
        engines, known, seconds = self.engines, self.known, self.remaining_seconds
        match claim:
            case Always():
                return engines.search(self.system, claim, deepest, seconds, known)
            case EachStep():
                return engines.search_steps(self.system, claim, deepest, seconds, known)
            case LeadsTo() | Ceases():
                return engines.search_lassos(self.system, claim, deepest, seconds, known)

    def _decide_always(self, claim: Always, deepest: int) -> Verdict:
        # The judge checks lemmas anyway; where the author's suffice, it is asked at once.
        lemmas = induction.sufficient(self.system.offered, claim, self.remaining_seconds)
        if lemmas and self._objection_to(claim, lemmas) is None:
            return Proved(lemmas, induction.ENGINE)
        proof = self.engines.prove(self.system, claim, self.known, self.remaining_seconds)
        if isinstance(proof, Proved):
            return self._judged(claim, proof)
        found = self._searched(claim, deepest)
        if isinstance(found, Unknown):
            return Unknown(f"{proof.reason}; {found.reason}", found.engine)
        return self._judged(claim, found)

    def refute(self, claim: Property, deepest: int) -> Verdict:
        """As `decide`, for a claim that is expected to be refuted: the search comes first."""
        unreadable = self._unreadable(claim)
        if unreadable is not None:
            return unreadable
        found = self._searched(claim, deepest)
        if isinstance(found, Refuted):
            return self._judged(claim, found)
        return self._decided(claim, deepest)

    def reach(self, premise: Sometimes, path: Sequence[str], deepest: int) -> Verdict:
        """Refuted, with the run that shows it, when the situation can be reached; along `path` if
        that is possible."""
        never = Always(premise.name, z3.Not(premise.formula))
        if path and all(name in self.system.action for name in path):
            led = self._paths.follow(never, path, self.remaining_seconds)
            if isinstance(led, Unknown):
                from quorate.engines import bmc  # noqa: PLC0415 - a last resort

                led = bmc.follow(self.system, never, path, self.remaining_seconds)
            judged = self._judged(never, led)
            if isinstance(judged, Refuted):
                return judged
        return self._judged(never, self._searched(never, deepest))

    def obligations(self, claim: Property, proof: Proved) -> Iterator[Obligation]:
        """What must be checked to believe a proof."""
        yield from certificate.invariant_obligations(self.system, proof.invariant)
        yield from self._claim_obligations(claim, proof.invariant)

    def _claim_obligations(
        self, claim: Property, invariant: tuple[Lemma, ...]
    ) -> Iterator[Obligation]:
        """What makes an invariant a proof of the claim."""
        match claim:
            case Always():
                return certificate.claim_obligations(self.system, claim, invariant)
            case EachStep():
                return certificate.step_obligations(self.system, claim, invariant)
            case LeadsTo() | Ceases():
                return progress.progress_obligations(self.system, claim, invariant)

    def _judged(self, claim: Property, verdict: Verdict) -> Verdict:
        """The verdict if its evidence holds, otherwise Unknown with what is wrong with it."""
        match verdict:
            case Proved(invariant=invariant):
                objection = self._objection_to(claim, invariant)
            case Refuted(trace=trace):
                objection = None
                try:
                    self._replayer.replay_refutation(trace, claim)
                except EvidenceError as error:
                    objection = error
            case HoldsTo() | Unknown():
                return verdict
        if objection is None:
            return verdict
        return Unknown(
            f"the answer of {verdict.engine} failed its check: {objection}", verdict.engine
        )

    def _objection_to(self, claim: Property, invariant: tuple[Lemma, ...]) -> EvidenceError | None:
        """What the judge has against a proof, None if nothing."""
        objection = self._objection_to_lemmas(invariant)
        if objection is not None:
            return objection
        if self._objection_to_system is not None:
            return self._objection_to_system
        return self._objection(self._claim_obligations(claim, invariant))

    @cached_property
    def _objection_to_system(self) -> EvidenceError | None:
        """What the judge has against the system that all claims are about, None if nothing."""
        try:
            certificate.check_system(self.system)
        except EvidenceError as error:
            return error
        return None

    def _objection_to_lemmas(self, invariant: tuple[Lemma, ...]) -> EvidenceError | None:
        """What the judge has against an invariant, None if nothing. Stages that several questions
        lean on are judged once."""
        try:
            certificate.check_lemmas(self.system, invariant)
        except EvidenceError as error:
            return error
        for stage in sorted({lemma.stage for lemma in invariant}):
            leaned_on = tuple(lemma for lemma in invariant if lemma.stage <= stage)
            if leaned_on not in self._stages:
                obligations = certificate.stage_obligations(self.system, leaned_on, stage)
                objection = self._objection(obligations)
                if objection is not None and self.remaining_seconds() <= 0:
                    return objection
                self._stages[leaned_on] = objection
            if self._stages[leaned_on] is not None:
                return self._stages[leaned_on]
        return None

    def _objection(self, obligations: Iterable[Obligation]) -> EvidenceError | None:
        if self.remaining_seconds() <= 0:
            return EvidenceError("no time was left to check the answer")
        try:
            self._judge.check(obligations, self.remaining_seconds)
        except EvidenceError as error:
            return error
        return None

    @cached_property
    def _paths(self) -> "Paths":
        from quorate.engines.explicit import Paths  # noqa: PLC0415 - only premises need it

        return Paths(self.system)

    @cached_property
    def _replayer(self) -> "Replayer":
        from quorate.evidence.replay import Replayer  # noqa: PLC0415 - only runs need it

        return Replayer(self.system)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.system.definitions)
