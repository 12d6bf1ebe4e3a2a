"""The claim about the data of each group when a whole site is lost."""

from collections.abc import Iterator

from quorate.cluster import Cluster, Group, bundles
from quorate.inquiry.claim import Claim
from quorate.windows.groups.catalogue import claim_of_page
from quorate.windows.groups.pages import Page
from quorate.windows.groups.site_properties import (
    a_site_is_lost,
    data_in_reach,
    sites_survived,
    what_is_lost,
)
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.violations import Violation


def claims_about_data(cluster: Cluster) -> Iterator[Claim]:
    """One for each group of whose data it is said where it stands, if there is a site that the
    cluster outlives."""
    sites = sites_survived(cluster)
    if not sites:
        return
    said = {row.name for row in cluster.storage}
    for bundle in bundles(cluster.groups):
        for group in bundle:
            if said & (group.disks | group.data):
                yield claim_of_page(cluster, group, _page(cluster, group, sites))


def _page(cluster: Cluster, group: Group, sites: tuple[str, ...]) -> Page:
    fewest = min(len(cluster.nodes_in(site)) for site in sites)
    return Page(
        "data-in-reach",
        "the disks of {group} are only on nodes with a path to them, and whichever site is lost "
        "while others go on, a copy of its data is left in reach of a node that may own the group",
        "a group whose only copy of its data stood in the lost site starts nowhere",
        _violation(cluster, group),
        data_in_reach,
        a_site_is_lost,
        "wsfc.md 7: a disk is had by nodes with a path to it, a shared volume through them by all",
        path=(Verb.CRASH,) * fewest,
        deepest=max(len(cluster.nodes_in(site)) for site in sites) + 2,
        shown=Violation.DATA_OUT_OF_REACH,
    )


def _violation(cluster: Cluster, group: Group) -> str:
    lost = what_is_lost(cluster, group)
    if not lost:
        return "a disk of {group} is on a node without a path to it"
    return f"a site is lost, and {{group}} cannot have its data any more: {lost}"
