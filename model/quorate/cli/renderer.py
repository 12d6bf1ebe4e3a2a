"""Draws in a process of its own, which gets ready while questions are asked.

The embedded Graphviz takes a second to start, which is as long as all questions about a small
cluster take.
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from typing import TypeAlias

from quorate.drawing.layout import LayoutError, installed, svg

Render: TypeAlias = Callable[[str], str]
"""Makes an SVG of a DOT source. Raises `LayoutError` if it cannot."""


@contextmanager
def renderer(*, wanted: bool) -> Iterator[Render]:
    """Draws as `svg` does, until the context ends; it gets ready only if it is `wanted`."""
    if (
        not wanted
        or installed() is not None
        or "fork" not in multiprocessing.get_all_start_methods()
    ):
        yield svg
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(ours, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield partial(_asked, ours)
    finally:
        process.kill()
        process.join()
        ours.close()


def _asked(pipe: Connection, dot: str) -> str:
    try:
        pipe.send(dot)
        picture, objection = pipe.recv()
    except (EOFError, OSError) as error:
        raise LayoutError("the process that draws has ended") from error
    if objection is not None:
        raise LayoutError(objection)
    return str(picture)


def _serve(ours: Connection, pipe: Connection) -> None:
    # An interrupt is the parent's to handle. With its end closed here, its death ends the wait.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ours.close()
    _drawn("graph {}")
    try:
        while True:
            pipe.send(_drawn(pipe.recv()))
    except (EOFError, OSError):
        return


def _drawn(dot: str) -> tuple[str, str | None]:
    """The picture, and what was wrong if there is none."""
    try:
        return svg(dot, embedded=True), None
    except LayoutError as error:
        return "", str(error)
