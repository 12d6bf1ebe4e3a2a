"""The runs of a system of a certain length, as one formula in bits that grows."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any

import z3

from quorate.changes.bits import Application, InBits
from quorate.engines.finite import Numbers
from quorate.system import (
    Action,
    Always,
    Formula,
    Lemma,
    Step,
    System,
    Term,
    Trace,
    Value,
)
from quorate.system.variables import concrete
from quorate.values import dataclass

SMALL = 400
"""Bits of a state up to which the simplest run is looked for, and no question is cut in parts."""

_MANY_CONFLICTS = 10_000
"""When the SAT solver begins to simplify its clauses. Most is settled before that pays."""


def _finite_solver() -> Any:
    """All is bits, which z3's solver for finite domains hands to a SAT solver."""
    solver = z3.SolverFor("QF_FD")
    solver.set("simplify.delay", _MANY_CONFLICTS)
    return solver


@dataclass
class Unrolling:
    """The runs of a certain length, as one formula that grows.

    What is said of one step is put together once; each depth is a renaming of it.
    """

    system: System
    claim: Always
    known: Sequence[Lemma]
    solver: Any = field(default_factory=_finite_solver)
    depth: int = 0
    _met: set[tuple[int, int]] = field(default_factory=set)
    _loose: dict[int, dict[int, Application]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._say(self._in_bits(self.system.full_initial), 0)
        self._say(self._invariants, 0)

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.system.definitions)

    def _in_bits(self, formulas: Iterable[Formula]) -> InBits:
        return self._numbers.all_of(formulas)

    @cached_property
    def _invariants(self) -> InBits:
        return self._in_bits(lemma.formula for lemma in self.known)

    def _step(self, actions: Sequence[Action]) -> InBits:
        """One step by one of `actions`: over the state before, the inputs, which actions share by
        name, the number of the action that is taken, and the state after."""
        chosen = self._chosen
        results: dict[str, Term] = {v.name: v.term for v in self.system.variables}
        said: list[Formula] = []
        for action in actions:
            taken = chosen == self._number_of[action.name]
            said += [z3.Implies(taken, part) for part in action.full_guard]
            said += [instance.formula for instance in action.instances]
            for name, term in action.updates.items():
                results[name] = z3.If(taken, term, results[name])
        said += [v.next == results[v.name] for v in self.system.variables]
        said.append(z3.Or(*(chosen == self._number_of[action.name] for action in actions)))
        return self._in_bits(said)

    @cached_property
    def _number_of(self) -> dict[str, int]:
        return {action.name: number for number, action in enumerate(self.system.actions)}

    @cached_property
    def _chosen(self) -> Term:
        return z3.BitVec(self._free("!action"), max(1, (len(self.system.actions) - 1).bit_length()))

    @cached_property
    def _breaking(self) -> Formula:
        """Whether the last state is asked to break the claim."""
        return z3.Bool(self._free("!breaks"))

    @cached_property
    def _number(self) -> str:
        return self._free("!number")

    def _free(self, name: str) -> str:
        """A name that begins no name of the system."""
        inputs = (v.name for action in self.system.actions for v in action.inputs)
        taken = (*self.system.variable, *inputs)
        while any(other.startswith(name) for other in taken):
            name = f"!{name}"
        return name

    @cached_property
    def _any_step(self) -> InBits:
        return self._step(self.system.actions)

    @cached_property
    def _breaks(self) -> InBits:
        said = [instance.formula for instance in self.claim.instances]
        return self._in_bits([*said, z3.Implies(self._breaking, z3.Not(self.claim.formula))])

    def _say(self, said: InBits, depth: int) -> None:
        """Adds what is said, of `depth`. The numbers in it are defined at once in a small system,
        in which that costs little and each run has to be the simplest one."""
        loose, new = self._loose.setdefault(depth, {}), list[Formula]()
        for application in said.applications:
            identity = application.number.get_id()
            if (depth, identity) not in self._met:
                self._met.add((depth, identity))
                if self.is_small:
                    new.append(self._defined(application))
                else:
                    loose[identity] = application
        self.solver.add(self._at_depth(z3.And(said.formula, *new), depth))

    def _defined(self, application: Application) -> Formula:
        return application.number == self._numbers.meaning(application)

    def _at_depth(self, formula: Formula, depth: int) -> Formula:
        """`formula` said of `depth`: a state is renamed by its own depth, the state after a step by
        the next, all else by the step's."""
        pairs = [(term, at(term.decl().name(), depth, term)) for term in self._own]
        pairs += [
            (term, at(f"{self._number}{place}", depth, term))
            for place, term in enumerate(self._numbers.constants)
        ]
        pairs += [(v.next, at(v.name, depth + 1, v.term)) for v in self.system.variables]
        return z3.substitute(formula, *pairs)

    @cached_property
    def _own(self) -> list[Term]:
        # Actions share inputs by name and sort: one name may stand for sets of different things.
        inputs = {
            (v.name, v.term.sort().sexpr()): v.term
            for action in self.system.actions
            for v in action.inputs
        }
        states = [variable.term for variable in self.system.variables]
        return [*states, *inputs.values(), self._chosen, self._breaking]

    def deepen(self, only: str | None = None) -> None:
        """One more step, by any action, or by the one that is named."""
        step = self._any_step if only is None else self._step([self.system.action[only]])
        self._say(step, self.depth)
        self.depth += 1
        self._say(self._invariants, self.depth)

    def _used(self, depth: int, model: Any) -> Sequence[Application]:
        """The numbers that decide whether what happens at a depth may: what is said of other
        actions is true of any."""
        said = [*self.system.full_initial, self.claim.formula]
        if depth < self.depth:
            action = self._action(depth, model)
            said += [*action.full_guard, *action.updates.values()]
        return self._numbers.applications(said)

    def _is_right(self, application: Application, depth: int, model: Any) -> bool:
        """Whether the model gives a number the value that its definition gives."""
        defined = self._at_depth(self._defined(application), depth)
        return bool(z3.is_true(model.eval(defined, model_completion=True)))

    def _action(self, depth: int, model: Any) -> Action:
        chosen = at(self._chosen.decl().name(), depth, self._chosen)
        return self.system.actions[int(value(model, chosen))]

    @cached_property
    def is_small(self) -> bool:
        """Whether the state has so few bits that the simplest run can be looked for."""
        return sum(width(variable.term) for variable in self.system.variables) <= SMALL

    @property
    def _asked(self) -> Formula:
        return at(self._breaking.decl().name(), self.depth, self._breaking)

    def trace(self) -> Trace:
        """The run that the last answer found."""
        return self._trace(self.solver.model())

    def _trace(self, model: Any) -> Trace:
        def read(term: Term, depth: int) -> Value:
            return value(model, at(term.decl().name(), depth, term))

        steps = []
        for depth in range(self.depth):
            action = self.system.actions[int(read(self._chosen, depth))]
            inputs = {v.name: read(v.term, depth) for v in action.inputs}
            state = {v.name: read(v.term, depth + 1) for v in self.system.variables}
            steps.append(Step(action.name, inputs, state))
        initial = {v.name: read(v.term, 0) for v in self.system.variables}
        return Trace(initial, tuple(steps))


def width(term: Term) -> int:
    return int(term.size()) if z3.is_bv(term) else 1


def at(name: str, depth: int, like: Term) -> Term:
    return z3.Const(f"{name}@{depth}", like.sort())


def value(model: Any, term: Term) -> Value:
    return concrete(model.eval(term, model_completion=True))
