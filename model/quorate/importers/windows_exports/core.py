"""Core groups, shared volumes and what else runs nothing: which they are, and that they are left
out.

They are told by what they are, never by name: names are translated (wsfc.md 9.4). Only where an
export says no more than names the English ones are believed.
"""

import re

from quorate.cluster import ResourceKind
from quorate.importers.notes import NoteKind, first_few
from quorate.importers.windows_exports.kinds import canonical
from quorate.importers.windows_exports.quorum_modes import Mode
from quorate.importers.windows_exports.resource_types import (
    STORAGE_POOL,
    kind_of_type,
    witness_of_type,
)
from quorate.importers.windows_exports.said import DocumentOfExport
from quorate.importers.windows_exports.vendor import (
    Export,
    ExportedGroup,
    ExportedResource,
    GroupType,
)

_LEFT_OUT = {
    GroupType.CLUSTER,
    GroupType.AVAILABLE_STORAGE,
    GroupType.TEMPORARY,
    GroupType.SHARED_VOLUME,
    GroupType.STORAGE_POOL,
}
_ENGLISH = frozenset({"cluster group", "available storage"})


_NUMBER = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")


def core_groups(export: Export) -> frozenset[str]:
    """The groups that run nothing of anybody's, as Windows compares names: the core group, which is
    a matter of membership, storage that nobody uses yet, shared volumes and pools."""
    with_core = _ENGLISH | _with_core(export)
    return frozenset(group.name.casefold() for group in export.groups if _is_core(group, with_core))


def _is_core(group: ExportedGroup, with_core: frozenset[str]) -> bool:
    if group.kind is not None:
        return group.kind in _LEFT_OUT
    if group.is_core is not None:
        return group.is_core
    return group.name.casefold() in with_core


def _with_core(export: Export) -> frozenset[str]:
    """The groups that hold core resources or a witness that is no disk."""
    return frozenset(
        (resource.group or "").casefold()
        for resource in export.resources
        if resource.is_core or (not is_disk(resource) and _is_witness(resource))
    )


def _is_witness(resource: ExportedResource) -> bool:
    return resource.type is not None and witness_of_type(resource.type) is not None


def is_of_the_core(resource: ExportedResource, export: Export) -> bool:
    """Whether a resource belongs to a group that collectors leave out because nobody's application
    runs in it."""
    quorum = export.quorum.resource if export.quorum is not None else None
    is_quorum = quorum is not None and quorum.casefold() == resource.name.casefold()
    return bool(resource.is_core) or is_quorum or (resource.group or "").casefold() in _ENGLISH


def is_disk(resource: ExportedResource) -> bool:
    return resource.type is not None and kind_of_type(resource.type) is ResourceKind.DISK


def shared_volumes(export: Export) -> tuple[ExportedResource, ...]:
    """The disks of cluster shared volumes: they say so, or stand in a group of that type, or in
    one that `Get-ClusterGroup` does not show and that has a number for a name."""
    groups = {group.name.casefold(): group for group in export.groups}
    found = []
    for resource in export.resources:
        home = groups.get((resource.group or "").casefold())
        hidden = home is None and _NUMBER.fullmatch(resource.group or "") is not None
        typed = home is not None and home.kind is GroupType.SHARED_VOLUME
        if resource.is_shared_volume or (is_disk(resource) and (hidden or typed)):
            found.append(resource)
    return tuple(found)


def left_out(
    export: Export, core: frozenset[str], mode: Mode | None, said: DocumentOfExport
) -> None:
    """Notes on the groups that are not read as such."""
    witness = mode.resource.casefold() if mode is not None and mode.resource is not None else ""
    taken = core | {(resource.group or "").casefold() for resource in export.resources}
    others = [group for group in export.groups if group.name.casefold() in core]
    empty = [g for g in export.groups if g.name.casefold() not in taken]
    volumes = {volume.name for volume in shared_volumes(export)}
    idle = [
        resource
        for resource in export.resources
        if (resource.group or "").casefold() in core
        and is_disk(resource)
        and resource.name not in volumes
        and resource.name.casefold() != witness
    ]
    if others:
        said.note(
            NoteKind.UNSUPPORTED,
            others[0].record.place(),
            "these groups are no groups of an application, and no claim is made of them: "
            + first_few([group.name for group in others]),
        )
    if idle:
        said.note(
            NoteKind.UNSUPPORTED,
            idle[0].record.place(),
            "these disks belong to no application yet and are left out: "
            + first_few([resource.name for resource in idle]),
        )
    if empty:
        said.note(
            NoteKind.UNSUPPORTED,
            empty[0].record.place(),
            "these groups have no resources in this export and are left out: "
            + first_few([group.name for group in empty]),
        )


def pools(export: Export) -> tuple[ExportedResource, ...]:
    """The storage pools, which have a quorum of their own."""
    return tuple(
        resource
        for resource in export.resources
        if resource.type is not None and canonical(resource.type) == STORAGE_POOL
    )
