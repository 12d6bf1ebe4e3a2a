"""What every command has in common: help, version, interrupts, whole files."""

import os
from importlib import import_module
from pathlib import Path

import click
import pytest
from running import in_a_process

from quorate import __version__
from quorate.cli import COMMANDS, main
from quorate.cli.completion import SHELLS
from quorate.cli.files import write
from quorate.errors import InputError

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_version_is_the_packages():
    assert in_a_process("--version").stdout == f"quorate {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_lists_a_command_as_it_says_itself(name):
    module = name.replace("-", "_")
    command = import_module(f"quorate.cli.{module}").__dict__[module]
    assert isinstance(command, click.Command)
    said = " ".join((command.help or "").split())
    assert said.startswith(COMMANDS[name].rstrip("."))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    page = PAGE.read_text(encoding="utf-8")
    assert f"## quorate {name}" in page
    command = main.get_command(click.Context(main), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and name not in ("verify", "schema"):
            assert any(option in page for option in parameter.opts), parameter.opts


def test_every_module_of_a_command_is_listed():
    modules = Path(main.callback.__code__.co_filename).parent.glob("*.py")
    defined = {
        path.stem.replace("_", "-")
        for path in modules
        if "@click.command" in path.read_text("utf-8")
    }
    assert defined == set(COMMANDS)


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_scripts_name_the_program(shell):
    assert "_QUORATE_COMPLETE" in in_a_process("completion", shell).stdout


@pytest.mark.parametrize(
    ("words", "incomplete", "offered"),
    [
        ("quorate ch", "ch", "check"),
        ("quorate check --se", "--se", "--seconds"),
        ("quorate ", "", "show"),
    ],
)
def test_powershell_is_offered_words(words, incomplete, offered):
    asked = {"_QUORATE_COMPLETE": "powershell_complete", "COMP_WORDS": words}
    run = in_a_process(env={**asked, "COMP_INCOMPLETE": incomplete})
    assert run.returncode == 0, run.stderr
    assert any(line.startswith(f"plain\t{offered}\t") for line in run.stdout.splitlines())


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "picture.svg"
    write(target, "old")
    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(InputError, match="No space left"):
        write(target, "new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["picture.svg"]


def broken(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_that_says_the_same_is_left_alone(tmp_path):
    target = tmp_path / "picture.svg"
    write(target, "same")
    os.utime(target, (1, 1))
    write(target, "same")
    assert target.stat().st_mtime == 1
