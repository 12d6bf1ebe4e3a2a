"""What is on two nodes while one that was cut off has not noticed, and what closes that window.

On a cluster without fencing an address or a name that depends on no disk is active twice, and a
node answers for a group that another one owns. Fencing closes the window, and so do nodes that need
each other; a disk closes it for what depends on the disk. Where a lost node stops at once there is
none.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from quorate.cluster import Cluster, ResourceKind
from quorate.importers import read_cluster, read_clusters
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.groups import Deviation
from quorate.windows.groups.catalogue import claims_about_groups, noticed_at_once

FOLDER = Path(__file__).parent / "clusters"
CLUSTERS = [imported.cluster for imported in read_clusters(FOLDER) if imported.cluster.groups]
FENCED, ON_DISK, BOTH_NEEDED = (
    read_cluster(FOLDER / "small" / f"{stem}.toml").cluster
    for stem in ("fenced-web", "address-on-disk", "both-needed")
)

OF_ADDRESSES = {"one-answers", "answers-from-owner"}
NAMES = {"one-owner", *OF_ADDRESSES}


def asked(cluster: Cluster, names: set[str] = NAMES) -> Iterator[Claim]:
    return (claim for claim in claims_about_groups(cluster) if claim.name in names)


def expecting(expectation: Expectation, *claims: Claim) -> Iterator[Claim]:
    return (replace(claim, expectation=expectation) for claim in claims)


def open_or_closed(cluster: Cluster) -> Iterator[Claim]:
    """Refuted of the groups with an address, none of which depends on a disk in these files."""
    reached = {group.name for group in cluster.groups if group.of_kind(ResourceKind.ADDRESS)}
    for claim in asked(cluster):
        is_open = claim.about in reached
        yield from expecting(Expectation.REFUTED if is_open else Expectation.HOLDS, claim)


BITTEN = {
    "one-owner-if-noticed-at-once": Deviation.TRANSFERS_EARLY,
    "no-dual-activity-if-noticed-at-once": Deviation.TRANSFERS_EARLY,
    "one-answers-if-noticed-at-once": Deviation.TRANSFERS_EARLY,
    "answers-from-owner-if-noticed-at-once": Deviation.LEAVES_RESOURCES_RUNNING,
    "vm-runs-once-if-noticed-at-once": Deviation.TRANSFERS_EARLY,
}
"""A rule with which broken each is refuted without the window; tried on two groups."""


def at_once(cluster: Cluster) -> Iterator[Claim]:
    for group in cluster.groups:
        for claim in noticed_at_once(cluster, group):
            tried = claim.about in {"Intranet", "ARCHIVE"}
            yield claim.with_teeth(BITTEN[claim.name]) if tried else claim


CLAIMS = (
    *(claim for cluster in CLUSTERS for claim in open_or_closed(cluster)),
    *(claim for cluster in CLUSTERS for claim in at_once(cluster)),
    *(
        claim
        for cluster in (FENCED, BOTH_NEEDED, *(replace(c, fencing=True) for c in CLUSTERS))
        for claim in expecting(Expectation.HOLDS, *asked(cluster))
        if claim.about == cluster.groups[0].name
    ),
    *expecting(Expectation.HOLDS, *asked(ON_DISK, {"one-owner", "one-answers"})),
    *expecting(Expectation.REFUTED, *asked(ON_DISK, {"answers-from-owner"})),
)
