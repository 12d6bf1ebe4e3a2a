"""A process that answers questions, and the handle of it that its owner has."""

from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import TypeAlias, assert_never

from quorate.inquiry.finding import Answer, Finding, Question
from quorate.inquiry.inquire import inquire
from quorate.inquiry.processes import Pipe, StartMethod, ended, how_it_ended, started
from quorate.inquiry.source import Source
from quorate.system import Unknown
from quorate.values import dataclass

GRACE = 1.0
"""Seconds that a process is given to notice that its time is up."""

START = 60.0
"""Seconds in which a process has to be ready to be asked; loading takes one."""

PORTFOLIO = "portfolio"


@dataclass(frozen=True)
class Batch:
    """Questions about one system by their places; `titles` say which they were, so that no other
    ones are answered. `lost` processes ended one after the other before that system was built."""

    places: tuple[int, ...]
    titles: tuple[str, ...]
    lost: int = 0

    @classmethod
    def of(cls, places: Sequence[int], questions: Sequence[Question]) -> "Batch":
        return cls(tuple(places), tuple(questions[place].title for place in places))

    def after(self, answered: int, lost: int) -> "Batch":
        """What is left of it when so many were answered."""
        return Batch(self.places[answered:], self.titles[answered:], lost)


@dataclass(frozen=True)
class Ready:
    """The process has its questions, and waits to be asked some."""


@dataclass(frozen=True)
class Built:
    """The system that it was asked about is there."""


@dataclass(frozen=True)
class Said:
    """The answer to the next of the questions that it was asked."""

    answer: Answer
    seconds: float
    certificate: Mapping[str, str]


@dataclass(frozen=True)
class Unable:
    """It cannot answer, for this reason, and ends."""

    reason: str


Message: TypeAlias = Ready | Built | Said | Unable


def serve(pipe: Pipe, /, source: Source, seconds: float, certify: bool) -> None:
    """Answers batches of questions until nobody asks any more; runs in the process."""
    try:
        questions = source.questions()
    except (Exception, SystemExit) as error:
        pipe.send(Unable(f"the questions cannot be made again: {error}"))
        return
    pipe.send(Ready())
    while True:
        batch: Batch = pipe.recv()
        asked = [questions[place] for place in batch.places if place < len(questions)]
        if tuple(question.title for question in asked) != batch.titles:
            pipe.send(Unable("the claims were changed while questions about them were asked"))
            return
        for finding in inquire(asked, seconds, certify=certify, built=lambda: pipe.send(Built())):
            pipe.send(Said(finding.answer, finding.seconds, dict(finding.certificate)))


@dataclass
class Worker:
    """A process that answers the `batch` of these `questions`, as far as it is; `answered` of the
    batch are. What nobody has been asked when it ends is its `rest`."""

    process: BaseProcess
    pipe: Pipe
    questions: Sequence[Question]
    batch: Batch
    seconds: float
    since: float
    deadline: float
    answered: int = 0
    is_ready: bool = False
    is_built: bool = False
    is_lost: bool = False
    rest: Batch | None = None

    @classmethod
    def start(  # noqa: PLR0917 - how, with what, about what
        cls,
        way: StartMethod,
        source: Source,
        questions: Sequence[Question],
        batch: Batch,
        seconds: float,
        certify: bool,
    ) -> "Worker":
        """Raises what `started` does."""
        process, pipe = started(way, serve, source, seconds, certify)
        now = monotonic()
        return cls(process, pipe, questions, batch, seconds, now, now + START)

    @property
    def is_done(self) -> bool:
        """The batch is answered, or will not be by this process."""
        return self.is_lost or self.answered == len(self.batch.places)

    @property
    def question(self) -> Question:
        """The question that is being answered."""
        return self.questions[self.batch.places[self.answered]]

    def ask(self, batch: Batch) -> None:
        """The next batch; only of a process that has done the one before."""
        self.batch, self.answered, self.is_built = batch, 0, False
        self._hear_within(self.seconds + GRACE)
        try:
            self.pipe.send(batch)
        except OSError:
            # The process has ended, which is heard next.
            return

    def heard(self) -> Iterator[Finding]:
        """What follows of the message that has come, or of the end of the process."""
        try:
            message: Message = self.pipe.recv()
        except Exception:
            # It has ended, perhaps within a word, or does not know what it says any more.
            how = how_it_ended(self.process, GRACE)
            yield from self._lost(f"the process that was asked {how}", again=True)
            return
        match message:
            case Ready():
                self.is_ready = True
                self.ask(self.batch)
            case Built():
                self.is_built = True
                self._hear_within(self.seconds + GRACE)
            case Said(answer, seconds, certificate):
                yield Finding(self.question, answer, seconds, certificate)
                self.answered += 1
                self._hear_within(self.seconds + GRACE)
            case Unable(reason):
                yield from self._lost(reason, again=False)
            case _:
                assert_never(message)

    def overdue(self) -> Iterator[Finding]:
        """What follows if its time is up; nothing else is worth waiting for then."""
        if monotonic() < self.deadline or self.pipe.poll():
            return
        if not self.is_ready:
            why = f"the process that was to be asked was not ready within {START:g} seconds"
        elif not self.is_built:
            why = f"there was no system to ask about within {self.seconds:g} seconds"
        else:
            why = f"no answer within {self.seconds:g} seconds"
        yield from self._lost(why, again=self.is_built)

    def stop(self) -> None:
        ended(self.process, self.pipe)

    def _hear_within(self, seconds: float) -> None:
        self.since = monotonic()
        self.deadline = self.since + seconds

    def _lost(self, why: str, *, again: bool) -> Iterator[Finding]:
        """The question that was being answered is not; the rest is asked `again`, of another
        process, unless two ended one after the other before there was a system to ask about."""
        took = monotonic() - self.since
        yield Finding(self.question, Unknown(why, PORTFOLIO), took, {})
        self.is_lost = True
        lost = 0 if self.is_built else self.batch.lost + 1
        rest = self.batch.after(self.answered + 1, lost)
        if again and lost < 2:
            self.rest = rest if rest.places else None
            return
        for place in rest.places:
            yield Finding(self.questions[place], Unknown(f"not asked: {why}", PORTFOLIO), 0.0, {})
