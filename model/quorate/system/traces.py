"""Traces: runs as values, to print, replay, compare, store and draw."""

from collections.abc import Iterator, Mapping
from typing import Any

from quorate.errors import EvidenceError
from quorate.system.systems import State
from quorate.system.variables import Value
from quorate.values import dataclass


@dataclass(frozen=True)
class Step:
    """One action with the inputs it was taken with, and the state after it."""

    action: str
    inputs: Mapping[str, Value]
    state: State


@dataclass(frozen=True)
class Trace:
    """An initial state and the steps from it.

    `loop_start` is the index of the state to which the last state is equal (0 is the initial
    state), for a run that goes round for ever; None for a finite one.
    """

    initial: State
    steps: tuple[Step, ...] = ()
    loop_start: int | None = None

    def __len__(self) -> int:
        """The number of steps."""
        return len(self.steps)

    @property
    def states(self) -> Iterator[State]:
        yield self.initial
        for step in self.steps:
            yield step.state

    @property
    def final(self) -> State:
        return self.steps[-1].state if self.steps else self.initial

    def to_json(self) -> dict[str, Any]:
        return {
            "initial": dict(self.initial),
            "steps": [
                {"action": step.action, "inputs": dict(step.inputs), "state": dict(step.state)}
                for step in self.steps
            ],
            "loop_start": self.loop_start,
        }

    @classmethod
    def from_json(cls, data: Any) -> "Trace":
        """Raises `EvidenceError` when `data` is not of the form that `to_json` writes."""
        try:
            steps = tuple(
                Step(str(step["action"]), _values(step["inputs"]), _values(step["state"]))
                for step in data["steps"]
            )
            loop_start = data.get("loop_start")
            if loop_start is not None and not (
                type(loop_start) is int and 0 <= loop_start <= len(steps)
            ):
                raise EvidenceError("the trace's loop starts outside the trace")
            return cls(_values(data["initial"]), steps, loop_start)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise EvidenceError(f"this is not a trace: {error!r}") from error


def _values(data: Any) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in data.items():
        if not isinstance(value, int):
            raise EvidenceError(f"the value of {name!r} in the trace is {value!r}, not a number")
        values[str(name)] = value
    return values
