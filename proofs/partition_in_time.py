"""No node runs on an outdated configuration: every cluster in clusters/."""

from dataclasses import replace
from pathlib import Path

from quorate.importers import read_clusters
from quorate.inquiry.claim import Expectation
from quorate.windows.membership.catalogue import partition_in_time

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

# Two nodes that need each other change nothing while one is away.
NEVER_OUTDATED = {"Branch office"}

CLAIMS = tuple(
    replace(claim, expectation=Expectation.NEVER_HAPPENS)
    if claim.subject.name in NEVER_OUTDATED
    else claim
    for claim in map(partition_in_time, CLUSTERS)
)
