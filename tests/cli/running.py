"""Runs the command line as a user does, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

CLUSTERS = Path(__file__).parents[2] / "proofs" / "clusters"

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="signals, devices and shells as POSIX has them"
)


def quorate(
    *arguments: object,
    cwd: Path | None = None,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The finished run. Output is piped, so that there is no colour and no progress in it."""
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
