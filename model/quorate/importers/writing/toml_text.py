"""A document as TOML text: the inverse of `tomllib`, with comments at its tables.

What it writes is laid out as people write it: plain keys first, then tables under their headers. It
knows values and no keys, so that a new key needs no new line here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from quorate.importers.key_lines import KeyPath

Comments: TypeAlias = Mapping[KeyPath, Sequence[str]]
"""Lines, without their sign, that stand below a table at its path; those of the whole document
stand at its beginning."""

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_WIDTH = 100
_INDENT = "    "


def toml_text(
    document: Mapping[str, Any], comments: Comments | None = None, closing: Sequence[str] = ()
) -> str:
    """The text, ending in a newline, with the lines of `closing` as comments at its end. Values are
    texts, whole numbers, booleans, arrays and tables with texts as keys; raises `TypeError` for any
    other."""
    said = comments or {}
    blocks = [
        _commented(said.get((), ())),
        *_blocks(document, (), "", said),
        _commented(closing),
    ]
    return "\n".join(block for block in blocks if block)


def comment_line(text: str) -> str:
    """A text as one line of a comment: what TOML does not allow in one is escaped."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _blocks(
    table: Mapping[str, Any], path: KeyPath, header: str, comments: Comments
) -> Iterator[str]:
    """The table itself, and then those that stand under headers of their own."""
    apart = {name: value for name, value in table.items() if _stands_apart(value, path)}
    plain = [
        f"{_name(name)} = {_value(value, len(name) + 3)}\n"
        for name, value in table.items()
        if name not in apart
    ]
    below = _commented(comments.get(path, ())) if path else ""
    yield header + "".join(plain) + below
    for name, value in apart.items():
        full = (*path, name)
        title = ".".join(_name(part) for part in full if isinstance(part, str))
        if isinstance(value, Mapping):
            yield from _blocks(value, full, f"[{title}]\n", comments)
            continue
        for index, row in enumerate(value):
            yield from _blocks(_as_table(row), (*full, index), f"[[{title}]]\n", comments)


def _stands_apart(value: Any, path: KeyPath) -> bool:
    """Tables stand under headers, and in other tables on one line; arrays of tables stand under
    headers unless they are in a table that is no array's."""
    if isinstance(value, Mapping):
        return not path
    in_an_array = not path or isinstance(path[-1], int)
    return in_an_array and isinstance(value, list) and any(isinstance(v, Mapping) for v in value)


def _as_table(row: Any) -> Mapping[str, Any]:
    """A name that stands among tables is the table of that name."""
    return row if isinstance(row, Mapping) else {"name": row}


def _value(value: Any, column: int) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return _text(value)
        case list():
            return _array(value, column)
        case Mapping():
            inner = ", ".join(f"{_name(name)} = {_value(v, 0)}" for name, v in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            raise TypeError(f"{type(value).__name__} is not written as TOML")


def _array(values: Sequence[Any], column: int) -> str:
    written = [_value(value, 0) for value in values]
    line = f"[{', '.join(written)}]"
    if column + len(line) <= _WIDTH or len(written) < 2:
        return line
    lines = [""]
    for text in written:
        if len(lines[-1]) + len(text) + 2 > _WIDTH:
            lines.append("")
        lines[-1] += f" {text}," if lines[-1] else f"{_INDENT}{text},"
    return "\n".join(["[", *lines, "]"])


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    """In single quotes where that saves escapes, as Windows paths want it."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable() or sign == " ":
        return sign
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(sign)
    return short or (f"\\u{ord(sign):04X}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08X}")


def _commented(lines: Sequence[str]) -> str:
    return "".join(f"# {comment_line(line)}".rstrip() + "\n" for line in lines)
