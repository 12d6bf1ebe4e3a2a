"""The claim that of two halves one goes on, where votes follow who runs (rule Q12).

Before 2012 R2 an even number of votes without a witness stays even, or may, and both halves stop.
"""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import Cluster, DynamicVotes, StaticVotes
from quorate.inquiry.claim import Claim
from quorate.windows.membership import tie_properties
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.halves import may_be_halved
from quorate.windows.membership.verbs import Verb


def ties(cluster: Cluster) -> Iterator[Claim]:
    """Asked where two sites have the same number of nodes, all of which vote, and the version keeps
    the votes an odd number."""
    if not may_be_halved(cluster):
        return
    match cluster.vote_changes:
        case StaticVotes():
            return
        case DynamicVotes() as rule:
            if rule.keeps_odd or cluster.witness is not None:
                yield tie_is_broken(cluster, rule)
        case other:
            assert_never(other)


def tie_is_broken(cluster: Cluster, rule: DynamicVotes) -> Claim:
    """One site goes on, and the other stops."""
    if cluster.witness is not None:
        which = "the one that has the witness then, if one of them still reaches it"
    elif rule.lower_priority is not None:
        which = f"the one without {rule.lower_priority}"
    else:
        which = "the one whose nodes all have their vote"
    return Claim(
        name="tie-is-broken",
        sentence="when all is well and the network between the two sites fails, exactly one of "
        f"them goes on: {which}",
        why="of two halves neither may stop with the other, and never may both go on",
        violation="the sites lose each other, and it is not the one that should go on, alone",
        circumstances=MembershipCircumstances(cluster),
        make_property=tie_properties.tie_is_broken,
        make_premise=tie_properties.the_sites_are_apart,
        path=(str(Verb.PARTITION.value),),
        sources=(
            "Q12: an odd number of votes (Understanding cluster and pool quorum)",
            "wsfc.md 2.3: exactly one side of a 50/50 split survives (2012 R2)",
        ),
        deepest=6,
    )
