"""What happens in the end happens because nothing is put off for ever: without that assumption each
claim is refuted by the loop that shows why it is needed."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.groups.catalogue import unfair

CLAIMS = tuple(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for group in imported.cluster.groups[:1]
    for claim in unfair(imported.cluster, group)
)
