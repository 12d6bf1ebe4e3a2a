"""Once everything is back the cluster runs without a hand: every cluster in clusters/."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.membership.catalogue import joining_again, recovery

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

CLAIMS = tuple(
    claim for cluster in CLUSTERS for claim in (recovery(cluster), *joining_again(cluster))
)
