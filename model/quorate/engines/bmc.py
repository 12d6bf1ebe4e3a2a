"""Bounded model checking: shortest counterexamples, one depth after the other.

The unrolling is incremental: depth k keeps all that was learned at depth k - 1.
"""

from collections.abc import Callable, Mapping
from typing import Any

import z3

from quorate.system import (
    Action,
    Formula,
    HoldsTo,
    Refuted,
    Step,
    System,
    Term,
    Trace,
    Unknown,
    Value,
    Variable,
)
from quorate.system.steps import renamed

ENGINE = "bmc"


def search(
    system: System,
    bad: Formula,
    deepest: int,
    remaining_seconds: Callable[[], float],
) -> Refuted | HoldsTo | Unknown:
    """A shortest run to a state with `bad`, of at most `deepest` steps; HoldsTo the depth that was
    finished when there is none or the time ran out; Unknown if not even depth 0 was finished."""
    solver = z3.SimpleSolver()
    states = [_constants(system.variables, 0)]
    choices: list[tuple[Term, Mapping[str, Term]]] = []
    for formula in system.full_initial:
        solver.add(z3.substitute(formula, *renamed(states[0], system)))
    finished = -1
    for depth in range(deepest + 1):
        if depth > 0:
            state, choice = _unroll(solver, system, states[-1], depth)
            states.append(state)
            choices.append(choice)
        solver.set("timeout", max(1, int(remaining_seconds() * 1000)))
        solver.push()
        solver.add(z3.substitute(bad, *renamed(states[-1], system)))
        answer = solver.check()
        if answer == z3.sat:
            return Refuted(_read(system, solver.model(), states, choices), ENGINE, shortest=True)
        solver.pop()
        if answer == z3.unknown or remaining_seconds() <= 0:
            break
        finished = depth
    if finished < 0:
        return Unknown("the time given was not enough for the initial states", ENGINE)
    return HoldsTo(finished, ENGINE)


def _constants(variables: tuple[Variable, ...], depth: int) -> dict[str, Term]:
    return {v.name: v.sort.constant(f"{v.name}@{depth}") for v in variables}


def _unroll(
    solver: Any, system: System, before: Mapping[str, Term], depth: int
) -> tuple[dict[str, Term], tuple[Term, dict[str, Term]]]:
    after = _constants(system.variables, depth)
    width = max(1, (len(system.actions) - 1).bit_length())
    chosen = z3.BitVec(f"action@{depth}", width)
    solver.add(z3.ULE(chosen, len(system.actions) - 1))
    inputs: dict[str, Term] = {}
    results: dict[str, Term] = dict(before)
    for index, action in enumerate(system.actions):
        own = {v.name: _input(action, v, depth) for v in action.inputs}
        inputs.update({f"{action.name}/{name}": term for name, term in own.items()})
        substitution = renamed({**before, **own}, system, action)
        taken = chosen == index
        for part in action.full_guard:
            solver.add(z3.Implies(taken, z3.substitute(part, *substitution)))
        for name, term in action.updates.items():
            results[name] = z3.If(taken, z3.substitute(term, *substitution), results[name])
    for name, term in results.items():
        solver.add(after[name] == term)
    return after, (chosen, inputs)


def _input(action: Action, variable: Variable, depth: int) -> Term:
    return variable.sort.constant(f"{action.name}/{variable.name}@{depth}")


def _read(
    system: System,
    model: Any,
    states: list[dict[str, Term]],
    choices: list[tuple[Term, Mapping[str, Term]]],
) -> Trace:
    concrete = [{name: _value(model, term) for name, term in state.items()} for state in states]
    steps = []
    for (chosen, inputs), state in zip(choices, concrete[1:], strict=True):
        action = system.actions[int(_value(model, chosen))]
        values = {v.name: _value(model, inputs[f"{action.name}/{v.name}"]) for v in action.inputs}
        steps.append(Step(action.name, values, state))
    return Trace(concrete[0], tuple(steps))


def _value(model: Any, term: Term) -> Value:
    value = model.eval(term, model_completion=True)
    if z3.is_bool(value):
        return z3.is_true(value)
    return int(value.as_long())
