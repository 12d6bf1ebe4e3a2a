"""Completion in PowerShell, which click does not know of itself."""

import os

from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    split_arg_string,
)

_SOURCE = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.ToString()
    if ($before.Length -gt $cursorPosition) { $before = $before.Substring(0, $cursorPosition) }
    $env:%(complete_var)s = "powershell_complete"
    $env:COMP_WORDS = $before
    $env:COMP_INCOMPLETE = $wordToComplete
    try {
        %(prog_name)s | ForEach-Object {
            $kind, $value, $help = $_ -split "`t", 3
            if ($kind -eq "plain") {
                if (-not $help) { $help = $value }
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, "ParameterValue", $help)
            }
        }
    } finally {
        Remove-Item -ErrorAction Ignore `
            Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_INCOMPLETE
    }
}
"""


class PowershellComplete(ShellComplete):
    """Words of kind `plain` are offered; for files PowerShell offers its own where it is given
    none."""

    name = "powershell"
    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        # PowerShell quotes with ' and escapes with a backtick; a backslash is part of a path.
        # An empty variable is none, for PowerShell.
        words = split_arg_string(os.environ["COMP_WORDS"].replace("\\", "\\\\"))[1:]
        incomplete = os.environ.get("COMP_INCOMPLETE", "")
        return (words[:-1] if incomplete and words else words), incomplete

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.type}\t{item.value}\t{item.help or ''}"


add_completion_class(PowershellComplete)
