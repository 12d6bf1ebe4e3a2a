"""Resources of an export as rows of the native format."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quorate.cluster import (
    MOST_RESTARTS,
    DependencyError,
    OfflineAction,
    ResourceKind,
    parse_dependency,
)
from quorate.importers.checked import Table
from quorate.importers.unreadable import unreadable
from quorate.importers.windows_exports.core import shared_volumes
from quorate.importers.windows_exports.records import shown
from quorate.importers.windows_exports.resource_types import kind_of_type
from quorate.importers.windows_exports.said import DocumentOfExport, RowOfExport
from quorate.importers.windows_exports.vendor import (
    Export,
    ExportedNode,
    ExportedResource,
)
from quorate.values import dataclass

_ACTIONS = {
    0: OfflineAction.TURN_OFF,
    1: OfflineAction.SAVE,
    2: OfflineAction.SHUT_DOWN,
    3: OfflineAction.FORCE_SHUT_DOWN,
}
_NAMED = re.compile(r"\[([^\[\]]*)\]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Homes:
    """Which nodes and resources there are: `nodes` by name, in their order, and `names` by name and
    by id, as Windows compares them; `tight` by name without blanks, which lines of printed text
    lose or gain; `volumes` by id."""

    nodes: Mapping[str, str]
    names: Mapping[str, str]
    tight: Mapping[str, str | None]
    volumes: Mapping[str, str]

    @classmethod
    def of(cls, export: Export, nodes: Sequence[ExportedNode]) -> "Homes":
        names: dict[str, str] = {}
        tight: dict[str, str | None] = {}
        for resource in export.resources:
            names[resource.name.casefold()] = resource.name
            if resource.number is not None:
                names.setdefault(resource.number.strip("{}").casefold(), resource.name)
            key = _tight(resource.name)
            tight[key] = None if key in tight else resource.name
        volumes = {
            one.number.strip("{}").casefold(): one.name
            for one in shared_volumes(export)
            if one.number is not None
        }
        return cls({node.name.casefold(): node.name for node in nodes}, names, tight, volumes)

    def volumes_of(self, resource: ExportedResource) -> list[str]:
        """The shared volumes of DependsOnSharedVolumes: `<resource id>:<offset>`, one or several
        (wsfc.md 7)."""
        value = resource.parameters.get("dependsonsharedvolumes")
        texts = value if isinstance(value, list) else re.split(r"[,;{}\s]+", str(value or ""))
        found: dict[str, None] = {}
        for text in texts:
            number = str(text).rpartition(":")[0] or str(text)
            name = self.volumes.get(number.strip().strip("{}").casefold())
            if name is not None:
                found[name] = None
        return list(found)

    def named(self, name: str, *, printed: bool) -> str:
        """A resource as it is called, by its name or its id."""
        found = self.names.get(name.strip().casefold())
        if found is None and printed:
            found = self.tight.get(_tight(name))
        return name if found is None else found


def _tight(name: str) -> str:
    return _BLANKS.sub("", name).casefold()


def resource_row(
    resource: ExportedResource,
    place: tuple[int, int],
    homes: Homes,
    said: DocumentOfExport,
) -> Table:
    """The row; notes what is doubtful about it. Raises `InputError` for a dependency that cannot be
    read and owners that are no nodes."""
    row = RowOfExport(said, ("groups", place[0], "resources", place[1]), resource.record)
    row.write("name", resource.name, "Name")
    kind = ResourceKind.APPLICATION
    if resource.type is not None:
        kind = kind_of_type(resource.type) or ResourceKind.APPLICATION
        row.write("kind", kind.value, "ResourceType")
    _dependency(resource, row, homes)
    _owners(resource, row, homes)
    row.write("restart", resource.restart, "RestartAction")
    restarts = resource.restart_threshold
    if restarts is not None:
        row.write("restart_threshold", min(restarts, MOST_RESTARTS), "RestartThreshold")
    _parameters(resource, kind, row)
    return row.values


def _dependency(resource: ExportedResource, row: RowOfExport, homes: Homes) -> None:
    text, record = resource.dependency, resource.dependency_record
    if text is None or record is None:
        return
    spelled = _NAMED.sub(lambda m: f"[{homes.named(m[1], printed=record.is_text)}]", text)
    try:
        read = parse_dependency(spelled)
    except DependencyError as error:
        raise record.refused("DependencyExpression", unreadable(error)) from None
    row.said.places[*row.path, "depends_on"] = record.place("DependencyExpression")
    if read.clauses:
        row.values["depends_on"] = str(read)


def _owners(resource: ExportedResource, row: RowOfExport, homes: Homes) -> None:
    owners = resource.possible_owners
    if owners is None:
        return
    listed = {name.casefold() for name in owners}
    if listed - homes.nodes.keys():
        name = next(name for name in owners if name.casefold() not in homes.nodes)
        raise row.record.refused(
            "PossibleOwners", f"{shown(name)} is no node of this export; export all nodes"
        )
    if not listed:
        raise row.record.refused(
            "PossibleOwners",
            f"{resource.name!r} has no possible owner, so it can never be online; export it again",
        )
    if len(listed) == len(homes.nodes):
        row.said_by("possible_owners", "PossibleOwners")
        return
    several = [name for key, name in homes.nodes.items() if key in listed]
    row.write("possible_owners", several, "PossibleOwners")


def _parameters(resource: ExportedResource, kind: ResourceKind, row: RowOfExport) -> None:
    values = resource.parameters
    if kind is ResourceKind.VIRTUAL_MACHINE and "offlineaction" in values:
        number = _number(values["offlineaction"])
        action = _ACTIONS.get(number) if number is not None else None
        if action is None:
            raise row.record.refused(
                "OfflineAction",
                f"{shown(values['offlineaction'])} is no offline action; it is 0 to 3",
            )
        row.write("offline_action", action.value, "OfflineAction")
    if kind is ResourceKind.ADDRESS and isinstance(values.get("network"), str):
        network = str(values["network"]).strip()
        if network and any("subnets" in node for node in row.said.document["nodes"]):
            row.write("subnet", network, "Network")


def _number(value: Any) -> int | None:
    text = str(value).strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
