"""No island runs without more than half of all configured votes: every cluster in clusters/."""

from pathlib import Path

from quorate.claims.catalogue import minority_rule
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
    for claim in map(minority_rule, CLUSTERS)
)
