"""quorate completion: the shell's half of completing commands and options."""

import click

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    bash:        eval "$(quorate completion bash)"
    zsh:         eval "$(quorate completion zsh)"
    fish:        quorate completion fish | source
    PowerShell:  quorate completion powershell | Out-String | Invoke-Expression
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    from quorate.cli import ASKS_FOR_COMPLETION, powershell  # noqa: F401, PLC0415 - click knows it

    script = get_completion_class(shell)
    if script is None:
        raise click.UsageError(f"there is no completion for {shell}")
    program = script(context.find_root().command, {}, "quorate", ASKS_FOR_COMPLETION)
    click.echo(program.source())
