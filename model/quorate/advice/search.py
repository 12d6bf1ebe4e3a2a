"""The nearest configurations that are as somebody wants."""

from collections.abc import Callable, Collection, Iterable, Sequence

from quorate.advice.neighbours import Neighbour, neighbours
from quorate.cluster import Cluster


def nearest(
    cluster: Cluster,
    good: Callable[[Sequence[Neighbour]], Collection[Neighbour]],
    most: int,
) -> Sequence[Neighbour]:
    """All that are `good` of the fewest decisions, at most so many, that have any; empty where none
    has. `good` is asked about all of one number at a time, and says which of them are."""
    ring: Sequence[Neighbour] = [Neighbour(cluster, ())]
    seen = {cluster}
    for _ in range(most):
        ring = _next(ring, seen)
        found = good(ring)
        if found:
            return [one for one in ring if one in found]
    return ()


def _next(ring: Iterable[Neighbour], seen: set[Cluster]) -> list[Neighbour]:
    """What is one decision further than all that were `seen`, each once."""
    further = list[Neighbour]()
    for one in ring:
        for other in neighbours(one.cluster):
            if other.cluster not in seen:
                seen.add(other.cluster)
                further.append(Neighbour(other.cluster, (*one.decisions, *other.decisions)))
    return further
