"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PATH = click.Path(path_type=Path)

as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
quiet: Decorator = click.option(
    "-q", "--quiet", is_flag=True, help="Print only what is not as expected."
)
seconds: Decorator = click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="Time for each question; what takes longer is UNKNOWN.",
)
processes: Decorator = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    help="How many processes work at once.  [default: one a core]",
)
