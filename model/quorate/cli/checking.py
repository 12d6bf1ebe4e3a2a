"""Decides every claim about clusters; leaves and prints what was found."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import click

from quorate.cli.choosing import Choice
from quorate.cli.comparing import Comparison
from quorate.cli.formats import Formats
from quorate.cli.labels import labels
from quorate.cli.output import Output
from quorate.cli.progress import Progress
from quorate.cli.studio import Studio
from quorate.cluster import CycleError
from quorate.errors import InputError
from quorate.importers import Imported, read_cluster
from quorate.inquiry.finding import Finding, with_premises
from quorate.inquiry.run import Limits, run
from quorate.results import ReportedSubject


def check_files(  # noqa: PLR0917 - what, how far, where to
    files: Sequence[Path],
    names: Sequence[str],
    limits: Limits,
    studio: Studio,
    output: Output,
    formats: Formats,
    beside: Path | None = None,
) -> int:
    """The exit code, after all is printed and left. Where `names` are given, only the claims of
    these names are decided; `beside` is the supplement of an export. Raises `InputError` for what
    cannot be used, and, after everything is printed, where something could not be left."""
    studio.ready()
    formats.ready()
    read = _read(files, studio, beside)
    choices = [Choice(one.cluster, one.requirements, tuple(names), one.unmodelled) for one in read]
    asked = [choice.questions() for choice in choices]
    called = labels(imported.cluster for imported in read)
    everything, documents, refusals = list[Finding](), list[Any](), list[InputError]()
    subjects = list[ReportedSubject]()
    for imported, choice, questions in zip(read, choices, asked, strict=True):
        comparison = Comparison(
            imported.cluster, imported.requirements, tuple(names), imported.unmodelled
        )
        compared = comparison.questions()
        progress = Progress([*choice.all_questions, *compared], shown=output.shows_progress)
        answers = run(
            questions,
            limits,
            certify=studio.folder is not None,
            source=choice,
            meanwhile=_get_ready,
            watch=progress.waiting,
        )
        # No proof under other rules is kept: it would not be one of this cluster.
        others = run(compared, limits, certify=False, source=comparison, watch=progress.waiting)
        all_found = list(progress.watched(chain(choice.not_asked(), answers, others)))
        number = len(choice.all_questions)
        found = with_premises(all_found[:number])
        asked_here = {id(question) for question in questions}
        here = [finding for finding in found if id(finding.question) in asked_here]
        differences = list(comparison.differences(here, all_found[number:]))
        everything += found

        # Not imported before: until here, who asks questions comes first.
        from quorate.cli import check_report  # noqa: PLC0415

        if output is not Output.JSON:
            for line in check_report.lines(
                imported, found, differences, output, tell_all=bool(names)
            ):
                click.echo(line)
        left = studio.left(found, called, everything=not names)
        match output:
            case Output.JSON:
                documents.append(check_report.data(imported, found, differences, left))
            case Output.TEXT | Output.QUIET:
                for line in check_report.files(left, studio.folder, output):
                    click.echo(line)
        if output is Output.TEXT:
            click.echo(check_report.summary(found))
        refusals += [left.refusal] if left.refusal is not None else []
        if formats.wanted:
            from quorate.cli.results import cluster_subject  # noqa: PLC0415 - few want it

            described = check_report.describe(imported)
            picture = partial(studio.picture, called=called, left=left)
            subjects.append(cluster_subject(imported, described, found, picture))
    if output is Output.JSON:
        from quorate.cli.finding_data import printed  # noqa: PLC0415

        click.echo(printed(documents))
    if formats.wanted:
        from quorate.cli.results import report_of  # noqa: PLC0415 - few want it

        refusals += formats.leave(report_of(subjects))
    for refusal in refusals:
        raise refusal
    return check_report.exit_code(everything)


def _read(files: Sequence[Path], studio: Studio, beside: Path | None) -> list[Imported]:
    """The clusters; dependencies in a circle are drawn before they are objected to."""
    if beside is not None and len(files) > 1:
        raise InputError("a supplement is of one export; check the others without it", str(beside))
    try:
        return [read_cluster(file, beside) for file in files]
    except CycleError as circle:
        if studio.folder is not None:
            from quorate.cli import check_report  # noqa: PLC0415

            for line in check_report.files(studio.circle(circle), None, Output.TEXT):
                click.echo(line)
        raise


def _get_ready() -> None:
    """What reports findings is loaded while others work on them."""
    import_module("quorate.cli.check_report")
