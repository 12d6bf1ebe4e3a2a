"""Nodes and the sites that they stand in."""

from quorate.values import dataclass

MOST_VOTES = 1000
"""More votes than this on one node is taken for a typing error; Windows itself knows 0 and 1."""


@dataclass(frozen=True)
class Node:
    """A member of the cluster. `votes` is its configured weight, 0 or more; 0 still stores the
    configuration and may run the cluster, it only does not vote (NodeWeight, wsfc.md 2.1).
    `subnets` are those in which an address can be brought online there, empty for any."""

    name: str
    votes: int = 1
    site: str | None = None
    subnets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """A place that can fail as a whole: a room, a building, a region."""

    name: str
