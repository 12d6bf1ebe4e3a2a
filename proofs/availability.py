"""Groups come back, are not left failed beside a free node, can be sent away, and stay apart."""

from pathlib import Path

from quorate.importers import read_clusters
from quorate.windows.groups.catalogue import claims_about_groups

NAMES = {
    "comes-back-after-crash",
    "comes-back-after-failure",
    "not-left-failed",
    "can-be-drained",
    "never-together",
}

CLAIMS = tuple(
    claim
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in claims_about_groups(imported.cluster)
    if claim.name.partition("(")[0] in NAMES
)
