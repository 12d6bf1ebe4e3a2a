"""Who belongs to an island, who may leave it, and what the witness is for, in every cluster."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.membership.catalogue import joining, planned_stops, taking_the_witness

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

CLAIMS = tuple(
    claim
    for cluster in CLUSTERS
    for claim in (*joining(cluster), *planned_stops(cluster), *taking_the_witness(cluster))
)
