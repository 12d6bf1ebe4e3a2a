"""Settings that mean what they say and are seldom wanted.

A note warns a reader; it does not change what is proved of the cluster.
"""

from collections.abc import Iterator

from quorate.cluster import (
    Cluster,
    DiskOnly,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
)
from quorate.importers.notes import Note, NoteKind


def doubts(cluster: Cluster) -> Iterator[Note]:
    """The doubtful notes on a cluster, `where` being key paths of the native format."""
    mode = _mode_doubt(cluster)
    if mode:
        yield Note(NoteKind.DOUBTFUL, "quorum.mode", mode)
    yield from _witness_doubts(cluster)
    if not isinstance(cluster.rule, DiskOnly):
        yield from _vote_doubts(cluster)


def _mode_doubt(cluster: Cluster) -> str | None:
    """The recommended mode by number of nodes and sites (wsfc.md 1.3, pitfalls P4, P7, P13). Votes
    stand for nodes where a node has more or fewer than one."""
    votes = sum(node.votes for node in cluster.nodes)
    odd = votes % 2 == 1
    sites = {node.site for node in cluster.nodes if node.site is not None}
    match cluster.rule:
        case DiskOnly():
            return "the disk alone decides, so the cluster stops when the disk fails"
        case NodeAndDiskMajority() | NodeAndFileShareMajority() if odd:
            return (
                f"the nodes already have an odd number of votes, {votes}, so the witness lets no "
                "more nodes fail, and while it is lost fewer may; node-majority is recommended"
            )
        case NodeMajority() if not odd:
            return (
                f"the nodes have an even number of votes, {votes}, so a split in halves stops both "
                "of them; a mode with a witness is recommended"
            )
        case NodeAndDiskMajority() if len(sites) > 1 and not _stands_apart(cluster):
            return (
                f"the nodes stand in {len(sites)} sites and a disk stands in one of them or is "
                "replicated; node-and-file-share-majority is recommended for several sites"
            )
    return None


def _stands_apart(cluster: Cluster) -> bool:
    """The witness is in a site that holds no node."""
    witness = cluster.witness
    return witness is not None and witness.site is not None and not cluster.nodes_in(witness.site)


def _witness_doubts(cluster: Cluster) -> Iterator[Note]:
    """Pitfall P5: a witness in one of the main sites."""
    witness = cluster.witness
    if witness is not None and witness.site is not None and cluster.nodes_in(witness.site):
        yield Note(
            NoteKind.DOUBTFUL,
            "witness.site",
            f"the witness stands in {witness.site!r} together with nodes, so one site failure "
            "takes both away; a site without nodes is recommended",
        )


def _vote_doubts(cluster: Cluster) -> Iterator[Note]:
    """Pitfall P18: nodes without a vote do not take over by themselves."""
    for index, node in enumerate(cluster.nodes):
        if node.votes == 0:
            yield Note(
                NoteKind.DOUBTFUL,
                f"nodes[{index}].votes",
                f"node {node.name!r} has no vote, so it cannot keep the cluster running when nodes "
                "with votes are lost",
            )
