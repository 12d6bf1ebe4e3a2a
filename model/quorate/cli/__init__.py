"""The command line: reads, prints, times and exits. All effects are in this folder.

Only click is imported on the way to the help; each command imports the rest when it runs.
"""

import sys

import click

from quorate import __version__
from quorate.errors import QuorateError


class _Group(click.Group):
    """Says a user's mistake in one sentence, and dies quietly of an interrupt or a closed pipe."""

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
            sys.stderr.close()
            ctx.exit(141)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="quorate", message="quorate %(version)s")
def main() -> None:
    """Proves, or refutes with a picture, that a failover cluster cannot split its brain.

    \b
    Exit codes: 0 all as expected, 1 something is not, 2 the input cannot be used,
    3 something could not be decided.
    """


def _register() -> None:
    from quorate.cli import check, completion, recheck, schema, show, verify  # noqa: PLC0415

    for command in (
        check.check,
        verify.verify,
        recheck.recheck,
        show.show,
        schema.schema,
        completion.completion,
    ):
        main.add_command(command)


_register()
