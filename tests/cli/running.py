"""Runs the command line as a user does, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

CLUSTERS = Path(__file__).parents[2] / "proofs" / "clusters"


def quorate(
    *arguments: object, cwd: Path | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """The finished run. Output is piped, so that there is no colour and no progress in it."""
    return subprocess.run(
        [sys.executable, "-m", "quorate", *(str(argument) for argument in arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        input=stdin,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )


def refused(run: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a run that was refused."""
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    assert run.stderr.startswith("quorate: ")
    assert run.stderr.count("\n") == 1
    return run.stderr.removeprefix("quorate: ").rstrip("\n")
