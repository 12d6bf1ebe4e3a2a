"""Formulas about small numbers as formulas about bits, with what defines the numbers in them.

Each application of a defined function becomes a bit-vector with an adder behind it. A theorem about
two such numbers then is a fact about two short bit-vectors; written out as sums over all nodes it
would help a SAT solver with nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property

import z3

from quorate.changes.bits import Application, Translation
from quorate.system import Definition, Formula, Term
from quorate.values import dataclass


@dataclass
class Numbers:
    """Translates formulas; `constants` are the bit-vectors that stand for the numbers in them.
    Raises `TypeError` as `Translation` does."""

    definitions: Sequence[Definition]
    constants: list[Term] = field(default_factory=list)
    _defined: set[int] = field(default_factory=set)

    def formula(self, formula: Formula) -> Iterator[Formula]:
        """The translated formula, after the new definitions that it needs."""
        said = self._translation.formula(formula)
        for application in said.applications:
            if application.number.get_id() not in self._defined:
                self._defined.add(application.number.get_id())
                self.constants.append(application.number)
                yield application.number == self._value(application)
        yield said.formula

    @cached_property
    def _translation(self) -> Translation:
        return Translation(self.definitions)

    @cached_property
    def _bodies(self) -> dict[Definition, Term]:
        return {x: self._translation.body(x) for x in self.definitions}

    def _value(self, application: Application) -> Term:
        body = self._bodies[application.definition]
        parameter = application.definition.parameter.term
        return z3.substitute(body, (parameter, application.argument))
