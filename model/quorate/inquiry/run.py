"""Answers many questions on the cores that there are, each group in a process of its own.

A solver may crash, or not look at its clock for a long time. Whatever happens in there, the answer
is Unknown with the reason, in the time that was given.
"""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any

from quorate.inquiry.finding import Asked, Finding, Question
from quorate.inquiry.inquire import inquire
from quorate.system import Unknown

GRACE = 1.0
"""Seconds that a process is given to notice that its time is up."""

PORTFOLIO = "portfolio"

ENOUGH = 4
"""Systems a process, with which no process is without work for long."""


@dataclass(frozen=True)
class Limits:
    """`seconds` for each question, and how many processes work at once."""

    seconds: float = 60.0
    processes: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))


def run(
    questions: Sequence[Question],
    limits: Limits,
    *,
    certify: bool,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Finding]:
    """The findings, as they come; those about one system come in the order of the questions. What
    this process has to do besides is done `meanwhile`, when the first questions are being asked."""
    groups = _groups(questions, limits.processes)
    if "fork" not in multiprocessing.get_all_start_methods():
        for group in groups:
            yield from inquire(group, limits.seconds, certify=certify)
        return
    waiting, working = groups[::-1], list[_Worker]()

    def start() -> None:
        while waiting and len(working) < max(1, limits.processes):
            working.append(_Worker.start(waiting.pop(), limits.seconds, certify))

    try:
        start()
        meanwhile()
        # Processes that start later start from this one, and then need not load their engines.
        for name in ("bmc", "explicit") if waiting else ():
            import_module(f"quorate.engines.{name}")
        while working:
            soonest = min(worker.deadline for worker in working)
            ready = wait([w.pipe for w in working], timeout=max(0.0, soonest - monotonic()))
            for worker in list(working):
                yield from worker.report(worker.pipe in ready)
                if worker.done:
                    worker.stop()
                    working.remove(worker)
            start()
    finally:
        for worker in working:
            worker.stop()


def _groups(questions: Sequence[Question], processes: int) -> list[tuple[Question, ...]]:
    """The questions by system, in order of first appearance. Premises need nothing of what is found
    out for the claims, so they go apart where there are not enough systems to keep all processes at
    work to the end; otherwise that would only build each system twice."""
    whole = _by(questions, lambda question: (question.claim.circumstances, question.deviation))
    if len(whole) >= ENOUGH * processes:
        return whole
    return [
        part
        for group in whole
        for part in _by(group, lambda question: question.asked is Asked.PREMISE)
    ]


def _by(
    questions: Sequence[Question], key: Callable[[Question], Hashable]
) -> list[tuple[Question, ...]]:
    found: dict[Hashable, list[Question]] = {}
    for question in questions:
        found.setdefault(key(question), []).append(question)
    return [tuple(group) for group in found.values()]


@dataclass
class _Worker:
    """A process that answers `questions`; `answered` of them are done."""

    questions: Sequence[Question]
    seconds: float
    process: Any
    pipe: Connection
    deadline: float
    answered: int = 0

    @classmethod
    def start(cls, questions: Sequence[Question], seconds: float, certify: bool) -> "_Worker":
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=_work, args=(questions, seconds, certify, theirs), daemon=True
        )
        process.start()
        theirs.close()
        return cls(questions, seconds, process, ours, monotonic() + seconds + GRACE)

    @property
    def done(self) -> bool:
        return self.answered == len(self.questions)

    def report(self, ready: bool) -> Iterator[Finding]:
        """What there is to say now, the end of the process or of its time included."""
        if ready:
            try:
                answer, seconds, certificate = self.pipe.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                yield from self._give_up(self._why_it_ended())
                return
            yield Finding(self.questions[self.answered], answer, seconds, certificate)
            self.answered += 1
            self.deadline = monotonic() + self.seconds + GRACE
        elif monotonic() >= self.deadline and not self.pipe.poll():
            yield from self._give_up(f"no answer within {self.seconds:g} seconds")

    def _why_it_ended(self) -> str:
        self.process.join()
        code = self.process.exitcode
        how = f"by signal {-code}" if code < 0 else f"with status {code}"
        return f"the process that was asked ended {how}"

    def _give_up(self, reason: str) -> Iterator[Finding]:
        seconds = self.seconds
        for question in self.questions[self.answered :]:
            yield Finding(question, Unknown(reason, PORTFOLIO), seconds, {})
            reason, seconds = "not asked: a question about the same system was given up", 0.0
        self.answered = len(self.questions)

    def stop(self) -> None:
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(questions: Sequence[Question], seconds: float, certify: bool, pipe: Connection) -> None:
    # An interrupt is the parent's to handle: it stops every process that it started.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for finding in inquire(questions, seconds, certify=certify):
        pipe.send((finding.answer, finding.seconds, dict(finding.certificate)))
    pipe.close()
