"""No island runs on an outdated configuration, and no change is lost, in every cluster."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from quorate.cluster import Cluster
from quorate.importers import read_clusters
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership.versions import (
    changes,
    partition_in_time,
    partition_in_time_if_unread,
)

HERE = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(HERE)]

# Two nodes that need each other change nothing while one is away.
NEVER_OUTDATED = {"Branch office"}


def claims(cluster: Cluster) -> Iterator[Claim]:
    known = partition_in_time(cluster)
    never = cluster.name in NEVER_OUTDATED
    yield replace(known, expectation=Expectation.NEVER_HAPPENS) if never else known
    yield from changes(cluster)
    if not cluster.groups:
        yield from partition_in_time_if_unread(cluster)


CLAIMS = tuple(claim for cluster in CLUSTERS for claim in claims(cluster))
