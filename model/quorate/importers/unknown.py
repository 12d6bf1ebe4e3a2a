"""What to say about a word that the format does not know."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from quorate.errors import InputError
from quorate.importers.key import Key
from quorate.importers.keys import KEYS, keys_in

_BARE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SHOWN = 60
_POINTER = "⟨here⟩"
"""What an unreadable dependency points with."""


def shortened(text: str) -> str:
    """`text` in quotes on one line, cut where it is too long to read."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")


def legible(reason: str) -> str:
    """A sentence that quotes the file, on one line: what does not print is escaped, and of a long
    quotation what stands around the place it points at is kept."""
    reason = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in reason)
    before, mark, after = reason.partition(_POINTER)
    if len(before) > 4 * _SHOWN:
        before = f"{before[: 2 * _SHOWN]}...{before[-_SHOWN:]}"
    return before + mark + (after if len(after) <= _SHOWN else after[:_SHOWN] + "...")


def unknown_key(name: str, table: str, where: str) -> InputError:
    """The error for key `name` in `table`, which stands at `where` in the file."""
    shown = name if _BARE.fullmatch(name) else shortened(name)
    return InputError(
        f"there is no key {shortened(name)} here; {_hint(name, table)}",
        f"{where}.{shown}" if where else shown,
    )


def unknown_choice(value: str, choices: Iterable[str], where: str) -> InputError:
    """The error for a text that is none of `choices`."""
    listed = ", ".join(repr(choice) for choice in choices)
    near = _nearest(value, choices)
    meant = f"did you mean {near!r}? It is one of" if near else "use one of"
    return InputError(f"{shortened(value)} is not known; {meant} {listed}", where)


def _hint(name: str, table: str) -> str:
    elsewhere = [key for key in KEYS if key.name == name]
    if len(elsewhere) == 1:
        return _belongs(elsewhere[0])
    known = keys_in(table)
    near = _nearest(name, known)
    return f"did you mean {near!r}?" if near else "the keys here are " + ", ".join(known)


def _belongs(key: Key) -> str:
    if not key.table:
        return f"write {key.name!r} at the top of the file, above the first [table]"
    header = key.table.replace("[]", "")
    if key.table.endswith("[]"):
        return f"{key.name!r} belongs in [[{header}]]"
    return f"{key.name!r} belongs in [{header}]"


def _nearest(word: str, known: Iterable[str]) -> str | None:
    matches = get_close_matches(word[:_SHOWN].lower(), list(known), n=1)
    return matches[0] if matches else None
