"""Every claim that is made of a Windows failover cluster."""

from collections.abc import Iterator
from itertools import chain

from quorate.cluster import Cluster, Fault, Requirements
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Circumstances
from quorate.windows.membership import catalogue
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.crashes import about_crashes
from quorate.windows.membership.survival import promised_under


def claims_about(cluster: Cluster, requirements: Requirements) -> tuple[Claim, ...]:
    """Every claim that applies to `cluster`, safety first, those about its groups last."""
    return (
        *catalogue.claims_about_membership(cluster, requirements),
        *claims_about_groups(cluster),
        *(claims_about_data(cluster) if requirements.times(Fault.SITE) else ()),
    )


def claims_about_groups(cluster: Cluster) -> Iterator[Claim]:
    """Every claim that applies to a group of `cluster`."""
    if cluster.groups:
        # Most clusters have no groups, and everybody waits for what is imported.
        from quorate.windows.groups import catalogue as of_groups  # noqa: PLC0415

        yield from of_groups.claims_about_groups(cluster)


def claims_about_data(cluster: Cluster) -> Iterator[Claim]:
    """What becomes of the data of each group when a site is lost, where it is said where it
    stands."""
    if cluster.storage:
        # As above.
        from quorate.windows.groups import site_catalogue  # noqa: PLC0415

        yield from site_catalogue.claims_about_data(cluster)


def claims_under(circumstances: Circumstances) -> Iterator[Claim]:
    """The claims that are made under these circumstances, those of claim files included that show
    what others need; none for those of another family. Those about survival are made where a
    promise asks for just these faults."""
    from quorate.windows.groups.circumstances import GroupsCircumstances  # noqa: PLC0415

    match circumstances:
        case MembershipCircumstances(cluster, assumptions):
            claims: Iterator[Claim] = chain(
                catalogue.claims_about_membership(cluster, promised_under(assumptions)),
                about_crashes(cluster, assumptions.faults.crash or 0),
            )
        case GroupsCircumstances(cluster):
            claims = chain(
                claims_about_groups(cluster), claims_about_data(cluster), _weaker(cluster)
            )
        case _:
            claims = iter(())
    yield from (claim for claim in claims if claim.circumstances == circumstances)


def _weaker(cluster: Cluster) -> Iterator[Claim]:
    """What is asked of each group to show what a claim needs."""
    if not cluster.groups:
        return
    # As above.
    from quorate.windows.groups import catalogue as of_groups  # noqa: PLC0415

    for group in cluster.groups:
        yield from of_groups.unfair(cluster, group)
        yield from of_groups.noticed_at_once(cluster, group)
        yield of_groups.dual_activity_unreserved(cluster, group)
