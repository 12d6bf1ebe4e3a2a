"""quorate verify: the claims of a folder, with their teeth and premises."""

import json
from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("path", type=options.PATH, default=Path("proofs"))
@click.option("-o", "--output", type=options.PATH, help="Folder for the gallery of refutations.")
@click.option("--certificates", type=options.PATH, help="Folder for the certificates of proofs.")
@options.seconds
@options.processes
@options.as_json
@options.quiet
def verify(
    path: Path,
    output: Path | None,
    certificates: Path | None,
    seconds: float,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Decide the claims in PATH, a claim file or a folder of them (default: proofs).

    Each claim is asked three things: does it hold, is it refuted on each broken twin of the rules
    (its teeth), and can the situation that it speaks of happen (its premise).
    """
    from quorate.claims.finding import questions_about  # noqa: PLC0415
    from quorate.claims.load import load_claims  # noqa: PLC0415
    from quorate.claims.run import Limits, run  # noqa: PLC0415
    from quorate.cli import gallery, pictures, report  # noqa: PLC0415
    from quorate.cli.progress import watched  # noqa: PLC0415

    questions = [q for claim in load_claims(path) for q in questions_about(claim, thorough=True)]
    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    answers = run(questions, limits, certify=certificates is not None)
    found = list(watched(answers, len(questions), quiet=quiet or as_json))
    place = {id(question): number for number, question in enumerate(questions)}
    found.sort(key=lambda finding: place[id(finding.question)])
    if output is not None:
        gallery.write_gallery(found, output)
    if certificates is not None:
        pictures.write_certificates(found, certificates)
    if as_json:
        data = [report.finding_data(finding) for finding in found]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        raise SystemExit(report.exit_code(found))
    unexpected = [finding for finding in found if not finding.as_expected]
    shown = unexpected if quiet else found
    if shown:
        report.print_table(shown)
    for finding in unexpected:
        if report.story_of(finding) is not None:
            click.echo()
            report.print_story(finding)
        report.print_reason(finding)
    if not quiet:
        click.echo()
        click.echo(report.summary(found))
    raise SystemExit(report.exit_code(found))
