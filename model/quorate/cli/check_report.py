"""What `quorate check` prints of a cluster."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quorate.cli import report
from quorate.cli.report import exit_code, summary
from quorate.importers import Imported, NoteKind
from quorate.inquiry.finding import Finding, Kind


def lines(
    imported: Imported, found: Sequence[Finding], *, quiet: bool, tell_all: bool
) -> Iterator[str]:
    """One cluster: its claims, and whatever is not as expected. Refutations that are
    expected are told only with `tell_all`."""
    shown = [f for f in found if not f.as_expected or f.question.kind is Kind.CLAIM]
    if quiet:
        shown = [finding for finding in shown if not finding.as_expected]
    if quiet and not shown:
        return
    yield report.describe(imported.cluster)
    if not quiet:
        order = list(NoteKind)
        for note in sorted(imported.notes, key=lambda note: order.index(note.kind)):
            yield f"  {note.kind.value}: {note.where}: {note.text}"
    yield ""
    yield report.table(report.merged(shown)).rstrip()
    for finding in shown:
        if tell_all or not finding.as_expected:
            yield from report.story_lines(finding)
        yield from report.reason_lines(finding)
    if not quiet:
        yield ""
        yield from report.together(imported.cluster)
        yield _ASSUMED


_ASSUMED = (
    "All of this assumes that membership follows the network at once, but for no-dual-activity; "
    "what each claim assumes besides is listed by --json."
)


def files(drawn: Sequence[Path], proofs: int, output: Path | None) -> Iterator[str]:
    """Where pictures and certificates are, below `output`."""
    for path in drawn:
        yield f"Picture: {path}"
    if proofs and output is not None:
        count = f"{proofs} proof" + ("" if proofs == 1 else "s")
        yield f"Certificates of {count}: {output / 'certificates'}"


def data(imported: Imported, found: Sequence[Finding], drawn: Sequence[Path]) -> dict[str, Any]:
    """A cluster, and what was found about it, as JSON values."""
    return {
        "cluster": imported.cluster.name,
        "notes": [
            {"kind": note.kind.value, "where": note.where, "text": note.text}
            for note in imported.notes
        ],
        "findings": [report.finding_data(finding) for finding in found],
        "pictures": [str(path) for path in drawn],
    }


__all__ = ["data", "exit_code", "files", "lines", "summary"]
