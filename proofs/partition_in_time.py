"""No node runs on an outdated configuration: every cluster in clusters/."""

from pathlib import Path

from quorate.claims.catalogue import partition_in_time
from quorate.importers import read_clusters

CLUSTERS = [imported.cluster for imported in read_clusters(Path(__file__).parent / "clusters")]

CLAIMS = tuple(partition_in_time(cluster) for cluster in CLUSTERS)
