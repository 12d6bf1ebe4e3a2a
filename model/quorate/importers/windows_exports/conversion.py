"""An export to what the native format says of the same cluster: vendor words first, ours second."""

from collections.abc import Iterable, Mapping, Sequence

from quorate.cluster import MOST_FAILOVERS, FailbackPolicy
from quorate.errors import InputError
from quorate.importers.notes import NoteKind, first_few
from quorate.importers.supplement import Supplement
from quorate.importers.windows_exports.core import (
    core_groups,
    is_of_the_core,
    left_out,
    shared_volumes,
)
from quorate.importers.windows_exports.machines import machines
from quorate.importers.windows_exports.quorum_modes import Mode, mode_of
from quorate.importers.windows_exports.resource_rows import Homes, resource_row
from quorate.importers.windows_exports.said import DocumentOfExport, RowOfExport
from quorate.importers.windows_exports.start_order import start_order
from quorate.importers.windows_exports.unread import NEVER, unread, unread_of_group
from quorate.importers.windows_exports.unsaid import unsaid
from quorate.importers.windows_exports.vendor import (
    Export,
    ExportedGroup,
    ExportedNode,
    ExportedResource,
)
from quorate.importers.windows_exports.votes import version, votes
from quorate.importers.windows_exports.windows_version import Since, features


def converted(export: Export, more: Supplement | None = None) -> DocumentOfExport:
    """What the export says. Of `more`, what is said beside it, only the version and whether votes
    change are read here. Raises `InputError` for an export without nodes, and for names that lead
    nowhere."""
    if not export.nodes:
        raise InputError(
            "no node of a cluster is in this export; add Get-ClusterNode to it, or run the script "
            "that quorate export-script prints",
            export.source,
        )
    said = DocumentOfExport(export.source)
    if export.cluster is not None and export.cluster.name is not None:
        said.document["name"] = export.cluster.name
        said.places["name",] = export.cluster.record.place("Name")
    nodes = _in_order(export.nodes)
    of = version(export, more, said)
    since = features(export, of)
    mode = _quorum(export, nodes, said)
    votes(export, nodes, mode, of, more, said)
    _nodes(export, nodes, since, said)
    _failover(export, said)
    volumes = shared_volumes(export)
    if volumes:
        said.document["volumes"] = [volume.name for volume in volumes]
        for index, volume in enumerate(volumes):
            said.places["volumes", index] = volume.record.place()
    core = core_groups(export)
    _groups(export, core, nodes, said)
    start_order(export, more, said)
    left_out(export, core, mode, said)
    unread(export, since, said)
    unsaid(export, since, said)
    return said


def _in_order(nodes: Sequence[ExportedNode]) -> Sequence[ExportedNode]:
    """By their ids, which is the order in which groups go from one to the next (rule G4)."""
    if any(node.number is None for node in nodes):
        return nodes
    return sorted(nodes, key=lambda node: node.number or 0)


def _quorum(export: Export, nodes: Sequence[ExportedNode], said: DocumentOfExport) -> Mode | None:
    quorum = export.quorum
    if quorum is None:
        return None
    mode = mode_of(export, quorum)
    row = RowOfExport(said, ("quorum",), quorum.record)
    row.write("mode", mode.rule.mode, "QuorumType")
    said.document["quorum"] = row.values
    if mode.resource is None or mode.rule.witness_kind is None:
        return mode
    resource = _named(export.resources, mode.resource)
    witness = RowOfExport(said, ("witness",), resource.record if resource else quorum.record)
    witness.write("name", mode.resource, "Name")
    witness.write("kind", mode.rule.witness_kind.value, "ResourceType")
    owners = resource.possible_owners if resource is not None else None
    if owners:
        reached = [node.name for node in nodes if node.name.casefold() in _folded(owners)]
        witness.write("reached_by", reached, "PossibleOwners")
    said.document["witness"] = witness.values
    return mode


def _nodes(
    export: Export, nodes: Sequence[ExportedNode], since: Since, said: DocumentOfExport
) -> None:
    rows, sites = [], dict[str, None]()
    silent, absent = [], []
    for index, node in enumerate(nodes):
        row = RowOfExport(said, ("nodes", index), node.record)
        row.write("name", node.name, "Name")
        row.write("votes", node.weight, "NodeWeight")
        site = _site(export, node)
        if site is not None:
            row.write("site", site, "FaultDomain")
            sites[site] = None
        if node.networks and _has_networks(export):
            row.write("subnets", list(node.networks), "Network")
        rows.append(row.values)
        silent += [node.name] if node.weight is None else []
        absent += [node.name] if node.state not in (None, "Up", "0") else []
    said.document["nodes"] = rows
    if sites:
        said.document["sites"] = list(sites)
    if silent and (len(silent) < len(nodes) or since is not Since.W2008):
        said.note(
            NoteKind.DEFAULTED,
            nodes[0].record.place(),
            f"these nodes are taken to have a vote, since their NodeWeight is not there: "
            f"{first_few(silent)}",
        )
    if absent:
        said.note(
            NoteKind.UNSUPPORTED,
            next(node.record.place("State") for node in nodes if node.name == absent[0]),
            "these nodes were not up when this was exported, and no claim begins there; all nodes "
            f"are taken to run at first: {first_few(absent)}",
        )


def _site(export: Export, node: ExportedNode) -> str | None:
    """Of the tree of fault domains, or of what the node says of itself."""
    found = export.site_of.get(node.name.casefold())
    if found is not None:
        return found
    for domain in node.fault_domains:
        kind, colon, name = domain.partition(":")
        if colon and kind.strip().casefold() == "site" and name.strip():
            return name.strip()
    return None


def _has_networks(export: Export) -> bool:
    """Some address says in which network it is."""
    return any("network" in resource.parameters for resource in export.resources)


def _failover(export: Export, said: DocumentOfExport) -> None:
    cluster = export.cluster
    if cluster is None or cluster.enforced_anti_affinity is None:
        return
    row = RowOfExport(said, ("failover",), cluster.record)
    enforced = cluster.enforced_anti_affinity != 0
    row.write("enforced_anti_affinity", enforced, "ClusterEnforcedAntiAffinity")
    said.document["failover"] = row.values


def _groups(
    export: Export, core: frozenset[str], nodes: Sequence[ExportedNode], said: DocumentOfExport
) -> None:
    by_group: dict[str, list[ExportedResource]] = {}
    for resource in export.resources:
        by_group.setdefault((resource.group or "").casefold(), []).append(resource)
    kept = [
        group
        for group in export.groups
        if group.name.casefold() not in core and by_group.get(group.name.casefold())
    ]
    _refuse_homeless(export, by_group)
    homes = Homes.of(export, nodes)
    rows, live = [], []
    for index, group in enumerate(kept):
        mine = by_group[group.name.casefold()]
        row = _group(group, index, nodes, said)
        resources = [
            resource_row(resource, (index, place), homes, said)
            for place, resource in enumerate(mine)
        ]
        row.values["resources"] = resources
        moved = machines(group, mine, row, homes)
        live += [moved] if moved is not None else []
        unread_of_group(group, mine, said)
        rows.append(row.values)
    if live:
        said.note(
            NoteKind.DEFAULTED,
            next(group.record.place() for group in kept if group.name == live[0]),
            "the machines of these groups are taken to be migrated live when they are moved by "
            f"plan, since their data is on shared volumes: {first_few(live)}",
        )
    if rows:
        said.document["groups"] = rows


def _group(
    group: ExportedGroup, index: int, nodes: Sequence[ExportedNode], said: DocumentOfExport
) -> RowOfExport:
    row = RowOfExport(said, ("groups", index), group.record)
    row.write("name", group.name, "Name")
    if group.preferred_owners is not None:
        owners = _spelled(group.preferred_owners, nodes, row, "PreferredOwners")
        if owners:
            row.write("preferred_owners", owners, "PreferredOwners")
        else:
            row.said_by("preferred_owners", "PreferredOwners")
    _thresholds(group, row)
    _failback(group, row, said)
    if group.anti_affinity:
        row.write("anti_affinity", list(group.anti_affinity), "AntiAffinityClassNames")
    return row


def _thresholds(group: ExportedGroup, row: RowOfExport) -> None:
    threshold = group.failover_threshold
    if threshold is None:
        return
    if threshold in NEVER:
        row.said_by("failover_threshold", "FailoverThreshold")
        return
    row.write("failover_threshold", min(threshold, MOST_FAILOVERS), "FailoverThreshold")


def _failback(group: ExportedGroup, row: RowOfExport, said: DocumentOfExport) -> None:
    if group.failback is None:
        return
    if group.failback == 0:
        row.write("failback", FailbackPolicy.NEVER.value, "AutoFailbackType")
        row.said_by("failback_window", "FailbackWindowStart")
        return
    start, end = (None if hour is None or hour in NEVER else hour for hour in group.window)
    row.said_by("failback_window", "FailbackWindowStart")
    if start is None or end is None or start == end:
        row.write("failback", FailbackPolicy.IMMEDIATE.value, "AutoFailbackType")
        if (start, end) != (None, None) and start != end:
            said.note(
                NoteKind.DOUBTFUL,
                row.record.place("FailbackWindowStart"),
                f"group {group.name!r} has one end of a failback window and not the other, which "
                "is no window: it goes back at once",
            )
        return
    row.write("failback", FailbackPolicy.WINDOW.value, "AutoFailbackType")
    row.write("failback_window", {"start": start, "end": end}, "FailbackWindowStart")


def _refuse_homeless(export: Export, by_group: Mapping[str, Sequence[ExportedResource]]) -> None:
    """A resource whose group is not there, other than the disk of a shared volume."""
    known = {group.name.casefold() for group in export.groups}
    volumes = {volume.name for volume in shared_volumes(export)}
    for name, resources in by_group.items():
        for resource in resources:
            if name in known or resource.name in volumes or is_of_the_core(resource, export):
                continue
            missing = resource.group if resource.group else "its group"
            raise resource.record.refused(
                "OwnerGroup",
                f"the group of {resource.name!r}, {missing!r}, is not in this export; add "
                "Get-ClusterGroup to it",
            )


def _spelled(
    names: Iterable[str], nodes: Sequence[ExportedNode], row: RowOfExport, vendor: str
) -> list[str]:
    """Names of nodes as the nodes have them."""
    known = {node.name.casefold(): node.name for node in nodes}
    found = []
    for name in names:
        if name.casefold() not in known:
            raise row.record.refused(
                vendor, f"{name!r} is no node of this export; export all nodes"
            )
        found.append(known[name.casefold()])
    return found


def _named(resources: Iterable[ExportedResource], name: str) -> ExportedResource | None:
    return next((one for one in resources if one.name.casefold() == name.casefold()), None)


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}
