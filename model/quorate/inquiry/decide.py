"""Decides questions about one system: asks engines, lets evidence judge what they say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from quorate.changes.reduced import reduced
from quorate.engines.contract import Searcher
from quorate.errors import EvidenceError
from quorate.evidence.binding import Bound
from quorate.evidence.judge import Judge
from quorate.evidence.obligation import Obligation
from quorate.inquiry.asking import proved, searched
from quorate.inquiry.engines import Engines
from quorate.system import (
    Always,
    Ceases,
    EachStep,
    HoldsTo,
    LeadsTo,
    Lemma,
    Property,
    Proved,
    Refuted,
    Sometimes,
    System,
    Unknown,
    Verdict,
)
from quorate.values import dataclass

if TYPE_CHECKING:
    from quorate.engines.explicit import Paths
    from quorate.evidence.replay import Replayer

JUDGE = "judge"
NEAR = 6
"""Runs of so few steps are looked at sooner than a proof is found."""

_SHALLOW = 2
"""Steps up to which a search is over before it is found out what is known."""


@dataclass
class Inquiry:
    """All questions about one system. What is true of the system is found out, and judged, once."""

    system: System
    remaining_seconds: Callable[[], float]
    engines: Engines = field(default_factory=Engines)
    _stages: dict[tuple[Lemma, ...], EvidenceError | None] = field(default_factory=dict)
    _known: tuple[Lemma, ...] | None = None
    _judged_system: tuple[EvidenceError | None, ...] = ()

    @property
    def known(self) -> tuple[Lemma, ...]:
        """The lemmas that are offered and hold for ever, as far as that is seen; judged, because
        what a search says of shorter runs leans on them. What was not seen for want of time is
        asked again by the next question."""
        if self._known is None:
            offered = self.system.offered
            lemmas = self.engines.invariants(self.system, offered, self.remaining_seconds)
            if self._objection_to_lemmas(lemmas) is not None:
                lemmas = ()
            if self.remaining_seconds() <= 0:
                return ()
            self._known = lemmas
        return self._known

    def decide(self, claim: Property, deepest: int) -> Verdict:
        """The judged verdict, from a proof or from runs of at most `deepest` steps."""
        return self._unreadable(claim) or self._decided(claim, deepest)

    def refute(self, claim: Property, deepest: int) -> Verdict:
        """As `decide`, for a claim that is expected to be refuted: the search comes first, and
        leans on nothing, since to find out what is known takes as long as most searches."""
        unreadable = self._unreadable(claim)
        if unreadable is not None:
            return unreadable
        found = self._searched(claim, deepest, ())
        if isinstance(found, Refuted):
            return self._judged(claim, found)
        return self._decided(claim, deepest)

    def find_out(self, claim: Property, deepest: int) -> Verdict:
        """As `decide`, for a claim of which nobody knows: where what is offered is no proof, short
        runs are looked at, which leans on nothing, before anybody is asked for one."""
        unreadable = self._unreadable(claim)
        if unreadable is not None:
            return unreadable
        offered = self._offered_proof(claim)
        if isinstance(offered, Proved):
            return offered
        kept = self.remaining_seconds() / 2
        near = self._searched(
            claim,
            min(deepest, NEAR),
            (),
            remaining_seconds=lambda: self.remaining_seconds() - kept,
        )
        if isinstance(near, Refuted | Proved):
            return self._judged(claim, near)
        return self._not_offered(claim, deepest, offered)

    def reach(self, premise: Sometimes, path: Sequence[str], deepest: int) -> Verdict:
        """Refuted, with the run that shows it, when the situation can be reached; along `path` if
        that is possible. Proved when it never happens."""
        never = premise.never
        unreadable = self._unreadable(never)
        if unreadable is not None:
            return unreadable
        if path and all(name in self.system.action for name in path):
            judged = self._judged(never, self._led(never, path))
            if isinstance(judged, Refuted):
                return judged
        first = self.engines.searchers[:1]
        found = self._judged(never, self._searched(never, min(deepest, _SHALLOW), (), first))
        if not isinstance(found, Refuted):
            found = self._judged(never, self._searched(never, deepest, self.known))
        if isinstance(found, HoldsTo):
            offered = self._offered_proof(never)
            if isinstance(offered, Proved):
                return offered
            proof = self._judged(never, self._asked_for_proof(never))
            return proof if isinstance(proof, Proved) else found
        return found

    def _unreadable(self, claim: Property) -> Unknown | None:
        """What is wrong with the system or with the claim itself, before anybody is asked; None if
        nothing. Where there is no first state, a search would find no run and a prover no case."""
        if self._objection_to_system is not None:
            return Unknown(str(self._objection_to_system), JUDGE)
        try:
            self.bound.well_formed.check_claim(claim)
        except EvidenceError as error:
            return Unknown(str(error), JUDGE)
        return None

    def _decided(self, claim: Property, deepest: int) -> Verdict:
        """What is offered comes first; then provers are asked, and then searchers."""
        offered = self._offered_proof(claim)
        if isinstance(offered, Proved):
            return offered
        return self._not_offered(claim, deepest, offered)

    def _not_offered(self, claim: Property, deepest: int, offered: EvidenceError | None) -> Verdict:
        """What provers and searchers say, where what is offered is no proof."""
        proof = self._asked_for_proof(claim)
        if isinstance(proof, Proved):
            return self._judged(claim, proof)
        searched = self._searched(claim, deepest, self.known)
        if isinstance(searched, Unknown):
            why = proof.reason if isinstance(claim, Always) else offered
            return Unknown(f"{why}; {searched.reason}", searched.engine)
        return self._judged(claim, searched)

    def _offered_proof(self, claim: Property) -> Proved | EvidenceError | None:
        """What the author offers, lemmas and perhaps a measure, is a proof if the judge has nothing
        against it; else what he has against the most of it."""
        objection: EvidenceError | None = None
        for lemmas in self._leaned_on(claim):
            objection = self._objection_to(claim, lemmas)
            if objection is None:
                return Proved(lemmas, _offered(claim))
        return objection

    def _leaned_on(self, claim: Property) -> Iterator[tuple[Lemma, ...]]:
        """What a proof may lean on: the fewest first stages of what is offered that prove it; of a
        claim about steps or about what comes in the end, in the end what is known to hold."""
        offered = self.system.offered
        match claim:
            case Always():
                lemmas = self.engines.sufficient(offered, claim, self.remaining_seconds)
                if lemmas:
                    yield lemmas
            case EachStep() | LeadsTo() | Ceases():
                for stage in sorted({lemma.stage for lemma in offered}):
                    yield tuple(lemma for lemma in offered if lemma.stage <= stage)
                yield self.known

    def _asked_for_proof(self, claim: Property) -> Proved | Unknown:
        """The first proof that a prover has, not judged yet; else what the last of them says."""
        said = Unknown("nobody was asked for a proof", JUDGE)
        for prover in self.engines.provers:
            found = proved(prover, self.system, claim, self.known, self.remaining_seconds)
            if isinstance(found, Proved):
                return found
            said = found
        return said

    def _searched(
        self,
        claim: Property,
        deepest: int,
        known: tuple[Lemma, ...],
        searchers: Sequence[Searcher] | None = None,
        remaining_seconds: Callable[[], float] | None = None,
    ) -> Verdict:
        """What searchers, all or these, say of runs of at most `deepest` steps, leaning on `known`;
        not judged yet. The most that any of them says; where none can say anything, why the first
        cannot."""
        said: Verdict | None = None
        remaining = remaining_seconds or self.remaining_seconds
        for search in self.engines.searchers if searchers is None else searchers:
            found = searched(search, self.system, claim, deepest, remaining, known)
            match found:
                case Refuted() | Proved():
                    return found
                case HoldsTo(depth=depth):
                    if not isinstance(said, HoldsTo) or said.depth < depth:
                        said = found
                case Unknown():
                    said = said or found
        return said or Unknown("nobody was asked for a run", JUDGE)

    def _led(self, never: Always, path: Sequence[str]) -> Refuted | Unknown:
        """A run along `path` that ends where it may not, if there is one."""
        led = self._paths.follow(never, path, self.remaining_seconds)
        if isinstance(led, Refuted):
            return led
        from quorate.changes.cone import cone  # noqa: PLC0415 - seldom is a solver needed
        from quorate.engines import bmc  # noqa: PLC0415

        change = cone(self.system, never)
        found = bmc.follow(change.system, never, path, self.remaining_seconds)
        if isinstance(found, Refuted):
            return replace(found, trace=change.run(found.trace))
        return found

    def _judged(self, claim: Property, verdict: Verdict) -> Verdict:
        """The verdict if its evidence holds, otherwise Unknown with what is wrong with it."""
        match verdict:
            case Proved(reduced=True):
                inquiry, asked = self._reduced(claim)
                objection = inquiry._objection_to(asked, verdict.invariant)
            case Proved():
                objection = self._objection_to(claim, verdict.invariant)
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

    def _reduced(self, claim: Property) -> tuple["Inquiry", Always]:
        """The same question about the system that it was reduced to, which is built once more."""
        change = reduced(self.system, claim)
        return Inquiry(change.system, self.remaining_seconds, self.engines), change.claim

    def _objection_to(self, claim: Property, invariant: tuple[Lemma, ...]) -> EvidenceError | None:
        """What the judge has against a proof, None if nothing."""
        objection = self._objection_to_system or self._objection_to_lemmas(invariant)
        if objection is not None:
            return objection
        return self._objection(self.bound.owed.claim(claim, invariant))

    @property
    def _objection_to_system(self) -> EvidenceError | None:
        """What the judge has against the system that all claims are about, None if nothing. It is
        judged once; what was not seen for want of time is asked again by the next question."""
        if not self._judged_system:
            objection = self._ill_formed
            if objection is None:
                objection = self._objection([self.bound.owed.start])
            if objection is not None and self.remaining_seconds() <= 0:
                return objection
            self._judged_system = (objection,)
        return self._judged_system[0]

    @property
    def _ill_formed(self) -> EvidenceError | None:
        try:
            self.bound.well_formed.check_system()
        except EvidenceError as error:
            return error
        return None

    def _objection_to_lemmas(self, invariant: tuple[Lemma, ...]) -> EvidenceError | None:
        """What the judge has against an invariant, None if nothing. Stages that several questions
        lean on are judged once."""
        try:
            self.bound.well_formed.check_lemmas(invariant)
        except EvidenceError as error:
            return error
        for stage in sorted({lemma.stage for lemma in invariant}):
            leaned_on = tuple(lemma for lemma in invariant if lemma.stage <= stage)
            if leaned_on not in self._stages:
                objection = self._objection(self.bound.owed.stage(leaned_on))
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
    def bound(self) -> Bound:
        """The system, and what is owed for proofs about it."""
        return Bound(self.system)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.system.definitions)


def _offered(claim: Property) -> str:
    """What reports call a proof by what the author of a model offers."""
    match claim:
        case Always() | EachStep():
            return "induction"
        case LeadsTo() | Ceases():
            return "ranking"
