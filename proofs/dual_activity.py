"""Nothing that keeps data is active twice in the window between the start on one side and the stop
on the other.

A reservation of disks closes the window, and so does fencing; what stands on no disk is open to it.
The intranet has only a name and an address under its pages, and the ledger service does not depend
on its disk: both are refuted. What becomes of addresses and names is in unnoticed.py.
"""

from dataclasses import replace
from pathlib import Path

from quorate.importers import read_clusters
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.groups import Deviation
from quorate.windows.groups.catalogue import (
    claims_about_groups,
    dual_activity_unreserved,
)

CLUSTERS = [
    imported.cluster
    for imported in read_clusters(Path(__file__).parent / "clusters")
    if imported.cluster.groups
]
UNPROTECTED = {"Ledger", "Intranet"}


def expected(claim: Claim) -> Claim:
    if claim.about in UNPROTECTED:
        return replace(claim, expectation=Expectation.REFUTED)
    return claim


CLAIMS = (
    *(
        expected(claim)
        for cluster in CLUSTERS
        for claim in claims_about_groups(cluster)
        if claim.name == "no-dual-activity"
    ),
    *(dual_activity_unreserved(cluster, cluster.groups[0]) for cluster in CLUSTERS),
    *(
        claim.with_teeth(Deviation.DOES_NOT_FENCE) if claim.about == "Intranet" else claim
        for cluster in CLUSTERS
        for claim in claims_about_groups(replace(cluster, fencing=True))
        if claim.name == "no-dual-activity" and claim.about in UNPROTECTED
    ),
)
