"""On which groups a broken rule has a consequence at all."""

from quorate.claims.teeth import runs_without
from quorate.cluster import Cluster, Group, Resource, ResourceKind, RestartAction
from quorate.dynamics import ServiceDeviation

_D = ServiceDeviation


def bites_group(
    cluster: Cluster, group: Group, bundle: tuple[Group, ...], deviation: ServiceDeviation
) -> bool:
    """Whether the broken rule can be seen in `group`. A tooth that cannot bite says nothing; where
    this is hard to tell, it errs to the careful side."""
    depends = any(resource.depends_on.clauses for resource in group.resources)
    match deviation:
        case _D.STARTS_UNSUPPORTED | _D.STOPS_AT_ONCE | _D.KEEPS_DEPENDENTS | _D.DEPENDS_ON_ITSELF:
            return depends or deviation is _D.DEPENDS_ON_ITSELF
        case _D.IGNORES_POSSIBLE_OWNERS:
            possible = group.possible_owners(cluster.node_names)
            return _one_may_be_lost(cluster) and len(possible) < len(cluster.nodes)
        case _D.IGNORES_THRESHOLD | _D.FORGETS_FAILOVERS:
            return _wanders(cluster, group)
        case _D.KEEPS_ADDRESS:
            return changes_address(cluster, group)
        case _D.NO_RESERVATION:
            return not cluster.fencing and _is_reserved(cluster, group)
        case _D.DOES_NOT_FENCE:
            return (
                cluster.fencing and not _is_reserved(cluster, group) and _one_may_be_lost(cluster)
            )
        case _D.DISK_STAYS_BEHIND:
            return _may_be_missed(group)
        case _D.IGNORES_ANTI_AFFINITY:
            return _has_room(cluster, group, bundle)
        case _D.NEVER_RESTARTS:
            return any(r.restart is not RestartAction.NONE for r in group.resources)
        case _D.NO_FAILBACK:
            return len(group.possible_owners(cluster.node_names)) > 1 and _one_may_be_lost(cluster)
    return True


def _one_may_be_lost(cluster: Cluster) -> bool:
    """Whichever node is lost, the others go on."""
    return all(runs_without(cluster, node) for node in cluster.node_names)


def _wanders(cluster: Cluster, group: Group) -> bool:
    """Few failures bring the group to move, and few moves are allowed: else the run that shows it
    is too long to look for."""
    threshold = group.failover_threshold
    allowed = len(cluster.nodes) - 1 if threshold is None else threshold
    quick = [r.restart_threshold for r in group.resources if r.restart is RestartAction.FAIL_OVER]
    places = len(group.possible_owners(cluster.node_names))
    return places > 1 and allowed <= 1 and min(quick, default=9) <= 1 and len(group.resources) < 7


def changes_address(cluster: Cluster, group: Group) -> bool:
    """On two nodes that may own the group different addresses can be online."""
    addresses = group.of_kind(ResourceKind.ADDRESS)
    possible = group.possible_owners(cluster.node_names)

    def local(node: str) -> frozenset[str]:
        subnets = next(n.subnets for n in cluster.nodes if n.name == node)
        return frozenset(
            a.name for a in addresses if a.subnet is None or not subnets or a.subnet in subnets
        )

    found = {local(node) for node in possible}
    return len(found) > 1 and all(
        not one & other for one in found for other in found if one != other
    )


def _is_reserved(cluster: Cluster, group: Group) -> bool:
    """Something that keeps data stands on a disk, or on a shared volume."""
    return any(_guarded(cluster, resource) for resource in group.resources)


def _guarded(cluster: Cluster, resource: Resource) -> bool:
    if resource.kind is ResourceKind.DISK:
        return True
    machine = resource.kind is ResourceKind.VIRTUAL_MACHINE
    return machine and bool(set(resource.writes_to) & set(cluster.volumes))


def _may_be_missed(group: Group) -> bool:
    """A machine keeps data on a volume, or on a disk of another group, which may be away when it
    starts."""
    own = set(group.resource_names)
    elsewhere = {name for r in group.resources for name in r.writes_to} - own
    return bool(elsewhere)


def _has_room(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> bool:
    """A node is left for the group when one is lost and every group that it avoids has one."""
    rivals = [g for g in bundle if g != group and g.avoids(group)]
    places = len(group.possible_owners(cluster.node_names))
    return places > len(rivals) + 1 and _one_may_be_lost(cluster)
