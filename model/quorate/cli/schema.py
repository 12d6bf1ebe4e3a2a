"""quorate schema: the JSON Schemas of what is read and of what is printed."""

import enum
import json
from typing import Any, assert_never

import click

from quorate.cli import options


class Described(enum.Enum):
    """What a schema describes."""

    CLUSTER = "cluster"
    RESULTS = "results"


@click.command()
@click.argument(
    "what",
    type=click.Choice([described.value for described in Described]),
    default=Described.CLUSTER.value,
)
@options.as_json
def schema(what: str, as_json: bool) -> None:  # noqa: ARG001 - the schema is JSON in any case
    """Print a JSON Schema, for editors and programs.

    WHAT is cluster for the cluster file (the default), or results for what check --json and
    verify --json print.
    """
    click.echo(json.dumps(_schema(Described(what)), indent=2, ensure_ascii=False))


def _schema(described: Described) -> dict[str, Any]:
    match described:
        case Described.CLUSTER:
            from quorate.importers import json_schema  # noqa: PLC0415

            return json_schema()
        case Described.RESULTS:
            from quorate.cli.results_schema import results_schema  # noqa: PLC0415

            return results_schema()
        case _:
            assert_never(described)
