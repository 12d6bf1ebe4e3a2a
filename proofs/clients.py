"""Clients that follow a network name are served again."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.groups.catalogue import claims_about_groups

NAMES = {
    "served-again",
}

CLAIMS = tuple(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in claims_about_groups(imported.cluster)
    if claim.name in NAMES
)
