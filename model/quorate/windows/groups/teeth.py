"""On which groups a broken rule has a consequence at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from quorate.cluster import Cluster, Group, Resource, ResourceKind, RestartAction
from quorate.windows.membership.teeth import runs_without
from quorate.windows.models import ServiceDeviation

_D = ServiceDeviation

_QUICK = 1
"""Failures that a run may need before it shows a broken rule: else it is too long to look for."""


def bites_group(
    cluster: Cluster, group: Group, bundle: tuple[Group, ...], deviation: ServiceDeviation
) -> bool:
    """Whether the broken rule can be seen in `group`. A tooth that cannot bite says nothing; where
    this is hard to tell, it errs to the careful side."""
    bites = _BITES.get(deviation)
    return bites is None or bites(_Case(cluster, group, bundle))


@dataclass(frozen=True)
class _Case:
    """A group of a cluster, among those that it is looked at together with."""

    cluster: Cluster
    group: Group
    bundle: tuple[Group, ...]

    @cached_property
    def places(self) -> int:
        """How many nodes may own the group."""
        return len(self.group.possible_owners(self.cluster.may_belong))

    @cached_property
    def rivals(self) -> int:
        """How many groups it avoids."""
        return sum(other != self.group and other.avoids(self.group) for other in self.bundle)

    @property
    def room(self) -> int:
        """How many nodes are left for it, its own included, when every group that it has to avoid
        has one."""
        return self.places - self.rivals * self.cluster.enforced_anti_affinity

    @property
    def one_may_be_lost(self) -> bool:
        """Whichever node is lost, the others go on."""
        return all(runs_without(self.cluster, node) for node in self.cluster.may_belong)

    @property
    def some_may_be_lost(self) -> bool:
        """There is a node without which the others go on."""
        return any(runs_without(self.cluster, node) for node in self.cluster.may_belong)

    @property
    def depends(self) -> bool:
        return any(resource.depends_on.clauses for resource in self.group.resources)

    @property
    def preferred(self) -> int:
        """How many of its preferred owners may own it."""
        possible = set(self.group.possible_owners(self.cluster.may_belong))
        return len(possible.intersection(self.group.preferred_owners))

    @property
    def wanders(self) -> bool:
        """Few failures bring the group to move, and few moves are allowed: else the run that shows
        it is too long to look for."""
        threshold, resources = self.group.failover_threshold, self.group.resources
        allowed = len(self.cluster.nodes) - 1 if threshold is None else threshold
        quick = [r.restart_threshold for r in resources if r.restart is RestartAction.FAIL_OVER]
        few = allowed <= 1 and min(quick, default=9) <= _QUICK
        return self.places > 1 and few and len(resources) < 7

    @property
    def is_reserved(self) -> bool:
        """Something that keeps data stands on a disk, or on a shared volume."""
        return any(_guarded(self.cluster, resource) for resource in self.group.resources)

    @property
    def may_be_missed(self) -> bool:
        """A machine keeps data on a volume, or on a disk of another group, which may be away when
        it starts."""
        used = {name for r in self.group.resources for name in r.writes_to}
        return bool(used - set(self.group.resource_names))


_BITES: Mapping[ServiceDeviation, Callable[[_Case], bool]] = {
    _D.STARTS_UNSUPPORTED: lambda case: case.depends,
    _D.STOPS_AT_ONCE: lambda case: case.depends,
    _D.KEEPS_DEPENDENTS: lambda case: case.depends,
    _D.IGNORES_POSSIBLE_OWNERS: lambda case: (
        case.one_may_be_lost and case.places < len(case.cluster.nodes)
    ),
    _D.IGNORES_THRESHOLD: lambda case: case.wanders,
    _D.FORGETS_FAILOVERS: lambda case: case.wanders,
    _D.FAILS_OVER_AT_ONCE: lambda case: any(
        r.restart is not RestartAction.FAIL_OVER or r.restart_threshold > 0
        for r in case.group.resources
    ),
    _D.RESTARTS_FOR_EVER: lambda case: any(
        r.restart is not RestartAction.NONE and r.restart_threshold <= _QUICK
        for r in case.group.resources
    ),
    _D.NEVER_RESTARTS: lambda case: any(
        r.restart is not RestartAction.NONE for r in case.group.resources
    ),
    _D.KEEPS_DRAINED: lambda case: case.room > 1,
    _D.NO_FAILBACK: lambda case: case.places > 1 and case.one_may_be_lost,
    _D.IGNORES_WINDOW: lambda case: case.group.window is not None and case.one_may_be_lost,
    _D.GOES_BACK_TO_ANY: lambda case: case.preferred > 1 and case.one_may_be_lost,
    _D.FORGETS_RETURNS: lambda case: case.preferred > 0 and case.one_may_be_lost,
    _D.TAKES_LAST: lambda case: (
        case.preferred > 0 and case.rivals == 0 and case.places > 2 and case.one_may_be_lost
    ),
    _D.GOES_ASTRAY: lambda case: case.places > 2 and case.rivals == 0,
    # Where it is enforced nothing starts beside a rival, wherever the group went.
    _D.IGNORES_ANTI_AFFINITY: lambda case: (
        not case.cluster.enforced_anti_affinity
        and case.places > case.rivals + 1
        and case.one_may_be_lost
    ),
    _D.KEEPS_ADDRESS: lambda case: changes_address(case.cluster, case.group),
    _D.NO_RESERVATION: lambda case: (
        not case.cluster.fencing and case.is_reserved and case.some_may_be_lost
    ),
    _D.DOES_NOT_FENCE: lambda case: (
        case.cluster.fencing and not case.is_reserved and case.one_may_be_lost
    ),
    _D.DISK_STAYS_BEHIND: lambda case: case.may_be_missed,
}
"""Those that are not here are seen in every group."""


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


def _guarded(cluster: Cluster, resource: Resource) -> bool:
    if resource.kind is ResourceKind.DISK:
        return True
    machine = resource.kind is ResourceKind.VIRTUAL_MACHINE
    return machine and bool(set(resource.writes_to) & set(cluster.volumes))
