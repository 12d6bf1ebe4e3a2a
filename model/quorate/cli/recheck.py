"""quorate recheck: confirms certificates without the engines that made them."""

import json
from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("directory", type=options.PATH)
@click.option(
    "--against",
    "files",
    multiple=True,
    type=options.PATH,
    metavar="FILE",
    help="Only of claims that FILE makes, a cluster file, a claim file or a folder; repeatable.",
)
@options.seconds
@options.processes
@options.as_json
@options.quiet
def recheck(  # noqa: PLR0917 - click passes each option by its name
    directory: Path,
    files: tuple[Path, ...],
    seconds: float,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Confirm every certificate in DIRECTORY and below it.

    What must be proved is made again from the text of the system that the certificate is about, and
    each obligation is decided from its file in a fresh z3 and, where it is installed, in cvc5. No
    engine of quorate takes part.
    """
    from quorate.cli.rechecking import code, rechecked, summary  # noqa: PLC0415
    from quorate.inquiry.run import Limits  # noqa: PLC0415

    limits = Limits(seconds, jobs) if jobs else Limits(seconds)
    found = rechecked(directory, files, limits)
    if as_json:
        data = [result.data() for result in found]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        for result in found:
            if not (quiet and result.is_confirmed):
                for line in result.lines():
                    click.echo(line)
        if not quiet:
            click.echo(summary(found))
    raise SystemExit(code(found))
