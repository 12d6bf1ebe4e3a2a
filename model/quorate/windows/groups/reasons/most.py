"""The most failovers that a group may have begun in one period, in a situation (rule G3)."""

from typing import assert_never

from quorate.cluster import Cluster, Group
from quorate.windows.groups.situation import Counted, Situation


def most_failovers(cluster: Cluster, group: Group, situation: Situation) -> int:
    """What is configured, or one less than the nodes that the default counts in this run."""
    if group.failover_threshold is not None:
        return group.failover_threshold
    now, nodes = situation.group(group.name), frozenset(cluster.node_names)
    match now.counted:
        case None | Counted.NODES:
            counted = nodes
        case Counted.MEMBERS:
            counted = situation.members
        case Counted.AVAILABLE:
            possible = frozenset(group.possible_owners(cluster.node_names))
            counted = (situation.members & possible) - situation.paused | {now.owner}
        case _:
            assert_never(now.counted)
    return len(counted) - 1
