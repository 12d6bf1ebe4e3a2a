"""What of an export could change answers and is read by no model: each setting, with the claims
that it touches.

Where a setting is at its default and does nothing, nothing is said.
"""

from collections.abc import Sequence

from quorate.cluster import MOST_FAILOVERS, MOST_RESTARTS
from quorate.importers.notes import NoteKind, first_few
from quorate.importers.touches import Touches
from quorate.importers.windows_exports.core import pools
from quorate.importers.windows_exports.kinds import canonical
from quorate.importers.windows_exports.resource_types import AVAILABILITY_GROUP
from quorate.importers.windows_exports.said import DocumentOfExport
from quorate.importers.windows_exports.vendor import (
    Export,
    ExportedGroup,
    ExportedResource,
    GroupType,
)
from quorate.importers.windows_exports.windows_version import Since

NEVER = frozenset({4294967295, -1})
"""What Windows writes for no number at all; what that means depends on the property."""

_PLACEMENT = (
    "next-owner",
    "failback-by-policy",
    "failback-happens",
    "drain-empties",
    "moves-arrive",
    "no-ping-pong",
)
_TWICE = ("no-dual-activity", "stale-remembered")
_ISOLATED = (
    *_TWICE,
    "vm-runs-once",
    "vm-has-disk",
    "one-owner",
    "right-owner",
    "completes",
    "failover-happens",
    "failover-needs-cause",
)
_USUAL_COLD_START = 0


def unread(export: Export, since: Since, said: DocumentOfExport) -> None:
    """What is said of the whole cluster, which has the features of versions `since` then."""
    if since >= Since.W2016:
        _isolation(export, said)
    _sites(export, said)
    for one in export.sets:
        known = [group["name"] for group in said.document.get("groups", ())]
        spelled = {name.casefold(): name for name in known}
        about = tuple(spelled[n.casefold()] for n in one.groups if n.casefold() in spelled)
        said.lacks(
            one.setting,
            Touches.GROUPS,
            "affinity rules, other than anti-affinity names, are not modelled",
            one.record.place(),
            about,
        )
    for pool in pools(export):
        said.lacks(
            f"the storage pool {pool.name}",
            Touches.SURVIVAL,
            "it has a quorum of its own, without which the cluster runs and its volumes do not",
            pool.record.place(),
        )
    _order(export, said)


def _isolation(export: Export, said: DocumentOfExport) -> None:
    cluster = export.cluster
    record = cluster.record if cluster is not None else export.nodes[0].record
    said.lacks(
        "quarantine (QuarantineThreshold)",
        Touches.MEMBERSHIP,
        "a node that leaves three times within an hour may not come back for two",
        record.place("QuarantineThreshold" if record.has("QuarantineThreshold") else ""),
        claims=("recovers",),
    )
    homes = {
        (resource.group or "").casefold()
        for resource in export.resources
        if canonical(resource.type or "") == "virtualmachine"
    }
    groups = said.document.get("groups", ())
    hosts = tuple(g["name"] for g in groups if g["name"].casefold() in homes)
    if hosts:
        level = cluster.resiliency_level if cluster is not None else None
        said.lacks(
            f"ResiliencyLevel = {level or 'AlwaysIsolate (the default)'}",
            Touches.GROUPS,
            "machines on a node that was cut off run on for minutes outside the membership",
            record.place("ResiliencyLevel" if record.has("ResiliencyLevel") else ""),
            hosts,
            _ISOLATED,
        )


def _sites(export: Export, said: DocumentOfExport) -> None:
    cluster = export.cluster
    why = "where a group goes depends on sites, and it is not modelled how"
    if cluster is not None and cluster.preferred_site is not None:
        said.lacks(
            f"PreferredSite = {cluster.preferred_site}",
            Touches.GROUPS,
            why,
            cluster.record.place("PreferredSite"),
            claims=_PLACEMENT,
        )
    elif "sites" in said.document:
        place = next(
            (
                said.places[path]
                for path in (("nodes", i, "site") for i in range(len(export.nodes)))
                if path in said.places
            ),
            export.nodes[0].record.place(),
        )
        said.lacks(
            "fault domains of type Site",
            Touches.GROUPS,
            why,
            place,
            claims=_PLACEMENT,
        )


def _order(export: Export, said: DocumentOfExport) -> None:
    """Start order by priority allows fewer runs than the model does, which starts groups in any
    order: a note is enough."""
    found = [group for group in export.groups if group.priority in {1000, 3000}]
    if found:
        said.note(
            NoteKind.UNSUPPORTED,
            found[0].record.place("Priority"),
            "groups are taken to start in any order, also where Priority gives one: "
            + first_few([group.name for group in found]),
        )


def unread_of_group(
    group: ExportedGroup, resources: Sequence[ExportedResource], said: DocumentOfExport
) -> None:
    """What is said of one group."""
    about = (group.name,)

    def lacks(setting: str, why: str, name: str, claims: tuple[str, ...] = ()) -> None:
        said.lacks(setting, Touches.GROUPS, why, group.record.place(name), about, claims)

    if group.kind is GroupType.EVERYWHERE:
        lacks("GroupType = ScaleoutFileServer", "it runs on every node at once", "GroupType")
    if group.priority == 0:
        lacks("Priority = 0", "a group that does not start by itself is not modelled", "Priority")
    if group.cold_start not in (None, _USUAL_COLD_START):
        lacks(
            f"ColdStartSetting = {group.cold_start}",
            "what a group does when the cluster starts is not modelled",
            "ColdStartSetting",
        )
    if group.preferred_site is not None:
        lacks(
            f"PreferredSite = {group.preferred_site}",
            "where a group goes depends on sites, and it is not modelled how",
            "PreferredSite",
            _PLACEMENT,
        )
    start, end = group.window
    if group.failback and start is not None and start == end and start not in NEVER:
        lacks(
            f"FailbackWindowStart = FailbackWindowEnd = {start}",
            "what Windows does in a window without hours is not documented",
            "FailbackWindowStart",
        )
    if group.failback not in (None, 0, 1):
        lacks(
            f"AutoFailbackType = {group.failback}",
            "only 0 and 1 are documented",
            "AutoFailbackType",
        )
    threshold = group.failover_threshold
    if threshold is not None and threshold not in NEVER and threshold > MOST_FAILOVERS:
        lacks(
            f"FailoverThreshold = {threshold}",
            f"more than {MOST_FAILOVERS} failovers are not counted",
            "FailoverThreshold",
        )
    for resource in resources:
        restarts = resource.restart_threshold
        if restarts is not None and restarts > MOST_RESTARTS:
            said.lacks(
                f"RestartThreshold = {restarts}",
                Touches.GROUPS,
                f"more than {MOST_RESTARTS} restarts are not counted",
                resource.record.place("RestartThreshold"),
                about,
            )
        if canonical(resource.type or "") == AVAILABILITY_GROUP:
            said.lacks(
                "the lease of an availability group",
                Touches.GROUPS,
                "it stops a primary that is cut off, and is not modelled",
                resource.record.place(),
                about,
                _TWICE,
            )
