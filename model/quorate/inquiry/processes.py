"""Processes of our own, started in the two ways that there are; none outlives who started it.

`fork` copies this process with all that it has loaded, in a hundredth of a second. `spawn` starts a
Python of its own that knows nothing but what is sent to it: the only way on Windows, and the safe
one on macOS, whose libraries do not survive a fork.
"""

import enum
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from quorate.errors import InputError

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as _End
else:
    from multiprocessing.connection import Connection as _End

Pipe = _End
"""One end of a pipe between two processes."""

CHOSEN_BY = "QUORATE_START_METHOD"
"""The environment variable that chooses how processes are started; tests set it."""


class StartMethod(enum.Enum):
    """How a process comes to be."""

    FORK = "fork"
    SPAWN = "spawn"

    @property
    def inherits(self) -> bool:
        """Whether a process has what this one had, formulas and closures too, and is cheap."""
        match self:
            case StartMethod.FORK:
                return True
            case StartMethod.SPAWN:
                return False


def start_method() -> StartMethod:
    """The one that is asked for, else fork where that is there and safe. Raises `InputError` where
    one is asked for that there is not."""
    there = [way for way in StartMethod if way.value in multiprocessing.get_all_start_methods()]
    wanted = os.environ.get(CHOSEN_BY)
    if wanted:
        for way in there:
            if way.value == wanted:
                return way
        known = " or ".join(way.value for way in there)
        raise InputError(f"there is no start method {wanted!r} here; use {known}", CHOSEN_BY)
    safe = StartMethod.FORK in there and sys.platform != "darwin"
    return StartMethod.FORK if safe else StartMethod.SPAWN


class Serve(Protocol):
    """What a process does, given its end of the pipe to who started it. A function of a module, so
    that it can be sent."""

    def __call__(self, pipe: Pipe, /, *arguments: Any) -> None: ...


def started(way: StartMethod, serve: Serve, *arguments: object) -> tuple[BaseProcess, Pipe]:
    """A process that serves, and our end of the pipe to it. Raises `OSError` where there is no room
    for another process, and what `pickle` raises for arguments that cannot be sent."""
    context = multiprocessing.get_context(way.value)
    ours, theirs = context.Pipe()
    try:
        process = context.Process(  # type: ignore[attr-defined] # of every context
            target=_serve_alone, args=(serve, ours if way.inherits else None, theirs, arguments)
        )
        process.daemon = True
        with _signals_held():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours


def ended(process: BaseProcess, pipe: Pipe) -> None:
    """Ends a process that was started here, whatever it does."""
    if process.is_alive():
        process.kill()
    process.join()
    pipe.close()


def how_it_ended(process: BaseProcess, patience: float) -> str:
    """What became of a process that closed its pipe, as the end of a sentence about it."""
    process.join(patience)
    code = process.exitcode
    if code is None:
        return "closed its pipe and went on"
    if code >= 0:
        return f"ended with status {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return f"was ended by signal {-code}"
    memory = ", as the system does where memory runs out" if name == "SIGKILL" else ""
    return f"was ended by {name}{memory}"


def _serve_alone(
    serve: Serve, ours: Pipe | None, pipe: Pipe, arguments: tuple[object, ...]
) -> None:
    """Runs in the new process."""
    if ours is not None:
        ours.close()
    _take_signals()
    _end_with_parent()
    try:
        serve(pipe, *arguments)
    except (EOFError, OSError):
        # Who started us does not listen any more.
        return
    except Exception:
        if os.environ.get("QUORATE_TRACEBACK"):
            sys.excepthook(*sys.exc_info())
        os._exit(1)


def _take_signals() -> None:
    """An interrupt is for who started us, who ends every process; any other signal ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGHUP})


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, however that came about. A thread can
    wait for it, since z3 lets others run while it works."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextmanager
def _signals_held() -> Iterator[None]:
    """No signal reaches a new process before it has said what it does with it, nor finds us without
    the process that is just being started."""
    if sys.platform == "win32":
        yield
        return
    held = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
