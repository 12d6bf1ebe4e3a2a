"""Groups go where they may, no oftener than they may, arrive, and come back."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.groups.catalogue import claims_about_groups

NAMES = {
    "right-owner",
    "threshold-respected",
    "no-ping-pong",
    "completes",
    "failback-happens",
    "anti-affinity",
    "failover-needs-cause",
    "restarts-limited",
    "paused-takes-nothing",
    "drain-empties",
    "failback-by-policy",
    "returns-remembered",
    "next-owner",
    "moves-arrive",
}

CLAIMS = tuple(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in claims_about_groups(imported.cluster)
    if claim.name in NAMES
)
