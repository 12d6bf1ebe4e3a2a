"""Text of cmdlets to records: lists, tables and what cluster.exe prints, one after the other in one
file, as people append them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from quorate.errors import InputError
from quorate.importers.windows_exports.kinds import Kind, canonical, hinted_in, kind_of
from quorate.importers.windows_exports.listings import Listing
from quorate.importers.windows_exports.records import Record
from quorate.importers.windows_exports.tables import DASHES, read_table
from quorate.values import dataclass

MOST_LINES = 3_000_000
"""An export of 64 nodes and 8,000 resources has a tenth of this."""

_ENDS = re.compile(r"\r\n|\r|\n")
_PROPERTY = re.compile(r"(?P<name>\w+)(?P<blanks> +):(?: (?P<value>.*)|)$")
_DECORATION = re.compile(r"[\s=*#_~+-]*$")
_PROMPT = re.compile(r"(PS |[A-Za-z]:\\).*>|\[[^\]]*\]: PS |cluster(\.exe)?\s", re.IGNORECASE)


@dataclass
class Text:
    """The records of a text, and the lines that were not understood, by their numbers from 1."""

    records: list[Record] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)


def read_text_records(text: str, source: str) -> Text:
    """Raises `InputError` for a table whose columns run into each other, and for more lines than
    any export has."""
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise InputError(f"this file has more than {MOST_LINES:,} lines; name an export", source)
    return _Reader(_ENDS.split(text), source).read()


@dataclass
class _Reader:
    """`at` is the next line that is not read; `title` what stood above it and was no output."""

    lines: list[str]
    source: str
    at: int = 0
    title: str = ""
    hint: Kind | None = None
    found: Text = field(default_factory=Text)

    def read(self) -> Text:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.at += 1
            elif _PROPERTY.match(line):
                self._list()
            elif self.at + 1 < len(self.lines) and DASHES.match(self.lines[self.at + 1]):
                self._table()
            else:
                self._title(line)
        return self.found

    def _title(self, line: str) -> None:
        """A line between outputs may say what comes next."""
        self.at += 1
        if _DECORATION.match(line):
            return
        self.title = line.strip()
        hint = hinted_in(line)
        is_known = hint is not None or _PROMPT.match(line) or Listing.is_title(line)
        self.hint = hint
        if not is_known:
            self.found.strange.append(self.at)

    def _list(self) -> None:
        """Format-List: names and values around a column of colons, objects apart by an empty line;
        a value that goes on stands below itself."""
        first = self.lines[self.at]
        column = first.index(":")
        values: dict[str, list[str]] = {}
        lines: dict[str, int] = {}
        begun, last = self.at, ""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            match = _PROPERTY.match(line)
            if match is not None and match.end("blanks") == column:
                last = canonical(match["name"])
                if last in values:
                    break
                values[last], lines[last] = [match["value"] or ""], self.at + 1
            elif last and line.strip() and not line[: column + 1].strip():
                values[last].append(line[column + 1 :])
            else:
                break
            self.at += 1
        self._add({name: _joined(pieces) for name, pieces in values.items()}, begun, lines)

    def _add(self, values: Mapping[str, Any], begun: int, lines: Mapping[str, int]) -> None:
        kind = kind_of(values, self.hint)
        if kind is None:
            self.found.strange.append(begun + 1)
            return
        self.found.records.append(
            Record(kind, values, self.source, begun + 1, "", is_text=True, lines=lines)
        )

    def _table(self) -> None:
        table = read_table(self.lines, self.at, self.source)
        begun, self.at = self.at, table.end
        listed = list(Listing(self.title, table, self.source).records())
        if listed:
            self.found.records += listed
            return
        if len(table.names) == 1 and table.names[0] != "name":
            # A title that is underlined; what follows is read by itself.
            self.at = begun
            self._title(self.lines[begun])
            self.at += 1
            return
        for line, cells in table.rows:
            self._add(dict(zip(table.names, cells, strict=True)), line - 1, {})


def _joined(pieces: Sequence[str]) -> str:
    """Lines are broken between words, so a blank joins them; names that were broken within a word
    are still found, since blanks do not count when they are looked up."""
    return " ".join(piece.strip() for piece in pieces)
