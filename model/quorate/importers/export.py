"""A cluster as a document of the native format, the inverse of reading one."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, assert_never

from quorate.cluster import (
    COUNTED,
    Cluster,
    Group,
    GroupSet,
    Node,
    Requirements,
    Resource,
    Storage,
    VersionSource,
)
from quorate.importers.keys import keys_in
from quorate.importers.unmodelled import Unmodelled


def document(
    cluster: Cluster, requirements: Requirements, unmodelled: Sequence[Unmodelled] = ()
) -> dict[str, Any]:
    """What `tomllib` would make of a short file that describes the cluster: keys whose default is
    meant are left out."""
    data: dict[str, Any] = {
        "name": cluster.name,
        **_short("", version=_named_version(cluster)),
        "quorum": _short(
            "quorum",
            mode=cluster.rule.mode,
            dynamic=cluster.dynamic_quorum,
            lower_priority=cluster.lower_priority,
        ),
        "nodes": [_node(node) for node in cluster.nodes],
    }
    if cluster.sites:
        data["sites"] = [site.name for site in cluster.sites]
    if requirements != Requirements():
        data["survives"] = _survives(requirements)
    witness = cluster.witness
    if witness is not None:
        reached = witness.reached_by != cluster.node_names
        data["witness"] = _short(
            "witness",
            name=witness.name,
            reached_by=list(witness.reached_by) if reached else None,
            site=witness.site,
        )
    failover = _short(
        "failover",
        fencing=cluster.fencing,
        enforced_anti_affinity=cluster.enforced_anti_affinity,
    )
    if failover:
        data["failover"] = failover
    if cluster.volumes:
        data["volumes"] = list(cluster.volumes)
    if cluster.storage:
        data["storage"] = [_storage(row, cluster) for row in cluster.storage]
    if cluster.groups:
        data["groups"] = [_group(group) for group in cluster.groups]
    if cluster.group_sets:
        data["group_sets"] = [_group_set(one) for one in cluster.group_sets]
    if unmodelled:
        data["unmodelled"] = [one.row() for one in unmodelled]
    return data


def _named_version(cluster: Cluster) -> str | None:
    match cluster.version_source:
        case VersionSource.NAMED:
            return cluster.version.value
        case VersionSource.ASSUMED:
            return None
        case _:
            assert_never(cluster.version_source)


def _survives(requirements: Requirements) -> dict[str, Any]:
    promised: dict[str, Any] = {kind.value: requirements.times(kind) for kind in COUNTED} | {
        "in_order": [{"faults": [f.value for f in row]} for row in requirements.in_order],
        "any_two": requirements.any_two,
    }
    return {name: value for name, value in promised.items() if value not in (None, [])}


def _node(node: Node) -> str | dict[str, Any]:
    row = _short(
        "nodes[]", name=node.name, votes=node.votes, site=node.site, subnets=list(node.subnets)
    )
    return row if len(row) > 1 else node.name


def _storage(storage: Storage, cluster: Cluster) -> str | dict[str, Any]:
    reached = storage.reached_by != cluster.node_names
    row = _short(
        "storage[]",
        name=storage.name,
        sites=list(storage.sites),
        reached_by=list(storage.reached_by) if reached else None,
    )
    return row if len(row) > 1 else storage.name


def _group(group: Group) -> dict[str, Any]:
    return _short(
        "groups[]",
        name=group.name,
        preferred_owners=list(group.preferred_owners),
        failover_threshold=group.failover_threshold,
        failback=group.failback.value,
        failback_window=None if group.window is None else asdict(group.window),
        anti_affinity=list(group.anti_affinity),
        migration=group.migration.value,
        stateless=group.stateless,
        survives=_short("groups[].survives", **asdict(group.promises)),
        resources=[_resource(resource) for resource in group.resources],
    )


def _group_set(one: GroupSet) -> dict[str, Any]:
    row = _short(
        "group_sets[]",
        name=one.name,
        groups=list(one.groups),
        starts_after=list(one.starts_after),
        trigger=one.trigger.value,
        count=one.count,
    )
    return row | ({"global": True} if one.is_global else {})


def _resource(resource: Resource) -> str | dict[str, Any]:
    threshold = resource.restart_threshold
    row = _short(
        "groups[].resources[]",
        name=resource.name,
        kind=resource.kind.value,
        depends_on=str(resource.depends_on),
        possible_owners=list(resource.possible_owners or ()),
        restart=resource.restart.value,
        restart_threshold=None if threshold == Resource.restart_threshold else threshold,
        writes_to=list(resource.writes_to),
        subnet=resource.subnet,
        offline_action=resource.offline_action.value,
    )
    return row if len(row) > 1 else resource.name


def _short(table: str, **values: Any) -> dict[str, Any]:
    """The values that have to be written: neither absent nor what an absent key means."""
    keys = keys_in(table)
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", [], {}) and value != keys[name].default
    }
