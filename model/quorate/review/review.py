"""A review as plain values."""

from quorate.results import Outcome, ReportedFinding, ReportedNote
from quorate.review.matrix import Matrix
from quorate.values import dataclass


@dataclass(frozen=True)
class Link:
    """A place on the page, and what is read there."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Answer:
    """A question that a team decides on, answered: `verdict` in a word or two, `outcome` what that
    means, one `sentence`, and the `link` to what shows it."""

    question: str
    verdict: str
    outcome: Outcome
    sentence: str
    link: Link | None


@dataclass(frozen=True)
class Picture:
    """An SVG with what it shows in words, for who does not see it."""

    svg: str
    description: str


@dataclass(frozen=True)
class Counterexample:
    """A run that refutes a claim, with its place on the page; no `picture` where none could be
    drawn."""

    anchor: str
    finding: ReportedFinding
    picture: Picture | None


@dataclass(frozen=True)
class ConfigurationTable:
    """A table of the configuration as it was read: its title, header and rows."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Review:
    """All that the page says. `versions` says what hangs on the version of Windows, where nobody
    named it; `assumptions` are sentences with the claims that rest on each; `findings` all claims,
    of which those that are told have a counterexample."""

    version: str
    name: str
    described: str
    source: str
    answers: tuple[Answer, ...]
    configuration: tuple[ConfigurationTable, ...]
    dependencies: tuple[tuple[str, Picture], ...]
    notes: tuple[ReportedNote, ...]
    versions: tuple[str, ...]
    matrix: Matrix | None
    counterexamples: tuple[Counterexample, ...]
    findings: tuple[ReportedFinding, ...]
    assumptions: tuple[tuple[str, tuple[str, ...]], ...]
