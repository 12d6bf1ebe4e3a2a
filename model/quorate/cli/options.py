"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PATH = click.Path(path_type=Path)

LEAST_SECONDS, MOST_SECONDS = 0.1, 1_000_000.0
"""A solver's clock counts milliseconds in 31 bits; the most of these is eleven days."""


def _bounded(_: click.Context, __: click.Parameter, value: float) -> float:
    # Not a FloatRange, in which there is room for what is not a number.
    if not LEAST_SECONDS <= value <= MOST_SECONDS:
        allowed = f"{LEAST_SECONDS:g} to {MOST_SECONDS:.0f}"
        raise click.BadParameter(f"{value:g} is no time to wait; use {allowed} seconds")
    return value


as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
quiet: Decorator = click.option(
    "-q", "--quiet", is_flag=True, help="Print only what is not as expected."
)
seconds: Decorator = click.option(
    "--seconds",
    type=float,
    metavar="S",
    callback=_bounded,
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
junit: Decorator = click.option(
    "--junit", type=PATH, metavar="FILE", help="Also leave the answers as JUnit XML."
)
sarif: Decorator = click.option(
    "--sarif", type=PATH, metavar="FILE", help="Also leave the answers as SARIF, for code hosts."
)
markdown: Decorator = click.option(
    "--markdown", type=PATH, metavar="FILE", help="Also leave the answers as a comment's Markdown."
)
supplement: Decorator = click.option(
    "--with",
    "beside",
    type=PATH,
    metavar="FILE",
    help="What an export cannot say, as keys of the cluster file.",
)
