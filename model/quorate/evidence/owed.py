"""All that is owed for proofs about one system. Who judges a proof, who writes its certificate and
who checks that ask here."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property

from quorate.evidence import certificate, progress
from quorate.evidence.obligation import Exemption, Obligation
from quorate.system import Always, Ceases, EachStep, LeadsTo, Lemma, Property, System
from quorate.values import dataclass


@dataclass(frozen=True)
class Owed:
    """Makes obligations; those of a stage that several proofs lean on are made once."""

    system: System
    _stages: dict[tuple[Lemma, ...], list[Obligation]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def everything(self, claim: Property, invariant: Sequence[Lemma]) -> Iterator[Obligation]:
        """What must be checked to believe that `invariant` proves `claim`."""
        yield self.start
        yield from self.invariant(invariant)
        yield from self.claim(claim, invariant)

    @cached_property
    def start(self) -> Obligation:
        """There is a state to start from."""
        return certificate.start_obligation(self.system)

    def invariant(self, invariant: Sequence[Lemma]) -> Iterator[Obligation]:
        """The invariant holds initially and no action leaves it, stage by stage."""
        for stage in sorted({lemma.stage for lemma in invariant}):
            yield from self.stage(tuple(lemma for lemma in invariant if lemma.stage <= stage))

    def stage(self, leaned_on: tuple[Lemma, ...]) -> Iterator[Obligation]:
        """The lemmas of the last stage hold, where those of earlier stages do."""
        known = self._stages.get(leaned_on)
        if known is not None:
            yield from known
            return
        made: list[Obligation] = []
        for obligation in certificate.stage_obligations(self.system, leaned_on):
            made.append(obligation)
            yield obligation
        self._stages[leaned_on] = made

    def claim(self, claim: Property, invariant: Sequence[Lemma]) -> Iterator[Obligation]:
        """What makes an invariant a proof of the claim."""
        match claim:
            case Always():
                return certificate.claim_obligations(self.system, claim, invariant)
            case EachStep():
                return certificate.step_obligations(self.system, claim, invariant)
            case LeadsTo() | Ceases():
                return progress.progress_obligations(self.system, claim, invariant)

    def exemptions(self, claim: Property, invariant: Sequence[Lemma]) -> Iterator[Exemption]:
        """What is not owed, and why."""
        yield from certificate.exemptions(self.system, invariant)
        match claim:
            case LeadsTo() | Ceases():
                yield from progress.exemptions(self.system, claim)
            case Always() | EachStep():
                pass
