"""Resources come and go in the order that their dependencies ask for, in every group in clusters/.

The ledger is badly ordered on purpose: its service keeps data on a disk that it does not depend on.
"""

from dataclasses import replace
from pathlib import Path

from quorate.importers import read_clusters
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.groups.catalogue import claims_about_groups

NAMES = {
    "acyclic",
    "online-needs-dependencies",
    "offline-in-reverse",
    "no-lost-write",
    "no-stuck-pending",
}
BADLY_ORDERED = {("no-lost-write", "Ledger")}


def expected(claim: Claim) -> Claim:
    if (claim.name, claim.about) in BADLY_ORDERED:
        return replace(claim, expectation=Expectation.REFUTED)
    return claim


CLAIMS = tuple(
    expected(claim)
    for imported in read_clusters(Path(__file__).parent / "clusters")
    for claim in claims_about_groups(imported.cluster)
    if claim.name in NAMES
)
