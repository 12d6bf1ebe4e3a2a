"""quorate check: every claim that applies to a cluster."""

import json
from pathlib import Path
from typing import Any

import click

from quorate.cli import options


@click.command()
@click.argument("files", nargs=-1, required=True, type=options.PATH, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=options.PATH,
    help="Folder for a picture of each refutation and for the certificates of proofs.",
)
@options.seconds
@options.processes
@options.as_json
@options.quiet
def check(
    files: tuple[Path, ...],
    output: Path | None,
    seconds: float,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Decide every claim that applies to the cluster in each FILE.

    A table says what was found. Each refutation is told in numbered sentences, and drawn if there
    is a folder to draw in.
    """
    from quorate.claims.catalogue import claims_about  # noqa: PLC0415
    from quorate.claims.finding import Finding, Kind, questions_about  # noqa: PLC0415
    from quorate.claims.run import Limits, run  # noqa: PLC0415
    from quorate.cli import pictures, report  # noqa: PLC0415
    from quorate.cli.progress import watched  # noqa: PLC0415
    from quorate.importers import read_cluster  # noqa: PLC0415

    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    read = [read_cluster(file) for file in files]
    all_findings: list[Finding] = []
    documents: list[Any] = []
    for imported in read:
        cluster = imported.cluster
        questions = [
            question
            for claim in claims_about(cluster, imported.requirements)
            for question in questions_about(claim, thorough=False)
        ]
        answers = run(questions, limits, certify=output is not None)
        found = list(watched(answers, len(questions), quiet=quiet or as_json))
        found.sort(key=lambda finding: questions.index(finding.question))
        all_findings += found
        drawn = pictures.write_pictures(found, output, embedded=False) if output else []
        proofs = pictures.write_certificates(found, output / "certificates") if output else 0
        if as_json:
            documents.append(
                {
                    "cluster": cluster.name,
                    "notes": [
                        {"kind": note.kind.value, "where": note.where, "text": note.text}
                        for note in imported.notes
                    ],
                    "findings": [report.finding_data(finding) for finding in found],
                    "pictures": [str(path) for path in drawn],
                }
            )
            continue
        shown = [f for f in found if f.question.kind is Kind.CLAIM or not f.as_expected]
        if quiet:
            shown = [finding for finding in shown if not finding.as_expected]
        if not quiet or shown:
            click.echo(report.describe(cluster))
        if not quiet:
            for note in imported.notes:
                click.echo(f"  {note.kind.value}: {note.where}: {note.text}")
        if shown:
            click.echo()
            report.print_table(shown)
        for finding in shown:
            if report.story_of(finding) is not None:
                click.echo()
                report.print_story(finding)
            report.print_reason(finding)
        if quiet:
            continue
        click.echo()
        for path in drawn:
            click.echo(f"Picture: {path}")
        if output:
            click.echo(f"Certificates of {proofs} proofs: {output / 'certificates'}")
        click.echo(report.summary(found))
    if as_json:
        click.echo(json.dumps(documents, indent=2, ensure_ascii=False))
    raise SystemExit(report.exit_code(all_findings))
