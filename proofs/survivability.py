"""What each cluster in clusters/ promises to survive, it survives."""

from pathlib import Path

from quorate.claims.catalogue import survivability
from quorate.claims.sparing import sparing
from quorate.importers import read_clusters

CLAIMS = sparing(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in survivability(imported.cluster, imported.requirements)
)
