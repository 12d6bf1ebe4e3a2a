"""quorate show: a run from its line, replayed and told."""

import codecs
import json
import sys
from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("trace")
@click.option(
    "--text", "form", flag_value="text", default=True, help="Numbered sentences (default)."
)
@click.option("--svg", "form", flag_value="svg", help="The picture.")
@click.option("--dot", "form", flag_value="dot", help="The picture's source.")
@click.option("--mermaid", "form", flag_value="mermaid", help="A sequence diagram of Mermaid.")
@click.option("--shiviz", "form", flag_value="shiviz", help="A log for ShiViz.")
@click.option("--json", "form", flag_value="json", help="The story and the states as JSON.")
@click.option("--itf", "form", flag_value="itf", help="The states in the Informal Trace Format.")
@click.option(
    "--claims", type=options.PATH, help="The claim file, or folder, that a run of it comes from."
)
def show(trace: str, form: str, claims: Path | None) -> None:
    """Replay TRACE and tell it.

    TRACE is a line that begins with quorate1: as reports print it, a file that holds one, or - for
    the standard input. Every step is replayed before anything is shown.
    """
    from quorate.cli.archive import Families  # noqa: PLC0415
    from quorate.cli.sequences import sequenced  # noqa: PLC0415
    from quorate.drawing.layout import svg  # noqa: PLC0415
    from quorate.explaining.because import account_of_line  # noqa: PLC0415
    from quorate.inquiry.line import Replayed  # noqa: PLC0415
    from quorate.inquiry.load import load_claims  # noqa: PLC0415
    from quorate.system.itf import to_itf  # noqa: PLC0415

    own = tuple(load_claims(claims)) if claims is not None else ()
    replayed = Replayed(_line(trace), Families(own))
    account = account_of_line(replayed)
    match form:
        case "svg":
            click.echo(svg(account.picture()), nl=False)
        case "dot":
            click.echo(account.picture(), nl=False)
        case "mermaid":
            click.echo(sequenced(account, replayed.circumstances.subject).mermaid(), nl=False)
        case "shiviz":
            click.echo(sequenced(account, replayed.circumstances.subject).shiviz(), nl=False)
        case "json":
            data = {"story": account.data(), "trace": replayed.trace.to_json()}
            click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        case "itf":
            data = to_itf(replayed.system, replayed.trace)
            click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        case _:
            click.echo(account.text())
            end = "and its end breaks the claim" if replayed.judged else "its end was not judged"
            click.echo(f"Replayed on the plain interpreter: every step is possible, {end}.")


def _line(trace: str) -> str:
    from quorate.system.trace_lines import line_in  # noqa: PLC0415

    text = trace if line_in(trace) is not None else _read(trace)
    return line_in(text) or text


def _read(trace: str) -> str:
    """The standard input or a file: a report, or a mail in whatever encoding."""
    from quorate.importers.files import read_bytes  # noqa: PLC0415

    bytes_ = sys.stdin.buffer.read() if trace == "-" else read_bytes(Path(trace))
    # Windows PowerShell redirects into UTF-16; the line itself is ASCII in any other encoding.
    is_wide = bytes_.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return bytes_.decode("utf-16" if is_wide else "utf-8", "replace")
