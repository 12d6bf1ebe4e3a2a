"""Groups keep their data in reach when a site is lost, where their files say where it stands.

The archive stands in one site alone, and is refuted.
"""

from dataclasses import replace
from pathlib import Path

from quorate.importers import read_cluster, read_clusters
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.catalogue import claims_about_data

CLUSTERS = Path(__file__).parent / "clusters"


def expected(claim: Claim) -> Claim:
    if claim.about == "Archive":
        return replace(claim, expectation=Expectation.REFUTED)
    return claim


CLAIMS = tuple(
    expected(claim)
    for imported in (
        *read_clusters(CLUSTERS),
        read_cluster(CLUSTERS / "small" / "stretched-storage.toml"),
    )
    for claim in claims_about_data(imported.cluster)
)
