"""Who belongs to an island, who may leave it, and what the witness is for, in every cluster."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from quorate.cluster import Cluster
from quorate.importers import read_clusters
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership.catalogue import joining, planned_stops, taking_the_witness
from quorate.windows.membership.events import events
from quorate.windows.membership.forced import forced

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

# Where each node is needed, every stop that leaves another one is refused.
NEVER_STOPPED = {"Branch office"}


def stops(cluster: Cluster) -> Iterator[Claim]:
    """Planned stops, or that none is carried out."""
    for claim in planned_stops(cluster):
        never = cluster.name in NEVER_STOPPED
        yield replace(claim, expectation=Expectation.NEVER_HAPPENS) if never else claim


CLAIMS = tuple(
    claim
    for cluster in CLUSTERS
    for claim in (
        *joining(cluster),
        *forced(cluster),
        *stops(cluster),
        *taking_the_witness(cluster),
        *events(cluster),
    )
)
