"""quorate show: a run from its line, replayed and told."""

import json
import sys
from pathlib import Path

import click


@click.command()
@click.argument("trace")
@click.option(
    "--text", "form", flag_value="text", default=True, help="Numbered sentences (default)."
)
@click.option("--svg", "form", flag_value="svg", help="The picture.")
@click.option("--dot", "form", flag_value="dot", help="The picture's source.")
@click.option("--json", "form", flag_value="json", help="The story and the states as JSON.")
@click.option("--itf", "form", flag_value="itf", help="The states in the Informal Trace Format.")
def show(trace: str, form: str) -> None:
    """Replay TRACE and tell it.

    TRACE is a line that begins with quorate1: as reports print it, a file that holds one, or - for
    the standard input. Every step is replayed before anything is shown.
    """
    from quorate.drawing.layout import svg  # noqa: PLC0415
    from quorate.inquiry.line import Replayed  # noqa: PLC0415
    from quorate.system.itf import to_itf  # noqa: PLC0415
    from quorate.windows.account import account  # noqa: PLC0415
    from quorate.windows.drawn import account_dot  # noqa: PLC0415
    from quorate.windows.told_traces import groups_told  # noqa: PLC0415
    from quorate.windows.told_views import account_data, account_text  # noqa: PLC0415

    replayed = Replayed(_line(trace))
    deviation = replayed.deviation
    told = account(
        replayed.title,
        replayed.model.cluster,
        replayed.moments,
        replayed.broken,
        deviation.value if deviation is not None else None,
        replayed.trace.loop_start,
        groups_told(replayed.about, replayed.circumstances),
    )
    match form:
        case "svg":
            click.echo(svg(account_dot(told)), nl=False)
        case "dot":
            click.echo(account_dot(told), nl=False)
        case "json":
            data = {"story": account_data(told), "trace": replayed.trace.to_json()}
            click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        case "itf":
            data = to_itf(replayed.system, replayed.trace)
            click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        case _:
            click.echo(account_text(told))
            end = "and its end breaks the claim" if replayed.judged else "its end was not judged"
            click.echo(f"Replayed on the plain interpreter: every step is possible, {end}.")


def _line(trace: str) -> str:
    from quorate.importers.files import read_text  # noqa: PLC0415
    from quorate.system.traces import LINE_PREFIX  # noqa: PLC0415

    if LINE_PREFIX in trace:
        return next(word for word in trace.split() if LINE_PREFIX in word)
    text = sys.stdin.read() if trace == "-" else read_text(Path(trace))
    words = text.split()
    return next((word for word in words if word.startswith(LINE_PREFIX)), text)
