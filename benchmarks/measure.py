"""Whole processes, timed from outside."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Command:
    """What is run. `environment` replaces what is inherited; the folder `fresh` is removed before
    each run; it must end with one of the exit codes `allowed`."""

    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    fresh: Path | None = None
    allowed: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Cost:
    """Seconds of the wall clock, and of the processor: user and system, children included."""

    wall: float
    cpu: float


def once(command: Command) -> Cost:
    """Runs the command. Raises `RuntimeError` if it does not end as it should."""
    if command.fresh is not None:
        shutil.rmtree(command.fresh, ignore_errors=True)
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command.arguments,
            env={**os.environ, **command.environment},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in command.allowed:
            said.seek(0)
            told = said.read().decode(errors="replace")
            raise RuntimeError(f"{command.arguments} ended with {process.returncode}:\n{told}")
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def alternating(commands: Sequence[Command], runs: int) -> list[Cost]:
    """The median cost of each command. They take turns, so that what else the machine does falls
    on all of them."""
    costs: list[list[Cost]] = [[] for _ in commands]
    for _ in range(runs):
        for command, seen in zip(commands, costs, strict=True):
            seen.append(once(command))
    return [Cost(median(c.wall for c in seen), median(c.cpu for c in seen)) for seen in costs]


QUORATE = str(Path(sys.executable).with_name("quorate"))
"""The command, beside the interpreter that runs this."""

Row = Sequence[str]


def words(name: str) -> str:
    """The name of a deviation as words."""
    return name.lower().replace("_", " ")


def shown(cost: Cost) -> tuple[str, str]:
    """The seconds on the wall and of all processors."""
    return f"{cost.wall:.2f}", f"{cost.cpu:.2f}"


def within(value: float, target: float) -> tuple[str, str]:
    """The value, and whether it meets the target or by how much it does not."""
    return f"{value:.2f}", _verdict(value, target)


def seconds_within(cost: Cost, target: float) -> tuple[str]:
    """Whether the seconds on the wall meet the target."""
    return (_verdict(cost.wall, target),)


def _verdict(value: float, target: float) -> str:
    return "PASS" if value <= target else f"over by {value / target - 1:.0%}"


def table(head: Row, rows: Sequence[Row]) -> Iterator[str]:
    """A table in Markdown; all columns but the first are numbers, to the right."""
    yield "| " + " | ".join(head) + " |\n"
    yield "| --- |" + " ---: |" * (len(head) - 1) + "\n"
    for row in rows:
        yield "| " + " | ".join(row) + " |\n"
