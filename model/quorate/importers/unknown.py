"""What to say about a word that the format does not know."""

from collections.abc import Iterable

from quorate.importers.key import Key
from quorate.importers.key_lines import KeyPath
from quorate.importers.key_paths import shortened
from quorate.importers.keys import KEYS, keys_in
from quorate.importers.refused_key import RefusedKeyError

_SHOWN = 60


def unknown_key(name: str, table: str, where: KeyPath) -> RefusedKeyError:
    """The error for key `name` in `table`, which stands at `where` in the file."""
    return RefusedKeyError(
        (*where, name), f"there is no key {shortened(name)} here; {_hint(name, table)}"
    )


def unknown_choice(value: str, choices: Iterable[str], where: KeyPath) -> RefusedKeyError:
    """The error for a text that is none of `choices`."""
    listed = ", ".join(repr(choice) for choice in choices)
    near = _nearest(value, choices)
    meant = f"did you mean {near!r}? It is one of" if near else "use one of"
    return RefusedKeyError(where, f"{shortened(value)} is not known; {meant} {listed}")


def _hint(name: str, table: str) -> str:
    elsewhere = [key for key in KEYS if key.name == name]
    if len(elsewhere) == 1:
        return _belongs(elsewhere[0])
    known = keys_in(table)
    near = _nearest_key(name, table)
    if near is None:
        return "the keys here are " + ", ".join(known)
    if near.table == table:
        return f"did you mean {near.name!r}?"
    return f"did you mean {near.name!r}? {_belongs(near)}"


def _nearest_key(name: str, table: str) -> Key | None:
    """The key whose name is nearest, of any table; of equally near ones that of this table. One of
    another table is meant only where its name is nearer than all of this one, and no two tables
    have it."""
    here = _nearest(name, keys_in(table))
    anywhere = _nearest(name, dict.fromkeys([*keys_in(table), *(key.name for key in KEYS)]))
    elsewhere = [key for key in KEYS if key.name == anywhere]
    if anywhere != here and len(elsewhere) == 1 and _distance(name, elsewhere[0].name) < 3:
        return elsewhere[0]
    return keys_in(table)[here] if here is not None else None


def _distance(one: str, other: str) -> int:
    """How many letters are missing, added or others."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one[:_SHOWN].lower(), 1):
        before, row = row, [number]
        for place, wanted in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted)))
    return row[-1]


def _belongs(key: Key) -> str:
    if not key.table:
        return f"write {key.name!r} at the top of the file, above the first [table]"
    header = key.table.replace("[]", "")
    if key.table.endswith("[]"):
        return f"{key.name!r} belongs in [[{header}]]"
    return f"{key.name!r} belongs in [{header}]"


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415 - only who mistyped a word needs it

    matches = get_close_matches(word[:_SHOWN].lower(), list(known), n=1)
    return matches[0] if matches else None
