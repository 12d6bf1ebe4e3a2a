"""quorate advise: the smallest change after which every claim holds."""

from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("file", type=options.PATH, metavar="FILE")
@options.supplement
@options.seconds
@options.processes
@options.as_json
def advise(
    file: Path, beside: Path | None, seconds: float, jobs: int | None, as_json: bool
) -> None:
    """Look for the smallest change of the cluster in FILE after which every claim holds.

    Looked at are one decision and two: a witness, a vote, a dependency, who may own a group,
    fencing, failback. Every answer was proved; the changed lines are shown as in a patch.
    """
    from quorate.cli.advising import advise_about  # noqa: PLC0415
    from quorate.inquiry.run import Limits  # noqa: PLC0415

    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    raise SystemExit(advise_about(file, beside, limits, as_json=as_json))
