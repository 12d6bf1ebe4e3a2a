"""What is asked of an engine, and what it may say. Nothing of it is believed unjudged."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from quorate.system import Always, Lemma, Proved, System, Unknown, Verdict

Remaining: TypeAlias = Callable[[], float]
"""The seconds that are left."""


class Prover(Protocol):
    """Proves for unbounded time, or says why it could not."""

    def __call__(
        self, system: System, claim: Always, known: Sequence[Lemma], remaining_seconds: Remaining
    ) -> Proved | Unknown:
        """Proved with an inductive invariant that implies the claim. `known` are invariants."""


class Searcher(Protocol):
    """Looks for a shortest run to a state that breaks the claim."""

    def __call__(
        self,
        system: System,
        claim: Always,
        deepest: int,
        remaining_seconds: Remaining,
        known: Sequence[Lemma] = (),
    ) -> Verdict:
        """Refuted with such a run of at most `deepest` steps; HoldsTo the depth that was finished;
        Proved where every state that can be reached was seen; Unknown if not even the initial
        states were. `known` are invariants that it may lean on."""


class Houdini(Protocol):
    """Finds out which of the lemmas that an author offers hold for ever."""

    def __call__(
        self, system: System, offered: Sequence[Lemma], remaining_seconds: Remaining
    ) -> tuple[Lemma, ...]:
        """The largest part of `offered` that it sees to be inductive."""


class Sufficiency(Protocol):
    """Finds out which of the lemmas that an author offers are worth the judge's time."""

    def __call__(
        self, offered: Sequence[Lemma], claim: Always, remaining_seconds: Remaining
    ) -> tuple[Lemma, ...]:
        """The fewest first stages of `offered` that it sees to imply the claim, none if all do not.
        Whether they are invariants is not asked."""
