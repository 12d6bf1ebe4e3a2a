"""Decides obligations, each in a fresh solver.

An obligation is asked in bits first, where a SAT solver needs a part of the time. What cannot be
satisfied in bits cannot be satisfied (`quorate.changes.bits`). Any other answer in bits means
nothing: then the obligation is decided as it is written, and that answer counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import cached_property
from itertools import combinations
from typing import Any

import z3

from quorate.changes.bits import Application, Translation
from quorate.errors import EvidenceError
from quorate.evidence.obligation import Obligation, Role
from quorate.system import Definition, Formula
from quorate.values import dataclass

_SHARE = 0.1
"""How much of the time either way in bits may take. The rest is kept for the obligation as it is
written."""

_CONFLICTS = 10_000
"""When the SAT solver begins to simplify its clauses. Most is settled before that pays."""

_EASY = 300
"""Conflicts within which most is settled without preparing anything. A step of a hundred resources
takes thousands, of which fewer are needed, and each is found sooner, once terms are simplified."""


@dataclass(frozen=True)
class Judge:
    """Decides obligations about one system, whose defined functions are `definitions`."""

    definitions: Sequence[Definition]
    _proved: dict[int, Obligation] = field(default_factory=dict, compare=False, repr=False)
    """The theorems that were proved, by the identity of the obligation: every claim about a system
    leans on the same ones."""

    def check(
        self, obligations: Iterable[Obligation], remaining_seconds: Callable[[], float]
    ) -> None:
        """Raises `EvidenceError` unless every obligation is met."""
        for obligation in obligations:
            if id(obligation) not in self._proved:
                self._check_one(obligation, remaining_seconds)
            if obligation.role is Role.THEOREM:
                self._proved[id(obligation)] = obligation

    def _check_one(self, obligation: Obligation, remaining_seconds: Callable[[], float]) -> None:
        if self._contradicts_in_bits(obligation, _SHARE * remaining_seconds()):
            return
        answer = str(_ask(z3.SimpleSolver(), obligation.formulas, remaining_seconds()))
        if answer != obligation.expected:
            name, expected = obligation.name, obligation.expected
            raise EvidenceError(f"the obligation {name!r} was {answer}, not {expected}")

    def _contradicts_in_bits(self, obligation: Obligation, seconds: float) -> bool:
        """Where the definitions are written out, sums run over all nodes, and only arithmetic sees
        through them."""
        if obligation.written_out or obligation.satisfiable:
            return False
        try:
            said = [self._translation.formula(formula) for formula in obligation.formulas]
        except (TypeError, z3.Z3Exception):
            return False
        met = {a.number.get_id(): a for one in said for a in one.applications}
        formulas = [*(one.formula for one in said), *_functions(met.values())]
        solver = z3.SolverFor("QF_FD")
        solver.set("simplify.delay", _CONFLICTS)
        solver.set("max_conflicts", _EASY)
        answer = _ask(solver, formulas, seconds)
        if answer == z3.unknown:
            answer = _ask(z3.Then("simplify", "bit-blast", "sat").solver(), formulas, seconds)
        return bool(answer == z3.unsat)

    @cached_property
    def _translation(self) -> Translation:
        return Translation(self.definitions)


def _functions(applications: Iterable[Application]) -> Iterator[Formula]:
    """The same function of the same argument is the same."""
    for one, other in combinations(applications, 2):
        if one.definition is other.definition:
            yield z3.Or(one.argument != other.argument, one.number == other.number)


def _ask(solver: Any, formulas: Iterable[Formula], seconds: float) -> Any:
    solver.set("timeout", max(1, int(seconds * 1000)))
    solver.add(*formulas)
    return solver.check()
