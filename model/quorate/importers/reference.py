"""The table of keys as Markdown, for docs/file-format.md."""

from typing import assert_never

from quorate.importers.key import Key, Shape
from quorate.importers.keys import KEYS, name_is_enough


def key_table() -> str:
    """One row a key, ending in a newline."""
    rows = [
        "| key | type | unit | default | meaning |",
        "| --- | --- | --- | --- | --- |",
        *(_row(key) for key in KEYS),
    ]
    return "\n".join(rows) + "\n"


def _row(key: Key) -> str:
    if key.required:
        default = "required"
    elif key.default is not None:
        default = f"`{_literal(key.default)}`"
    else:
        default = key.otherwise
    return f"| `{key.path}` | {_type(key)} | {key.unit or '-'} | {default} | {key.meaning} |"


def _type(key: Key) -> str:
    match key.shape:
        case Shape.TEXT if key.choices:
            return "one of " + ", ".join(f"`{choice}`" for choice in key.choices)
        case Shape.TEXT:
            return "text"
        case Shape.NUMBER:
            return f"whole number, 0 to {key.most}"
        case Shape.BOOLEAN:
            return "true or false"
        case Shape.TEXTS if key.choices:
            return "array of " + ", ".join(f"`{choice}`" for choice in key.choices)
        case Shape.TEXTS:
            return "array of texts"
        case Shape.TABLE:
            return "table"
        case Shape.TABLES:
            return "array of tables" + (" or names" if name_is_enough(key) else "")
        case _:
            assert_never(key.shape)


def _literal(default: bool | int | str) -> str:
    """The value as TOML writes it, a text without its quotes."""
    return str(default).lower() if isinstance(default, bool) else str(default)
