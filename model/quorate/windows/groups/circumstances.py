"""Groups of a cluster and what is assumed of them: what a claim about groups is made under."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quorate.cluster import Cluster
from quorate.inquiry.naming import slug_among
from quorate.windows.groups.assumptions import Assumptions, Detection

if TYPE_CHECKING:
    from quorate.windows.groups.model import Groups


@dataclass(frozen=True)
class GroupsCircumstances:
    """Satisfies `quorate.inquiry.seam.Circumstances`."""

    cluster: Cluster
    assumptions: Assumptions

    @property
    def subject(self) -> Cluster:
        return self.cluster

    @property
    def label(self) -> str:
        """After the groups that are looked at together, and when a lost node is noticed."""
        match self.assumptions.detection:
            case Detection.INSTANT:
                late = ""
            case Detection.EVENTUAL:
                late = " noticed late"
        groups = self.assumptions.groups
        everyone = [group.name for group in self.cluster.groups]
        return slug_among(f"{' '.join(groups)}{late}", groups[0], everyone)

    def sentences(self) -> Iterator[str]:
        return self.assumptions.sentences()

    def model(self) -> "Groups":
        # Most clusters have no groups, and everybody waits for what is imported.
        from quorate.windows.groups.model import Groups  # noqa: PLC0415

        return Groups(self.cluster, self.assumptions)
