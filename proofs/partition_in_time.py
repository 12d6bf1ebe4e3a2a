"""No node runs on an outdated configuration: every cluster in clusters/."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.membership.catalogue import partition_in_time

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

CLAIMS = tuple(map(partition_in_time, CLUSTERS))
