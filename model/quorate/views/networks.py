"""What the network of a situation has fallen into."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from quorate.cluster import Situation


def networks(nodes: Sequence[str], situation: Situation) -> tuple[frozenset[str], ...]:
    """The sets of nodes that are connected, directly or through others, in configured order."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in situation.links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    found: list[frozenset[str]] = []
    placed: set[str] = set()
    for name in nodes:
        if name in placed:
            continue
        reached, frontier = {name}, {name}
        while frontier:
            frontier = set[str]().union(*(neighbours[near] for near in frontier)) - reached
            reached |= frontier
        placed |= reached
        found.append(frozenset(reached))
    return tuple(found)


def cuts(
    nodes: Sequence[str], network: Collection[str], situation: Situation
) -> tuple[tuple[str, str], ...]:
    """The pairs inside a network that do not reach each other directly."""
    inside = [name for name in nodes if name in network]
    return tuple(
        (one, other)
        for index, one in enumerate(inside)
        for other in inside[index + 1 :]
        if not situation.reaches(one, other)
    )
