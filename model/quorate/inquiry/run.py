"""Answers many questions on the cores that there are, each batch in a process of its own.

A solver may crash, or not look at its clock for a long time. Whatever happens in there, the answer
is Unknown with the reason, in the time that was given, and what else was to be asked of the same
process is asked of another.
"""

import os
import sys
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import field
from importlib import import_module
from multiprocessing.connection import wait
from time import monotonic

from quorate.inquiry.alike import Kindred
from quorate.inquiry.finding import Asked, Finding, Question
from quorate.inquiry.processes import start_method
from quorate.inquiry.source import Given, Source
from quorate.inquiry.worker import PORTFOLIO, Batch, Worker
from quorate.system import Unknown
from quorate.values import dataclass

ENOUGH = 4
"""Systems a process, with which no process is without work for long."""

TICK = 1.0
"""Seconds after which whoever watches is told again what is being asked."""

MOST_ON_WINDOWS = 60
"""Windows waits for no more processes than these at once."""


def cores() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Limits:
    """`seconds` for each question, and how many processes work at once."""

    seconds: float = 60.0
    processes: int = field(default_factory=cores)


def run(
    questions: Sequence[Question],
    limits: Limits,
    *,
    certify: bool,
    source: Source | None = None,
    meanwhile: Callable[[], object] = lambda: None,
    watch: Callable[[Sequence[Question]], object] = lambda _: None,
) -> Iterator[Finding]:
    """The findings, as they come; those about one system come in the order of the questions. Of
    questions that are one in other names the first is asked, and answers for all. What this process
    has to do besides is done `meanwhile`, when the first questions are being asked. Whoever is to
    `watch` is told at least once a second which questions are being answered.

    `source` makes the questions again in a process that does not inherit them; without one they are
    sent as they are. Raises `ValueError` for questions that cannot be sent where they must be.
    """
    kindred = Kindred.among(questions)
    crew = _Crew(questions, kindred.firsts, limits, certify, source or Given(questions))
    for finding in _findings(crew, meanwhile, watch):
        yield from kindred.answered(finding)


def _findings(
    crew: "_Crew",
    meanwhile: Callable[[], object],
    watch: Callable[[Sequence[Question]], object],
) -> Iterator[Finding]:
    """What the crew finds, as it comes."""
    if crew.certify and crew.way.inherits:
        import_module("quorate.inquiry.certify")
    try:
        yield from crew.start()
        meanwhile()
        if crew.waiting and crew.way.inherits:
            # Processes that start later start from this one, and need not load their engines then.
            for name in ("bmc", "explicit"):
                import_module(f"quorate.engines.{name}")
        while crew.working:
            watch([worker.question for worker in crew.working])
            yield from crew.step()
    finally:
        for worker in crew.working:
            worker.stop()


class _Crew:
    """The processes at work, and the batches of questions that wait for one."""

    def __init__(
        self,
        questions: Sequence[Question],
        asked: Sequence[int],
        limits: Limits,
        certify: bool,
        source: Source,
    ) -> None:
        self.questions, self.limits, self.certify = questions, limits, certify
        self.way = start_method()
        self.source = Given(questions) if self.way.inherits else source
        self.most = max(1, limits.processes)
        if sys.platform == "win32":
            self.most = min(self.most, MOST_ON_WINDOWS)
        self.waiting = _batches(questions, asked, self.most)[::-1]
        self.working: list[Worker] = []

    def start(self) -> Iterator[Finding]:
        """Puts processes to work while there is something to ask, as many as may be; with fewer
        where there is no room for so many."""
        while self.waiting and len(self.working) < self.most:
            batch = self.waiting.pop()
            try:
                self.working.append(self._started(batch))
            except OSError as error:
                if self.working:
                    self.most = len(self.working)
                    self.waiting.append(batch)
                    return
                why = Unknown(f"no process could be started: {error.strerror}", PORTFOLIO)
                for place in batch.places:
                    yield Finding(self.questions[place], why, 0.0, {})

    def step(self) -> Iterator[Finding]:
        """Waits for what comes next, for a tick at most, and does what follows of it."""
        soonest = min(worker.deadline for worker in self.working)
        patience = min(TICK, max(0.0, soonest - monotonic()))
        ready = wait([worker.pipe for worker in self.working], timeout=patience)
        for worker in list(self.working):
            yield from worker.heard() if worker.pipe in ready else worker.overdue()
            if worker.rest is not None:
                self.waiting.append(worker.rest)
            if worker.is_done:
                self._next(worker)
        yield from self.start()

    def _started(self, batch: Batch) -> Worker:
        seconds = self.limits.seconds
        return Worker.start(self.way, self.source, self.questions, batch, seconds, self.certify)

    def _next(self, worker: Worker) -> None:
        """Where a process is cheap each batch has one, which leaves what z3 keeps behind."""
        if self.waiting and not worker.is_lost and not self.way.inherits:
            worker.ask(self.waiting.pop())
            return
        worker.stop()
        self.working.remove(worker)


def _batches(questions: Sequence[Question], asked: Sequence[int], processes: int) -> list[Batch]:
    """The questions at the places that are `asked`, by system, in order of first appearance.
    Premises need nothing of what is found out for the claims, so they go apart where there are not
    enough systems to keep all processes at work to the end, and where there are several of one
    system: a single one takes less time than to build the system twice."""
    parts = _by(asked, lambda place: _system(questions[place]))
    if len(parts) < ENOUGH * processes:
        parts = [apart for part in parts for apart in _apart(part, questions)]
    return [Batch.of(part, questions) for part in parts]


def _apart(places: list[int], questions: Sequence[Question]) -> list[list[int]]:
    """Of the questions about one system the premises apart, if there are several."""
    parts = _by(places, lambda place: questions[place].asked is Asked.PREMISE)
    premises = sum(questions[place].asked is Asked.PREMISE for place in places)
    return parts if premises > 1 else [places]


def _system(question: Question) -> Hashable:
    return question.claim.circumstances, question.deviation


def _by(places: Sequence[int], key: Callable[[int], Hashable]) -> list[list[int]]:
    found: dict[Hashable, list[int]] = {}
    for place in places:
        found.setdefault(key(place), []).append(place)
    return list(found.values())
