"""A question about one system, asked as one about another."""

from collections.abc import Callable
from dataclasses import replace

from quorate.system import (
    Always,
    HoldsTo,
    Lemma,
    Proved,
    Refuted,
    System,
    Trace,
    Unknown,
    Verdict,
)
from quorate.values import dataclass


def _as_it_is(trace: Trace) -> Trace:
    return trace


def _the_same(invariant: tuple[Lemma, ...]) -> tuple[Lemma, ...]:
    return invariant


@dataclass(frozen=True)
class Change:
    """The system to ask about, what is asked of it, and the ways back.

    `run` makes a run of `system` against `claim` one of the original against the original claim;
    `invariant` does so with an invariant that implies the claim, and is None where such an
    invariant says nothing of the original alone; `marks` are the steps that a run takes more than
    the one that it stands for, to mark places; `of` is what reports call what was looked for, where
    that is not simply a run.
    """

    system: System
    claim: Always
    run: Callable[[Trace], Trace] = _as_it_is
    invariant: Callable[[tuple[Lemma, ...]], tuple[Lemma, ...]] | None = _the_same
    marks: int = 0
    of: str = ""

    def then(self, change: "Change") -> "Change":
        """Both, one after the other: `change` is one of this one's question."""
        first, second = self.invariant, change.invariant
        return replace(
            change,
            run=lambda trace: self.run(change.run(trace)),
            invariant=None
            if first is None or second is None
            else lambda invariant: first(second(invariant)),
            marks=self.marks + change.marks,
            of=self.of or change.of,
        )

    def back(self, verdict: Verdict) -> Verdict:
        """What an engine said of `system`, said of the original. A proof whose invariant has no way
        back remains one about `system`, and says so. Raises `TypeError` for a run that is none."""
        verdict = replace(
            verdict, engine=f"{verdict.engine} of {self.of}" if self.of else verdict.engine
        )
        match verdict:
            case Proved(invariant=invariant):
                if self.invariant is None:
                    return replace(verdict, reduced=True)
                return replace(verdict, invariant=self.invariant(invariant))
            case Refuted(trace=trace):
                return replace(verdict, trace=self.run(trace))
            case HoldsTo(depth=depth):
                return replace(verdict, depth=max(0, depth - self.marks))
            case Unknown():
                return verdict


def unchanged(system: System, claim: Always) -> Change:
    """The question as it is."""
    return Change(system, claim)
