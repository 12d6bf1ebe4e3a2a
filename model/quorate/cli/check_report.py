"""What `quorate check` prints of a cluster."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quorate.cli import comparing, report
from quorate.cli.comparing import Differences, in_words
from quorate.cli.folding import Folded
from quorate.cli.output import Output
from quorate.cli.report import exit_code, summary
from quorate.cli.studio import CERTIFICATES, Left
from quorate.cli.telling import also_lines, one_line, reason_lines, shown_by, story_lines
from quorate.cli.verdicts import counted, goes_without_saying, verdict_text
from quorate.cli.wrapping import flowing
from quorate.cluster import Cluster, bundles
from quorate.drawing.names import enumerated
from quorate.importers import Imported, Note, NoteKind, Touches, Unmodelled
from quorate.importers.files import shown
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import Finding
from quorate.windows.version import votes_in_short


def lines(
    imported: Imported,
    found: Sequence[Finding],
    differences: Sequence[Differences],
    output: Output,
    *,
    tell_all: bool,
) -> Iterator[str]:
    """One cluster: its claims, whatever is not as expected, and what other versions would make of
    them. Refutations that are expected are told only with `tell_all`; those of which nobody knew
    always, but for what another one shows, or the same of another group."""
    quiet = output is Output.QUIET
    shown = [finding for finding in found if not goes_without_saying(finding)]
    if quiet:
        shown = [finding for finding in shown if not finding.as_expected]
    if quiet and not shown:
        return
    yield flowing(describe(imported))
    if not quiet:
        order = list(NoteKind)
        for note in sorted(imported.notes, key=lambda note: order.index(note.kind)):
            yield flowing(f"  {note.kind.value}: {note.where}: {note.text}")
    yield ""
    yield report.table(report.merged(shown, len(imported.cluster.groups))).rstrip()
    folded = Folded(shown)
    worth_telling = [finding for finding in folded.unfolded if tell_all or _is_news(finding)]
    for finding in worth_telling:
        alike = [finding] if tell_all else _alike(finding, worth_telling)
        if tell_all or (finding is alike[0] and not shown_by(finding, worth_telling)):
            yield from story_lines(finding)
            yield from also_lines(finding, worth_telling)
            yield from _others(alike)
            if others := folded.others(finding):
                yield flowing(others)
    yield from reason_lines(shown)
    if not quiet:
        yield ""
        yield from map(flowing, in_words(differences, imported.cluster))
        yield from map(flowing, together(imported.cluster))
        yield from map(flowing, Folded(found).shapes())
        yield from map(flowing, detection(shown))


def _is_news(finding: Finding) -> bool:
    return finding.question.expectation is Expectation.OPEN or not finding.as_expected


def _alike(finding: Finding, others: Sequence[Finding]) -> list[Finding]:
    """Itself, and, where nobody knew, the same found of other groups if these are so many that the
    table has one line for them: the first is told for all."""
    question = finding.question
    same = [
        other
        for other in others
        if question.expectation is Expectation.OPEN
        and other.question.claim.name == question.claim.name
        and bool(other.question.claim.about) == bool(question.claim.about)
        and (other.question.asked, verdict_text(other)) == (question.asked, verdict_text(finding))
        and not shown_by(other, others)
    ]
    return same if len(same) > report.FEW else [finding]


def _others(alike: Sequence[Finding]) -> Iterator[str]:
    """That the same was found of other groups than the first, and how to be told."""
    if len(alike) > 1:
        name, groups = alike[0].question.claim.name, counted(len(alike) - 1, "other group")
        yield flowing(f"The same is found of {groups}; --claim {name} tells it of each.")


def describe(imported: Imported) -> str:
    """A cluster in one line."""
    cluster = imported.cluster
    nodes = counted(len(cluster.nodes), "node")
    majorities = [f"{total // 2 + 1} of {counted(total, 'vote')}" for total in cluster.totals]
    while_all_run = " while all run" if cluster.votes_change else ""
    quorum = f"quorum is {' or '.join(majorities)}{while_all_run}"
    return f"{one_line(cluster.name)}: {nodes}, {cluster.rule.title}, {quorum}; {_votes(imported)}"


def _votes(imported: Imported) -> str:
    """How votes are counted, or that nothing is said of them."""
    lacking = [one for one in imported.unmodelled if one.touches is Touches.VOTES]
    if lacking:
        return f"nothing is said of votes, since no model reads {lacking[0].setting}"
    return votes_in_short(imported.cluster)


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
    if any(cluster.start_conditions(group.name) for group in cluster.groups):
        yield "Those that start after others were each looked at together with these."


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
    if not finding.question.claim.about:
        # It is about membership, and most clusters have nothing else to be asked.
        return False
    from quorate.windows.groups.circumstances import GroupsCircumstances  # noqa: PLC0415

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


def data(
    imported: Imported,
    found: Sequence[Finding],
    differences: Sequence[Differences],
    left: Left,
) -> dict[str, Any]:
    """A cluster, and what was found about it, as JSON values."""
    from quorate.cli.finding_data import finding_data  # noqa: PLC0415 - only --json needs it

    not_drawn = {"not_drawn": [failed.why for failed in left.failed]} if left.failed else {}
    return {
        "cluster": imported.cluster.name,
        "version": {
            "asked_as": imported.cluster.version.value,
            "source": imported.cluster.version_source.value,
        },
        "votes": _votes(imported),
        "notes": [_note(note) for note in imported.notes],
        "unmodelled": [_unmodelled(one) for one in imported.unmodelled],
        "findings": [finding_data(finding) for finding in found],
        "other_versions": comparing.data(differences),
        "pictures": [shown(path) for path in left.drawn],
        **not_drawn,
    }


def _unmodelled(one: Unmodelled) -> dict[str, Any]:
    return {**one.row(), "where": str(one.place)}


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
