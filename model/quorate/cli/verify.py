"""quorate verify: the claims of a folder, with their teeth and premises."""

from pathlib import Path

import click

from quorate.cli import options
from quorate.cli.streams import complain


@click.command()
@click.argument("path", type=options.PATH, default=Path("proofs"))
@click.option("-o", "--output", type=options.PATH, help="Folder for the gallery of refutations.")
@click.option(
    "--all-pictures", is_flag=True, help="Draw every refutation, not only the best of each kind."
)
@click.option("--certificates", type=options.PATH, help="Folder for the certificates of proofs.")
@click.option(
    "--table",
    "rows",
    type=options.PATH,
    metavar="FILE",
    help="Also leave a line for each question, where a claim is one line here.",
)
@options.seconds
@options.processes
@options.junit
@options.sarif
@options.markdown
@options.as_json
@options.quiet
def verify(  # noqa: PLR0917 - click passes each option by its name
    path: Path,
    output: Path | None,
    all_pictures: bool,
    certificates: Path | None,
    rows: Path | None,
    seconds: float,
    jobs: int | None,
    junit: Path | None,
    sarif: Path | None,
    markdown: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Decide the claims in PATH, a claim file or a folder of them (default: proofs).

    Each claim is asked three things: does it hold, is it refuted on each broken twin of the rules
    (its teeth), and can the situation that it speaks of happen (its premise).
    """
    from quorate.cli import gallery, report  # noqa: PLC0415
    from quorate.cli.certificates import write_certificates  # noqa: PLC0415
    from quorate.cli.files import refuse_unwritable, write  # noqa: PLC0415
    from quorate.cli.formats import Formats  # noqa: PLC0415
    from quorate.cli.labels import labels  # noqa: PLC0415
    from quorate.cli.output import Output  # noqa: PLC0415
    from quorate.cli.progress import Progress  # noqa: PLC0415
    from quorate.cli.studio import Left, as_far_as_possible  # noqa: PLC0415
    from quorate.cli.verify_report import plain, printed  # noqa: PLC0415
    from quorate.inquiry.finding import with_premises  # noqa: PLC0415
    from quorate.inquiry.load import ClaimFiles, load_claims, questions_of  # noqa: PLC0415
    from quorate.inquiry.run import Limits, run  # noqa: PLC0415

    for folder in (output, certificates, rows.parent if rows is not None else None):
        if folder is not None:
            refuse_unwritable(folder)
    formats = Formats.here(junit, sarif, markdown)
    formats.ready()
    questions = questions_of(load_claims(path))
    called = labels(question.claim.subject for question in questions)
    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    form = Output.chosen(as_json=as_json, quiet=quiet)
    progress = Progress(questions, shown=form.shows_progress)
    answers = run(
        questions,
        limits,
        certify=certificates is not None,
        source=ClaimFiles(path),
        watch=progress.waiting,
    )
    found = with_premises(list(progress.watched(answers)))
    for text in printed(found, form):
        click.echo(text)

    def leave(left: Left) -> None:
        if output is not None:
            folder = gallery.Gallery(output, called)
            gallery.write_gallery(found, folder, left, every=all_pictures)
        if certificates is not None:
            write_certificates(found, certificates, called, everything=path.is_dir())
        if rows is not None:
            write(rows, plain(found))

    left = as_far_as_possible(leave)
    for failed in left.failed:
        complain(failed.why)
    refusals = [left.refusal] if left.refusal is not None else []
    if formats.wanted:
        from quorate.cli.results import claimed_subjects, report_of  # noqa: PLC0415

        refusals += formats.leave(report_of(claimed_subjects(found, path, lambda _: None)))
    for refusal in refusals:
        raise refusal
    raise SystemExit(report.exit_code(found))
