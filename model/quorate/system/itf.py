"""Traces in the Informal Trace Format, which other model checkers and viewers read."""

from collections.abc import Mapping
from typing import Any

from quorate.system.systems import State, System
from quorate.system.traces import Trace
from quorate.system.variables import Bits, Boolean, Enumeration, Single, Variable


def to_itf(system: System, trace: Trace) -> dict[str, Any]:
    """The trace as ITF JSON: sets as sets of names, the action of each step beside its state."""
    states = [_state(system, trace.initial, 0, "init")]
    for number, step in enumerate(trace.steps, 1):
        states.append(_state(system, step.state, number, step.action))
    data: dict[str, Any] = {
        "#meta": {"format": "ITF", "description": f"a run of {system.name}"},
        "vars": ["action", *(variable.name for variable in system.variables)],
        "states": states,
    }
    if trace.loop_start is not None:
        data["loop"] = trace.loop_start
    return data


def _state(system: System, state: State, number: int, action: str) -> Mapping[str, Any]:
    values = {variable.name: _value(variable, state) for variable in system.variables}
    return {"#meta": {"index": number}, "action": action, **values}


def _value(variable: Variable, state: State) -> Any:
    value = state[variable.name]
    match variable.sort:
        case Boolean():
            return bool(value)
        case Enumeration(names):
            return names[value]
        case Bits(names) | Single(names):
            return {"#set": [name for bit, name in enumerate(names) if value >> bit & 1]}
    return {"#bigint": str(value)}
