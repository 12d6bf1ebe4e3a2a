"""The command line: reads, prints, times and exits. All effects are in this folder.

Only click is imported on the way to the help; each command is imported when it runs, and imports
the rest itself.
"""

import atexit
import gc
import os
from functools import partial
from importlib import import_module
from typing import Any

import click

from quorate import __version__
from quorate.cli.rim import exit_code, unseen_by_click

COMMANDS = {
    "advise": "Look for the smallest change of the cluster in FILE after which every claim holds.",
    "check": "Decide every claim that applies to the cluster in each FILE.",
    "compare": "Decide every claim about two clusters, and say of which the verdict differs.",
    "completion": "Print the completion script of SHELL.",
    "convert": "Write the cluster in FILE as a cluster file.",
    "export-script": "Print a PowerShell script that writes a cluster's configuration as JSON.",
    "recheck": "Confirm every certificate in DIRECTORY and below it.",
    "review": "Write a page about the cluster in each FILE that a design review can decide on.",
    "schema": "Print a JSON Schema, for editors and programs.",
    "show": "Replay TRACE and tell it.",
    "verify": "Decide the claims in PATH, a claim file or a folder of them.",
}
"""Each command by name, as the help lists it; it is defined in the module of its name, with
lines for hyphens."""

ASKS_FOR_COMPLETION = "_QUORATE_COMPLETE"


class _Group(click.Group):
    """Loads a command when it is run, and ends as `rim` says, whatever happens."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"quorate.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with unseen_by_click():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with unseen_by_click():
            return super().invoke(ctx)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        if os.environ.get(ASKS_FOR_COMPLETION, "").startswith("powershell"):
            from quorate.cli import powershell  # noqa: F401, PLC0415 - click knows it from then on

        work = partial(super().main, *args, standalone_mode=False, **extra)
        if not standalone_mode:
            return work()
        raise SystemExit(exit_code(work))


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="quorate", message="quorate %(version)s")
def main() -> None:
    """Proves, or refutes with a picture, that a failover cluster cannot split its brain.

    \b
    Exit codes: 0 all as expected, 1 something is not, 2 the input cannot be used
    or the output cannot be written, 3 something could not be decided.
    """
    # What is loaded stays, and terms are freed by counting: there is little garbage, and looking
    # for it among what was loaded, at the end once more, takes as long as a small proof.
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
