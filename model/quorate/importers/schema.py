"""The JSON Schema of the native format, for editors and for checks that do not run quorate.

It sees types, ranges, unknown and missing keys and whether keys that need each other agree: mode
and witness, failback and its window, an address and its subnet. Whether names are declared, and
differ across tables, and what dependencies mean, only the reader sees.
"""

from typing import Any

from quorate.cluster import QUORUM_RULES, FailbackPolicy, QuorumRule, ResourceKind
from quorate.importers.key import Key, Shape
from quorate.importers.keys import keys_in, name_is_enough

_NOT_EMPTY = {"type": "string", "pattern": r"\S"}


def _only_if(key: str, name: str, values: list[str]) -> dict[str, Any]:
    """A row has no `key` unless its `name` is one of `values`."""
    chosen = {"properties": {name: {"enum": values}}, "required": [name]}
    return {"if": {"not": chosen}, "then": {"properties": {key: False}}}


_IN_A_WINDOW = [policy.value for policy in FailbackPolicy if policy.needs_window]
_AGREEMENTS = {
    "groups": {
        **_only_if("failback_window", "failback", _IN_A_WINDOW),
        "else": {"required": ["failback_window"]},
    },
    "groups[].resources": _only_if("subnet", "kind", [ResourceKind.ADDRESS.value]),
}
"""What the reader refuses in a row because two of its keys do not fit together."""


def json_schema() -> dict[str, Any]:
    """The schema, draft 2020-12, of a parsed cluster file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "quorate cluster file",
        "description": "A failover cluster: its nodes, its votes and what it has to survive.",
        **_table(""),
        "allOf": [_witness_of(rule) for rule in QUORUM_RULES],
    }


def _table(table: str) -> dict[str, Any]:
    keys = keys_in(table)
    return {
        "type": "object",
        "properties": {name: _described(key) for name, key in keys.items()},
        "required": [name for name, key in keys.items() if key.required],
        "additionalProperties": False,
    }


def _described(key: Key) -> dict[str, Any]:
    sentences = [key.meaning]
    if key.unit:
        sentences.append(f"Counted in {key.unit}.")
    if key.otherwise:
        sentences.append(f"If absent: {key.otherwise}.")
    schema = {"description": " ".join(sentences), **_value(key)}
    if key.default is not None:
        schema["default"] = key.default
    return schema


def _value(key: Key) -> dict[str, Any]:
    match key.shape:
        case Shape.TEXT:
            if key.choices:
                return {"enum": list(key.choices)}
            return {"type": "string"} if key.may_be_empty else _NOT_EMPTY
        case Shape.NUMBER:
            return {"type": "integer", "minimum": 0, "maximum": key.most}
        case Shape.BOOLEAN:
            return {"type": "boolean"}
        case Shape.TEXTS:
            return _array(key, {"enum": list(key.choices)} if key.choices else _NOT_EMPTY)
        case Shape.TABLE:
            return _table(key.path)
        case Shape.TABLES:
            row = {**_table(f"{key.path}[]"), **_AGREEMENTS.get(key.path, {})}
            return _array(key, {"anyOf": [_NOT_EMPTY, row]} if name_is_enough(key) else row)


def _array(key: Key, items: dict[str, Any]) -> dict[str, Any]:
    bounds = {"maxItems": key.most} if key.most else {}
    return {
        "type": "array",
        "items": items,
        "minItems": key.least,
        "uniqueItems": not key.repeats,
        **bounds,
    }


def _witness_of(rule: QuorumRule) -> dict[str, Any]:
    """What a mode asks of the witness table."""
    wanted: dict[str, Any]
    if rule.witness_kind is None:
        wanted = {"properties": {"witness": False}}
    else:
        kind = {"properties": {"kind": {"const": rule.witness_kind.value}}}
        wanted = {"properties": {"witness": kind}, "required": ["witness"]}
    chosen = {"properties": {"mode": {"const": rule.mode}}, "required": ["mode"]}
    return {"if": {"properties": {"quorum": chosen}, "required": ["quorum"]}, "then": wanted}
