"""quorate compare: what another configuration changes."""

from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("before", type=options.PATH, metavar="BEFORE")
@click.argument("after", type=options.PATH, metavar="AFTER")
@options.seconds
@options.processes
@options.as_json
def compare(before: Path, after: Path, seconds: float, jobs: int | None, as_json: bool) -> None:
    """Decide every claim about two clusters, and say of which the verdict differs.

    BEFORE and AFTER are cluster files or exports, each of any format. Exit code 1 if something
    that is as expected before is not, or is unknown, after.
    """
    from quorate.cli.side_by_side import compare_files  # noqa: PLC0415
    from quorate.inquiry.run import Limits  # noqa: PLC0415

    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    raise SystemExit(compare_files(before, after, limits, as_json=as_json))
