"""quorate check: every claim that applies to a cluster."""

from pathlib import Path

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
@click.option(
    "--claim",
    "names",
    multiple=True,
    help="Only the claim of this name, or as a table prints it; repeatable.",
)
@options.supplement
@options.seconds
@options.processes
@options.junit
@options.sarif
@options.markdown
@options.as_json
@options.quiet
def check(  # noqa: PLR0917 - click passes each option by its name
    files: tuple[Path, ...],
    output: Path | None,
    names: tuple[str, ...],
    beside: Path | None,
    seconds: float,
    jobs: int | None,
    junit: Path | None,
    sarif: Path | None,
    markdown: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Decide every claim that applies to the cluster in each FILE.

    A table says what was found. Each refutation is told in numbered sentences, and drawn if there
    is a folder to draw in.
    """
    from quorate.cli.renderer import renderer  # noqa: PLC0415

    with renderer(wanted=output is not None) as render:
        from quorate.cli.checking import check_files  # noqa: PLC0415
        from quorate.cli.formats import Formats  # noqa: PLC0415
        from quorate.cli.output import Output  # noqa: PLC0415
        from quorate.cli.studio import Studio  # noqa: PLC0415
        from quorate.inquiry.run import Limits  # noqa: PLC0415 - while the renderer gets ready

        limits = Limits(seconds, jobs) if jobs else Limits(seconds)
        printed = Output.chosen(as_json=as_json, quiet=quiet)
        formats = Formats.here(junit, sarif, markdown)
        studio = Studio(output, render)
        code = check_files(files, names, limits, studio, printed, formats, beside)
    raise SystemExit(code)
