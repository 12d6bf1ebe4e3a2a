"""On which line of a TOML text each key stands.

`tomllib` says what a text means and forgets where it stood. This reads a text once more that
`tomllib` has accepted, so it refuses nothing; docs/decisions/0010-positions.md says why.
"""

import re
import tomllib
from bisect import bisect
from collections.abc import Callable, Iterable
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Names of keys, and of elements of arrays their numbers from 0: ``("nodes", 2, "votes")``."""

# Only sets of characters are repeated for good (`++`): in groups that are, the re of Python 3.11.2,
# Debian's, loses its place.
_BETWEEN = re.compile(r"(?:[ \t\r\n,=]++|#[^\n]*+)*")
_NAME = re.compile(r"""[ \t]*+([\w-]++|"(?:[^"\\]++|\\.)*"|'[^']*+')[ \t]*+""", re.ASCII)
_PLAIN = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*"{3,5}|"(?:[^"\\]++|\\.)*"|'
    r"'''(?:[^']++|'{1,2}(?!'))*'{3,5}|'[^']*+'|[^,\]}#\n]++",
    re.DOTALL,
)
"""A value that holds no other; texts of several lines end in up to two quotes of their own."""


def lines_of(text: str, paths: Iterable[KeyPath]) -> dict[KeyPath, int]:
    """Of each of `paths` the line, counted from 1, where it is first written, or what is written
    nearest around it; nothing of a path that nothing is written around."""
    wanted = list(paths)
    around = {path[:length] for path in wanted for length in range(1, len(path) + 1)}
    deepest = max(map(len, around), default=0)
    starts: dict[KeyPath, int] = {}

    def found(path: KeyPath, start: int) -> None:
        if len(path) <= deepest and path in around and path not in starts:
            starts[path] = start

    read_keys(text, found)
    nearest = {
        path: starts[path[:length]]
        for path in wanted
        for length in range(1, len(path) + 1)
        if path[:length] in starts
    }
    breaks = [match.start() for match in re.finditer("\n", text)] if nearest else []
    return {path: bisect(breaks, start) + 1 for path, start in nearest.items()}


def read_keys(text: str, found: Callable[[KeyPath, int], None]) -> None:
    """Tells `found` of every key and of every element of an array in a valid TOML text, in the
    order of the text and as often as it is named, with the place of the character where it is."""
    reader = _Reader(text, found)
    header: KeyPath = ()
    while reader.more():
        if text[reader.at] == "[":
            header = reader.header()
        else:
            reader.value(reader.key(header))


class _Reader:
    """`at` is the next character that is not read; `last` the number of the last table of each
    array of tables that headers have begun."""

    def __init__(self, text: str, found: Callable[[KeyPath, int], None]) -> None:
        self.text = text
        self.found = found
        self.at = 0
        self.last: dict[KeyPath, int] = {}

    def more(self) -> bool:
        """Whether anything follows the blanks, comments and signs that stand between keys and
        values."""
        self.at = _match(_BETWEEN, self.text, self.at).end()
        return self.at < len(self.text)

    def header(self) -> KeyPath:
        """The table that a line in brackets begins."""
        width = 2 if self.text.startswith("[[", self.at) else 1
        self.at += width
        path: KeyPath = ()
        while True:
            path, start = self._part(path)
            ended = self.text[self.at] == "]"
            if ended and width == 2:
                self.last[path] = self.last.get(path, -1) + 1
            if path in self.last:
                path = (*path, self.last[path])
                self.found(path, start)
            self.at += width if ended else 1
            if ended:
                return path

    def key(self, table: KeyPath) -> KeyPath:
        """The path of a key, dotted or not, that stands in `table`."""
        path, _ = self._part(table)
        while self.text[self.at] == ".":
            self.at += 1
            path, _ = self._part(path)
        return path

    def _part(self, table: KeyPath) -> tuple[KeyPath, int]:
        match = _match(_NAME, self.text, self.at)
        start, self.at = match.start(1), match.end()
        path = (*table, _unquoted(match[1]))
        self.found(path, start)
        return path, start

    def value(self, path: KeyPath) -> None:
        """Reads over the value of a key, and what is in it. There is no recursion, so that it may
        be nested as deeply as `tomllib` allows."""
        within: list[tuple[KeyPath, int | None]] = []
        while True:
            self.more()
            sign = self.text[self.at]
            if sign in "[{":
                within.append((path, 0 if sign == "[" else None))
                self.at += 1
            else:
                self.at = _match(_PLAIN, self.text, self.at).end()
            while within and self._ended():
                within.pop()
            if not within:
                return
            outer, number = within[-1]
            if number is None:
                path = self.key(outer)
            else:
                path = (*outer, number)
                self.found(path, self.at)
                within[-1] = (outer, number + 1)

    def _ended(self) -> bool:
        """Whether an array or a table ends here; its bracket is read."""
        self.more()
        ended = self.text[self.at] in "]}"
        self.at += ended
        return ended


def _match(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    match = pattern.match(text, at)
    assert match is not None, "this text is not TOML"
    return match


def _unquoted(name: str) -> str:
    if "\\" in name and name.startswith('"'):
        return str(*tomllib.loads(f"{name}=0"))
    return name.strip(name[0]) if name[0] in "\"'" else name
