"""quorate review: the page that a team decides on."""

from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("files", nargs=-1, required=True, type=options.PATH, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=options.PATH,
    required=True,
    help="Folder for the pages, the pictures, the certificates and the answers as data.",
)
@options.supplement
@options.seconds
@options.processes
def review(
    files: tuple[Path, ...],
    output: Path,
    beside: Path | None,
    seconds: float,
    jobs: int | None,
) -> None:
    """Write a page about the cluster in each FILE that a design review can decide on.

    It opens from disk, needs no network, and has the answers first, then the configuration as it
    was read, what the cluster comes through, how it goes wrong, and what all of that assumes.
    """
    from quorate.cli.renderer import renderer  # noqa: PLC0415

    with renderer(wanted=True) as render:
        from quorate.cli.reviewing import review_files  # noqa: PLC0415
        from quorate.cli.studio import Studio  # noqa: PLC0415
        from quorate.inquiry.run import Limits  # noqa: PLC0415 - while the renderer gets ready

        limits = Limits(seconds, jobs) if jobs else Limits(seconds)
        code = review_files(files, limits, Studio(output, render), output, beside)
    raise SystemExit(code)
