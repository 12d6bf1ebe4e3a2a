"""No island runs without more than half of all configured votes: every cluster in clusters/."""

from pathlib import Path

from quorate.claims.catalogue import minority_rule
from quorate.importers import read_clusters

CLUSTERS = [imported.cluster for imported in read_clusters(Path(__file__).parent / "clusters")]

CLAIMS = tuple(minority_rule(cluster) for cluster in CLUSTERS)
