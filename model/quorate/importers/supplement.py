"""What an export cannot say, said beside it: a small file with keys of the native format.

It adds and changes nothing: what the export says and the supplement says again is refused, so that
neither is read in place of the other.
"""

import pathlib
from collections.abc import Mapping
from typing import Any

from quorate.errors import InputError, Place
from quorate.importers.checked import Table, wrong_shape
from quorate.importers.files import read_text, shown
from quorate.importers.key import Key, Shape
from quorate.importers.key_lines import KeyPath
from quorate.importers.key_paths import shortened
from quorate.importers.keys import keys_in
from quorate.importers.origin import Origin
from quorate.importers.refused_key import RefusedKeyError
from quorate.importers.toml import parse_toml
from quorate.importers.unknown import unknown_key
from quorate.values import dataclass


@dataclass(frozen=True)
class Supplement:
    """A parsed file, and where in it things are."""

    document: Table
    origin: Origin

    def added(self, said: Table, places: Mapping[KeyPath, Place]) -> tuple[Table, "Places"]:
        """The document `said` with this added to it, and the places of what was added; `places` has
        those of all that is said. Raises `InputError` for what cannot be added."""
        adding = _Adding(places)
        try:
            merged = adding.table(self.document, said, "", (), ())
        except RefusedKeyError as error:
            raise InputError(error.reason, self.origin.place(error.path)) from None
        found = self.origin.places(list(adding.moved.values()))
        return merged, dict(zip(adding.moved, found, strict=True))


Places = dict[KeyPath, Place]


def read_supplement(path: pathlib.Path) -> Supplement:
    """Raises `InputError` for what is no TOML."""
    source, text = shown(path), read_text(path).removeprefix("\ufeff")
    return Supplement(parse_toml(text, source), Origin(source, text))


class _Adding:
    """`moved` says of each path of the whole from which path of the supplement it comes."""

    def __init__(self, places: Mapping[KeyPath, Place]) -> None:
        self.places = places
        self.moved: dict[KeyPath, KeyPath] = {}

    def table(self, more: Table, said: Table, table: str, to: KeyPath, of: KeyPath) -> Table:
        """What a table says with `more`; `to` leads to it in the whole, `of` in the supplement."""
        keys, result = keys_in(table), dict(said)
        for name, value in more.items():
            if name not in keys:
                raise unknown_key(name, table, of)
            result[name] = self._value(
                value, result.get(name), keys[name], (*to, name), (*of, name)
            )
        return result

    def _value(self, more: Any, said: Any, key: Key, to: KeyPath, of: KeyPath) -> Any:
        match key.shape:
            case Shape.TABLE:
                if not isinstance(more, dict):
                    raise wrong_shape(key.shape.value, more, key, of)
                if to in self.places and said is None:
                    self._refuse_said(to, of)
                self.moved.setdefault(to, of)
                return self.table(more, said or {}, key.path, to, of)
            case Shape.TABLES if "name" in keys_in(f"{key.path}[]"):
                if not isinstance(more, list):
                    raise wrong_shape(key.shape.value, more, key, of)
                return self._rows(more, said, key, to, of)
            case _:
                if to in self.places:
                    self._refuse_said(to, of)
                self.moved[to] = of
                return more

    def _rows(
        self, more: list[Any], said: list[Any] | None, key: Key, to: KeyPath, of: KeyPath
    ) -> list[Any]:
        """Rows by their names. New ones are only where an export lists none of them: sites, for
        example."""
        rows = list(said or ())
        where = {_name(row).casefold(): place for place, row in enumerate(rows)}
        complete = bool(rows) and key.path != "sites"
        for place, row in enumerate(more):
            name, here = _name(row), (*of, place)
            if name.casefold() not in where:
                if complete:
                    raise RefusedKeyError(here, _strange(name, key))
                where[name.casefold()] = len(rows)
                self.moved[*to, len(rows)] = here
                rows.append(row)
                continue
            at = where[name.casefold()]
            if isinstance(row, dict):
                known = rows[at] if isinstance(rows[at], dict) else {"name": rows[at]}
                rest = {key: value for key, value in row.items() if key != "name"}
                rows[at] = self.table(rest, known, f"{key.path}[]", (*to, at), here)
        return rows

    def _refuse_said(self, to: KeyPath, of: KeyPath) -> None:
        raise RefusedKeyError(
            of, f"the export says this itself, at {self.places[to]}; take it out here"
        )


def _name(row: Any) -> str:
    found = row.get("name") if isinstance(row, dict) else row
    return found if isinstance(found, str) else ""


def _strange(name: str, key: Key) -> str:
    if not name:
        return "this row has no name; say in name what of the export is meant"
    what = key.path.rpartition(".")[2]
    return f"{shortened(name)} is none of the {what} of the export; a supplement adds no others"
