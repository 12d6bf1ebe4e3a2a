"""What a claim assumes, as plain values in a trace line."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from quorate.windows.models import (
    Assumptions,
    Circumstances,
    Conditions,
    Detection,
    Deviation,
    Faults,
    ServiceDeviation,
)


def circumstances_data(circumstances: Circumstances) -> dict[str, Any]:
    """What differs from the default, under a key that says which model it is about."""
    match circumstances:
        case Assumptions():
            return {"assumptions": _assumptions_data(circumstances)}
        case Conditions():
            return {"conditions": _conditions_data(circumstances)}


def circumstances_of(data: Mapping[str, Any]) -> Circumstances:
    """The inverse. Raises `KeyError`, `TypeError`, `ValueError` or `AttributeError` for what is no
    such data."""
    if "conditions" in data:
        return _conditions(data["conditions"])
    return _assumptions(data["assumptions"])


def _assumptions_data(assumptions: Assumptions) -> dict[str, Any]:
    usual, own = asdict(Assumptions()), asdict(assumptions)
    changed = {key: value for key, value in own.items() if value != usual[key]}
    if "faults" in changed:
        budgets = own["faults"].items()
        changed["faults"] = {kind: limit for kind, limit in budgets if limit is not None}
    if assumptions.deviation is not None:
        changed["deviation"] = assumptions.deviation.name
    return changed


def _assumptions(data: Mapping[str, Any]) -> Assumptions:
    values = dict(data)
    deviation = values.pop("deviation", None)
    faults = Faults(**values.pop("faults", {}))
    return Assumptions(
        **values, faults=faults, deviation=Deviation[deviation] if deviation else None
    )


def _conditions_data(conditions: Conditions) -> dict[str, Any]:
    data: dict[str, Any] = {"groups": list(conditions.groups)}
    if conditions.detection is not Detection.INSTANT:
        data["detection"] = conditions.detection.value
    if not conditions.operator:
        data["operator"] = False
    if not conditions.reservation:
        data["reservation"] = False
    if conditions.deviation is not None:
        data["deviation"] = conditions.deviation.name
    return data


def _conditions(data: Mapping[str, Any]) -> Conditions:
    values = dict(data)
    deviation = values.pop("deviation", None)
    return Conditions(
        groups=tuple(str(name) for name in values.pop("groups")),
        detection=Detection(values.pop("detection", Detection.INSTANT.value)),
        deviation=ServiceDeviation[deviation] if deviation else None,
        **values,
    )
