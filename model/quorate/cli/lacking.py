"""Claims that are not asked, because a setting of the cluster that no model reads touches them."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property
from typing import assert_never

from quorate.cluster import Cluster, Requirements
from quorate.importers import Touches, Unmodelled
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Finding, Question
from quorate.system import Unknown
from quorate.values import dataclass
from quorate.windows.membership.survival import survivability
from quorate.windows.version import WITHOUT_VOTES

IMPORTER = "importer"
"""Who answers, where nobody is asked."""


@dataclass(frozen=True)
class Lacking:
    """What no model reads of a cluster."""

    cluster: Cluster
    requirements: Requirements
    unmodelled: Sequence[Unmodelled]
    _looked_at: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    def of(self, claim: Claim) -> Unmodelled | None:
        """The first setting that touches the claim; None for a claim that can be asked."""
        return next((one for one in self.unmodelled if self._touched(one, claim)), None)

    def findings(self, questions: Sequence[Question]) -> Iterator[Finding]:
        """The answers to those of the questions that are not asked."""
        for question in questions:
            lacks = self.of(question.claim)
            if lacks is not None:
                yield Finding(question, Unknown(lacks.reason, IMPORTER), 0.0, {})

    def _touched(self, one: Unmodelled, claim: Claim) -> bool:
        named = not one.claims or claim.name in one.claims
        about = not one.about or not self._looked_at_for(claim.about).isdisjoint(one.about)
        return named and about and self._is_of(one.touches, claim)

    def _looked_at_for(self, group: str) -> frozenset[str]:
        """The group that a claim is about, and those that it starts after: whether these start
        decides whether it does."""
        if group not in self._looked_at:
            own = self.cluster.groups_named([group])
            names = (other.name for other in self.cluster.with_providers(own))
            self._looked_at[group] = frozenset((group, *names))
        return self._looked_at[group]

    def _is_of(self, kind: Touches, claim: Claim) -> bool:
        """Claims about membership are about no group."""
        match kind:
            case Touches.VOTES:
                return not claim.about or claim.name not in WITHOUT_VOTES
            case Touches.MEMBERSHIP:
                return not claim.about
            case Touches.SURVIVAL:
                return claim in self._about_survival
            case Touches.GROUPS:
                return bool(claim.about)
            case _:
                assert_never(kind)

    @cached_property
    def _about_survival(self) -> frozenset[Claim]:
        return frozenset(survivability(self.cluster, self.requirements))
