"""Formulas about small numbers as formulas about bits, and what defines the numbers in them.

Each application of a defined function becomes a bit-vector, and what defines it is an adder. A
theorem about two such numbers then is a fact about two short bit-vectors; written out as sums over
all nodes it would help a SAT solver with nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property

import z3

from quorate.changes.bits import Application, InBits, Translation
from quorate.system import Definition, Formula, Term
from quorate.values import dataclass


@dataclass
class Numbers:
    """Translates formulas; `constants` are the bit-vectors that stand for the numbers in them.
    Raises `TypeError` as `Translation` does."""

    definitions: Sequence[Definition]
    constants: list[Term] = field(default_factory=list)
    _known: set[int] = field(default_factory=set)

    def all_of(self, formulas: Iterable[Formula]) -> InBits:
        """The conjunction of the translated formulas, without what defines the numbers in it."""
        said = [self._translation.formula(formula) for formula in formulas]
        applications = _together(said)
        for application in applications:
            identity = application.number.get_id()
            if identity not in self._known:
                self._known.add(identity)
                self.constants.append(application.number)
        return InBits(z3.And(*(one.formula for one in said)), applications)

    def applications(self, terms: Iterable[Term]) -> Sequence[Application]:
        """Those whose values formulas, or terms that are no numbers, speak of."""
        return _together(self._translation.formula(term) for term in terms)

    def meaning(self, application: Application) -> Term:
        """The value that the definition gives, as wide as the number that stands for it."""
        parameter = application.definition.parameter.term
        body = self._bodies[application.definition]
        return z3.substitute(body, (parameter, application.argument))

    @cached_property
    def _translation(self) -> Translation:
        return Translation(self.definitions)

    @cached_property
    def _bodies(self) -> Mapping[Definition, Term]:
        return {x: self._translation.body(x) for x in self.definitions}


def _together(said: Iterable[InBits]) -> tuple[Application, ...]:
    """The applications in all of them, each once."""
    return tuple({a.number.get_id(): a for one in said for a in one.applications}.values())
