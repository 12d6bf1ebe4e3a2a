"""Whose rules of quorum an export says to count, and what it says of votes that change."""

from collections.abc import Sequence
from typing import assert_never

from quorate.cluster import (
    CURRENT,
    DynamicVotes,
    QuorumRules,
    StaticVotes,
    WindowsVersion,
    vote_changes,
)
from quorate.importers.notes import NoteKind, first_few
from quorate.importers.supplement import Supplement
from quorate.importers.touches import Touches
from quorate.importers.windows_exports.quorum_modes import Mode
from quorate.importers.windows_exports.said import DocumentOfExport
from quorate.importers.windows_exports.vendor import Export, ExportedNode
from quorate.importers.windows_exports.windows_version import is_old, shown_version


def version(export: Export, more: Supplement | None, said: DocumentOfExport) -> WindowsVersion:
    """The version whose rules count: as the export shows it, as it is said beside it in `more`, or
    the current one, which the reader notes."""
    shown = shown_version(export)
    if shown is None:
        if is_old(export) and export.quorum is not None:
            said.note(
                NoteKind.DOUBTFUL,
                export.quorum.record.place("QuorumType"),
                f"{export.quorum.kind} is a word of Windows Server 2012 R2 and before, and nothing "
                "says which version it is",
            )
        return _named(more) or CURRENT
    said.document["version"] = shown.version.value
    said.places["version",] = shown.place
    if shown.taken:
        said.note(
            NoteKind.DEFAULTED,
            shown.place,
            f"the rules of {shown.version.title} are taken: {shown.taken}",
        )
    return shown.version


def _named(more: Supplement | None) -> WindowsVersion | None:
    """What is said beside an export; what is no version is refused where it is read."""
    value = more.document.get("version") if more is not None else None
    return next((one for one in WindowsVersion if one.value == value), None)


def votes(  # noqa: PLR0917 - what is read, and with what
    export: Export,
    nodes: Sequence[ExportedNode],
    mode: Mode | None,
    of: WindowsVersion,
    more: Supplement | None,
    said: DocumentOfExport,
) -> None:
    """Whether votes follow who runs, who loses its vote in a tie, and whether the votes of the
    moment are those with which every claim begins."""
    cluster = export.cluster
    own = None if cluster is None else cluster.dynamic_quorum
    quorum = said.document.get("quorum", {})
    if cluster is not None and own is not None:
        quorum["dynamic"] = own != 0
        said.places["quorum", "dynamic"] = cluster.record.place("DynamicQuorum")
    beside = _dynamic_beside(more)
    if own is None and beside is None and of.rules is not QuorumRules.STATIC:
        said.note(
            NoteKind.DEFAULTED,
            (cluster.record if cluster is not None else export.nodes[0].record).place(),
            "votes are taken to follow who runs, which is the default from Windows Server 2012 on, "
            "since DynamicQuorum is not there; if it is off, dynamic = false in the table [quorum] "
            "of a supplement says so",
        )
    first = _first_to_lose(export, nodes, said)
    if first is not None:
        quorum["lower_priority"] = first
    if quorum:
        said.document["quorum"] = quorum
    if mode is not None and not mode.rule.nodes_vote:
        return
    is_on = own != 0 if own is not None else beside is not False
    match vote_changes(of.rules, dynamic=is_on, lower_priority=first):
        case StaticVotes():
            _changed_though_static(export, said)
        case DynamicVotes() as rule:
            _of_the_moment(export, rule, said)
        case other:
            assert_never(other)


def _dynamic_beside(more: Supplement | None) -> bool | None:
    table = more.document.get("quorum") if more is not None else None
    value = table.get("dynamic") if isinstance(table, dict) else None
    return value if isinstance(value, bool) else None


def _first_to_lose(
    export: Export, nodes: Sequence[ExportedNode], said: DocumentOfExport
) -> str | None:
    """The node that LowerQuorumPriorityNodeId names; 0 names none."""
    cluster = export.cluster
    if cluster is None or not cluster.lower_priority:
        return None
    place = cluster.record.place("LowerQuorumPriorityNodeId")
    named = next((node.name for node in nodes if node.number == cluster.lower_priority), None)
    if named is None:
        said.note(
            NoteKind.DOUBTFUL,
            place,
            f"LowerQuorumPriorityNodeId = {cluster.lower_priority} is the id of no node here, so "
            "any node is taken to lose its vote first",
        )
    said.places["quorum", "lower_priority"] = place
    return named


def _of_the_moment(export: Export, rule: DynamicVotes, said: DocumentOfExport) -> None:
    """Votes in force that are not those of all nodes running: they are a state of the cluster and
    not how it is configured."""
    voters = [node for node in export.nodes if node.weight != 0]
    lost = [node for node in voters if node.dynamic_weight == 0]
    totals = rule.totals(len(voters), witness=_has_witness(export))
    of_witness = export.cluster.witness_dynamic_weight if export.cluster is not None else None
    if any(node.dynamic_weight is None for node in voters):
        return
    if not _has_witness(export):
        if len(voters) - len(lost) in totals:
            return
    elif not lost and (of_witness is None or len(voters) + of_witness in totals):
        return
    said.note(
        NoteKind.UNSUPPORTED,
        (lost[0].record.place("DynamicWeight") if lost else export.nodes[0].record.place()),
        "the votes in force when this was exported are not those while all nodes run"
        + (f", DynamicWeight = 0 of {first_few([node.name for node in lost])}" if lost else "")
        + "; no claim begins there: every claim begins where all run",
    )


def _changed_though_static(export: Export, said: DocumentOfExport) -> None:
    """Votes that are not those that are configured, though they are said to be static."""
    for node in export.nodes:
        weight = 1 if node.weight is None else node.weight
        if node.dynamic_weight is not None and node.dynamic_weight != weight:
            said.lacks(
                f"DynamicWeight = {node.dynamic_weight} of {node.name}",
                Touches.VOTES,
                f"its configured vote is {weight}, so votes are not those that are configured",
                node.record.place("DynamicWeight"),
            )
            return
    cluster = export.cluster
    if cluster is not None and _has_witness(export) and cluster.witness_dynamic_weight == 0:
        said.lacks(
            "WitnessDynamicWeight = 0",
            Touches.VOTES,
            "the witness is configured and its vote does not count",
            cluster.record.place("WitnessDynamicWeight"),
        )


def _has_witness(export: Export) -> bool:
    return export.quorum is not None and export.quorum.resource is not None
