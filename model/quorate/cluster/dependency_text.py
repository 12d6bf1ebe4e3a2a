"""Dependencies as Windows writes them (`Set-ClusterResourceDependency`, wsfc.md 4.2).

`[IP 1] or [IP 2]`, `([A]) and ([B] or [C])`: names may hold anything but brackets; `and` and `or`
in any case.
"""

import enum
import re
from collections.abc import Iterator
from typing import assert_never

from quorate.cluster.dependencies import Clause, Dependency
from quorate.errors import InputError
from quorate.values import dataclass

HERE = "⟨here⟩"
"""Stands in a quoted text before the character that is spoken of."""

_TOKEN = re.compile(r"\s*(?:(?P<name>\[[^\[\]]*\])|(?P<word>[A-Za-z]+)|(?P<sign>[()]))")


class DependencyError(InputError):
    """A text that writes no dependency: from the character at `start`, counted from 0, it makes no
    sense, and `why` is half a sentence about that."""

    def __init__(self, text: str, start: int, why: str) -> None:
        super().__init__(f"at character {start + 1}, {why}: {text[:start]}{HERE}{text[start:]}")
        self.text = text
        self.start = start
        self.why = why


def parse_dependency(text: str) -> Dependency:
    """The dependency that `text` writes; an empty text needs nothing. Raises `DependencyError` that
    points at the character where the text stops making sense."""
    return _Parser(text).expression()


class _Kind(enum.Enum):
    """What a text consists of, in the words of the error messages."""

    NAME = "a resource in [brackets]"
    AND = "'and'"
    OR = "'or'"
    OPEN = "'('"
    CLOSE = "')'"
    END = "the end"


@dataclass(frozen=True)
class _Token:
    """`start` counts characters from 0."""

    kind: _Kind
    start: int
    name: str = ""


class _Parser:
    """Recursive descent over the union of the two grammars that Microsoft publishes: clauses of
    several names are parenthesised unless they are all there is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._read())
        self.place = 0

    def _read(self) -> Iterator[_Token]:
        place, end = 0, len(self.text.rstrip())
        while place < end:
            match = _TOKEN.match(self.text, place)
            if match is None:
                start = place + len(self.text[place:]) - len(self.text[place:].lstrip())
                raise self._error(start, self._stray(start))
            start = match.start(match.lastgroup or 0)
            if match["name"] is not None:
                name = match["name"][1:-1].strip()
                if not name:
                    raise self._error(start, "the brackets are empty")
                yield _Token(_Kind.NAME, start, name)
            elif match["word"] is not None and match["word"].lower() not in ("and", "or"):
                raise self._error(
                    start, f"{match['word']!r} is neither 'and' nor 'or'; put names in [brackets]"
                )
            else:
                yield _Token(_Kind(f"'{(match['word'] or match['sign']).lower()}'"), start)
            place = match.end()
        yield _Token(_Kind.END, end)

    def _stray(self, start: int) -> str:
        if self.text[start] == "[":
            return "this bracket is not closed"
        if self.text[start] == "]":
            return "this bracket was not opened"
        return f"{self.text[start]!r} is not expected; put names in [brackets]"

    def _error(self, start: int, why: str) -> "DependencyError":
        return DependencyError(self.text, start, why)

    @property
    def _next(self) -> _Token:
        return self.tokens[self.place]

    def _at(self, kind: _Kind) -> bool:
        return self._next.kind is kind

    def _take(self, *kinds: _Kind) -> _Token:
        token = self._next
        if token.kind not in kinds:
            wanted = " or ".join(kind.value for kind in kinds)
            raise self._error(token.start, f"{_found(token)} where {wanted} is expected")
        self.place += 1
        return token

    def expression(self) -> Dependency:
        if self._at(_Kind.END):
            return Dependency()
        clauses, bare_or = [], None
        while True:
            if self._at(_Kind.OPEN):
                clauses.append(self._parenthesised())
            else:
                clause = [self._take(_Kind.NAME, _Kind.OPEN).name]
                while self._at(_Kind.OR):
                    bare_or = self._take(_Kind.OR)
                    clause.append(self._take(_Kind.NAME).name)
                clauses.append(tuple(clause))
            if self._at(_Kind.END):
                break
            if self._at(_Kind.OR):
                raise self._error(
                    self._next.start, "'or' joins single resources inside one pair of parentheses"
                )
            self._take(_Kind.AND, _Kind.END)
        if bare_or is not None and len(clauses) > 1:
            raise self._error(
                bare_or.start, "'or' beside 'and' needs parentheses around its resources"
            )
        self._refuse_twice()
        return Dependency(tuple(clauses))

    def _parenthesised(self) -> Clause:
        self._take(_Kind.OPEN)
        clause = [self._take(_Kind.NAME).name]
        while self._at(_Kind.OR):
            self._take(_Kind.OR)
            clause.append(self._take(_Kind.NAME).name)
        self._take(_Kind.CLOSE, _Kind.OR)
        return tuple(clause)

    def _refuse_twice(self) -> None:
        seen: set[str] = set()
        for token in self.tokens:
            if token.kind is _Kind.NAME and token.name in seen:
                raise self._error(
                    token.start, f"[{token.name}] is named twice; a resource may stand only once"
                )
            seen.add(token.name)


def _found(token: _Token) -> str:
    match token.kind:
        case _Kind.NAME:
            return f"there is [{token.name}]"
        case _Kind.END:
            return "the text ends"
        case _Kind.AND | _Kind.OR | _Kind.OPEN | _Kind.CLOSE:
            return f"there is {token.kind.value}"
        case _:
            assert_never(token.kind)
