"""Teeth that do not bite any more when their twins are broken in one more place."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from mutation.ground import by_part
from mutation.limits import PATIENCE, TEETHING
from mutation.runs import shows, takes
from mutation.sites import ROOMS
from mutation.vocabulary import vocabulary
from quorate.changes.mutants import Mutant, Part, mutants
from quorate.inquiry.claim import Claim
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.inquire import Clock
from quorate.inquiry.load import load_claims
from quorate.inquiry.seam import Deviation
from quorate.system import Property, Refuted, Trace
from quorate.windows.groups.model import Groups
from quorate.windows.membership import Membership

TABLE = Path(__file__).resolve().parents[2] / "proofs" / "teeth.py"


@dataclass(frozen=True)
class Tooth:
    """A claim, and a rule with which broken it must be refuted."""

    claim: Claim
    deviation: Deviation

    @property
    def title(self) -> str:
        return f"{self.claim.name}: {self.deviation.sentence}"

    @cached_property
    def twin(self) -> Membership | Groups:
        return self.deviation.twin(self.claim.circumstances.model())

    @cached_property
    def property(self) -> Property:
        return self.claim.make_property(self.twin)

    @cached_property
    def mutants(self) -> dict[Part, list[Mutant]]:
        return by_part(mutants(self.twin.system, vocabulary(self.twin)))

    @cached_property
    def bite(self) -> Trace | None:
        """The run that refutes the claim, if one is found in the time given."""
        inquiry = Inquiry(self.twin.system, Clock(TEETHING).remaining)
        found = inquiry.refute(self.property, self.claim.deepest)
        return found.trace if isinstance(found, Refuted) else None

    def is_lost_without(self, part: Part) -> bool:
        """It bites, and does not bite without all of this part of some action."""
        whole = [mutant for mutant in self.mutants.get(part, ()) if mutant.whole]
        return self.bite is not None and any(self._is_lost(self.bite, one) for one in whole)

    def _is_lost(self, bite: Trace, mutant: Mutant) -> bool:
        if not takes(bite, mutant.action) or shows(mutant.system, bite, self.property):
            return False
        inquiry = Inquiry(mutant.system, Clock(PATIENCE).remaining)
        return not isinstance(inquiry.refute(self.property, self.claim.deepest), Refuted)


@cache
def teeth(room: str) -> tuple[Tooth, ...]:
    """All that are tried in proofs/."""
    return tuple(
        Tooth(claim, deviation)
        for claim in load_claims(TABLE)
        if isinstance(claim.circumstances, ROOMS[room])
        for deviation in claim.teeth
    )


def lost_tooth(room: str, part: Part) -> Tooth | None:
    """The first that does not bite any more without this part."""
    return next((tooth for tooth in teeth(room) if tooth.is_lost_without(part)), None)
