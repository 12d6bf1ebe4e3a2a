"""Decides every claim about clusters; leaves and prints what was found."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from quorate.cli.labels import labels
from quorate.cli.output import Output
from quorate.cli.progress import watched
from quorate.cli.renderer import Render
from quorate.cluster import CycleError
from quorate.errors import InputError
from quorate.importers import Imported, read_cluster
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Finding, questions_about
from quorate.inquiry.run import Limits, run
from quorate.inquiry.seam import Subject
from quorate.windows.catalogue import claims_about


@dataclass(frozen=True)
class Studio:
    """Where pictures and certificates are left, and who draws; no `folder`, nothing is left."""

    folder: Path | None
    render: Render

    def ready(self) -> None:
        """Raises `InputError` where nothing can be left."""
        if self.folder is not None and self.folder.exists() and not self.folder.is_dir():
            raise InputError("this is a file; name a folder to draw in", str(self.folder))


def check_files(
    files: Sequence[Path], names: Sequence[str], limits: Limits, studio: Studio, output: Output
) -> int:
    """The exit code, after all is printed and left. Where `names` are given, only the claims of
    these names are decided. Raises `InputError` for what cannot be used."""
    studio.ready()
    read = _read(files, studio)
    called = labels(imported.cluster for imported in read)
    everything, documents = list[Finding](), list[Any]()
    for imported in read:
        claims = _chosen(imported, names)
        questions = [q for claim in claims for q in questions_about(claim, thorough=False)]
        certify = studio.folder is not None
        answers = run(questions, limits, certify=certify, meanwhile=_get_ready)
        found = list(watched(answers, questions, shown=output.shows_progress))
        everything += found
        drawn, proofs = _left(found, studio, called, everything=not names)

        # Not imported before: until here, who asks questions comes first.
        from quorate.cli import check_report  # noqa: PLC0415

        match output:
            case Output.JSON:
                documents.append(check_report.data(imported, found, drawn))
            case Output.TEXT | Output.QUIET:
                for line in check_report.lines(imported, found, output, tell_all=bool(names)):
                    click.echo(line)
        if output is Output.TEXT:
            for line in check_report.files(drawn, proofs, studio.folder):
                click.echo(line)
            click.echo(check_report.summary(found))
    if output is Output.JSON:
        click.echo(json.dumps(documents, indent=2, ensure_ascii=False))
    return check_report.exit_code(everything)


def _read(files: Sequence[Path], studio: Studio) -> list[Imported]:
    """The clusters; dependencies in a circle are drawn before they are objected to."""
    try:
        return [read_cluster(file) for file in files]
    except CycleError as circle:
        if studio.folder is not None:
            from quorate.cli.pictures import Pictures  # noqa: PLC0415

            path = Pictures(studio.folder, {}, studio.render).circle(circle)
            click.echo(f"Picture: {path}")
        raise


def _chosen(imported: Imported, names: Sequence[str]) -> Sequence[Claim]:
    claims = claims_about(imported.cluster, imported.requirements)
    known = [claim.name for claim in claims]
    for name in names:
        if name not in known:
            raise InputError(f"there is no claim {name!r} here; use one of {', '.join(known)}")
    return [claim for claim in claims if not names or claim.name in names]


def _get_ready() -> None:
    """What reports findings is loaded while others work on them."""
    import_module("quorate.cli.check_report")


def _left(
    found: Sequence[Finding], studio: Studio, called: dict[Subject, str], *, everything: bool
) -> tuple[list[Path], int]:
    """The pictures that were drawn, and how many proofs left a certificate."""
    if studio.folder is None:
        return [], 0
    from quorate.cli.certificates import write_certificates  # noqa: PLC0415
    from quorate.cli.pictures import Pictures  # noqa: PLC0415

    pictures = Pictures(studio.folder, called, studio.render)
    drawn = [*pictures.write(found), *pictures.illustrate(found)]
    certificates = studio.folder / "certificates"
    return drawn, write_certificates(found, certificates, called, everything=everything)
