"""Decides what a review says, and leaves its page."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from quorate.cli import check_report
from quorate.cli.choosing import Choice
from quorate.cli.comparing import Comparison, Differences
from quorate.cli.files import write
from quorate.cli.finding_data import printed
from quorate.cli.formats import Formats
from quorate.cli.labels import labels
from quorate.cli.results import PictureOf, cluster_subject, report_of
from quorate.cli.reviewed import Reviewed
from quorate.cli.studio import Studio
from quorate.cli.surviving import survival
from quorate.cli.wrapping import flowing
from quorate.errors import InputError
from quorate.importers import Imported, Touches, read_cluster
from quorate.importers.files import shown
from quorate.inquiry.finding import Finding, with_premises
from quorate.inquiry.run import Limits, run
from quorate.results import ReportedSubject
from quorate.review import Review, page


def review_files(
    files: Sequence[Path], limits: Limits, studio: Studio, folder: Path, beside: Path | None
) -> int:
    """The exit code, as of `check`, after all pages are left in `folder`. Raises `InputError` for
    what cannot be used, and, after everything is printed, where something could not be left."""
    if beside is not None and len(files) > 1:
        raise InputError("a supplement is of one export; review the others without it", str(beside))
    studio.ready()
    read = [read_cluster(file, beside) for file in files]
    called = labels(imported.cluster for imported in read)
    everything, refusals = list[Finding](), list[InputError]()
    for file, imported in zip(files, read, strict=True):
        choice = Choice(imported.cluster, imported.requirements, (), imported.unmodelled)
        found = _found(choice, limits)
        survived = {} if _survival_is_touched(imported) else survival(imported.cluster, limits)
        differences = _differences(choice, found, limits)
        everything += found
        left = studio.left([*found, *survived.values()], called, everything=True)
        picture = partial(studio.picture, called=called, left=left)
        review = Reviewed(
            shown(file), imported, found, survived, differences, picture, studio.render
        ).review()
        label = called[imported.cluster]
        for line in _summary(review):
            click.echo(line)
        try:
            write(folder / f"{label}.html", page(review))
            data = check_report.data(imported, found, differences, left)
            _leave_data(folder / label, data, _subject(imported, found, picture))
            click.echo(f"Page: {shown(folder / f'{label}.html')}")
        except InputError as error:
            refusals.append(error)
        refusals += [left.refusal] if left.refusal is not None else []
    for refusal in refusals:
        raise refusal
    return check_report.exit_code(everything)


def _survival_is_touched(imported: Imported) -> bool:
    """A setting that no model reads touches what the matrix asks, which is then not asked."""
    return any(one.touches is not Touches.GROUPS for one in imported.unmodelled if not one.claims)


def _found(choice: Choice, limits: Limits) -> list[Finding]:
    """What `check` finds of all claims about the cluster."""
    answered = run(choice.questions(), limits, certify=True, source=choice)
    return with_premises([*choice.not_asked(), *answered])


def _differences(choice: Choice, found: Sequence[Finding], limits: Limits) -> Sequence[Differences]:
    """What hangs on the version of Windows, where nobody says which it is."""
    comparison = Comparison(choice.cluster, choice.requirements, (), choice.unmodelled)
    there = list(run(comparison.questions(), limits, certify=False, source=comparison))
    asked = {id(question) for question in choice.questions()}
    here = [finding for finding in found if id(finding.question) in asked]
    return list(comparison.differences(here, there))


def _subject(imported: Imported, found: Sequence[Finding], picture: PictureOf) -> ReportedSubject:
    return cluster_subject(imported, check_report.describe(imported), found, picture)


def _leave_data(path: Path, data: Mapping[str, Any], subject: ReportedSubject) -> None:
    """The same for programs, beside the page."""
    formats = Formats(path.with_suffix(".junit.xml"), path.with_suffix(".sarif"), None)
    write(path.with_suffix(".json"), printed([data]) + "\n")
    for refusal in formats.leave(report_of([subject])):
        raise refusal


def _summary(review: Review) -> list[str]:
    """The answers, for who started it."""
    lines = [review.described, ""]
    lines += [f"{one.question} {one.verdict}. {one.sentence}" for one in review.answers]
    return [*map(flowing, lines), ""]
