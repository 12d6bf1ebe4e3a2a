"""Two islands never run at once, and only force can make them: every cluster in clusters/."""

from pathlib import Path

from quorate.claims.catalogue import split_brain, split_brain_needs_force
from quorate.importers import read_clusters

CLUSTERS = [imported.cluster for imported in read_clusters(Path(__file__).parent / "clusters")]

CLAIMS = (
    *(split_brain(cluster) for cluster in CLUSTERS),
    *(split_brain_needs_force(cluster) for cluster in CLUSTERS if len(cluster.nodes) > 1),
)
