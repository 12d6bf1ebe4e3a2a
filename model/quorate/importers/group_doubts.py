"""Settings of groups that mean what they say and are seldom wanted: one note a matter."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quorate.cluster import Cluster, FailbackPolicy, Group, Migration, ResourceKind
from quorate.importers.notes import Note, NoteKind, first_few, gathered


def group_doubts(cluster: Cluster) -> Iterator[Note]:
    """The doubtful notes on the groups, `where` being key paths of the native format."""
    for matter in _MATTERS:
        yield from gathered(
            NoteKind.DOUBTFUL,
            matter.sentence,
            [
                (f"groups[{index}].{matter.key}", group.name)
                for index, group in enumerate(cluster.groups)
                if matter.doubted(cluster, group)
            ],
        )
    yield from _crowded_classes(cluster)
    yield from _useless_owners(cluster)


def _fails_back_to_nowhere(_: Cluster, group: Group) -> bool:
    return group.failback is not FailbackPolicy.NEVER and not group.preferred_owners


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
    live = group.migration is Migration.LIVE
    return live and not group.of_kind(ResourceKind.VIRTUAL_MACHINE)


@dataclass(frozen=True)
class _Matter:
    key: str
    sentence: str
    doubted: Callable[[Cluster, Group], bool]


_MATTERS = (
    _Matter(  # wsfc.md 5.1
        "failback",
        "failback has no effect without preferred owners, which say what node is better; name "
        "them or take failback out",
        _fails_back_to_nowhere,
    ),
    _Matter(  # rule G4, pitfall P10
        "preferred_owners",
        "preferred owners only say who is tried first, so these groups can land on the other nodes "
        "too; possible_owners is what restricts",
        _can_land_elsewhere,
    ),
    _Matter(  # rule G5
        "preferred_owners",
        "a preferred owner is no possible owner of every resource, so these groups never go there",
        _prefers_the_impossible,
    ),
    _Matter(  # wsfc.md 3.3 and the split-brain window of 6
        "stateless",
        "no disk of these groups is reserved and lost nodes are not fenced, so a node that is cut "
        "off may run them twice until it notices; set stateless = true where that does no harm",
        _may_run_twice,
    ),
    _Matter(  # rule V2
        "migration",
        "migration = 'live' has no effect on a group without a virtual machine",
        _migrates_no_machine,
    ),
)


def _useless_owners(cluster: Cluster) -> Iterator[Note]:
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
                yield Note(
                    NoteKind.DOUBTFUL,
                    f"groups[{index}].resources",
                    f"on {node.name!r} these can never be online, because an address that they "
                    "need is in none of its subnets; join addresses of which one is enough with "
                    f"'or', or leave the node out of possible_owners: {first_few(never)}",
                )


def _crowded_classes(cluster: Cluster) -> Iterator[Note]:
    """Pitfall P15: groups that exclude each other need a node each."""
    if not cluster.enforced_anti_affinity:
        return
    sizes = Counter(name for group in cluster.groups for name in group.anti_affinity)
    crowded = [name for name, size in sizes.items() if size >= max(2, len(cluster.nodes))]
    if crowded:
        yield Note(
            NoteKind.DOUBTFUL,
            "failover.enforced_anti_affinity",
            f"on {len(cluster.nodes)} nodes these anti-affinity names leave no node to spare, so "
            "that while one is down a group stays offline: " + first_few(crowded),
        )
