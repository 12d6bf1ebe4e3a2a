"""Two islands never run at once, and only force can make them: every cluster in clusters/."""

from pathlib import Path

from quorate.claims.catalogue import split_brain, split_brain_needs_force
from quorate.importers import read_clusters

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

# Twins of the rules are tried where a person can check the run that refutes them; clusters that are
# here for their groups have the same rules as others.
SMALL = 16

CLAIMS = (
    *(
        claim
        if len(claim.cluster.nodes) <= SMALL and not claim.cluster.groups
        else claim.without_teeth()
        for claim in map(split_brain, CLUSTERS)
    ),
    *(
        split_brain_needs_force(cluster)
        for cluster in CLUSTERS
        if 1 < len(cluster.nodes) <= SMALL and not cluster.groups
    ),
)
