"""Runs a system on concrete states, without a solver."""

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cached_property

from quorate.system.actions import Action
from quorate.system.evaluate import evaluator
from quorate.system.systems import State, System
from quorate.system.traces import Step, Trace
from quorate.system.variables import Formula, Value
from quorate.values import dataclass

_Values = Callable[[Mapping[str, Value]], tuple[Value, ...]]


@dataclass(frozen=True)
class Interpreter:
    """The start and the actions of `system` as plain functions, compiled when first used."""

    system: System
    _guards: dict[str, _Values] = field(default_factory=dict, compare=False, repr=False)
    _updates: dict[str, _Values] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _initially(self) -> _Values:
        return evaluator(self.system.full_initial, self.system.definitions)

    def not_initial(self, state: State) -> Formula | None:
        """The first initial formula that does not hold, None where runs may start. Raises
        `KeyError` for one that reads what is not there."""
        parts = zip(self.system.full_initial, self._initially(state), strict=True)
        return next((part for part, true in parts if not true), None)

    def refusal(self, action: Action, before: State, inputs: Mapping[str, Value]) -> Formula | None:
        """The first part of the guard that does not hold, None where the step is possible. Raises
        `KeyError` for a guard that reads what is not there."""
        if action.name not in self._guards:
            self._guards[action.name] = evaluator(action.full_guard, self.system.definitions)
        holds = self._guards[action.name]({**before, **inputs})
        parts = zip(action.full_guard, holds, strict=True)
        return next((part for part, true in parts if not true), None)

    def after(self, action: Action, before: State, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """The state that the step leads to, possible or not. Raises `KeyError` for an update that
        reads what is not there."""
        if action.name not in self._updates:
            terms = list(action.updates.values())
            self._updates[action.name] = evaluator(terms, self.system.definitions)
        values = self._updates[action.name]({**before, **inputs})
        return {**before, **dict(zip(action.updates, values, strict=True))}

    def takes(self, step: Step, before: State) -> bool:
        """Whether `step` is one of the system from `before`."""
        action = self.system.action.get(step.action)
        if action is None or self.refusal(action, before, step.inputs) is not None:
            return False
        return self.after(action, before, step.inputs) == step.state


def steps_not_of(system: System, trace: Trace) -> frozenset[int]:
    """The numbers of the steps of `trace` that are none of `system`, from 1. Raises `KeyError` for
    a run whose states or inputs lack what the system reads."""
    interpreter = Interpreter(system)
    return frozenset(
        number
        for number, (before, step) in enumerate(zip(trace.states, trace.steps, strict=False), 1)
        if not interpreter.takes(step, before)
    )
