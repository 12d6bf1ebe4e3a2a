"""quorate check: every claim that applies to a cluster."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quorate.cli import options

if TYPE_CHECKING:
    from quorate.claims.claim import Claim
    from quorate.claims.finding import Finding
    from quorate.cluster import Cluster
    from quorate.importers import Imported


@click.command()
@click.argument("files", nargs=-1, required=True, type=options.PATH, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=options.PATH,
    help="Folder for a picture of each refutation and for the certificates of proofs.",
)
@click.option("--claim", "names", multiple=True, help="Only the claim of this name; repeatable.")
@options.seconds
@options.processes
@options.as_json
@options.quiet
def check(  # noqa: PLR0917 - click passes each option by its name
    files: tuple[Path, ...],
    output: Path | None,
    names: tuple[str, ...],
    seconds: float,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Decide every claim that applies to the cluster in each FILE.

    A table says what was found. Each refutation is told in numbered sentences, and drawn if there
    is a folder to draw in.
    """
    from quorate.claims.finding import questions_about  # noqa: PLC0415
    from quorate.claims.run import Limits, run  # noqa: PLC0415
    from quorate.cli import report  # noqa: PLC0415
    from quorate.cli.labels import labels  # noqa: PLC0415
    from quorate.cli.progress import watched  # noqa: PLC0415
    from quorate.cluster import CycleError  # noqa: PLC0415
    from quorate.errors import InputError  # noqa: PLC0415
    from quorate.importers import read_cluster  # noqa: PLC0415

    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    if output is not None and output.exists() and not output.is_dir():
        raise InputError("this is a file; name a folder to draw in", str(output))
    try:
        read = [read_cluster(file) for file in files]
    except CycleError as circle:
        if output is not None:
            from quorate.cli import pictures  # noqa: PLC0415

            click.echo(f"Picture: {pictures.write_circle(circle, output)}")
        raise
    called = labels(imported.cluster for imported in read)
    everything: list[Finding] = []
    documents: list[Any] = []
    for imported in read:
        claims = _chosen(imported, names)
        questions = [q for claim in claims for q in questions_about(claim, thorough=False)]
        answers = run(questions, limits, certify=output is not None)
        found = list(watched(answers, questions, quiet=quiet or as_json))
        everything += found
        drawn, proofs = _written(found, output, called) if output is not None else ([], 0)
        if as_json:
            documents.append(_data(imported, found, drawn))
            continue
        for line in _report(imported, found, quiet=quiet, tell_all=bool(names)):
            click.echo(line)
        if not quiet and output is not None:
            for path in drawn:
                click.echo(f"Picture: {path}")
            if proofs:
                count = f"{proofs} proof" + ("" if proofs == 1 else "s")
                click.echo(f"Certificates of {count}: {output / 'certificates'}")
        if not quiet:
            click.echo(report.summary(found))
    if as_json:
        click.echo(json.dumps(documents, indent=2, ensure_ascii=False))
    raise SystemExit(report.exit_code(everything))


def _written(
    found: Sequence["Finding"], output: Path, called: Mapping["Cluster", str]
) -> tuple[list[Path], int]:
    """The pictures that were drawn below `output`, and how many proofs left a certificate there."""
    from quorate.cli import pictures  # noqa: PLC0415

    drawn = pictures.write_pictures(found, output, called, embedded=False)
    drawn += pictures.write_dependencies(found, output, called)
    return drawn, pictures.write_certificates(found, output / "certificates", called)


def _chosen(imported: "Imported", names: Sequence[str]) -> Sequence["Claim"]:
    from quorate.claims.catalogue import claims_about  # noqa: PLC0415
    from quorate.errors import InputError  # noqa: PLC0415

    claims = claims_about(imported.cluster, imported.requirements)
    known = [claim.name for claim in claims]
    for name in names:
        if name not in known:
            raise InputError(f"there is no claim {name!r} here; use one of {', '.join(known)}")
    return [claim for claim in claims if not names or claim.name in names]


def _report(
    imported: "Imported", found: Sequence["Finding"], *, quiet: bool, tell_all: bool
) -> Iterator[str]:
    """What is printed of one cluster: claims, and whatever is not as expected. Refutations that are
    expected are told only with `tell_all`."""
    from quorate.claims.finding import Kind  # noqa: PLC0415
    from quorate.cli import report  # noqa: PLC0415
    from quorate.importers import NoteKind  # noqa: PLC0415

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


def _data(
    imported: "Imported", found: Sequence["Finding"], drawn: Sequence[Path]
) -> dict[str, Any]:
    from quorate.cli import report  # noqa: PLC0415

    return {
        "cluster": imported.cluster.name,
        "notes": [
            {"kind": note.kind.value, "where": note.where, "text": note.text}
            for note in imported.notes
        ],
        "findings": [report.finding_data(finding) for finding in found],
        "pictures": [str(path) for path in drawn],
    }
