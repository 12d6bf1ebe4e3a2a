"""Where groups are at the start of a run."""

from collections.abc import Iterator, Sequence

from quorate.cluster import Cluster, Group


def first_places(cluster: Cluster, groups: Sequence[Group]) -> Iterator[tuple[str, frozenset[str]]]:
    """For each group its owner, the first of its NodeList that may own it and that no group it
    avoids has, or the first if there is none; and what is online there: nothing of a group that has
    no place of its own where anti-affinity is enforced."""
    placed: list[tuple[Group, str]] = []
    for group in groups:
        taken = {owner for other, owner in placed if other.avoids(group)}
        together = {owner for other, owner in placed if other.disks & group.data}
        possible = group.possible_owners(cluster.may_belong)
        possible = possible or group.possible_owners(cluster.node_names)
        listed = [node for node in group.node_list(cluster.node_names) if node in possible]
        listed = [node for node in listed if node in together] or listed
        owner = next((node for node in listed if node not in taken), listed[0])
        placed.append((group, owner))
    works = [
        owner in cluster.may_belong
        and not (
            cluster.enforced_anti_affinity
            and any(place == owner and other.avoids(group) for other, place in placed[:index])
        )
        for index, (group, owner) in enumerate(placed)
    ]
    disks = frozenset[str]().union(*(group.disks for group, _ in placed))
    nodes = {node.name: node for node in cluster.nodes}
    online = [frozenset[str]()] * len(placed)
    while True:
        # One round more for every machine that waits for a disk of another group.
        before = online
        online = [
            group.online_at(nodes[owner], disks - _online_at(owner, placed, before))
            if able
            else frozenset()
            for (group, owner), able in zip(placed, works, strict=True)
        ]
        if online == before:
            break
    yield from ((owner, up) for (_, owner), up in zip(placed, online, strict=True))


def _online_at(
    node: str, placed: Sequence[tuple[Group, str]], online: Sequence[frozenset[str]]
) -> frozenset[str]:
    """What is online on a node, of all groups."""
    found = (up for (_, owner), up in zip(placed, online, strict=True) if owner == node)
    return frozenset[str]().union(*found)
