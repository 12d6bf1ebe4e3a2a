"""Settings of groups that mean what they say and are seldom wanted: one note a matter."""

from collections import Counter
from collections.abc import Callable, Iterator

from quorate.cluster import Attribute, Cluster, Group, Item, Node, ResourceKind
from quorate.importers.notes import NoteKind, Remark, first_few, gathered
from quorate.values import dataclass


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
    yield from _empty_promises(cluster)


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
        possible = set(group.possible_owners(cluster.node_names))
        alike: dict[tuple[str, ...], list[str]] = {}
        for node in cluster.nodes:
            if node.name not in possible:
                continue
            if node.subnets not in alike:
                alike[node.subnets] = _never_online(group, node)
            never = alike[node.subnets]
            if never:
                yield Remark(
                    NoteKind.DOUBTFUL,
                    (Item(Attribute.GROUPS, index, group.name), Attribute.RESOURCES),
                    f"on {node.name!r} these can never be online, because an address that they "
                    "need is in none of its subnets; join addresses of which one is enough with "
                    f"'or', or leave the node out of the possible owners: {first_few(never)}",
                )


def _never_online(group: Group, node: Node) -> list[str]:
    """What of the group can be online on no node that is in these subnets; addresses may be."""
    online = group.online_at(node)
    return [
        resource.name
        for resource in group.resources
        if resource.name not in online and resource.kind is not ResourceKind.ADDRESS
    ]


def _crowded_classes(cluster: Cluster) -> Iterator[Remark]:
    """Pitfall P15: groups that exclude each other need a node each."""
    if not cluster.enforced_anti_affinity:
        return
    sizes = Counter(name for group in cluster.groups for name in group.anti_affinity)
    nodes = len(cluster.nodes)
    too_many = [name for name, size in sizes.items() if size > max(1, nodes)]
    crowded = [name for name, size in sizes.items() if size == max(2, nodes)]
    for names, so in (
        (
            too_many,
            "are of more groups than there are nodes, so that one of them is always offline",
        ),
        (crowded, "leave no node to spare, so that while one is down a group stays offline"),
    ):
        if names:
            yield Remark(
                NoteKind.DOUBTFUL,
                (Attribute.ENFORCED_ANTI_AFFINITY,),
                f"on {nodes} nodes these anti-affinity names {so}: {first_few(names)}",
            )


def _empty_promises(cluster: Cluster) -> Iterator[Remark]:
    """What a group promises that cannot be asked."""
    nodes = len(cluster.may_belong)
    for index, group in enumerate(cluster.groups):
        here = (Item(Attribute.GROUPS, index, group.name), Attribute.PROMISES)
        if group.promises.crash > nodes:
            yield Remark(
                NoteKind.DOUBTFUL,
                (*here, Attribute.CRASH),
                f"{group.promises.crash} crashes are promised, but there are {nodes} nodes; "
                f"{nodes} are asked",
            )
        if group.promises.apart and not any(group.avoids(o) for o in cluster.groups if o != group):
            yield Remark(
                NoteKind.DOUBTFUL,
                here,
                f"group {group.name!r} is to be apart from others, and shares no anti-affinity "
                "name with any; nothing is asked",
            )
