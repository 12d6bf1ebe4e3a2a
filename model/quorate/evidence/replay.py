"""Replays a trace on the plain interpreter: no solver, no engine."""

from quorate.errors import EvidenceError
from quorate.system import State, System, Trace, Value
from quorate.system.evaluate import evaluator
from quorate.system.variables import Formula, Variable


def replay(system: System, trace: Trace, bad: Formula) -> None:
    """Raises `EvidenceError` unless `trace` is a run of `system` whose last state satisfies `bad`.

    Every value must be of its variable's sort, the initial formulas must hold, every guard must
    hold, and every state must be exactly what the action makes of the one before.
    """
    for place, state in enumerate(trace.states):
        if state.keys() != system.variable.keys():
            raise EvidenceError(f"state {place} does not give every variable a value")
        for variable in system.variables:
            _check_sort(variable, state[variable.name], f"state {place}")
    for formula, holds in zip(
        system.full_initial, evaluator(system.full_initial)(trace.initial), strict=True
    ):
        if not holds:
            raise EvidenceError(f"the first state is not initial: {formula.sexpr()[:200]}")
    before = trace.initial
    for number, step in enumerate(trace.steps, 1):
        _check_step(system, before, number, trace)
        before = step.state
    if not evaluator([bad])(trace.final)[0]:
        raise EvidenceError("the last state does not break the property")


def _check_step(system: System, before: State, number: int, trace: Trace) -> None:
    step = trace.steps[number - 1]
    action = system.action.get(step.action)
    if action is None:
        raise EvidenceError(f"step {number}: there is no action {step.action!r}")
    if step.inputs.keys() != {variable.name for variable in action.inputs}:
        raise EvidenceError(f"step {number}: {step.action!r} is taken with the wrong inputs")
    for variable in action.inputs:
        _check_sort(variable, step.inputs[variable.name], f"step {number}")
    scope = {**before, **step.inputs}
    for formula, holds in zip(action.guard, evaluator(action.guard)(scope), strict=True):
        if not holds:
            raise EvidenceError(
                f"step {number}: {step.action!r} is not possible: {formula.sexpr()[:200]}"
            )
    names = list(action.updates)
    values = evaluator([action.updates[name] for name in names])(scope)
    expected = {**before, **dict(zip(names, values, strict=True))}
    for name, value in step.state.items():
        if value != expected[name]:
            raise EvidenceError(
                f"step {number}: after {step.action!r}, {name} is {expected[name]}, not {value}"
            )


def _check_sort(variable: Variable, value: Value, place: str) -> None:
    if not variable.sort.admits(value):
        raise EvidenceError(f"{place}: {variable.name} cannot be {value!r}")
