"""How a command ends that does not come to its end: one sentence, and a code that is no verdict."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from quorate.cli.streams import complain, give_up_output, prepare
from quorate.errors import QuorateError

NOT_USABLE = 2
"""The input cannot be used, or the output cannot be written, or we have a fault."""

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Signals that end us in order, with every process and draft of ours; each system has some."""


class Ended(BaseException):
    """A signal asks us to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Closed(Exception):
    """Whoever reads the output has closed it."""


@contextmanager
def unseen_by_click() -> Iterator[None]:
    """Of a closed pipe click makes an exit with 1, which would be a verdict."""
    try:
        yield
    except BrokenPipeError as error:
        raise Closed from error


def exit_code(work: Callable[[], object]) -> int:
    """Does the work of a command and says with what to exit."""
    try:
        prepare()
        with _ended_by_signals():
            code = _code(work)
            sys.stdout.flush()
        return code
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        return error.exit_code
    except QuorateError as error:
        complain(str(error))
        return NOT_USABLE
    except KeyboardInterrupt:
        return _ended(signal.SIGINT)
    except Ended as end:
        return _ended(end.number)
    except (Closed, BrokenPipeError):
        return _not_written("whoever reads it has closed it")
    except OSError as error:
        return _failed(error)
    except Exception as error:
        return _at_fault(error)


def _code(work: Callable[[], object]) -> int:
    """Commands exit by `SystemExit`; click returns the code of `--help` and the like."""
    try:
        said = work()
    except SystemExit as end:
        said = end.code
    return said if isinstance(said, int) else 0


def _ended(number: int) -> int:
    """As a shell says it of a program that a signal ended."""
    name = signal.Signals(number).name
    complain("interrupted" if number == signal.SIGINT else f"ended by {name}")
    return 128 + number


def _failed(error: OSError) -> int:
    """Files say their name, so what has none is the standard output."""
    why = error.strerror or str(error)
    if error.filename is None:
        return _not_written(why)
    complain(f"{error.filename}: {why}")
    return NOT_USABLE


def _not_written(why: str) -> int:
    give_up_output()
    complain(f"the output cannot be written: {why}")
    return NOT_USABLE


def _at_fault(error: Exception) -> int:
    """A fault of ours is a sentence that helps to find it; the rest is there for the asking."""
    from quorate.inquiry.raised import what_and_where  # noqa: PLC0415 - only faults need it

    if os.environ.get("QUORATE_TRACEBACK"):
        raise error
    complain(f"this is a fault of quorate, please report it: {what_and_where(error)}")
    return NOT_USABLE


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A signal that would end us at once is raised instead, so that what was begun is cleared away.
    The second one ends us. One that is ignored, as by nohup, stays so. An interrupt is raised in
    the same way, since Python does not forget a `KeyboardInterrupt` that was raised in an import.
    """
    usual = (signal.SIG_DFL, signal.default_int_handler)
    taken = {}
    try:
        for number in [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]:
            if signal.getsignal(number) in usual:
                taken[number] = signal.signal(number, _end)
    except ValueError:
        # Only the main thread takes signals; whoever calls us from another has their own way.
        pass
    try:
        yield
    finally:
        for number, before in taken.items():
            signal.signal(number, before)


def _end(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    # What is cut short in its making, as a context of z3, would complain when it is thrown away.
    sys.unraisablehook = _unsaid
    raise Ended(number)


def _unsaid(_: object) -> None:
    """Says nothing."""
