"""Checked tables of the native format to where data stands."""

from collections.abc import Iterable
from dataclasses import replace

from quorate.cluster import Group, Resource, ResourceKind, Storage
from quorate.importers.checked import Table


def storage(rows: Iterable[Table], nodes: tuple[str, ...]) -> tuple[Storage, ...]:
    """What the file says of disks and shared volumes. Whether names agree with each other is left
    to `Cluster`."""
    return tuple(
        Storage(
            name=row["name"],
            reached_by=nodes if row["reached_by"] is None else row["reached_by"],
            sites=row["sites"] or (),
        )
        for row in rows
    )


def reached(groups: tuple[Group, ...], stored: tuple[Storage, ...]) -> tuple[Group, ...]:
    """The groups with a disk owned only by nodes that have a path to it, where the file does not
    say who may own it."""
    paths = {row.name: row.reached_by for row in stored}
    return tuple(
        replace(group, resources=tuple(_reached(resource, paths) for resource in group.resources))
        for group in groups
    )


def _reached(resource: Resource, paths: dict[str, tuple[str, ...]]) -> Resource:
    is_silent = resource.kind is ResourceKind.DISK and resource.possible_owners is None
    owners = paths.get(resource.name) if is_silent else None
    return resource if owners is None else replace(resource, possible_owners=owners)
