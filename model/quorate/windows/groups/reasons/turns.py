"""Whether it is a group's turn to start, read from a situation."""

from collections.abc import Iterator

from quorate.cluster import Cluster
from quorate.windows.groups.situation import ResourceState, Situation


def missing_before(cluster: Cluster, now: Situation, group: str) -> Iterator[tuple[str, ...]]:
    """Of each set that the group starts after and of which too few are online, those that are
    not."""
    for condition in cluster.start_conditions(group):
        missing = tuple(name for name in condition.groups if not _is_online(cluster, now, name))
        if len(condition.groups) - len(missing) < condition.count:
            yield missing


def is_under_way(now: Situation, group: str) -> bool:
    """Something of the group runs or has failed, so that its turn has come before."""
    seen = now.group(group)
    return bool(seen.active or seen.in_state(ResourceState.FAILED))


def _is_online(cluster: Cluster, now: Situation, name: str) -> bool:
    """All of the group is online that its place allows, on a member."""
    (group,) = cluster.groups_named([name])
    seen = now.group(name)
    node = cluster.nodes[cluster.node_names.index(seen.owner)]
    online = seen.in_state(ResourceState.ONLINE)
    return seen.owner in now.members and bool(online) and group.online_at(node) <= online
