"""Two islands never run at once, and only force can make them: every cluster in clusters/."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.membership.catalogue import split_brain, split_brain_needs_force

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

# A run in more nodes shows nothing new, and takes long to find; clusters that are here for their
# groups have the same rules as others.
SMALL = 16

CLAIMS = (
    *map(split_brain, CLUSTERS),
    *(
        split_brain_needs_force(cluster)
        for cluster in CLUSTERS
        if 1 < len(cluster.nodes) <= SMALL and not cluster.groups
    ),
)
