"""Settings that mean what they say and are seldom wanted.

A note warns a reader; it does not change what is proved of the cluster.
"""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import (
    Attribute,
    Cluster,
    DiskOnly,
    DynamicVotes,
    Item,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    StaticVotes,
)
from quorate.importers.notes import NoteKind, Remark
from quorate.windows.version import WITNESS_ALWAYS


def doubts(cluster: Cluster) -> Iterator[Remark]:
    """The doubtful remarks on the votes of a cluster, of whatever format it comes."""
    mode = _mode_doubt_of(cluster)
    if mode:
        yield Remark(NoteKind.DOUBTFUL, (Attribute.RULE,), mode)
    yield from _witness_doubts(cluster)
    if cluster.rule.nodes_vote:
        yield from _vote_doubts(cluster)


def _mode_doubt_of(cluster: Cluster) -> str | None:
    match cluster.vote_changes:
        case StaticVotes():
            return _static_doubt(cluster)
        case DynamicVotes(witness_follows=False):
            return _dynamic_nodes_doubt(cluster)
        case DynamicVotes():
            return _dynamic_witness_doubt(cluster)
        case other:
            assert_never(other)


def _dynamic_nodes_doubt(cluster: Cluster) -> str | None:
    """Windows Server 2012 advises an odd number of voters, and so a witness for an even number of
    nodes (TechNet jj612870, Witness configuration)."""
    votes = sum(node.votes for node in cluster.nodes)
    match cluster.rule:
        case NodeMajority() if votes % 2 == 0:
            return (
                f"the nodes have an even number of votes, {votes}, so a split in halves may stop "
                f"both of them; {cluster.version.title} is advised to have a witness then"
            )
        case NodeAndDiskMajority() | NodeAndFileShareMajority() if votes % 2 and votes > 1:
            return (
                f"the nodes already have an odd number of votes, {votes}, and the witness makes it "
                f"even; {cluster.version.title} is advised to have none then, and later versions "
                "to have one always"
            )
        case NodeAndDiskMajority():
            return _disk_between_sites(cluster)
        case NodeMajority() | NodeAndFileShareMajority() | NodeAndCloudMajority() | DiskOnly():
            return None
        case _:
            assert_never(cluster.rule)


def _dynamic_witness_doubt(cluster: Cluster) -> str | None:
    """From Windows Server 2012 R2 on a witness is always advised (wsfc.md 1.3; Microsoft, Deploy a
    quorum witness)."""
    match cluster.rule:
        case NodeMajority() if len(cluster.nodes) > 1:
            return (
                "there is no witness; from Windows Server 2012 R2 on one is recommended for any "
                "number of nodes, since it votes only where that makes the number of votes odd"
            )
        case NodeAndDiskMajority():
            return _disk_between_sites(cluster)
        case NodeMajority() | NodeAndFileShareMajority() | NodeAndCloudMajority() | DiskOnly():
            return None
        case _:
            assert_never(cluster.rule)


def _static_doubt(cluster: Cluster) -> str | None:
    """The recommended mode by number of nodes and sites (wsfc.md 1.3, pitfalls P4, P7, P13). Votes
    stand for nodes where a node has more or fewer than one."""
    votes = sum(node.votes for node in cluster.nodes)
    match cluster.rule:
        case DiskOnly():
            return "the disk alone decides, so the cluster stops when the disk fails"
        case NodeAndDiskMajority():
            return _useless_witness(votes) or _disk_between_sites(cluster)
        case NodeAndFileShareMajority() | NodeAndCloudMajority():
            return _useless_witness(votes)
        case NodeMajority():
            return _tie(votes)
        case _:
            assert_never(cluster.rule)


def _tie(votes: int) -> str | None:
    if votes % 2:
        return None
    return (
        f"the nodes have an even number of votes, {votes}, so a split in halves stops both of "
        "them; a mode with a witness is recommended"
    )


def _useless_witness(votes: int) -> str | None:
    if votes % 2 == 0:
        return None
    return (
        f"the nodes already have an odd number of votes, {votes}, so the witness lets no more "
        "nodes fail, and while it is lost fewer may; Node Majority is recommended; "
        f"{WITNESS_ALWAYS}"
    )


def _disk_between_sites(cluster: Cluster) -> str | None:
    sites = {node.site for node in cluster.nodes if node.site is not None}
    if len(sites) < 2 or _stands_apart(cluster):
        return None
    return (
        f"the nodes stand in {len(sites)} sites and a disk stands in one of them or is replicated; "
        "Node and File Share Majority is recommended for several sites"
    )


def _stands_apart(cluster: Cluster) -> bool:
    """The witness is in a site that holds no node."""
    witness = cluster.witness
    return witness is not None and witness.site is not None and not cluster.nodes_in(witness.site)


def _witness_doubts(cluster: Cluster) -> Iterator[Remark]:
    """Pitfall P5: a witness in one of the main sites."""
    witness = cluster.witness
    if witness is not None and witness.site is not None and cluster.nodes_in(witness.site):
        yield Remark(
            NoteKind.DOUBTFUL,
            (Attribute.WITNESS, Attribute.SITE),
            f"the witness stands in {witness.site!r} together with nodes, so one site failure "
            "takes both away; a site without nodes is recommended",
        )


def _vote_doubts(cluster: Cluster) -> Iterator[Remark]:
    """Pitfall P18: nodes without a vote do not take over by themselves."""
    for index, node in enumerate(cluster.nodes):
        if node.votes == 0:
            yield Remark(
                NoteKind.DOUBTFUL,
                (Item(Attribute.NODES, index, node.name), Attribute.VOTES),
                f"node {node.name!r} has no vote, so it cannot keep the cluster running when nodes "
                "with votes are lost",
            )
