"""However a command ends: one sentence, a code that is no verdict, no traceback, no process."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest
from running import CLUSTERS, in_a_process, posix_only, refused, sentence

SMALL = CLUSTERS / "two-nodes-share.toml"
LARGE = CLUSTERS / "sixty-four.toml"
QUORATE = f"{shlex.quote(sys.executable)} -m quorate"
CHECK = f"check {shlex.quote(str(SMALL))} --claim no-split-brain"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False
    )


@posix_only
@pytest.mark.parametrize("command", ["schema", "--help", "--version", "check --help", CHECK])
def test_a_full_device_is_one_sentence(command: str) -> None:
    run = shell(f"{QUORATE} {command} > /dev/full")
    assert run.returncode == 2
    assert sentence(run.stderr) == "the output cannot be written: No space left on device"


@posix_only
@pytest.mark.parametrize("command", ["schema", "--help", CHECK])
def test_a_closed_pipe_is_one_sentence(command: str) -> None:
    run = shell(f"{QUORATE} {command} | true; exit ${{PIPESTATUS[0]}}")
    assert run.returncode == 2
    assert sentence(run.stderr) == "the output cannot be written: whoever reads it has closed it"


@posix_only
@pytest.mark.parametrize("command", ["schema", "--help", CHECK])
def test_a_closed_output_is_refused_before_the_work(command: str) -> None:
    run = shell(f"{QUORATE} {command} >&-")
    assert run.returncode == 2
    assert "the standard output is closed" in sentence(run.stderr)


@posix_only
@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", "<&-", "<&- 2>&-"])
def test_other_streams_are_not_needed(closed: str) -> None:
    run = shell(f"{QUORATE} {CHECK} {closed}")
    assert run.returncode == 0
    assert "PROVED" in run.stdout


@posix_only
def test_a_line_is_not_read_from_a_closed_input() -> None:
    run = shell(f"{QUORATE} show - <&-")
    assert run.returncode == 2
    assert sentence(run.stderr)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1:strict"])
def test_output_is_utf_8_whatever_the_code_page(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "rocket.toml"
    file.write_text(
        'name = "🚀 Köln"\nversion = "2008"\nnodes = ["東京", "B", "C"]\n'
        'quorum.mode = "node-majority"\n',
        "utf-8",
    )
    run = in_a_process(
        "check", file, "--claim", "no-split-brain", env={"PYTHONIOENCODING": encoding}
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("🚀 Köln: 3 nodes")


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "1e300", "0", "-1", "soon"])
def test_a_time_that_cannot_be_waited_for_is_refused(seconds: str) -> None:
    run = in_a_process("check", SMALL, f"--seconds={seconds}")
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Invalid value for '--seconds'" in run.stderr


@pytest.mark.parametrize("command", ["check", "verify"])
@pytest.mark.parametrize("where", ["file", "below a file"])
def test_a_folder_that_cannot_be_written_in_is_found_before_the_work(
    tmp_path: Path, command: str, where: str
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    out = tmp_path / "taken" if where == "file" else tmp_path / "taken" / "out"
    started = monotonic()
    said = refused(in_a_process(command, LARGE if command == "check" else "proofs", "-o", out))
    assert said.startswith(str(out))
    assert monotonic() - started < 20.0


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_ends_the_work_with_every_process_of_it(
    tmp_path: Path, number: signal.Signals
) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "quorate", "check", str(LARGE), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = monotonic() + 60.0
    while not of_session(run.pid) - {run.pid}:
        assert monotonic() < deadline
        sleep(0.05)
    sleep(0.5)
    run.send_signal(number)
    ended = monotonic()
    run.wait(timeout=30)
    while of_session(run.pid):
        assert monotonic() - ended < 2.0
        sleep(0.01)
    out, said = run.communicate(timeout=30)
    assert out == ""
    if number == signal.SIGKILL:
        assert run.returncode == -number
        assert said == ""
    else:
        assert run.returncode == 128 + number
        ending = "interrupted" if number == signal.SIGINT else f"ended by {number.name}"
        assert sentence(said) == ending
    assert not list(tmp_path.rglob("*.part"))


def of_session(number: int) -> set[int]:
    """The processes of a session that have not ended."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,sess=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    return {
        int(process)
        for process, session, state in rows
        if session.isdigit() and int(session) == number and not state.startswith("Z")
    }


@posix_only
def test_a_hangup_that_is_ignored_ends_nothing() -> None:
    run = shell(f"trap '' HUP; {QUORATE} {CHECK} > /dev/null & sleep 1; kill -HUP $!; wait $!")
    assert run.returncode == 0, run.stderr


def test_a_fault_of_ours_is_one_sentence_with_its_place() -> None:
    script = (
        "import quorate.importers.files as files, sys\n"
        "def broken(*_): raise RuntimeError('unheard\\nof')\n"
        "files.read_text = broken\n"
        "import quorate.importers.native as native, quorate.importers as importers\n"
        "importers.read_cluster = broken\n"
        "from quorate.cli import main\n"
        f"main(['check', {str(SMALL)!r}])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert run.returncode == 2
    said = sentence(run.stderr)
    assert said.startswith("this is a fault of quorate, please report it: RuntimeError: unheard of")
