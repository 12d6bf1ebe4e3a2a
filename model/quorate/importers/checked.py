"""A parsed document, checked against the table of keys."""

from typing import Any, TypeAlias, assert_never

from quorate.importers.key import Key, Shape
from quorate.importers.key_lines import KeyPath
from quorate.importers.key_paths import shortened
from quorate.importers.keys import keys_in, name_is_enough
from quorate.importers.refused_key import RefusedKeyError
from quorate.importers.unknown import unknown_choice, unknown_key

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

    Raises `RefusedKeyError` for the first key, in the order of the file, that is
    unknown, and then for the first, in the order of the documentation, that is missing, has the
    wrong type, is out of range or names something twice. Whether names agree with each other is
    left to `Cluster`.
    """
    return _table(document, "", ())


def _table(values: Table, table: str, where: KeyPath) -> Table:
    keys = keys_in(table)
    for name in values:
        if name not in keys:
            raise unknown_key(name, table, where)
    result: Table = {}
    for name, key in keys.items():
        place = (*where, name)
        if name in values:
            result[name] = _value(values[name], key, place)
        elif key.required:
            raise RefusedKeyError(place, f"this key is missing; write for example {key.example}")
        else:
            result[name] = key.default
    return result


def _value(value: object, key: Key, where: KeyPath) -> object:
    match key.shape:
        case Shape.TEXT:
            return _text(value, key, where)
        case Shape.NUMBER:
            return _number(value, key, where)
        case Shape.BOOLEAN:
            if isinstance(value, bool):
                return value
        case Shape.TEXTS:
            if isinstance(value, list):
                return _texts(value, key, where)
        case Shape.TABLE:
            if isinstance(value, dict):
                return _table(value, key.path, where)
        case Shape.TABLES:
            if isinstance(value, list):
                return tuple(_row(row, key, (*where, i)) for i, row in enumerate(value))
        case _:
            assert_never(key.shape)
    raise wrong_shape(key.shape.value, value, key, where)


def _text(value: object, key: Key, where: KeyPath) -> str:
    if not isinstance(value, str):
        raise wrong_shape(Shape.TEXT.value, value, key, where)
    if not value.strip() and not key.may_be_empty:
        raise RefusedKeyError(where, f"this text is empty; write for example {key.example}")
    if key.choices and value not in key.choices:
        raise unknown_choice(value, key.choices, where)
    return value


def _number(value: object, key: Key, where: KeyPath) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_shape(Shape.NUMBER.value, value, key, where)
    if not 0 <= value <= (key.most or 0):
        shown = str(value) if abs(value) < _READABLE else "this number"
        reason = f"{shown} is out of range; use 0 to {key.most} {key.unit}"
        raise RefusedKeyError(where, reason)
    return value


def _texts(values: list[object], key: Key, where: KeyPath) -> tuple[str, ...]:
    texts = list[str]()
    seen = set[str]()
    for index, value in enumerate(values):
        text = _text(value, key, (*where, index))
        if text in seen and not key.repeats:
            reason = f"the name {shortened(text)} is given twice; names must differ"
            raise RefusedKeyError((*where, index), reason)
        texts.append(text)
        seen.add(text)
    return tuple(texts)


def _row(value: object, key: Key, where: KeyPath) -> Table:
    by_name = name_is_enough(key)
    if by_name and isinstance(value, str):
        value = {"name": value}
    if isinstance(value, dict):
        return _table(value, f"{key.path}[]", where)
    raise wrong_shape("a table or a name" if by_name else "a table", value, key, where)


def wrong_shape(wanted: str, value: object, key: Key, where: KeyPath) -> RefusedKeyError:
    """The error for a value that is not what is `wanted`."""
    return RefusedKeyError(
        where, f"this has to be {wanted}, not {_found(value)}; write for example {key.example}"
    )


def _found(value: object) -> str:
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, str):
        return f"the text {shortened(value)}"
    return _FOUND.get(type(value), "a date or a time")
