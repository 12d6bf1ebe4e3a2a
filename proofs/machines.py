"""Virtual machines run once, also while a node that was cut off has not noticed, with their files,
and keep their memory in planned moves."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.groups.catalogue import claims_about_groups

NAMES = {
    "vm-runs-once",
    "vm-has-disk",
    "planned-keeps-memory",
}

CLAIMS = tuple(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in claims_about_groups(imported.cluster)
    if claim.name in NAMES
)
