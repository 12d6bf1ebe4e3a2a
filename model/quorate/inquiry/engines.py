"""Who is asked for proofs and for counterexamples.

Searches are imported when one is made: most questions are answered by a proof, and everybody waits
for what is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from quorate.engines import induction
from quorate.system import (
    Always,
    EachStep,
    HoldsTo,
    Lemma,
    Progress,
    Proved,
    Refuted,
    System,
    Unknown,
)

Remaining: TypeAlias = Callable[[], float]
"""The seconds that are left."""

Found: TypeAlias = Refuted | HoldsTo | Unknown
"""What a search says of runs up to some number of steps."""

Prover: TypeAlias = Callable[[System, Always, tuple[Lemma, ...], Remaining], Proved | Unknown]
Searcher: TypeAlias = Callable[[System, Always, int, Remaining, tuple[Lemma, ...]], Found]
StepSearcher: TypeAlias = Callable[[System, EachStep, int, Remaining, tuple[Lemma, ...]], Found]
LassoSearcher: TypeAlias = Callable[[System, Progress, int, Remaining, tuple[Lemma, ...]], Found]


def _search(
    system: System, claim: Always, deepest: int, left: Remaining, known: tuple[Lemma, ...]
) -> Found:
    from quorate.engines import bmc  # noqa: PLC0415

    return bmc.search(system, claim, deepest, left, known)


def _search_steps(
    system: System, claim: EachStep, deepest: int, left: Remaining, known: tuple[Lemma, ...]
) -> Found:
    from quorate.changes import observer  # noqa: PLC0415

    return observer.search(system, claim, deepest, left, known)


def _search_lassos(
    system: System, claim: Progress, deepest: int, left: Remaining, known: tuple[Lemma, ...]
) -> Found:
    from quorate.changes import lasso  # noqa: PLC0415

    return lasso.search(system, claim, deepest, left, known)


@dataclass(frozen=True)
class Engines:
    """Who is asked: a prover for unbounded time, and searches for shortest counterexamples, those
    that end in a state or with a step, and such that go on for ever."""

    prove: Prover = induction.prove
    search: Searcher = _search
    search_steps: StepSearcher = _search_steps
    search_lassos: LassoSearcher = _search_lassos
