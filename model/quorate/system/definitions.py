"""Functions that a model defines, and what is true of them.

A model that counts says `votes(members)` and not the sum over all nodes. A solver is then asked
about sets, and told of the counting only what a theorem says; a theorem is proved once, from the
definitions, for all values of its parameters.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import z3

from quorate.system.variables import Formula, Sort, Term, Variable
from quorate.values import dataclass


@dataclass(frozen=True)
class Definition:
    """`name` applied to a value of `parameter` is `body`, which reads nothing but the parameter."""

    name: str
    parameter: Variable
    result: Sort
    body: Term

    @cached_property
    def symbol(self) -> Any:
        return z3.Function(
            self.name, self.parameter.term.sort(), self.result.constant(self.name).sort()
        )

    @cached_property
    def meaning(self) -> Term:
        """The body, with z3's first free variable for the parameter."""
        parameter = self.parameter.term
        return z3.substitute(self.body, (parameter, z3.Var(0, parameter.sort())))

    def __call__(self, argument: Term) -> Term:
        return self.symbol(argument)


def expanded(definitions: Sequence[Definition], formula: Formula) -> Formula:
    """`formula` with every defined function replaced by what it means."""
    if not definitions:
        return formula
    pairs = [(definition.symbol, definition.meaning) for definition in definitions]
    return z3.substitute_funs(formula, *pairs)


@dataclass(frozen=True, eq=False)
class Theorem:
    """A formula that the definitions make true, whatever the values of `parameters` are.

    `hints` are instances of simpler theorems. Where there are any, it is proved from them and from
    the definitions without looking into the numbers that a condition chooses: the hints say what
    matters of these. Nobody trusts them; the judge proves each theorem, those of the hints first.

    Two are equal where all of this is. The rules and whoever judges them make theorems of their
    own, which are compared for each obligation that uses one, so it is asked by z3's identities of
    terms: it holds a term once.
    """

    name: str
    parameters: tuple[Variable, ...]
    statement: Formula
    hints: tuple["Instance", ...] = ()

    def __call__(self, *arguments: Term) -> "Instance":
        return Instance(self, arguments)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Theorem) and self._said == other._said)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _said(self) -> tuple[object, ...]:
        hints = tuple(
            (hint.theorem._said, *(argument.get_id() for argument in hint.arguments))
            for hint in self.hints
        )
        return self.name, self.parameters, self.statement.get_id(), hints

    @cached_property
    def _hash(self) -> int:
        return hash(self._said)


@dataclass(frozen=True)
class Instance:
    """A theorem, said of certain terms."""

    theorem: Theorem
    arguments: tuple[Term, ...]

    @cached_property
    def formula(self) -> Formula:
        pairs = zip(self.theorem.parameters, self.arguments, strict=True)
        return z3.substitute(
            self.theorem.statement, *((variable.term, argument) for variable, argument in pairs)
        )
