"""What becomes of the last node, of two halves, and of what was forced, where votes follow who
runs: the clusters of 2012 R2 and later in clusters/small."""

from pathlib import Path

from quorate.importers import read_cluster
from quorate.windows.membership.forced import forced
from quorate.windows.membership.last_man import last_man
from quorate.windows.membership.ties import ties

HERE = Path(__file__).parent / "clusters" / "small"
CLUSTERS = [
    read_cluster(HERE / f"{name}.toml").cluster
    for name in ("three-nodes-2012-r2", "two-sites-2012-r2", "two-sites-2019")
]

CLAIMS = tuple(
    claim
    for cluster in CLUSTERS
    for claim in (*last_man(cluster), *ties(cluster), *forced(cluster))
)
