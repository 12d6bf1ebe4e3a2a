"""What is counted of a cluster that two sites have half each of, where votes follow who runs."""

from collections.abc import Iterator, Sequence

from quorate.cluster import Cluster
from quorate.counting.sets import Members
from quorate.system import Instance
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.state import MembershipState


def may_be_halved(cluster: Cluster) -> bool:
    """Two sites have all nodes, half of them each, and all of them vote."""
    inside = [cluster.nodes_in(site.name) for site in cluster.sites]
    sizes = [2 * len(nodes) for nodes in inside if nodes]
    every = len(cluster.nodes)
    return sizes == [every, every] and all(cluster.votes.nodes.values())


def of_halves(
    state: MembershipState, quorum: Quorum, parts: Sequence[Members]
) -> Iterator[Instance]:
    """What each half has of the votes in force, and what all have."""
    changing, votes = state.changing, quorum.votes
    if changing is None or not may_be_halved(state.cluster):
        return
    voters = changing.in_force.voters
    yield from (votes.whole_blocks_count(part & voters) for part in parts)
    yield votes.some_are_missing(voters)
    yield votes.bounds(voters)
