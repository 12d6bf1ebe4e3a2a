"""Replays a trace on the plain interpreter: no solver, no engine."""

from collections.abc import Mapping, Sequence

from quorate.errors import EvidenceError
from quorate.system import State, Step, System, Trace, Value
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
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
    try:
        _check_run(system, trace, bad)
    except KeyError as error:
        raise EvidenceError(f"the system reads what is not there: {error}") from error


def _check_run(system: System, trace: Trace, bad: Formula) -> None:
    broken = _first_false(system, system.full_initial, trace.initial)
    if broken is not None:
        raise EvidenceError(f"the first state is not initial: {_shown(broken)}")
    interpreter = Interpreter(system)
    before = trace.initial
    for number, step in enumerate(trace.steps, 1):
        _check_step(interpreter, before, step, number)
        before = step.state
    if _first_false(system, [bad], trace.final) is not None:
        raise EvidenceError("the last state does not break the property")
    if trace.loop_start is not None and trace.final != list(trace.states)[trace.loop_start]:
        raise EvidenceError("the last state is not the one that the loop starts from")


def rebuilt(
    system: System, initial: State, choices: Sequence[tuple[str, Mapping[str, Value]]]
) -> Trace:
    """The run that takes these actions with these inputs from `initial`. Raises `EvidenceError` for
    an action that does not exist; whether each was possible is left to `replay`."""
    interpreter = Interpreter(system)
    before, steps = dict(initial), []
    for number, (name, inputs) in enumerate(choices, 1):
        if name not in system.action:
            raise EvidenceError(f"step {number}: there is no action {name!r}")
        try:
            before = interpreter.after(system.action[name], before, inputs)
        except KeyError as error:
            raise EvidenceError(f"step {number}: the trace gives no value to {error}") from error
        steps.append(Step(name, inputs, before))
    return Trace(initial, tuple(steps))


def _check_step(interpreter: Interpreter, before: State, step: Step, number: int) -> None:
    system = interpreter.system
    action = system.action.get(step.action)
    if action is None:
        raise EvidenceError(f"step {number}: there is no action {step.action!r}")
    if step.inputs.keys() != {variable.name for variable in action.inputs}:
        raise EvidenceError(f"step {number}: {step.action!r} is taken with the wrong inputs")
    for variable in action.inputs:
        _check_sort(variable, step.inputs[variable.name], f"step {number}")
    broken = interpreter.refusal(action, before, step.inputs)
    if broken is not None:
        raise EvidenceError(f"step {number}: {step.action!r} is not possible: {_shown(broken)}")
    expected = interpreter.after(action, before, step.inputs)
    for name, value in step.state.items():
        if value != expected[name]:
            raise EvidenceError(
                f"step {number}: after {step.action!r}, {name} is {expected[name]}, not {value}"
            )


def _first_false(
    system: System, formulas: Sequence[Formula], scope: Mapping[str, Value]
) -> Formula | None:
    holds = evaluator(formulas, system.definitions)(scope)
    return next((f for f, true in zip(formulas, holds, strict=True) if not true), None)


def _shown(formula: Formula) -> str:
    return " ".join(formula.sexpr().split())[:200]


def _check_sort(variable: Variable, value: Value, place: str) -> None:
    if not variable.sort.admits(value):
        raise EvidenceError(f"{place}: {variable.name} cannot be {value!r}")
