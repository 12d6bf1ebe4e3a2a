"""The three streams of the process, whatever a shell made of them."""

import contextlib
import io
import os
import sys

from quorate.errors import InputError


def prepare() -> None:
    """Makes the streams write UTF-8, whatever the code page: names are not only those that it has.
    A stream that was closed is opened on nothing, since the next file would take its number; raises
    `InputError` where that is the one that answers are written to."""
    answers_are_read = sys.stdout is not None
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for as long as we run
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as above
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    if not answers_are_read:
        raise InputError("the standard output is closed, so nobody would read the answer")


def complain(sentence: str) -> None:
    """One sentence on the error stream, if anybody reads it."""
    with contextlib.suppress(OSError, ValueError):
        print(f"quorate: {sentence}", file=sys.stderr, flush=True)


def announce(line: str) -> None:
    """A line for the program that runs us, on the error stream, so that answers stay whole."""
    with contextlib.suppress(OSError, ValueError):
        print(line, file=sys.stderr, flush=True)


def give_up_output() -> None:
    """What is still to be written to the standard output would fail again when Python ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
