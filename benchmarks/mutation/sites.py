"""Where mutants are tried: systems that the claims about small clusters speak of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from mutation.small_clusters import for_groups, for_membership
from quorate.cluster import Cluster, Requirements
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.seam import Circumstances
from quorate.windows.catalogue import claims_about
from quorate.windows.groups import GroupsCircumstances
from quorate.windows.groups.catalogue import noticed_at_once
from quorate.windows.membership import MembershipCircumstances

ROOMS: dict[str, type] = {"membership": MembershipCircumstances, "groups": GroupsCircumstances}
"""The models that are broken, as the score names them, and what claims about each are made
under."""


@dataclass(frozen=True)
class Site:
    """Claims under the same circumstances, and so about the same system, which is one of `room`."""

    room: str
    title: str
    claims: tuple[Claim, ...]

    @property
    def circumstances(self) -> Circumstances:
        return self.claims[0].circumstances

    @property
    def is_forced(self) -> bool:
        """Something is refuted there, as where quorum may be forced: little is left to claim."""
        return any(claim.expectation is Expectation.REFUTED for claim in self.claims)


@cache
def sites() -> tuple[Site, ...]:
    return (*_membership_sites(), *_group_sites())


def sites_of(room: str, title: str, cluster: Cluster, requirements: Requirements) -> Iterator[Site]:
    """The systems of a room that the claims about a cluster speak of, numbered with those of the
    other room; of those alone of which it is known what comes out."""
    systems: dict[Circumstances, list[Claim]] = {}
    for claim in (
        *claims_about(cluster, requirements),
        *(claim for group in cluster.groups for claim in noticed_at_once(cluster, group)),
    ):
        if claim.expectation in {Expectation.HOLDS, Expectation.REFUTED}:
            systems.setdefault(claim.circumstances, []).append(claim)
    for number, (circumstances, claims) in enumerate(systems.items(), 1):
        if isinstance(circumstances, ROOMS[room]):
            yield Site(room, f"{title} {number}", tuple(claims))


def _membership_sites() -> Iterator[Site]:
    for title, imported in for_membership().items():
        yield from sites_of("membership", title, imported.cluster, imported.requirements)


def _group_sites() -> Iterator[Site]:
    for title, cluster in for_groups().items():
        for site in sites_of("groups", title, cluster, Requirements()):
            # With enforced anti-affinity it is refuted: two groups make way for each other, and one
            # spends its call home on the second best node.
            lost = "failback-happens" if cluster.enforced_anti_affinity else ""
            yield replace(site, claims=tuple(c for c in site.claims if c.name != lost))
