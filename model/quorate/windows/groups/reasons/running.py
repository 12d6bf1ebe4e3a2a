"""Where resources are active: on the owner of their group, and on nodes that were cut off."""

from collections.abc import Mapping

from quorate.windows.groups.activity import GroupActivity, ResourceState

ACTIVE = (ResourceState.ONLINE, ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING)


def left_on(group: GroupActivity, node: str) -> frozenset[str]:
    """What is still active there because the node has not noticed that it was cut off."""
    return (group.left or {}).get(node, frozenset())


def active_on(group: GroupActivity, node: str) -> frozenset[str]:
    owned = group.in_state(*ACTIVE) if group.owner == node else frozenset[str]()
    return owned | left_on(group, node)


def active_nodes(group: GroupActivity) -> Mapping[str, frozenset[str]]:
    """The nodes on which something is active, and what."""
    nodes = {group.owner, *(group.left or {})}
    return {node: found for node in sorted(nodes) if (found := active_on(group, node))}


def active_twice(group: GroupActivity) -> frozenset[str]:
    """The resources that are active on several nodes at once."""
    found = list(active_nodes(group).values())
    return frozenset(name for name in group.states if sum(name in where for where in found) > 1)
