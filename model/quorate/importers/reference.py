"""The table of keys as Markdown, for docs/file-format.md."""

from quorate.importers.key import Key, Shape
from quorate.importers.keys import KEYS, name_is_enough

_TYPES = {
    Shape.TEXT: "text",
    Shape.NUMBER: "whole number",
    Shape.BOOLEAN: "true or false",
    Shape.TEXTS: "array of texts",
    Shape.TABLE: "table",
    Shape.TABLES: "array of tables",
}


def key_table() -> str:
    """One row a key, ending in a newline."""
    rows = [
        "| key | type | unit | default | meaning |",
        "| --- | --- | --- | --- | --- |",
        *(_row(key) for key in KEYS),
    ]
    return "\n".join(rows) + "\n"


def _row(key: Key) -> str:
    kind = _TYPES[key.shape]
    if key.choices:
        kind = "one of " + ", ".join(f"`{choice}`" for choice in key.choices)
    elif key.shape is Shape.NUMBER:
        kind += f", 0 to {key.most}"
    elif key.shape is Shape.TABLES and name_is_enough(key):
        kind += " or names"
    if key.required:
        default = "required"
    elif key.default is not None:
        default = f"`{_literal(key.default)}`"
    else:
        default = key.otherwise
    return f"| `{key.path}` | {kind} | {key.unit or '-'} | {default} | {key.meaning} |"


def _literal(default: bool | int | str) -> str:
    """The value as TOML writes it, a text without its quotes."""
    return str(default).lower() if isinstance(default, bool) else str(default)
