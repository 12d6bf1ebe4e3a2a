"""A parsed document, checked against the table of keys."""

from typing import Any, TypeAlias

from quorate.cluster.refusals import refuse_bad_names
from quorate.errors import InputError
from quorate.importers.key import Key, Shape
from quorate.importers.keys import keys_in, name_is_enough
from quorate.importers.unknown import shortened, unknown_choice, unknown_key

Table: TypeAlias = dict[str, Any]

_READABLE = 10**15
_FOUND = {
    int: "a whole number",
    float: "a number with a fraction",
    dict: "a table",
    list: "an array",
}


def checked(document: Table) -> Table:
    """`document` with every key of the format in it: an absent key has its default or None, and a
    shorthand is written out.

    Raises `InputError` with the key path for the first key, in the order of the file, that is
    unknown, and then for the first, in the order of the documentation, that is missing, has the
    wrong type, is out of range or names something twice. Whether names agree with each other is
    left to `Cluster`.
    """
    return _table(document, "", "")


def _table(values: Table, table: str, where: str) -> Table:
    keys = keys_in(table)
    for name in values:
        if name not in keys:
            raise unknown_key(name, table, where)
    result: Table = {}
    for name, key in keys.items():
        place = f"{where}.{name}" if where else name
        if name in values:
            result[name] = _value(values[name], key, place)
        elif key.required:
            raise InputError(f"this key is missing; write for example {key.example}", place)
        else:
            result[name] = key.default
    return result


def _value(value: object, key: Key, where: str) -> object:
    match key.shape, value:
        case Shape.TEXT, str():
            return _text(value, key, where)
        case Shape.NUMBER, int() if not isinstance(value, bool):
            return _number(value, key, where)
        case Shape.BOOLEAN, bool():
            return value
        case Shape.TEXTS, list():
            texts = tuple(_element(text, key, f"{where}[{i}]") for i, text in enumerate(value))
            refuse_bad_names(where, texts)
            return texts
        case Shape.TABLE, dict():
            return _table(value, key.path, where)
        case Shape.TABLES, list():
            return tuple(_row(row, key, f"{where}[{i}]") for i, row in enumerate(value))
    raise InputError(
        f"this has to be {key.shape.value}, not {_found(value)}; write for example {key.example}",
        where,
    )


def _text(value: str, key: Key, where: str) -> str:
    if not value.strip():
        raise InputError(f"this text is empty; write for example {key.example}", where)
    if key.choices and value not in key.choices:
        raise unknown_choice(value, key.choices, where)
    return value


def _number(value: int, key: Key, where: str) -> int:
    if not 0 <= value <= (key.most or 0):
        shown = str(value) if abs(value) < _READABLE else "this number"
        raise InputError(f"{shown} is out of range; use 0 to {key.most} {key.unit}", where)
    return value


def _element(value: object, key: Key, where: str) -> str:
    if isinstance(value, str):
        return _text(value, key, where)
    raise InputError(
        f"this has to be text, not {_found(value)}; write for example {key.example}", where
    )


def _row(value: object, key: Key, where: str) -> Table:
    by_name = name_is_enough(key)
    if by_name and isinstance(value, str):
        value = {"name": value}
    if isinstance(value, dict):
        return _table(value, f"{key.path}[]", where)
    wanted = "a table or a name" if by_name else "a table"
    raise InputError(
        f"this has to be {wanted}, not {_found(value)}; write for example {key.example}", where
    )


def _found(value: object) -> str:
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, str):
        return f"the text {shortened(value)}"
    return _FOUND.get(type(value), "a date or a time")
