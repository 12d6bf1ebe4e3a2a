"""What a collector left out, though Windows has it: a default is taken, and noted; where any would
be a guess, the claims that it touches are UNKNOWN."""

from collections.abc import Sequence

from quorate.importers.notes import NoteKind, first_few
from quorate.importers.touches import Touches
from quorate.importers.windows_exports.kinds import Kind, canonical
from quorate.importers.windows_exports.records import Record
from quorate.importers.windows_exports.resource_types import kind_of_type
from quorate.importers.windows_exports.said import DocumentOfExport
from quorate.importers.windows_exports.vendor import Export
from quorate.importers.windows_exports.windows_version import Since


def unsaid(export: Export, since: Since, said: DocumentOfExport) -> None:
    """Notes, and settings that are not known."""
    _dependencies(export, said)
    _owners(export, said)
    _types(export, said)
    _properties(export, said)
    _rules(export, since, said)


def _dependencies(export: Export, said: DocumentOfExport) -> None:
    """What the collector left out, though Windows has it."""
    groups = said.document.get("groups", ())
    several = tuple(group["name"] for group in groups if len(group["resources"]) > 1)
    if several and not export.says_dependencies:
        said.lacks(
            "dependencies between resources",
            Touches.GROUPS,
            "the export holds none of them; add Get-ClusterResourceDependency to it",
            export.nodes[0].record.place(),
            several,
        )
    elif several:
        silent = [r for r in export.resources if r.dependency is None]
        if silent:
            said.note(
                NoteKind.DEFAULTED,
                silent[0].record.place(),
                "these resources are taken to depend on nothing, since the export says nothing of "
                f"their dependencies: {first_few([r.name for r in silent])}",
            )


def _owners(export: Export, said: DocumentOfExport) -> None:
    """Collectors leave out lists that name all nodes, of which one that is in an order would
    matter."""
    groups = said.document.get("groups", ())
    if groups and not export.says_owners:
        said.note(
            NoteKind.DEFAULTED,
            export.groups[0].record.place(),
            "every node is taken to be a possible owner of every resource and no owner to be "
            "preferred, since no list of owners is in this export; Get-ClusterOwnerNode gives them",
        )
        return
    kept = {group["name"].casefold() for group in groups}
    silent = [
        group
        for group in export.groups
        if group.name.casefold() in kept and group.preferred_owners is None
    ]
    if silent:
        said.note(
            NoteKind.DEFAULTED,
            silent[0].record.place(),
            "these groups are taken to have no preferred owners, since no list of them is in this "
            "export: " + first_few([group.name for group in silent]),
        )


def _types(export: Export, said: DocumentOfExport) -> None:
    kept = {g["name"].casefold(): str(g["name"]) for g in said.document.get("groups", ())}
    strange = {
        resource.type: resource
        for resource in export.resources
        if resource.type is not None
        and (resource.group or "").casefold() in kept
        and kind_of_type(resource.type) is None
    }
    if strange:
        said.note(
            NoteKind.DOUBTFUL,
            next(iter(strange.values())).record.place("ResourceType"),
            "resources of these types are read as applications, of which nothing else is known: "
            + first_few(list(strange)),
        )
    untyped = [r for r in export.resources if r.type is None and (r.group or "").casefold() in kept]
    if untyped:
        said.lacks(
            "the types of resources",
            Touches.GROUPS,
            "the export does not say which are disks, addresses or machines; add "
            "Get-ClusterResource | Format-List to it",
            untyped[0].record.place(),
            tuple(dict.fromkeys(kept[(r.group or "").casefold()] for r in untyped)),
        )


def _properties(export: Export, said: DocumentOfExport) -> None:
    """Properties that matter and that are not there for something that is read."""
    kept = {group["name"].casefold() for group in said.document.get("groups", ())}
    groups = [group.record for group in export.groups if group.name.casefold() in kept]
    resources = [r for r in export.resources if (r.group or "").casefold() in kept]
    _silent(said, groups, "AutoFailbackType", "these groups are taken never to fail back")
    _silent(
        said,
        groups,
        "FailoverThreshold",
        "these groups are taken to fail over once less than there are nodes in a period",
    )
    _silent(
        said,
        groups,
        "AntiAffinityClassNames",
        "these groups are taken to be kept apart from none",
    )
    _silent(
        said,
        [resource.record for resource in resources],
        "RestartAction",
        "these resources are taken to be restarted when they fail, and then to fail over",
    )
    machines = [r for r in resources if canonical(r.type or "") == "virtualmachine"]
    silent = [r for r in machines if "offlineaction" not in r.parameters]
    if silent:
        said.note(
            NoteKind.DEFAULTED,
            silent[0].record.place(),
            "these machines are taken to be saved when they are taken offline, since their "
            f"OfflineAction is not there: {first_few([r.name for r in silent])}",
        )
    apart = any(group.anti_affinity for group in export.groups)
    cluster = export.cluster
    if apart and (cluster is None or cluster.enforced_anti_affinity is None):
        said.note(
            NoteKind.DEFAULTED,
            groups[0].place() if groups else export.nodes[0].record.place(),
            "groups that are kept apart are taken to share a node rather than stay offline, since "
            "ClusterEnforcedAntiAffinity is not there",
        )


def _silent(said: DocumentOfExport, records: Sequence[Record], name: str, sentence: str) -> None:
    silent = [record for record in records if not record.has(name)]
    if silent:
        names = first_few([record.text("Name") or "" for record in silent])
        said.note(
            NoteKind.DEFAULTED,
            silent[0].place(),
            f"{sentence}, since their {name} is not there: {names}",
        )


def _rules(export: Export, since: Since, said: DocumentOfExport) -> None:
    """Rules between groups, which only newer versions have and few collectors look for."""
    asked = {Kind.AFFINITY_RULE, Kind.GROUP_SET}
    if said.document.get("groups") and since is Since.W2016 and not asked <= export.kinds:
        said.note(
            NoteKind.DEFAULTED,
            export.nodes[0].record.place(),
            "no rules between groups are taken to be there, since the export does not say; "
            "Get-ClusterAffinityRule and Get-ClusterGroupSet give them",
        )
