"""Checked tables of the native format to groups."""

from collections.abc import Iterable

from quorate.cluster import (
    Dependency,
    DependencyError,
    FailbackPolicy,
    Group,
    GroupSet,
    Migration,
    OfflineAction,
    Promises,
    Resource,
    ResourceKind,
    RestartAction,
    StartupTrigger,
    Window,
    parse_dependency,
)
from quorate.importers.checked import Table
from quorate.importers.key_lines import KeyPath
from quorate.importers.refused_key import RefusedKeyError
from quorate.importers.unreadable import unreadable


def groups(rows: Iterable[Table]) -> tuple[Group, ...]:
    """The groups of a cluster; raises `RefusedKeyError` for a dependency that cannot be read.
    Whether names agree with each other is left to `Cluster`."""
    return tuple(_group(row, ("groups", index)) for index, row in enumerate(rows))


def group_sets(rows: Iterable[Table]) -> tuple[GroupSet, ...]:
    """The sets of groups of a cluster."""
    return tuple(
        GroupSet(
            name=row["name"],
            groups=row["groups"],
            starts_after=row["starts_after"] or (),
            trigger=StartupTrigger(row["trigger"]),
            count=row["count"],
            is_global=row["global"],
        )
        for row in rows
    )


def _group(row: Table, where: KeyPath) -> Group:
    window = row["failback_window"]
    return Group(
        name=row["name"],
        resources=tuple(
            _resource(resource, (*where, "resources", place))
            for place, resource in enumerate(row["resources"])
        ),
        preferred_owners=row["preferred_owners"] or (),
        failover_threshold=row["failover_threshold"],
        failback=FailbackPolicy(row["failback"]),
        window=Window(**window) if window else None,
        anti_affinity=row["anti_affinity"] or (),
        migration=Migration(row["migration"]),
        stateless=row["stateless"],
        promises=Promises(**(row["survives"] or {})),
    )


def _resource(row: Table, where: KeyPath) -> Resource:
    threshold = row["restart_threshold"]
    return Resource(
        name=row["name"],
        kind=ResourceKind(row["kind"]),
        depends_on=_dependency(row["depends_on"] or "", (*where, "depends_on")),
        possible_owners=row["possible_owners"],
        restart=RestartAction(row["restart"]),
        restart_threshold=Resource.restart_threshold if threshold is None else threshold,
        writes_to=row["writes_to"] or (),
        subnet=row["subnet"],
        offline_action=OfflineAction(row["offline_action"]),
    )


def _dependency(text: str, where: KeyPath) -> Dependency:
    try:
        return parse_dependency(text.strip())
    except DependencyError as error:
        raise RefusedKeyError(where, unreadable(error)) from None
