"""What is counted and remembered is counted and remembered rightly."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.groups.catalogue import claims_about_groups

NAMES = {
    "failures-counted",
    "failover-happens",
    "failback-needs-cause",
    "pause-lasts",
    "commands-remembered",
    "saved-is-restored",
    "stale-remembered",
}

CLAIMS = tuple(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in claims_about_groups(imported.cluster)
    if claim.name in NAMES
)
