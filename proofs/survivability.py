"""What each cluster in clusters/ promises to survive, it survives; what any two faults of different
kinds do to it is told where nobody promised it."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.membership.catalogue import survivability

CLAIMS = tuple(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in survivability(imported.cluster, imported.requirements)
)
