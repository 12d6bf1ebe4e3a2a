"""No island runs without more than half of all configured votes: every cluster in clusters/."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.membership.catalogue import minority_rule

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

CLAIMS = tuple(map(minority_rule, CLUSTERS))
