"""quorate schema: the JSON Schema of the cluster file."""

import json

import click

from quorate.cli import options


@click.command()
@options.as_json
def schema(as_json: bool) -> None:  # noqa: ARG001 - the schema is JSON in any case
    """Print the JSON Schema of the cluster file, for editors."""
    from quorate.importers import json_schema  # noqa: PLC0415

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
