"""Draws in a process of its own, which gets ready while questions are asked.

The embedded Graphviz takes a second to start, which is as long as all questions about a small
cluster take.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import TypeAlias

from quorate.drawing.layout import SECONDS, LayoutError, installed, svg
from quorate.inquiry.processes import Pipe, ended, start_method, started

Render: TypeAlias = Callable[[str], str]
"""Makes an SVG of a DOT source. Raises `LayoutError` if it cannot."""


@contextmanager
def renderer(*, wanted: bool) -> Iterator[Render]:
    """Draws as `svg` does, until the context ends; it gets ready only if it is `wanted`."""
    if not wanted or installed() is not None:
        yield svg
        return
    try:
        process, pipe = started(start_method(), _serve)
    except OSError:
        # There is no room for another process; this one can draw as well, only later.
        yield svg
        return
    drawer = _Drawer(process, pipe)
    try:
        yield drawer.draw
    finally:
        ended(process, pipe)


class _Drawer:
    """The process that draws; one that once did not answer is asked no more."""

    def __init__(self, process: BaseProcess, pipe: Pipe) -> None:
        self._process, self._pipe = process, pipe

    def draw(self, dot: str) -> str:
        try:
            self._pipe.send(dot)
            if not self._pipe.poll(SECONDS):
                self._process.kill()
                raise LayoutError(f"the process that draws made no picture in {SECONDS:g} seconds")
            picture, objection = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise LayoutError("the process that draws has ended") from error
        if objection is not None:
            raise LayoutError(objection)
        return str(picture)


def _serve(pipe: Pipe, /) -> None:
    _drawn("graph {}")
    while True:
        pipe.send(_drawn(pipe.recv()))


def _drawn(dot: str) -> tuple[str, str | None]:
    """The picture, and what was wrong if there is none."""
    try:
        return svg(dot, embedded=True), None
    except LayoutError as error:
        return "", str(error)
