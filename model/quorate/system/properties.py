"""Properties: what is claimed of a system's runs."""

from collections.abc import Mapping

import z3

from quorate.system.definitions import Instance
from quorate.system.variables import Formula, Term
from quorate.values import dataclass


@dataclass(frozen=True)
class Always:
    """`formula` holds in every reachable state. `instances` are theorems about the state."""

    name: str
    formula: Formula
    instances: tuple[Instance, ...] = ()


@dataclass(frozen=True)
class EachStep:
    """Every step of an action that `formulas` names, in whatever reachable state it is taken,
    satisfies the action's formula. That speaks of the state before, of the inputs, and of the state
    after by `Variable.next`.

    A counterexample is a run whose last step does not.
    """

    name: str
    formulas: Mapping[str, Formula]


@dataclass(frozen=True)
class Sometimes:
    """`formula` holds in some reachable state: a witness that a premise can happen."""

    name: str
    formula: Formula

    @property
    def never(self) -> "Always":
        """The contrary."""
        return Always(self.name, z3.Not(self.formula))


@dataclass(frozen=True)
class LeadsTo:
    """From every reachable state with `trigger`, `goal` is reached, provided that from then on only
    actions named in `calm` happen, and that those named in `fair`, a part of them, are not all
    ignored for ever while one of them stays possible.

    A counterexample is a lasso: a finite run to a state with `trigger`, calm steps, and a loop of
    calm steps without `goal` in which a fair action is taken or there is a moment when none is
    possible. Where nothing is taken for ever the loop has no steps.

    For a proof the author offers `waiting`, what is true from the trigger until the goal, and
    `measure`, bit-vectors that are read as sets: every calm step keeps the measure or shrinks it,
    and a fair one shrinks it, which means that the first set in which it differs loses members and
    gains none. Nobody trusts either.
    """

    name: str
    trigger: Formula
    goal: Formula
    calm: tuple[str, ...]
    fair: tuple[str, ...]
    waiting: Formula
    measure: tuple[Term, ...]
    instances: tuple[Instance, ...] = ()


@dataclass(frozen=True)
class Ceases:
    """No run goes on for ever with steps in `allowed` only and takes those in `counted`, a part of
    them, again and again.

    A counterexample is a loop of allowed steps one of which is counted. For a proof the author
    offers a `measure` as in `LeadsTo`: allowed steps keep or shrink it, counted ones shrink it.
    """

    name: str
    allowed: tuple[str, ...]
    counted: tuple[str, ...]
    measure: tuple[Term, ...]


Progress = LeadsTo | Ceases
Property = Always | EachStep | LeadsTo | Ceases
