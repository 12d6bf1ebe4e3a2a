"""A cluster and what is assumed of it: what a claim about membership is made under."""

from collections.abc import Iterator
from dataclasses import field

from quorate.cluster import Cluster
from quorate.inquiry.seam import Relaxation
from quorate.values import dataclass
from quorate.windows.membership.assumptions import Assumptions
from quorate.windows.membership.model import Membership
from quorate.windows.version import assumed_of_votes


@dataclass(frozen=True)
class MembershipCircumstances:
    """Satisfies `quorate.inquiry.seam.Circumstances`, and `Relaxable`."""

    cluster: Cluster
    assumptions: Assumptions = field(default_factory=Assumptions)

    @property
    def subject(self) -> Cluster:
        return self.cluster

    @property
    def label(self) -> str:
        """Most claims are made under the usual assumptions; of others each has its own."""
        return "membership" if self.assumptions == Assumptions() else ""

    def sentences(self) -> Iterator[str]:
        yield from assumed_of_votes(self.cluster)
        yield from self.assumptions.sentences(self.cluster)

    def relaxations(self, about: str) -> Iterator[Relaxation]:
        """Facts about the cluster without which a run might not refute a claim about it."""
        del about
        from quorate.windows.membership.relaxing import relaxations  # noqa: PLC0415

        return relaxations(self)

    def model(self) -> Membership:
        return Membership(self.cluster, self.assumptions)
