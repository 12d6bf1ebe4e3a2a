"""Replays a trace on the plain interpreter, which asks no solver; no engine takes part."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product

import z3

from quorate.errors import EvidenceError
from quorate.system import (
    Action,
    Always,
    Ceases,
    EachStep,
    LeadsTo,
    Progress,
    Property,
    State,
    Step,
    System,
    Trace,
    Value,
)
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
from quorate.system.variables import Formula, Variable
from quorate.values import dataclass


def replay(system: System, trace: Trace, bad: Formula) -> None:
    """As `Replayer.replay`, once."""
    Replayer(system).replay(trace, bad)


def replay_refutation(system: System, trace: Trace, claim: Property) -> None:
    """As `Replayer.replay_refutation`, once."""
    Replayer(system).replay_refutation(trace, claim)


@dataclass(frozen=True)
class Replayer:
    """Replays runs of `system`, whose formulas are compiled when they are first needed."""

    system: System

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(self.system)

    def replay_refutation(self, trace: Trace, claim: Property) -> None:
        """Raises `EvidenceError` unless `trace` is a run of `system` that breaks the property."""
        match claim:
            case Always():
                self.replay(trace, z3.Not(claim.formula))
            case EachStep():
                self._replay_step(trace, claim)
            case LeadsTo() | Ceases():
                self.replay_lasso(trace, claim)

    def _replay_step(self, trace: Trace, claim: EachStep) -> None:
        """The last step is the one that breaks the property."""
        self.replay(trace, z3.BoolVal(True))
        if not trace.steps or trace.steps[-1].action not in claim.formulas:
            raise EvidenceError("the last step is none that the property speaks of")
        last, before = trace.steps[-1], list(trace.states)[-2]
        after = {f"{name}'": value for name, value in last.state.items()}
        holds = evaluator([claim.formulas[last.action]], self.system.definitions)
        if holds({**before, **last.inputs, **after})[0]:
            raise EvidenceError("the last step does not break the property")

    def replay(self, trace: Trace, bad: Formula) -> None:
        """Raises `EvidenceError` unless `trace` is a run of `system` whose last state satisfies
        `bad`.

        Every value must be of its variable's sort, the initial formulas must hold, every guard must
        hold, and every state must be exactly what the action makes of the one before.
        """
        for place, state in enumerate(trace.states):
            if state.keys() != self.system.variable.keys():
                raise EvidenceError(f"state {place} does not give every variable a value")
            for variable in self.system.variables:
                _check_sort(variable, state[variable.name], f"state {place}")
        try:
            _check_run(self._interpreter, trace, bad)
        except KeyError as error:
            raise EvidenceError(f"the system reads what is not there: {error}") from error

    def replay_lasso(self, trace: Trace, claim: Progress) -> None:
        """Raises `EvidenceError` unless `trace` is a run of `system` whose loop breaks the claim,
        as `LeadsTo` and `Ceases` say. That no fair action is possible is found by trying every
        choice."""
        if trace.loop_start is None:
            raise EvidenceError("the run does not go round")
        self.replay(trace, z3.BoolVal(True))
        loop = trace.steps[trace.loop_start :]
        match claim:
            case Ceases(allowed=allowed, counted=counted):
                if not all(step.action in allowed for step in loop):
                    raise EvidenceError("a step of the loop is not allowed")
                if not any(step.action in counted for step in loop):
                    raise EvidenceError("no step of the loop is counted")
            case LeadsTo():
                _check_waiting(self.system, trace, claim)
                taken = any(step.action in claim.fair for step in loop)
                fair = [self.system.action[name] for name in claim.fair]
                states = list(trace.states)[trace.loop_start :]
                if not taken and all(
                    _is_possible(self._interpreter, fair, state) for state in states
                ):
                    raise EvidenceError("the loop ignores a fair action for ever")


def _check_waiting(system: System, trace: Trace, claim: LeadsTo) -> None:
    """From some state with the trigger, before the loop, no step reaches the goal or is not
    calm."""
    holds = evaluator([claim.trigger, claim.goal], system.definitions)
    loop_start = trace.loop_start or 0
    begun = False
    for place, state in enumerate(trace.states):
        if place > 0 and trace.steps[place - 1].action not in claim.calm:
            begun = False
        trigger, goal = holds(state)
        begun = not goal and (begun or (bool(trigger) and place <= loop_start))
        if place >= loop_start and not begun:
            raise EvidenceError("the loop is not one of waiting for the goal")


def _is_possible(interpreter: Interpreter, actions: Sequence[Action], state: State) -> bool:
    """Whether one of the actions can be taken in `state` with some choice of its inputs."""
    for action in actions:
        names = [variable.name for variable in action.inputs]
        for values in product(*(variable.sort.values() for variable in action.inputs)):
            choice = dict(zip(names, values, strict=True))
            if interpreter.refusal(action, state, choice) is None:
                return True
    return False


def _check_run(interpreter: Interpreter, trace: Trace, bad: Formula) -> None:
    broken = interpreter.not_initial(trace.initial)
    if broken is not None:
        raise EvidenceError(f"the first state is not initial: {_shown(broken)}")
    before = trace.initial
    for number, step in enumerate(trace.steps, 1):
        _check_step(interpreter, before, step, number)
        before = step.state
    (broken_at_last,) = evaluator([bad], interpreter.system.definitions)(trace.final)
    if not broken_at_last:
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


def _shown(formula: Formula) -> str:
    return " ".join(formula.sexpr().split())[:200]


def _check_sort(variable: Variable, value: Value, place: str) -> None:
    if not variable.sort.admits(value):
        raise EvidenceError(f"{place}: {variable.name} cannot be {value!r}")
