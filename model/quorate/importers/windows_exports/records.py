"""Objects of an export in the vendor's words, whatever format they are read from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from quorate.errors import InputError, Place
from quorate.importers.windows_exports.kinds import Kind, canonical
from quorate.values import dataclass

FULL_TEXT = (
    "print it whole with $FormatEnumerationLimit = -1 and Format-List | Out-File -Width 4096, or "
    "run the script that quorate export-script prints"
)
"""What to do about text that was cut short."""

_DOTS = ("...", "\N{HORIZONTAL ELLIPSIS}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}")
_SHOWN = 60


@dataclass(frozen=True)
class Record:
    """One object: of which cmdlet it is, its properties by their canonical names, and where it
    stands. `is_text` says that its values are what PowerShell prints of them."""

    kind: Kind
    values: Mapping[str, Any]
    source: str
    line: int | None
    path: str
    is_text: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, name: str = "") -> Place:
        """Where the object stands, or one of its properties."""
        line = self.lines.get(canonical(name), self.line)
        return Place(self.source, line, ".".join(filter(None, (self.path, name))))

    def refused(self, name: str, reason: str) -> InputError:
        return InputError(reason, self.place(name))

    def has(self, name: str) -> bool:
        return canonical(name) in self.values

    def text(self, *names: str) -> str | None:
        """The first of these properties that says something, as a text: of an object its name."""
        for name in names:
            found = _text(self._plain(name))
            if found is not None:
                self._refuse_cut(name, found)
                return found
        return None

    def number(self, name: str) -> int | None:
        """A whole number, or what is written as one."""
        value = self._plain(name)
        match value:
            case None:
                return None
            case bool() | int():
                return int(value)
            case float() if value.is_integer():
                return int(value)
            case str() if _NUMBER.fullmatch(value.strip()):
                return int(value)
            case str() if value.strip().lower() in {"true", "false"}:
                return int(value.strip().lower() == "true")
            case _:
                raise self.refused(name, f"{shown(value)} is no whole number; export it again")

    def word(self, name: str, words: Mapping[int, str]) -> str | None:
        """One of `words`, which an enumeration has by number; exports write either."""
        value = self._plain(name)
        if value is None:
            return None
        text = _text(value) or ""
        if isinstance(value, int) or _NUMBER.fullmatch(text):
            found = words.get(int(value))
        else:
            spelled = {canonical(word): word for word in words.values()}
            found = spelled.get(canonical(text))
        if found is None:
            listed = ", ".join(words.values())
            raise self.refused(name, f"{shown(value)} is not known here; it is one of {listed}")
        return found

    def names(self, *names: str) -> tuple[str, ...] | None:
        """The first of these properties that is there, as names: of a list of texts or of objects,
        or as PowerShell prints one in braces. None where none is there."""
        for name in names:
            if not self.has(name):
                continue
            value = self._listed(self.values[canonical(name)])
            if isinstance(value, str):
                self._refuse_cut(name, value)
                value = _in_braces(value)
            if value is None or value == "":
                return ()
            several = value if isinstance(value, list) else [value]
            found = tuple(filter(None, map(_text, several)))
            if len(found) < len([one for one in several if one not in (None, "")]):
                raise self.refused(name, "something in this list has no name; export it again")
            for one in found:
                self._refuse_cut(name, one)
            return found
        return None

    def objects(self, name: str) -> Iterator[Mapping[str, Any]]:
        """The objects in a property that holds some."""
        value = self._listed(self.values.get(canonical(name)))
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield one

    def _plain(self, name: str) -> Any:
        value = self._listed(self.values.get(canonical(name)))
        if isinstance(value, list):
            if len(value) > 1:
                raise self.refused(name, "there is a list where one value is meant")
            value = value[0] if value else None
        if isinstance(value, str) and not value.strip():
            return None
        return value

    @staticmethod
    def _listed(value: Any) -> Any:
        """Windows PowerShell writes some lists as an object with a value and a count."""
        if isinstance(value, Mapping) and {canonical(key) for key in value} == {"value", "count"}:
            return next(inner for key, inner in value.items() if canonical(key) == "value")
        return value

    def _refuse_cut(self, name: str, text: str) -> None:
        """Dots at the end of what was printed say that there was no room for more."""
        if self.is_text and text.rstrip(" })").endswith(_DOTS):
            raise self.refused(name, f"this text was cut short: {shown(text)}; {FULL_TEXT}")


def shown(value: object) -> str:
    """A value in a message, on one line and not at endless length."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _text(value: Any) -> str | None:
    match value:
        case str():
            return value.strip() or None
        case bool() | int() | float():
            return str(value)
        case Mapping():
            by_name = {canonical(key): inner for key, inner in value.items()}
            inner = by_name.get("name", by_name.get("nodename"))
            return _text(inner) if isinstance(inner, str) else None
        case _:
            return None


def _in_braces(text: str) -> str | list[str]:
    bare = text.strip()
    if bare.startswith("{") and bare.endswith("}"):
        return [part.strip() for part in bare[1:-1].split(",") if part.strip()]
    return bare
