"""What every command has in common: help, version, interrupts, whole files."""

import os
import shlex
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import click
import pytest
from running import CLUSTERS, quorate

from quorate import __version__
from quorate.cli import COMMANDS, main
from quorate.cli.files import write
from quorate.errors import InputError

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_version_is_the_packages():
    assert quorate("--version").stdout == f"quorate {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_lists_a_command_as_it_says_itself(name):
    command = import_module(f"quorate.cli.{name}").__dict__[name]
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
    files = {path.stem for path in (Path(main.callback.__code__.co_filename).parent).glob("*.py")}
    helpers = {
        "__init__",
        "archive",
        "check_report",
        "checking",
        "files",
        "gallery",
        "labels",
        "options",
        "output",
        "pictures",
        "progress",
        "renderer",
        "report",
        "verdicts",
    }
    assert files - helpers == set(COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_program(shell):
    assert "_QUORATE_COMPLETE" in quorate("completion", shell).stdout


def wait_for_workers(process: int) -> None:
    """Until it has started others, so that it is at work."""
    children = Path(f"/proc/{process}/task/{process}/children")
    ends = time.monotonic() + 60
    while len(children.read_text().split()) < 2:
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_an_interrupt_ends_the_work_and_leaves_no_half_written_file(tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "quorate", "check"]
    clusters = [str(CLUSTERS / "sixty-four.toml"), str(CLUSTERS / "sixty-four-disk-only.toml")]
    run = subprocess.Popen(
        [*command, *clusters, "-o", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_for_workers(run.pid)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert said == "quorate: interrupted\n"
    assert not list(tmp_path.rglob("*.part"))


def test_a_closed_pipe_is_no_traceback():
    run = subprocess.run(
        f"{shlex.quote(sys.executable)} -m quorate schema | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""


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
