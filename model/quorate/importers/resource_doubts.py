"""Settings of resources that mean what they say and are seldom wanted: one note a matter."""

from collections.abc import Callable, Iterator

from quorate.cluster import Attribute, Cluster, Group, Item, Resource, ResourceKind
from quorate.importers.notes import NoteKind, Remark, gathered
from quorate.values import dataclass


def resource_doubts(cluster: Cluster) -> Iterator[Remark]:
    """The doubtful remarks on the resources, of whatever format they come."""
    for matter in _MATTERS:
        yield from gathered(
            NoteKind.DOUBTFUL,
            matter.sentence,
            [
                (
                    (
                        Item(Attribute.GROUPS, index, group.name),
                        Item(Attribute.RESOURCES, place, resource.name),
                        matter.attribute,
                    ),
                    resource.name,
                )
                for index, group in enumerate(cluster.groups)
                for place, resource in enumerate(group.resources)
                if matter.doubted(cluster, group, resource)
            ],
        )


def _misses_a_kind(_: Cluster, group: Group, resource: Resource) -> bool:
    wanted = resource.kind.required_providers
    return bool(wanted) and not _kinds_below(group)[resource.name].issuperset(wanted)


def _kinds_below(group: Group) -> dict[str, frozenset[ResourceKind]]:
    """The kinds of which some resource is online whenever the named one is: of a clause, those that
    each of its alternatives brings."""
    below: dict[str, frozenset[ResourceKind]] = {}
    brings: dict[str, frozenset[ResourceKind]] = {}
    for resource in group.providers_first:
        kinds = frozenset[ResourceKind]()
        for clause in resource.depends_on.clauses:
            kinds |= frozenset.intersection(*(brings[name] for name in clause))
        below[resource.name] = kinds
        brings[resource.name] = kinds | {resource.kind}
    return below


def _outlives_its_disk(_: Cluster, group: Group, resource: Resource) -> bool:
    disks = {disk.name for disk in group.of_kind(ResourceKind.DISK)}
    written = disks & set(resource.writes_to) - {resource.name}
    return bool(written) and not written <= group.below(resource.name)


def _writes_to_another_group(cluster: Cluster, group: Group, resource: Resource) -> bool:
    return not set(resource.writes_to) <= {*group.resource_names, *cluster.volumes}


def _is_a_disk_that_nobody_uses(_: Cluster, group: Group, resource: Resource) -> bool:
    """A disk that is alone in its group is there for what runs elsewhere."""
    if resource.kind is not ResourceKind.DISK or len(group.resources) == 1:
        return False
    others = [other for other in group.resources if other is not resource]
    needed = any(resource.name in group.below(other.name) for other in others)
    return not (needed or any(resource.name in other.writes_to for other in others))


def _is_a_machine_without_data(_: Cluster, __: Group, resource: Resource) -> bool:
    return resource.kind is ResourceKind.VIRTUAL_MACHINE and not resource.writes_to


def _is_no_machine_to_save(_: Cluster, __: Group, resource: Resource) -> bool:
    machine = resource.kind is ResourceKind.VIRTUAL_MACHINE
    return not machine and resource.offline_action is not Resource.offline_action


@dataclass(frozen=True)
class _Matter:
    attribute: Attribute
    sentence: str
    doubted: Callable[[Cluster, Group, Resource], bool]


_MATTERS = (
    _Matter(  # wsfc.md 4.2
        Attribute.DEPENDS_ON,
        "Windows wants resources of certain kinds below these, as an address below a network name "
        "or a disk below a spooler, and their dependencies do not lead to them in every case",
        _misses_a_kind,
    ),
    _Matter(  # pitfall P19
        Attribute.WRITES_TO,
        "these keep data on a disk that they do not depend on, so an orderly stop may take the "
        "disk away first",
        _outlives_its_disk,
    ),
    _Matter(  # wsfc.md 7
        Attribute.WRITES_TO,
        "a disk is owned by one node, so what keeps data on it has to be in its group and move "
        "with it; these are not",
        _writes_to_another_group,
    ),
    _Matter(  # pitfall P19; exports do not say who keeps data where
        Attribute.WRITES_TO,
        "nothing in their groups depends on these disks or is said to keep data on them, so no "
        "claim speaks of what is on them; say in writes_to who keeps data there, and let it depend "
        "on the disk",
        _is_a_disk_that_nobody_uses,
    ),
    _Matter(  # wsfc.md 7
        Attribute.WRITES_TO,
        "it is not said where these virtual machines keep their data, so nothing is known of the "
        "disk under them; name it",
        _is_a_machine_without_data,
    ),
    _Matter(  # wsfc.md 7
        Attribute.OFFLINE_ACTION,
        "an offline action has no effect on what is no virtual machine",
        _is_no_machine_to_save,
    ),
)
