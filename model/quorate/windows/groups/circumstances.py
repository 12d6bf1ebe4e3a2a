"""Groups of a cluster and what is assumed of them: what a claim about groups is made under."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from quorate.cluster import Cluster
from quorate.inquiry.claim import Claim
from quorate.inquiry.naming import slug_among
from quorate.inquiry.seam import Relaxation
from quorate.values import dataclass
from quorate.windows.groups.assumed import assumed
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.incidents import words_of
from quorate.windows.groups.places import Places

if TYPE_CHECKING:
    from quorate.windows.groups.model import Groups
    from quorate.windows.groups.shape import GroupShape, OwnNames


@dataclass(frozen=True)
class GroupsCircumstances:
    """Satisfies `quorate.inquiry.seam.Circumstances`, and `Alike` and `Relaxable`."""

    cluster: Cluster
    assumptions: Assumptions

    @property
    def subject(self) -> Cluster:
        return self.cluster

    @property
    def label(self) -> str:
        """After the groups that are looked at together, when a lost node is noticed, and what alone
        happens."""
        match self.assumptions.detection:
            case Detection.INSTANT:
                late = ""
            case Detection.EVENTUAL:
                late = " noticed late"
        incident = self.assumptions.incident
        befallen = f" {words_of(incident)}" if incident is not None else ""
        groups = self.assumptions.groups
        of = f"{' '.join(groups)}{late}{befallen}"
        return slug_among(of, groups[0], self.cluster.group_names)

    def sentences(self) -> Iterator[str]:
        return assumed(self.cluster, self.assumptions)

    def model(self) -> "Groups":
        # Most clusters have no groups, and everybody waits for what is imported.
        from quorate.windows.groups.model import Groups  # noqa: PLC0415

        return Groups(self.cluster, self.assumptions)

    def shape_of(self, claim: Claim) -> "GroupShape | None":
        """What the claim, which is made under these circumstances, asks but for names; None where
        the cluster says where storage stands, which is not told by places."""
        if self.cluster.storage:
            return None
        return self._names.shape_of(claim)

    def relaxations(self, about: str) -> Iterator[Relaxation]:
        """Facts about the group without which a run might not refute a claim about it."""
        from quorate.windows.groups.relaxing import relaxations  # noqa: PLC0415

        return relaxations(self, about)

    @cached_property
    def _names(self) -> "OwnNames":
        from quorate.windows.groups.shape import OwnNames  # noqa: PLC0415

        return OwnNames(Places(self.cluster, self.assumptions))
