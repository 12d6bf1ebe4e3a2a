"""quorate convert: a cluster of any format as a file of the native one."""

from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("source", type=options.PATH, metavar="FILE")
@click.option(
    "-o", "--output", type=options.PATH, help="The file to write.  [default: standard output]"
)
@options.supplement
@click.option("--replace", is_flag=True, help="Replace the file if it is there.")
def convert(source: Path, output: Path | None, beside: Path | None, replace: bool) -> None:
    """Write the cluster in FILE as a cluster file.

    What was noted about the reading stands in it as comments, and what an export cannot say as
    lines to fill in.
    """
    from quorate.cli.files import write  # noqa: PLC0415
    from quorate.errors import InputError  # noqa: PLC0415
    from quorate.importers import native_text, read_cluster  # noqa: PLC0415
    from quorate.importers.files import MOST_BYTES, shown  # noqa: PLC0415

    text = native_text(read_cluster(source, beside))
    if len(text.encode("utf-8")) > MOST_BYTES:
        raise InputError(
            f"as a cluster file this would be longer than {MOST_BYTES >> 20} MiB, and nobody would "
            "read it; check the export itself",
            shown(source),
        )
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists() and not replace:
        raise InputError(
            "this file is there already; name another one or write --replace", shown(output)
        )
    write(output, text)
