"""Runs the command line as a user does."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from quorate.cli import main

CLUSTERS = Path(__file__).parents[2] / "proofs" / "clusters"

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="signals, devices and shells as POSIX has them"
)


def in_a_process(
    *arguments: object,
    cwd: Path | None = None,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The finished run of a process of its own, for what only such a one shows: how it starts and
    ends, and what its streams are. Output is piped, so that there is no colour and no progress in
    it."""
    return subprocess.run(
        [sys.executable, "-m", "quorate", *(str(argument) for argument in arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        input=stdin,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "error", **(env or {})},
    )


def quorate(
    *arguments: object,
    cwd: Path | None = None,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The same command line in this process, which has z3 loaded. Questions are asked of processes
    of their own all the same."""
    words = [str(argument) for argument in arguments]
    streams = {"stdin": _stream(stdin), "stdout": _stream(), "stderr": _stream()}
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        if cwd is not None:
            patch.chdir(cwd)
        with pytest.raises(SystemExit) as end:
            main(words, prog_name="quorate")
    code = end.value.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(
        words, code, *map(_said, (streams["stdout"], streams["stderr"]))
    )


def _stream(text: str = "") -> io.TextIOWrapper:
    """As a pipe is: bytes below, no terminal."""
    return io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8")


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def refused(run: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a run that was refused."""
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    return sentence(run.stderr)


def sentence(said: str) -> str:
    """The one sentence that is all that the error stream says."""
    assert said.startswith("quorate: "), said
    assert said.count("\n") == 1, said
    return said.removeprefix("quorate: ").rstrip("\n")
