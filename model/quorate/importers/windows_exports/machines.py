"""Where virtual machines keep their data, and how they are moved, as far as an export shows."""

from collections.abc import Sequence

from quorate.cluster import Migration, ResourceKind
from quorate.importers.windows_exports.resource_rows import Homes
from quorate.importers.windows_exports.resource_types import kind_of_type
from quorate.importers.windows_exports.said import RowOfExport
from quorate.importers.windows_exports.vendor import ExportedGroup, ExportedResource

_LIVE_FROM = 2000
"""Machines below medium priority are moved by saving them (MoveTypeThreshold)."""


def machines(
    group: ExportedGroup, resources: Sequence[ExportedResource], row: RowOfExport, homes: Homes
) -> str | None:
    """A configuration names the shared volumes of its machine, DependsOnSharedVolumes. Machines
    whose data is on them are migrated live, as is usual since there are such volumes; the name of
    the group where that was taken to be so."""
    found = [
        (place, resource)
        for place, resource in enumerate(resources)
        if _is(resource, ResourceKind.VIRTUAL_MACHINE)
    ]
    volumes = {
        volume: resource
        for resource in resources
        for volume in homes.volumes_of(resource)
        if not found or _is_of_a_machine(resource)
    }
    if len(found) != 1 or not volumes:
        return None
    [(place, _)] = found
    row.values["resources"][place]["writes_to"] = list(volumes)
    configuration = next(iter(volumes.values()))
    path = (*row.path, "resources", place, "writes_to")
    row.said.places[path] = configuration.record.place("DependsOnSharedVolumes")
    if group.priority is None or group.priority >= _LIVE_FROM:
        row.values["migration"] = Migration.LIVE.value
        return group.name
    return None


def _is_of_a_machine(resource: ExportedResource) -> bool:
    return _is(resource, ResourceKind.VIRTUAL_MACHINE) or _is(
        resource, ResourceKind.VIRTUAL_MACHINE_CONFIGURATION
    )


def _is(resource: ExportedResource, kind: ResourceKind) -> bool:
    return resource.type is not None and kind_of_type(resource.type) is kind
