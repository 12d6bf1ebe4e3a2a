"""What `quorate check` prints of a cluster."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quorate.cli import report
from quorate.cli.finding_data import finding_data
from quorate.cli.output import Output
from quorate.cli.report import exit_code, summary
from quorate.cli.studio import CERTIFICATES, Left
from quorate.cli.telling import one_line, reason_lines, story_lines
from quorate.cli.verdicts import counted
from quorate.cli.wrapping import flowing
from quorate.cluster import Cluster, bundles
from quorate.drawing.names import enumerated
from quorate.importers import Imported, Note, NoteKind
from quorate.importers.files import shown
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import Asked, Finding, NeverHappens
from quorate.windows.groups.circumstances import GroupsCircumstances
from quorate.windows.version import VOTES


def lines(
    imported: Imported, found: Sequence[Finding], output: Output, *, tell_all: bool
) -> Iterator[str]:
    """One cluster: its claims, and whatever is not as expected. Refutations that are
    expected are told only with `tell_all`; those of which nobody knew always."""
    quiet = output is Output.QUIET
    shown = [f for f in found if f.question.asked is Asked.CLAIM or not _goes_without_saying(f)]
    if quiet:
        shown = [finding for finding in shown if not finding.as_expected]
    if quiet and not shown:
        return
    yield flowing(describe(imported.cluster))
    if not quiet:
        order = list(NoteKind)
        for note in sorted(imported.notes, key=lambda note: order.index(note.kind)):
            yield flowing(f"  {note.kind.value}: {note.where}: {note.text}")
    yield ""
    yield report.table(report.merged(shown, len(imported.cluster.groups))).rstrip()
    for finding in shown:
        unforeseen = finding.question.expectation is Expectation.OPEN
        if tell_all or unforeseen or not finding.as_expected:
            yield from story_lines(finding)
    yield from reason_lines(shown)
    if not quiet:
        yield ""
        yield from map(flowing, together(imported.cluster))
        yield from map(flowing, detection(shown))


def _goes_without_saying(finding: Finding) -> bool:
    """That a premise can happen as it should, or not, which the verdict of its claim says."""
    return finding.as_expected is True or isinstance(finding.answer, NeverHappens)


def describe(cluster: Cluster) -> str:
    """A cluster in one line."""
    votes = cluster.votes
    nodes = counted(len(cluster.nodes), "node")
    quorum = f"quorum is {votes.needed} of {votes.total} votes"
    return f"{one_line(cluster.name)}: {nodes}, {cluster.rule.title}, {quorum}; {VOTES}"


def together(cluster: Cluster) -> Iterator[str]:
    """Which groups were looked at together, and that the others were not."""
    if len(cluster.groups) < report.FEW:
        return
    shared = [bundle for bundle in bundles(cluster.groups) if len(bundle) > 1]
    for bundle in shared:
        listed = ", ".join(one_line(group.name) for group in bundle)
        yield f"Proved together, because they avoid each other or share a disk: {listed}."
    rest = "All other groups" if shared else "The groups"
    if sum(map(len, shared)) < len(cluster.groups):
        yield f"{rest} avoid no other and share no disk, and were proved one by one."


def detection(found: Sequence[Finding]) -> Iterator[str]:
    """When a lost node notices that it is: at once, or late in some of the claims."""
    late = dict.fromkeys(f.question.claim.name for f in found if _notices_late(f))
    others = [f for f in found if not _notices_late(f)]
    if not others:
        return
    but = f", but for {enumerated(list(late))}" if late else ""
    yield (
        f"All of this assumes that membership follows the network at once{but}; "
        "what each claim assumes besides is listed by --json."
    )


def _notices_late(finding: Finding) -> bool:
    match finding.question.claim.circumstances:
        case GroupsCircumstances(assumptions=assumptions):
            return assumptions.detection.leaves_stale_nodes
        case _:
            return False


def files(left: Left, folder: Path | None, output: Output) -> Iterator[str]:
    """Where pictures and certificates are, below `folder`, and what is not there."""
    for failed in left.failed:
        yield flowing(one_line(failed.why))
    if output is Output.QUIET:
        return
    for path in left.drawn:
        yield f"Picture: {shown(path)}"
    if left.proofs and folder is not None:
        where = shown(folder / CERTIFICATES)
        yield f"Certificates of {counted(left.proofs, 'proof')}: {where}"


def data(imported: Imported, found: Sequence[Finding], left: Left) -> dict[str, Any]:
    """A cluster, and what was found about it, as JSON values."""
    not_drawn = {"not_drawn": [failed.why for failed in left.failed]} if left.failed else {}
    return {
        "cluster": imported.cluster.name,
        "votes": VOTES,
        "notes": [_note(note) for note in imported.notes],
        "findings": [finding_data(finding) for finding in found],
        "pictures": [shown(path) for path in left.drawn],
        **not_drawn,
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "kind": note.kind.value,
        "where": note.where,
        "file": note.place.source,
        "line": note.place.line,
        "key": note.place.key,
        "text": note.text,
    }


__all__ = ["data", "exit_code", "files", "lines", "summary"]
