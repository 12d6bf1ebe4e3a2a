"""Which Windows is modelled, in the sentences that say so."""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import Cluster, DynamicVotes, QuorumRules, StaticVotes, VersionSource


def votes_in_short(cluster: Cluster) -> str:
    """How votes are counted and whose rules these are, where a cluster is described."""
    title = cluster.version.title
    match cluster.version_source:
        case VersionSource.NAMED:
            return _counting(cluster, title)
        case VersionSource.ASSUMED:
            return f"the file names no version: asked as {title}; {_counting(cluster)}"
        case _:
            assert_never(cluster.version_source)


def assumed_of_votes(cluster: Cluster) -> Iterator[str]:
    """The same as assumptions of every claim, with what is not documented and so allowed both
    ways."""
    yield votes_in_short(cluster)
    match cluster.vote_changes:
        case StaticVotes():
            return
        case DynamicVotes() as rule:
            yield from _of_changes(cluster, rule)
        case other:
            assert_never(other)


def _counting(cluster: Cluster, title: str = "") -> str:
    """With the `title` of the version, where that is not said before."""
    as_in = f", as in {title}" if title else ""
    match cluster.vote_changes:
        case StaticVotes() if not cluster.rule.nodes_vote:
            return f"the disk alone votes{as_in}"
        case StaticVotes() if cluster.version.rules is not QuorumRules.STATIC:
            return f"votes are static, {title} with dynamic quorum off".replace("  ", " ")
        case StaticVotes():
            return f"votes are static as in {title}" if title else "votes are static"
        case DynamicVotes():
            return f"votes follow who runs{as_in}"
        case other:
            assert_never(other)


def _of_changes(cluster: Cluster, rule: DynamicVotes) -> Iterator[str]:
    yield "votes are changed in one step, by a majority of the votes in force before"
    yield "nodes that form count the votes of the newest configuration among them (inferred)"
    if rule.lower_priority is None:
        yield "where one node of an even number loses its vote it may be any"
        if cluster.lower_priority is not None:
            yield (
                f"that {cluster.version.title} obeys LowerQuorumPriorityNodeId, which names "
                f"{cluster.lower_priority}, is not documented"
            )
    if not rule.keeps_odd:
        yield "whether more than two nodes are kept an odd number is not documented: both"
    if cluster.witness is not None:
        yield (
            "whether two nodes whose witness failed keep three votes or go down to one is not "
            "documented: both"
        )


WITH_DYNAMIC_QUORUM = (
    "dynamic quorum, of Windows Server 2012 and later, changes votes after each loss and may keep "
    "a cluster running that stops here."
)
"""What that means where a run is told that ends with a lack of votes."""

WITNESS_ALWAYS = (
    "that is so for static votes; from Windows Server 2012 R2 on a witness is recommended for any "
    "number of nodes"
)
"""What that means for the advice to have none (wsfc.md 1.3)."""

WITHOUT_VOTES = frozenset(
    {
        "acyclic",
        "online-needs-dependencies",
        "offline-in-reverse",
        "no-lost-write",
        "starts-in-turn",
        "restarts-limited",
        "failures-counted",
        "commands-remembered",
        "pause-lasts",
        "saved-is-restored",
    }
)
"""Claims about groups that hold whoever may go on: votes enter the model of groups where a loss
leaves too few, and these speak of the order, the counts and the memory of what runs, whoever is
left. They are asked of a cluster whose votes are not modelled, and of no other members."""
