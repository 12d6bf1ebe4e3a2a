"""Settings of groups that mean what they say and are seldom wanted: one note a matter."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quorate.cluster import Attribute, Cluster, Group, Item, ResourceKind
from quorate.importers.notes import NoteKind, Remark, first_few, gathered


def group_doubts(cluster: Cluster) -> Iterator[Remark]:
    """The doubtful remarks on the groups, of whatever format they come."""
    for matter in _MATTERS:
        yield from gathered(
            NoteKind.DOUBTFUL,
            matter.sentence,
            [
                ((Item(Attribute.GROUPS, index, group.name), matter.attribute), group.name)
                for index, group in enumerate(cluster.groups)
                if matter.doubted(cluster, group)
            ],
        )
    yield from _crowded_classes(cluster)
    yield from _useless_owners(cluster)


def _fails_back_to_nowhere(_: Cluster, group: Group) -> bool:
    return group.failback.goes_back and not group.preferred_owners


def _can_land_elsewhere(cluster: Cluster, group: Group) -> bool:
    possible = set(group.possible_owners(cluster.node_names))
    return bool(group.preferred_owners and possible - set(group.preferred_owners))


def _prefers_the_impossible(cluster: Cluster, group: Group) -> bool:
    return bool(set(group.preferred_owners) - set(group.possible_owners(cluster.node_names)))


def _may_run_twice(cluster: Cluster, group: Group) -> bool:
    """Nothing in the group is reserved by one node, nor locked by a machine on a shared volume."""
    machines = group.of_kind(ResourceKind.VIRTUAL_MACHINE)
    locked = any(set(machine.writes_to) & set(cluster.volumes) for machine in machines)
    reserved = locked or bool(group.of_kind(ResourceKind.DISK))
    return not (reserved or cluster.fencing or group.stateless)


def _migrates_no_machine(_: Cluster, group: Group) -> bool:
    shared = group.migration.needs_shared_data
    return shared and not group.of_kind(ResourceKind.VIRTUAL_MACHINE)


@dataclass(frozen=True)
class _Matter:
    attribute: Attribute
    sentence: str
    doubted: Callable[[Cluster, Group], bool]


_MATTERS = (
    _Matter(  # wsfc.md 5.1
        Attribute.FAILBACK,
        "failback has no effect without preferred owners, which say what node is better; name "
        "them or take failback out",
        _fails_back_to_nowhere,
    ),
    _Matter(  # rule G4, pitfall P10
        Attribute.PREFERRED_OWNERS,
        "preferred owners only say who is tried first, so these groups can land on the other nodes "
        "too; possible owners are what restricts",
        _can_land_elsewhere,
    ),
    _Matter(  # rule G5
        Attribute.PREFERRED_OWNERS,
        "a preferred owner is no possible owner of every resource, so these groups never go there",
        _prefers_the_impossible,
    ),
    _Matter(  # wsfc.md 3.3 and the split-brain window of 6
        Attribute.STATELESS,
        "no disk of these groups is reserved and lost nodes are not fenced, so a node that is cut "
        "off may run them twice until it notices; call them stateless where that does no harm",
        _may_run_twice,
    ),
    _Matter(  # rule V2
        Attribute.MIGRATION,
        "live migration has no effect on a group without a virtual machine",
        _migrates_no_machine,
    ),
)


def _useless_owners(cluster: Cluster) -> Iterator[Remark]:
    """Nodes that may own a group and cannot bring all of it online, because an address that it
    needs is in none of their subnets (wsfc.md 8)."""
    for index, group in enumerate(cluster.groups):
        for node in cluster.nodes:
            if node.name not in group.possible_owners(cluster.node_names):
                continue
            online = group.online_at(node)
            never = [
                r.name
                for r in group.resources
                if r.name not in online and r.kind is not ResourceKind.ADDRESS
            ]
            if never:
                yield Remark(
                    NoteKind.DOUBTFUL,
                    (Item(Attribute.GROUPS, index, group.name), Attribute.RESOURCES),
                    f"on {node.name!r} these can never be online, because an address that they "
                    "need is in none of its subnets; join addresses of which one is enough with "
                    f"'or', or leave the node out of the possible owners: {first_few(never)}",
                )


def _crowded_classes(cluster: Cluster) -> Iterator[Remark]:
    """Pitfall P15: groups that exclude each other need a node each."""
    if not cluster.enforced_anti_affinity:
        return
    sizes = Counter(name for group in cluster.groups for name in group.anti_affinity)
    crowded = [name for name, size in sizes.items() if size >= max(2, len(cluster.nodes))]
    if crowded:
        yield Remark(
            NoteKind.DOUBTFUL,
            (Attribute.ENFORCED_ANTI_AFFINITY,),
            f"on {len(cluster.nodes)} nodes these anti-affinity names leave no node to spare, so "
            "that while one is down a group stays offline: " + first_few(crowded),
        )
