"""Properties: what is claimed of a system's runs."""

from dataclasses import dataclass

from quorate.system.definitions import Instance
from quorate.system.variables import Formula


@dataclass(frozen=True)
class Always:
    """`formula` holds in every reachable state. `instances` are theorems about the state."""

    name: str
    formula: Formula
    instances: tuple[Instance, ...] = ()


@dataclass(frozen=True)
class Sometimes:
    """`formula` holds in some reachable state: a witness that a premise can happen."""

    name: str
    formula: Formula


@dataclass(frozen=True)
class LeadsTo:
    """From every reachable state with `trigger`, `goal` is reached, provided that from then on no
    fault happens and each action named in `fair` is not ignored for ever while it stays possible
    (weak fairness).

    A counterexample is a lasso: a finite path to a `trigger` state and a loop without `goal` that
    is fair.
    """

    name: str
    trigger: Formula
    goal: Formula
    fair: tuple[str, ...]


Property = Always | Sometimes | LeadsTo
