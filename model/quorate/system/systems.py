"""A symbolic transition system, as a value."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from quorate.system.actions import Action
from quorate.system.definitions import Definition
from quorate.system.terms import constants
from quorate.system.variables import (
    Bits,
    Enumeration,
    Formula,
    Integer,
    Single,
    Value,
    Variable,
)
from quorate.values import dataclass

State: TypeAlias = Mapping[str, Value]
"""A concrete value for every variable of a system, by name."""


@dataclass(frozen=True)
class Lemma:
    """An invariant that the author of a model offers. It is proved with the property or dropped.

    It may lean on lemmas of its own stage and of earlier ones; no two lemmas have the same name.
    What is `written_out` needs to be seen through: what its proof says of defined functions, it
    says of what they mean, and not of theorems about them.
    """

    name: str
    formula: Formula
    stage: int = 0
    written_out: bool = False

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names of what the formula speaks of."""
        return constants(self.formula)


@dataclass(frozen=True)
class System:
    """Variables, a conjunction of formulas for the initial states, actions, offered lemmas, and the
    functions that any of these use.

    Runs start in an initial state and take one action a step. Building a system has no effect.
    Raises `ValueError` where two things have one name, since each is read as one thing everywhere,
    and where a variable has no name or no value.
    """

    name: str
    variables: tuple[Variable, ...]
    initial: tuple[Formula, ...]
    actions: tuple[Action, ...]
    lemmas: tuple[Lemma, ...] = ()
    definitions: tuple[Definition, ...] = ()

    def __post_init__(self) -> None:
        names = {variable.name for variable in self.variables}
        _refuse_twice(
            "variables, their values after a step and definitions",
            [
                *(variable.name for variable in self.variables),
                *(f"{name}'" for name in names),
                *(definition.name for definition in self.definitions),
            ],
        )
        _refuse_twice("actions", [action.name for action in self.actions])
        _refuse_twice("lemmas", [lemma.name for lemma in self.lemmas])
        _refuse_unsayable(self.variables)
        for definition in self.definitions:
            _refuse_unsayable([definition.parameter, Variable(definition.name, definition.result)])
        taken = names | {f"{name}'" for name in names} | {d.name for d in self.definitions}
        for action in self.actions:
            inputs = [variable.name for variable in action.inputs]
            _refuse_twice(f"inputs of {action.name!r}", inputs)
            _refuse_unsayable(action.inputs)
            if not taken.isdisjoint(inputs):
                both = ", ".join(sorted(taken & set(inputs)))
                raise ValueError(f"{action.name!r} has inputs named like variables: {both}")
            if not action.updates.keys() <= names:
                strange = ", ".join(sorted(action.updates.keys() - names))
                raise ValueError(f"{action.name!r} updates what is no variable: {strange}")

    @cached_property
    def variable(self) -> Mapping[str, Variable]:
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def action(self) -> Mapping[str, Action]:
        return {action.name: action for action in self.actions}

    @property
    def is_finite(self) -> bool:
        """There are finitely many states."""
        return not any(isinstance(variable.sort, Integer) for variable in self.variables)

    @cached_property
    def offered(self) -> tuple[Lemma, ...]:
        """The lemmas, after those that say that each variable keeps to its sort."""
        domains = (
            Lemma(f"the values of {variable.name}", variable.domain)
            for variable in self.variables
            if variable.domain is not None
        )
        return (*domains, *self.lemmas)

    @cached_property
    def full_initial(self) -> tuple[Formula, ...]:
        """The initial formulas together with the domains of the variables."""
        domains = tuple(v.domain for v in self.variables if v.domain is not None)
        return domains + self.initial


def _refuse_twice(what: str, names: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"names of {what} are used twice: {', '.join(twice)}")


def _refuse_unsayable(variables: Iterable[Variable]) -> None:
    """z3 has no empty names, ends each at a zero character, and has no set of nothing."""
    for variable in variables:
        if not variable.name or "\0" in variable.name:
            raise ValueError(f"{variable.name!r} is not the name of anything")
        match variable.sort:
            case Enumeration(names) | Bits(names) | Single(names) if not names:
                raise ValueError(f"{variable.name!r} is made of nothing")
