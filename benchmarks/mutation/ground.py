"""What is known of a system before it is broken."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import assert_never

import z3

from mutation.limits import PATIENCE
from mutation.sites import Site, sites
from mutation.vocabulary import vocabulary
from quorate.changes.mutants import Mutant, Part, mutants
from quorate.counting.sets import empty, some
from quorate.engines.induction import inductive
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.inquire import Clock
from quorate.system import Formula, Lemma, Property, Proved, Refuted, System, Trace, expanded
from quorate.windows.groups.model import Groups
from quorate.windows.groups.situation import Phase
from quorate.windows.membership import Membership
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class Expected:
    """A claim about the whole system, its proof or the run that refutes it, and a run to its
    premise."""

    claim: Claim
    property: Property
    proof: tuple[Lemma, ...]
    refutation: Trace | None
    premise: Trace | None


@dataclass(frozen=True)
class Ground:
    """A site before anything is broken. Raises `RuntimeError` for a claim that is not as expected
    to begin with."""

    site: Site

    @cached_property
    def model(self) -> Membership | Groups:
        return self.site.circumstances.model()

    @property
    def system(self) -> System:
        return self.model.system

    @cached_property
    def mutants(self) -> dict[Part, list[Mutant]]:
        return by_part(mutants(self.system, vocabulary(self.model)))

    @cached_property
    def expected(self) -> list[Expected]:
        clock = Clock(3 * PATIENCE)
        inquiry = Inquiry(self.system, clock.remaining)
        found = []
        for claim in self.site.claims:
            clock.restart()
            found.append(self._expected(inquiry, claim))
        return found

    def _expected(self, inquiry: Inquiry, claim: Claim) -> Expected:
        asked = claim.make_property(self.model)
        if claim.expectation is Expectation.REFUTED:
            refuted = inquiry.refute(asked, claim.deepest)
            if isinstance(refuted, Refuted):
                return Expected(claim, asked, (), refuted.trace, None)
            raise RuntimeError(f"{self.site.title}: {claim.title} is {refuted}")
        proved = inquiry.find_out(asked, claim.deepest)
        if isinstance(proved, Refuted) and claim.expectation is Expectation.OPEN:
            return Expected(claim, asked, (), proved.trace, None)
        premise = inquiry.reach(claim.make_premise(self.model), claim.path, claim.deepest)
        if isinstance(proved, Proved) and isinstance(premise, Refuted):
            return Expected(claim, asked, proved.invariant, None, premise.trace)
        raise RuntimeError(f"{self.site.title}: {claim.title} is {proved}, premise {premise}")

    @cached_property
    def lemmas(self) -> tuple[Lemma, ...]:
        """What holds of every state that the unbroken system reaches."""
        offered = (*self.system.offered, *_more_lemmas(self.model))
        return inductive(self.system, offered, Clock(3 * PATIENCE).remaining)

    @cached_property
    def invariant(self) -> tuple[Formula, ...]:
        """The same, definitions looked into."""
        return tuple(self.defined(lemma.formula) for lemma in self.lemmas)

    def defined(self, formula: Formula) -> Formula:
        return expanded(self.system.definitions, formula)


def by_part(found: Iterator[Mutant]) -> dict[Part, list[Mutant]]:
    parts: dict[Part, list[Mutant]] = {}
    for mutant in found:
        parts.setdefault(mutant.part, []).append(mutant)
    return parts


def _more_lemmas(model: Membership | Groups) -> Iterator[Lemma]:
    """What is true as well, needed by no claim."""
    match model:
        case Membership():
            nobody = model.state.current == model.state.sets.everything
            yield Lemma("nobody is outdated where nothing changes", nobody, 9)
            yield from _of_the_witness(model.state)
        case Groups():
            for group in model.state.groups:
                if group.moves_live:
                    changing = group.starting | group.stopping | group.failed
                    settled = z3.And(group.online == group.desired, empty(changing))
                    kept = z3.Implies(group.is_in(Phase.MIGRATING), settled)
                    yield Lemma(f"what migrates is settled ({group.key})", kept, 9)
        case _:
            assert_never(model)


def _of_the_witness(state: MembershipState) -> Iterator[Lemma]:
    if state.witness is None:
        return
    known = z3.Implies(some(state.holder), state.witness_current)
    yield Lemma("a witness that is held is current", known, 9)
    failures = state.spent.counters.get(Verb.WITNESS_FAILURE) if state.spent is not None else None
    if failures is not None:
        whole = z3.Implies(state.witness_up, empty(failures.term))
        yield Lemma("a witness that is up has not failed", whole, 9)


@cache
def ground(number: int) -> Ground:
    """Of the site of this number."""
    return Ground(sites()[number])
