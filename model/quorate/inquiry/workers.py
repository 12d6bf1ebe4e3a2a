"""Does many small things on the cores that there are, whatever becomes of each.

Each process does one thing after another. One that crashes, or is not done in its time, costs the
thing that it was doing; another process goes on with the rest. What is done is a function of a
module, so that it can be sent to a process that does not inherit it.
"""

from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic, TypeVar

from quorate.inquiry.processes import Pipe, ended, how_it_ended, start_method, started
from quorate.values import dataclass

GRACE = 1.0
"""Seconds that a process is given to notice that its time is up."""

START = 60.0
"""Seconds in which a process has to begin; loading takes one."""

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Lost:
    """Why there is no result."""

    reason: str


def done(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    processes: int,
    seconds: float | None = None,
) -> Iterator[tuple[int, _Result | Lost]]:
    """What `work` makes of each task, with the task's place, as they come. Each may take
    `seconds`. Raises `OSError` where no process can be started."""
    waiting = list(enumerate(tasks))[::-1]
    workers: list[_Worker[_Task]] = []
    try:
        while waiting or any(worker.is_busy for worker in workers):
            while waiting and len(workers) < max(1, processes):
                workers.append(_Worker.start(work, seconds))
                workers[-1].give(*waiting.pop())
            yield from _next(workers)
            workers = [worker for worker in workers if not worker.is_lost]
            for worker in workers:
                if waiting and not worker.is_busy:
                    worker.give(*waiting.pop())
    finally:
        for worker in workers:
            worker.stop()


def _next(workers: "Sequence[_Worker[Any]]") -> Iterator[tuple[int, Any]]:
    """What is done next, or will not be."""
    busy = [worker for worker in workers if worker.is_busy]
    soonest = min(worker.deadline for worker in busy)
    patience = None if soonest == float("inf") else max(0.0, soonest - monotonic())
    ready = wait([worker.pipe for worker in busy], timeout=patience)
    for worker in busy:
        if worker.pipe in ready:
            yield worker.taken()
        elif monotonic() >= worker.deadline:
            yield worker.lost(f"no answer within {worker.seconds:g} seconds")


@dataclass
class _Worker(Generic[_Task]):
    """A process, and the place of the task that it is at, -1 if there is none."""

    process: BaseProcess
    pipe: Pipe
    seconds: float
    place: int = -1
    deadline: float = float("inf")
    is_new: bool = True
    is_lost: bool = False

    @classmethod
    def start(cls, work: Callable[[_Task], Any], seconds: float | None) -> "_Worker[_Task]":
        process, pipe = started(start_method(), _serve, work)
        return cls(process, pipe, float("inf") if seconds is None else seconds)

    @property
    def is_busy(self) -> bool:
        return self.place >= 0

    def give(self, place: int, task: _Task) -> None:
        self.place = place
        self.deadline = monotonic() + self.seconds + (START if self.is_new else GRACE)
        self.is_new = False
        try:
            self.pipe.send(task)
        except OSError:
            # The process has ended, which is heard next.
            return

    def taken(self) -> tuple[int, Any]:
        """The result, or why there is none."""
        try:
            result = self.pipe.recv()
        except (EOFError, OSError):
            return self.lost(f"the process that was asked {how_it_ended(self.process, GRACE)}")
        place, self.place = self.place, -1
        return place, result

    def lost(self, reason: str) -> tuple[int, Lost]:
        place, self.place = self.place, -1
        self.is_lost = True
        self.stop()
        return place, Lost(reason)

    def stop(self) -> None:
        ended(self.process, self.pipe)


def _serve(pipe: Pipe, /, work: Callable[[Any], Any]) -> None:
    """Does what it is sent until nobody sends more; runs in the process."""
    while True:
        task = pipe.recv()
        try:
            result = work(task)
        except Exception as error:
            result = Lost(f"this could not be done: {error!r}")
        pipe.send(result)
