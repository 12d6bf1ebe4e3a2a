"""Results as plain values."""

import enum
from collections.abc import Iterator

from quorate.errors import Place
from quorate.values import dataclass


class Outcome(enum.Enum):
    """What a result means to whoever has to decide whether to go on."""

    AS_EXPECTED = "as expected"
    OPEN = "open"
    """A claim of which nobody expects either is refuted: it is news, and it fails nothing."""
    NOT_AS_EXPECTED = "not as expected"
    UNDECIDED = "not decided"
    NEVER_HAPPENS = "never happens"
    """What the claim speaks of cannot happen, so that it says nothing."""


class Severity(enum.Enum):
    """How much a remark of a reader concerns the verdicts, in rising order."""

    DEFAULTED = "defaulted"
    DOUBTFUL = "doubtful"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class ReportedStep:
    """One step of a run in words; the first one, number 0, says how it starts."""

    number: int
    text: str


@dataclass(frozen=True)
class Run:
    """The run that refutes a claim: its whole `text` in lines, the same as `steps` where they are
    known, the `line` that replays it, and the paths of its `pictures`."""

    text: str
    steps: tuple[ReportedStep, ...]
    line: str | None
    pictures: tuple[str, ...]


@dataclass(frozen=True)
class ReportedFinding:
    """What was found about one question.

    `claim` is the name that many questions share, `title` what tables call this one; `sentence`
    what is claimed and `why` what that is good for; `verdict` the words of the report; `reason`
    why nothing was decided, empty where something was; `place` where the file of the user says
    what the claim speaks of.
    """

    claim: str
    title: str
    sentence: str
    why: str
    sources: tuple[str, ...]
    verdict: str
    outcome: Outcome
    reason: str
    engine: str
    seconds: float
    place: Place | None
    run: Run | None


@dataclass(frozen=True)
class ReportedNote:
    """One sentence of a reader about one place of a file."""

    severity: Severity
    place: Place
    text: str


@dataclass(frozen=True)
class ReportedSubject:
    """What claims are about, a cluster, with what was found of it. `described` says it in one line;
    `concerned` is where it is read from, None where that is no file of the user's."""

    name: str
    described: str
    concerned: Place | None
    remarks: tuple[ReportedNote, ...]
    results: tuple[ReportedFinding, ...]


@dataclass(frozen=True)
class Report:
    """All of one run of the program; `version` is the version of quorate."""

    version: str
    subjects: tuple[ReportedSubject, ...]

    def results(self) -> Iterator[ReportedFinding]:
        """All results, in order."""
        for subject in self.subjects:
            yield from subject.results
