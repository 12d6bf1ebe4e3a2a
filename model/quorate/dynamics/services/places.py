"""Where groups are at the start of a run."""

from collections.abc import Collection, Iterator, Sequence

from quorate.cluster import Cluster, DiskOnly, Group, ResourceKind


def first_places(cluster: Cluster, groups: Sequence[Group]) -> Iterator[tuple[str, frozenset[str]]]:
    """For each group its owner, the first of its NodeList that may own it and that no group it
    avoids has, or the first if there is none; and what is online there: nothing of a group that has
    no place of its own where anti-affinity is enforced."""
    placed: list[tuple[Group, str]] = []
    for group in groups:
        taken = {
            owner for other, owner in placed if set(other.anti_affinity) & set(group.anti_affinity)
        }
        together = {owner for other, owner in placed if _disks_of(other) & _data_of(group)}
        possible = group.possible_owners(_members(cluster))
        possible = possible or group.possible_owners(cluster.node_names)
        listed = [node for node in group.node_list(cluster.node_names) if node in possible]
        listed = [node for node in listed if node in together] or listed
        owner = next((node for node in listed if node not in taken), listed[0])
        placed.append((group, owner))
    works = [
        owner in _members(cluster)
        and not (
            cluster.enforced_anti_affinity
            and any(
                place == owner and set(other.anti_affinity) & set(group.anti_affinity)
                for other, place in placed[:index]
            )
        )
        for index, (group, owner) in enumerate(placed)
    ]
    disks = {disk for group, _ in placed for disk in _disks_of(group)}
    online = [frozenset[str]()] * len(placed)
    while True:
        # One round more for every machine that waits for a disk of another group.
        before = online
        online = [
            online_on(cluster, group, owner, disks - _online_at(owner, placed, before))
            if able
            else frozenset()
            for (group, owner), able in zip(placed, works, strict=True)
        ]
        if online == before:
            break
    yield from ((owner, up) for (_, owner), up in zip(placed, online, strict=True))


def online_on(
    cluster: Cluster, group: Group, node: str, away: Collection[str] = ()
) -> frozenset[str]:
    """What of a group can be online on a node: addresses where their subnet is (wsfc.md 8),
    machines whose disks are not `away`, and what has all that it needs."""
    subnets = next(n.subnets for n in cluster.nodes if n.name == node)
    online: set[str] = set()
    for resource in group.providers_first:
        here = resource.subnet is None or not subnets or resource.subnet in subnets
        if resource.kind is ResourceKind.VIRTUAL_MACHINE:
            here = here and not set(resource.writes_to) & set(away)
        if here and resource.depends_on.satisfied_by(online):
            online.add(resource.name)
    return frozenset(online)


def _online_at(
    node: str, placed: Sequence[tuple[Group, str]], online: Sequence[frozenset[str]]
) -> frozenset[str]:
    """What is online on a node, of all groups."""
    found = (up for (_, owner), up in zip(placed, online, strict=True) if owner == node)
    return frozenset[str]().union(*found)


def _disks_of(group: Group) -> set[str]:
    return {disk.name for disk in group.of_kind(ResourceKind.DISK)}


def _data_of(group: Group) -> set[str]:
    return {name for resource in group.resources for name in resource.writes_to}


def _members(cluster: Cluster) -> tuple[str, ...]:
    """Who is a member at the start: under Disk Only who has a path to the disk (rule Q3)."""
    if cluster.witness is None or not isinstance(cluster.rule, DiskOnly):
        return cluster.node_names
    return cluster.witness.reached_by
