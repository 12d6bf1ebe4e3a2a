"""On which clusters a broken rule has a consequence at all."""

from quorate.cluster import Cluster, DiskOnly, WitnessKind
from quorate.windows.models import Deviation

_FEW = 8
"""In more nodes than this a run that is known to exist is not found in the time of a question."""


def bites(cluster: Cluster, deviation: Deviation) -> bool:
    """Whether the broken rule can be seen in `cluster`, by arithmetic on its votes.

    A tooth that cannot bite says nothing: with an odd total there are no two halves, with one node
    there are no two islands. Where cables reach only some nodes the arithmetic errs to the careful
    side: a tooth that would bite may not be tried.
    """
    if len(cluster.nodes) < 2:
        return deviation is Deviation.DOES_NOT_LISTEN
    votes, witness = cluster.votes, cluster.votes.witness
    disk_only = isinstance(cluster.rule, DiskOnly)
    everyone = sum(votes.nodes.values())
    splits = _splits(cluster)
    match deviation:
        case Deviation.HALF_IS_ENOUGH:
            halves = votes.total % 2 == 0 and not disk_only
            return halves and any(2 * one + 2 * witness == votes.total for one in splits)
        case Deviation.VOTES_OF_THE_LIVING:
            return not disk_only and _both_sides_live(cluster)
        case Deviation.WITNESS_COUNTS_TWICE | Deviation.SHARE_TAG_IGNORED:
            return _either_side_wins(cluster) and (
                deviation is Deviation.WITNESS_COUNTS_TWICE
                or _has_witness(cluster, WitnessKind.FILE_SHARE)
            )
        case Deviation.DISK_COPY_IGNORED:
            return _has_witness(cluster, WitnessKind.DISK) and _either_side_wins(cluster)
        case Deviation.COUNTS_NEIGHBOURS:
            light = sorted(votes.nodes.values())
            return not disk_only and everyone - light[0] >= votes.needed <= everyone - light[1]
        case Deviation.FORCED_FOR_EVER:
            return len(cluster.nodes) <= _FEW
        case Deviation.JOINS_STRANGERS:
            return len(cluster.nodes) > 2 and not disk_only and _others_go_on(cluster)
        case Deviation.JOINER_KEEPS_REPLICA:
            return any(runs_without(cluster, node) for node in cluster.may_belong)
        case Deviation.RUNS_WITHOUT_QUORUM:
            return len(cluster.may_belong) > 1
        case _:
            return True


def _others_go_on(cluster: Cluster) -> bool:
    """Whichever node is dropped, the others have quorum."""
    return all(runs_without(cluster, node) for node in cluster.node_names)


def _both_sides_live(cluster: Cluster) -> bool:
    """Two sides can each have more than half of the votes that are there on its side, the witness's
    among them."""
    votes, witness = cluster.votes.nodes, cluster.witness
    if witness is None:
        return sum(count > 0 for count in votes.values()) > 1
    least = min(votes[holder] for holder in witness.reached_by)
    return sum(votes.values()) - least > cluster.votes.witness


def runs_without(cluster: Cluster, node: str) -> bool:
    """The others have quorum together, with the witness if one of them reaches it."""
    witness = cluster.witness
    others = set(cluster.node_names) - {node}
    holds = witness is not None and not others.isdisjoint(witness.reached_by)
    return cluster.votes.tally(others, holds) >= cluster.votes.needed


def _has_witness(cluster: Cluster, kind: WitnessKind) -> bool:
    return cluster.witness is not None and cluster.witness.kind is kind


def _either_side_wins(cluster: Cluster) -> bool:
    """The nodes fall into two sides, both connected to the witness, of which the witness alone
    decides which one has quorum."""
    witness = cluster.witness
    if witness is None or len(witness.reached_by) < len(cluster.nodes):
        return False
    least = cluster.votes.needed - cluster.votes.witness
    everyone = sum(cluster.votes.nodes.values())
    return any(one >= least and everyone - one >= least for one in _splits(cluster))


def _splits(cluster: Cluster) -> set[int]:
    """The votes that one of two sides can have, when the nodes fall into two."""
    sums = {(0, 0)}
    for node in cluster.nodes:
        added = cluster.votes.nodes[node.name]
        sums |= {(min(count + 1, len(cluster.nodes)), total + added) for count, total in sums}
    return {total for count, total in sums if 0 < count < len(cluster.nodes)}
