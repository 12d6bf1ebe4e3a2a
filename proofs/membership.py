"""Who belongs to an island, who may leave it, and what the witness is for, in every cluster."""

from pathlib import Path

from quorate.claims.catalogue import joining, planned_stops, taking_the_witness
from quorate.importers import read_clusters

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

# Twins of the rules are tried where a person can check the run that refutes them; clusters that are
# here for their groups have the same rules as others.
SMALL = 16

CLAIMS = tuple(
    claim
    if len(claim.cluster.nodes) <= SMALL and not claim.cluster.groups
    else claim.without_teeth()
    for cluster in CLUSTERS
    for claim in (*joining(cluster), *planned_stops(cluster), *taking_the_witness(cluster))
)
