"""The command line: reads, prints, times and exits. All effects are in this folder.

Only click is imported on the way to the help; each command is imported when it runs, and imports
the rest itself.
"""

import atexit
import gc
import os
import sys
from importlib import import_module

import click

from quorate import __version__
from quorate.errors import QuorateError

COMMANDS = {
    "check": "Decide every claim that applies to the cluster in each FILE.",
    "completion": "Print the completion script of SHELL.",
    "recheck": "Confirm every certificate in DIRECTORY and below it.",
    "schema": "Print the JSON Schema of the cluster file, for editors.",
    "show": "Replay TRACE and tell it.",
    "verify": "Decide the claims in PATH, a claim file or a folder of them.",
}
"""Each command by name, as the help lists it; it is defined in the module of its name."""


class _Group(click.Group):
    """Says a user's mistake in one sentence, and dies quietly of an interrupt or a closed pipe."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"quorate.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except QuorateError as error:
            click.echo(f"quorate: {error}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("quorate: interrupted", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            # What is still in the buffers would fail again when Python flushes them at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(141)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="quorate", message="quorate %(version)s")
def main() -> None:
    """Proves, or refutes with a picture, that a failover cluster cannot split its brain.

    \b
    Exit codes: 0 all as expected, 1 something is not, 2 the input cannot be used,
    3 something could not be decided.
    """
    # What is loaded stays, and terms are freed by counting: there is little garbage, and looking
    # for it among what was loaded, at the end once more, takes as long as a small proof.
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
