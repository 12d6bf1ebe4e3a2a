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
def verify(  # noqa: PLR0917 - click passes each option by its name
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
    from quorate.cli import gallery, report  # noqa: PLC0415
    from quorate.cli.certificates import write_certificates  # noqa: PLC0415
    from quorate.cli.labels import labels  # noqa: PLC0415
    from quorate.cli.output import Output  # noqa: PLC0415
    from quorate.cli.progress import watched  # noqa: PLC0415
    from quorate.inquiry.finding import questions_about  # noqa: PLC0415
    from quorate.inquiry.load import load_claims  # noqa: PLC0415
    from quorate.inquiry.run import Limits, run  # noqa: PLC0415

    questions = [q for claim in load_claims(path) for q in questions_about(claim, thorough=True)]
    called = labels(question.claim.subject for question in questions)
    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    answers = run(questions, limits, certify=certificates is not None)
    printed = Output.chosen(as_json=as_json, quiet=quiet)
    found = list(watched(answers, questions, shown=printed.shows_progress))
    if output is not None:
        gallery.write_gallery(found, output, called)
    if certificates is not None:
        write_certificates(found, certificates, called, everything=path.is_dir())
    if printed is Output.JSON:
        data = [report.finding_data(finding) for finding in found]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        raise SystemExit(report.exit_code(found))
    unexpected = [finding for finding in found if not finding.as_expected]
    shown = unexpected if printed is Output.QUIET else found
    if shown:
        click.echo(report.table(report.rows(shown)).rstrip())
    for finding in unexpected:
        for line in (*report.story_lines(finding), *report.reason_lines(finding)):
            click.echo(line)
    if printed is Output.TEXT:
        click.echo(f"\n{report.summary(found)}")
    raise SystemExit(report.exit_code(found))
