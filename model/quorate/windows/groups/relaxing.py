"""Facts of the configuration of a group, each with the circumstances without it: the least that has
to be said otherwise for the fact to be gone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from quorate.cluster import (
    Cluster,
    Dependency,
    FailbackPolicy,
    Group,
    Resource,
)
from quorate.errors import QuorateError
from quorate.inquiry.seam import Relaxation
from quorate.windows.groups.circumstances import GroupsCircumstances
from quorate.windows.groups.reasons.facts import Fact, Kind

_Changed = Callable[[Cluster], Cluster]


def relaxations(circumstances: GroupsCircumstances, about: str) -> Iterator[Relaxation]:
    """Of the group `about`."""
    cluster = circumstances.cluster
    group = next((group for group in cluster.groups if group.name == about), None)
    if group is not None:
        for fact, change in _facts(cluster, group):
            yield Relaxation(fact, partial(_without, change=change))


def _without(circumstances: GroupsCircumstances, change: _Changed) -> GroupsCircumstances | None:
    """None where the cluster cannot be so."""
    try:
        return replace(circumstances, cluster=change(circumstances.cluster))
    except QuorateError:
        return None


def _facts(cluster: Cluster, group: Group) -> Iterator[tuple[Fact, _Changed]]:
    name, nodes = group.name, cluster.node_names
    possible = group.possible_owners(nodes)
    if possible != nodes:
        yield Fact(Kind.OWNERS, name, nodes=possible), partial(_each, name, possible_owners=None)
    if group.preferred_owners:
        fact = Fact(Kind.PREFERS, name, nodes=group.preferred_owners)
        yield (
            fact,
            partial(_group, name, preferred_owners=(), failback=FailbackPolicy.NEVER, window=None),
        )
    if group.window is not None and group.failback.needs_window:
        fact = Fact(Kind.WINDOW, name, count=group.window.start, most=group.window.end)
        yield fact, partial(_group, name, failback=FailbackPolicy.IMMEDIATE, window=None)
    rivals = tuple(o.name for o in cluster.groups if o != group and o.avoids(group))
    if rivals:
        yield Fact(Kind.AVOIDS, name, groups=rivals), partial(_group, name, anti_affinity=())
    yield from _storage(cluster, group)
    for resource in group.resources:
        yield from _of_resource(cluster, group, resource)
    if not cluster.fencing:
        yield Fact(Kind.NOT_FENCED, name), lambda c: replace(c, fencing=True)


def _storage(cluster: Cluster, group: Group) -> Iterator[tuple[Fact, _Changed]]:
    for row in cluster.storage:
        if row.name not in group.disks | group.data:
            continue
        if set(row.reached_by) != set(cluster.node_names):
            fact = Fact(Kind.PATHS, group.name, things=(row.name,), nodes=row.reached_by)
            yield fact, partial(_row, row.name, reached_by=cluster.node_names)
        if row.sites:
            fact = Fact(Kind.COPIES, group.name, things=(row.name,), sites=row.sites)
            yield fact, partial(_row, row.name, sites=())


def _of_resource(
    cluster: Cluster, group: Group, resource: Resource
) -> Iterator[tuple[Fact, _Changed]]:
    name, below = group.name, group.below(resource.name)
    if resource.subnet is not None:
        out = tuple(n.name for n in cluster.nodes if n.subnets and resource.subnet not in n.subnets)
        if out:
            fact = Fact(Kind.SUBNET, name, things=(resource.name,), nodes=out)
            yield fact, partial(_resource, name, resource.name, subnet=None)
    kept = tuple(disk for disk in resource.writes_to if disk in group.disks - below)
    if kept:
        fact = Fact(Kind.NO_DEPENDENCY, name, things=(resource.name,), needs=kept)
        yield fact, partial(_needs, name, resource.name, kept)
    elif group.disks and resource.name not in group.disks and not group.disks & below:
        disk = next(d for d in group.resource_names if d in group.disks)
        fact = Fact(Kind.NO_DISK, name, things=(resource.name,))
        yield fact, partial(_needs, name, resource.name, (disk,))


def _group(name: str, cluster: Cluster, **changes: object) -> Cluster:
    groups = (replace(g, **changes) if g.name == name else g for g in cluster.groups)  # type: ignore[arg-type]
    return replace(cluster, groups=tuple(groups))


def _resources(name: str, change: Callable[[Resource], Resource], cluster: Cluster) -> Cluster:
    group = next(group for group in cluster.groups if group.name == name)
    return _group(name, cluster, resources=tuple(map(change, group.resources)))


def _each(name: str, cluster: Cluster, **changes: object) -> Cluster:
    return _resources(name, lambda r: replace(r, **changes), cluster)  # type: ignore[arg-type]


def _resource(name: str, resource: str, cluster: Cluster, **changes: object) -> Cluster:
    def changed(r: Resource) -> Resource:
        return replace(r, **changes) if r.name == resource else r  # type: ignore[arg-type]

    return _resources(name, changed, cluster)


def _needs(name: str, resource: str, disks: tuple[str, ...], cluster: Cluster) -> Cluster:
    """With a dependency on each of the disks."""

    def changed(r: Resource) -> Resource:
        clauses = (*r.depends_on.clauses, *((disk,) for disk in disks))
        return replace(r, depends_on=Dependency(clauses)) if r.name == resource else r

    return _resources(name, changed, cluster)


def _row(name: str, cluster: Cluster, **changes: object) -> Cluster:
    rows = (replace(r, **changes) if r.name == name else r for r in cluster.storage)  # type: ignore[arg-type]
    return replace(cluster, storage=tuple(rows))
