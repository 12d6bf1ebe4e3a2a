"""Bounded model checking: shortest counterexamples, one depth after the other.

The unrolling is incremental: depth k keeps all that was learned at depth k - 1. Invariants that
were proved before, and the theorems that actions carry, are said of every step, so that the search
does not run into what cannot be reached.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import z3

from quorate.system import (
    Always,
    HoldsTo,
    Lemma,
    Refuted,
    Step,
    System,
    Term,
    Trace,
    Unknown,
    Value,
    Variable,
    expanded,
)
from quorate.system.steps import renamed

ENGINE = "bmc"


def search(
    system: System,
    claim: Always,
    deepest: int,
    remaining_seconds: Callable[[], float],
    known: Sequence[Lemma] = (),
) -> Refuted | HoldsTo | Unknown:
    """A shortest run to a state that breaks the property, of at most `deepest` steps; HoldsTo the
    depth that was finished when there is none or the time ran out; Unknown if not even depth 0 was
    finished. `known` are invariants of the system."""
    unrolling = _Unrolling(system, known)
    finished = -1
    for depth in range(deepest + 1):
        if depth > 0:
            unrolling.deepen()
        unrolling.solver.set("timeout", max(1, int(remaining_seconds() * 1000)))
        answer = unrolling.ask(claim)
        if answer == z3.sat:
            return Refuted(unrolling.trace(), ENGINE, shortest=True)
        if answer == z3.unknown or remaining_seconds() <= 0:
            break
        finished = depth
    if finished < 0:
        return Unknown("the time given was not enough for the initial states", ENGINE)
    return HoldsTo(finished, ENGINE)


def _finite_solver() -> Any:
    """States are finite and numbers are weighted sums of Booleans, which z3's solver for finite
    domains hands to a SAT solver."""
    return z3.SolverFor("QF_FD")


@dataclass
class _Unrolling:
    """The runs of a certain length, as one formula that grows."""

    system: System
    known: Sequence[Lemma]
    solver: Any = field(default_factory=_finite_solver)
    states: list[dict[str, Term]] = field(default_factory=list)
    choices: list[tuple[Term, dict[str, Term]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._enter(_constants(self.system.variables, 0))
        first = renamed(self.states[0], self.system)
        for formula in self.system.full_initial:
            self._say(z3.substitute(formula, *first))

    def _enter(self, state: dict[str, Term]) -> None:
        self.states.append(state)
        pairs = renamed(state, self.system)
        for lemma in self.known:
            self._say(z3.substitute(lemma.formula, *pairs))

    def _say(self, formula: Any) -> None:
        self.solver.add(expanded(self.system.definitions, formula))

    def deepen(self) -> None:
        """One more step, by any action."""
        actions = self.system.actions
        depth, before = len(self.states), self.states[-1]
        chosen = z3.BitVec(f"action@{depth}", max(1, (len(actions) - 1).bit_length()))
        self._say(z3.ULE(chosen, len(actions) - 1))
        inputs: dict[str, Term] = {}
        results: dict[str, Term] = dict(before)
        for index, action in enumerate(actions):
            own = {v.name: _input(v, depth) for v in action.inputs}
            inputs.update(own)
            pairs = renamed({**before, **own}, self.system, action)
            taken = chosen == index
            for part in action.full_guard:
                self._say(z3.Implies(taken, z3.substitute(part, *pairs)))
            for instance in action.instances:
                self._say(z3.substitute(instance.formula, *pairs))
            for name, term in action.updates.items():
                results[name] = z3.If(taken, z3.substitute(term, *pairs), results[name])
        after = _constants(self.system.variables, depth)
        for name, term in results.items():
            self._say(after[name] == term)
        self.choices.append((chosen, inputs))
        self._enter(after)

    def ask(self, claim: Always) -> Any:
        """Is there a run of this length whose last state breaks the property? The answer's model is
        read by `trace`."""
        pairs = renamed(self.states[-1], self.system)
        for instance in claim.instances:
            self._say(z3.substitute(instance.formula, *pairs))
        breaks = z3.Bool(f"breaks@{len(self.states)}")
        self._say(z3.Implies(breaks, z3.Not(z3.substitute(claim.formula, *pairs))))
        answer = self.solver.check(breaks)
        if answer == z3.unsat:
            self.solver.add(z3.Not(breaks))
        return answer

    def trace(self) -> Trace:
        model = self.solver.model()
        concrete = [
            {name: _value(model, term) for name, term in state.items()} for state in self.states
        ]
        steps = []
        for (chosen, inputs), state in zip(self.choices, concrete[1:], strict=True):
            action = self.system.actions[int(_value(model, chosen))]
            values = {v.name: _value(model, inputs[v.name]) for v in action.inputs}
            steps.append(Step(action.name, values, state))
        return Trace(concrete[0], tuple(steps))


def _constants(variables: Sequence[Variable], depth: int) -> dict[str, Term]:
    return {v.name: v.sort.constant(f"{v.name}@{depth}") for v in variables}


def _input(variable: Variable, depth: int) -> Term:
    """Actions share an input of the same name; only one of them is taken."""
    kind = type(variable.sort).__name__
    return variable.sort.constant(f"{variable.name}:{kind}@{depth}")


def _value(model: Any, term: Term) -> Value:
    value = model.eval(term, model_completion=True)
    if z3.is_bool(value):
        return bool(z3.is_true(value))
    return int(value.as_long())
