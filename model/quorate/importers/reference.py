"""The table of keys as Markdown, for docs/file-format.md."""

from quorate.importers.keys import KEYS, Key, Shape

_TYPES = {
    Shape.TEXT: "text",
    Shape.NUMBER: "whole number",
    Shape.TEXTS: "array of texts",
    Shape.TABLE: "table",
    Shape.TABLES: "array of tables or names",
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
    if key.required:
        default = "required"
    elif key.default is not None:
        default = f"`{key.default}`"
    else:
        default = key.otherwise
    return f"| `{key.path}` | {kind} | {key.unit or '-'} | {default} | {key.meaning} |"
