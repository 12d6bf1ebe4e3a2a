"""A symbolic transition system, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from quorate.system.actions import Action
from quorate.system.variables import Formula, Value, Variable

State: TypeAlias = Mapping[str, Value]
"""A concrete value for every variable of a system, by name."""


@dataclass(frozen=True)
class Lemma:
    """An invariant that the author of a model offers. It is proved with the property or dropped."""

    name: str
    formula: Formula


@dataclass(frozen=True)
class System:
    """Variables, a conjunction of formulas for the initial states, actions, offered lemmas.

    Runs start in an initial state and take one action a step. Building a system has no effect.
    """

    name: str
    variables: tuple[Variable, ...]
    initial: tuple[Formula, ...]
    actions: tuple[Action, ...]
    lemmas: tuple[Lemma, ...] = ()

    @cached_property
    def variable(self) -> Mapping[str, Variable]:
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def action(self) -> Mapping[str, Action]:
        return {action.name: action for action in self.actions}

    @cached_property
    def full_initial(self) -> tuple[Formula, ...]:
        """The initial formulas together with the domains of the variables."""
        domains = tuple(v.domain for v in self.variables if v.domain is not None)
        return domains + self.initial
