"""A dumb twin of the quorum rule: it counts votes one by one on its fingers."""

from collections.abc import Iterable

from quorate.cluster import DiskOnly, Hold, Node, NodeMajority, QuorumRule, Vote


def counted(
    rule: QuorumRule, nodes: Iterable[Node], members: Iterable[str], holds: bool
) -> tuple[int, int]:
    """(votes of the members, votes of everybody)."""
    mine = everybody = 0
    present = list(members)
    for node in nodes:
        if isinstance(rule, DiskOnly):
            continue
        for _ in range(node.votes):
            everybody += 1
            if node.name in present:
                mine += 1
    if not isinstance(rule, NodeMajority):
        everybody += 1
        if holds:
            mine += 1
    return mine, everybody


def wins(rule: QuorumRule, nodes: Iterable[Node], members: Iterable[str], holds: bool) -> bool:
    """Somebody is there, and two of each finger are more than all fingers."""
    mine, everybody = counted(rule, nodes, members, holds)
    return bool(list(members)) and mine + mine > everybody


def vote(rule: QuorumRule, nodes: Iterable[Node], members: Iterable[str], hold: Hold) -> Vote:
    possible = {Hold.HELD: [True], Hold.NOT_HELD: [False], Hold.UNDECIDED: [True, False]}[hold]
    outcomes = {wins(rule, nodes, members, holds) for holds in possible}
    if len(outcomes) == 2:
        return Vote.PENDING
    return Vote.WON if outcomes == {True} else Vote.LOST
