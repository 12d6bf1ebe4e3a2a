"""Verdicts: what an engine found out. A closed union, matched exhaustively."""

from quorate.system.systems import Lemma
from quorate.system.traces import Trace
from quorate.values import dataclass


@dataclass(frozen=True)
class Proved:
    """The property holds for runs of any length. `invariant` is inductive and implies it; with
    `reduced` it is an invariant of the system that the question was reduced to
    (`quorate.changes`), and implies what was asked of that."""

    invariant: tuple[Lemma, ...]
    engine: str
    reduced: bool = False


@dataclass(frozen=True)
class Refuted:
    """`trace` is a run of the system that breaks the property; `shortest` says that no run with
    fewer steps does."""

    trace: Trace
    engine: str
    shortest: bool


@dataclass(frozen=True)
class HoldsTo:
    """No run of at most `depth` steps breaks the property; longer runs were not decided."""

    depth: int
    engine: str


@dataclass(frozen=True)
class Unknown:
    """Nothing can be said, and why."""

    reason: str
    engine: str


Verdict = Proved | Refuted | HoldsTo | Unknown
