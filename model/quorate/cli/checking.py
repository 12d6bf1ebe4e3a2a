"""Decides every claim about clusters; leaves and prints what was found."""

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from quorate.cli.labels import labels
from quorate.cli.progress import watched
from quorate.cli.renderer import Render
from quorate.cluster import Cluster, CycleError
from quorate.errors import InputError
from quorate.importers import Imported, read_cluster
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Finding, questions_about
from quorate.inquiry.run import Limits, run
from quorate.windows.membership.catalogue import claims_about


def check_files(
    files: Sequence[Path],
    names: Sequence[str],
    output: Path | None,
    limits: Limits,
    render: Render,
    *,
    as_json: bool,
    quiet: bool,
) -> int:
    """The exit code, after all is printed, and written below `output`. Where `names` are given,
    only the claims of these names are decided. Raises `InputError` for what cannot be used."""
    if output is not None and output.exists() and not output.is_dir():
        raise InputError("this is a file; name a folder to draw in", str(output))
    read = _read(files, output, render)
    called = labels(imported.cluster for imported in read)
    everything, documents = list[Finding](), list[Any]()
    for imported in read:
        claims = _chosen(imported, names)
        questions = [q for claim in claims for q in questions_about(claim, thorough=False)]
        answers = run(questions, limits, certify=output is not None, meanwhile=_get_ready)
        found = list(watched(answers, questions, quiet=quiet or as_json))
        everything += found
        drawn, proofs = _written(found, output, called, render)

        # Not imported before: until here, who asks questions comes first.
        from quorate.cli import check_report  # noqa: PLC0415

        if as_json:
            documents.append(check_report.data(imported, found, drawn))
            continue
        told = check_report.lines(imported, found, quiet=quiet, tell_all=bool(names))
        left = () if quiet else check_report.files(drawn, proofs, output)
        for line in (*told, *left):
            click.echo(line)
        if not quiet:
            click.echo(check_report.summary(found))
    if as_json:
        click.echo(json.dumps(documents, indent=2, ensure_ascii=False))
    return check_report.exit_code(everything)


def _read(files: Sequence[Path], output: Path | None, render: Render) -> list[Imported]:
    """The clusters; dependencies in a circle are drawn before they are objected to."""
    try:
        return [read_cluster(file) for file in files]
    except CycleError as circle:
        if output is not None:
            from quorate.cli.pictures import write_circle  # noqa: PLC0415

            click.echo(f"Picture: {write_circle(circle, output, render)}")
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


def _written(
    found: Sequence[Finding], output: Path | None, called: Mapping[Cluster, str], render: Render
) -> tuple[list[Path], int]:
    """The pictures that were drawn below `output`, and how many proofs left a certificate there."""
    if output is None:
        return [], 0
    from quorate.cli import pictures  # noqa: PLC0415

    drawn = pictures.write_pictures(found, output, called, render)
    drawn += pictures.write_dependencies(found, output, called, render)
    return drawn, pictures.write_certificates(found, output / "certificates", called)
