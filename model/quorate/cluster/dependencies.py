"""What a resource needs before it may be online: an AND of ORs, in the words of Windows.

The text form is that of `Set-ClusterResourceDependency` (wsfc.md 4.2): `[IP 1] or [IP 2]`,
`([A]) and ([B] or [C])`. Names may hold anything but brackets; `and` and `or` in any case.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from quorate.errors import InputError

Clause = tuple[str, ...]

_TOKEN = re.compile(r"\s*(?:(?P<name>\[[^\[\]]*\])|(?P<word>[A-Za-z]+)|(?P<sign>[()]))")


@dataclass(frozen=True)
class Dependency:
    """A conjunction of `clauses`, each a disjunction of names of resources; without clauses nothing
    is needed. A provider stands in one clause only (rule R5)."""

    clauses: tuple[Clause, ...] = ()

    @property
    def providers(self) -> tuple[str, ...]:
        """Every resource that is named, in the order in which it is."""
        return tuple(name for clause in self.clauses for name in clause)

    def satisfied_by(self, online: Collection[str]) -> bool:
        """Rules R3 and R4: of each clause at least one resource is online."""
        return all(any(name in online for name in clause) for clause in self.clauses)

    def __str__(self) -> str:
        """The text that `parse_dependency` reads."""
        if len(self.clauses) == 1:
            return " or ".join(f"[{name}]" for name in self.clauses[0])
        parts = (" or ".join(f"[{name}]" for name in clause) for clause in self.clauses)
        return " and ".join(f"({part})" for part in parts)


NOTHING = Dependency()
"""What a resource that needs no other depends on."""


def parse_dependency(text: str) -> Dependency:
    """The dependency that `text` writes; an empty text needs nothing. Raises `InputError` that
    points at the character where the text stops making sense."""
    return _Parser(text).expression()


@dataclass(frozen=True)
class _Token:
    """`kind` is name, and, or, (, ) or end; `start` counts characters from 0."""

    kind: str
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
                yield _Token("name", start, name)
            elif match["word"] is not None and match["word"].lower() not in ("and", "or"):
                raise self._error(
                    start, f"{match['word']!r} is neither 'and' nor 'or'; put names in [brackets]"
                )
            else:
                yield _Token((match["word"] or match["sign"]).lower(), start)
            place = match.end()
        yield _Token("end", end)

    def _stray(self, start: int) -> str:
        if self.text[start] == "[":
            return "this bracket is not closed"
        if self.text[start] == "]":
            return "this bracket was not opened"
        return f"{self.text[start]!r} is not expected; put names in [brackets]"

    def _error(self, start: int, reason: str) -> InputError:
        shown = self.text[:start] + "⟨here⟩" + self.text[start:]
        return InputError(f"at character {start + 1}, {reason}: {shown}")

    @property
    def _next(self) -> _Token:
        return self.tokens[self.place]

    def _take(self, *kinds: str) -> _Token:
        token = self._next
        if token.kind not in kinds:
            found = "the text ends" if token.kind == "end" else f"there is {token.kind!r}"
            if token.kind == "name":
                found = f"there is [{token.name}]"
            wanted = " or ".join(_WANTED[kind] for kind in kinds)
            raise self._error(token.start, f"{found} where {wanted} is expected")
        self.place += 1
        return token

    def expression(self) -> Dependency:
        if self._next.kind == "end":
            return Dependency()
        clauses, bare_or = [], None
        while True:
            if self._next.kind == "(":
                clauses.append(self._parenthesised())
            else:
                clause = [self._take("name", "(").name]
                while self._next.kind == "or":
                    bare_or = self._take("or")
                    clause.append(self._take("name").name)
                clauses.append(tuple(clause))
            if self._next.kind == "end":
                break
            if self._next.kind == "or" and clauses:
                raise self._error(
                    self._next.start, "'or' joins single resources inside one pair of parentheses"
                )
            self._take("and", "end")
        if bare_or is not None and len(clauses) > 1:
            raise self._error(
                bare_or.start, "'or' beside 'and' needs parentheses around its resources"
            )
        self._refuse_twice()
        return Dependency(tuple(clauses))

    def _parenthesised(self) -> Clause:
        self._take("(")
        clause = [self._take("name").name]
        while self._next.kind == "or":
            self._take("or")
            clause.append(self._take("name").name)
        self._take(")", "or")
        return tuple(clause)

    def _refuse_twice(self) -> None:
        seen: set[str] = set()
        for token in self.tokens:
            if token.kind == "name" and token.name in seen:
                raise self._error(
                    token.start, f"[{token.name}] is named twice; a resource may stand only once"
                )
            seen.add(token.name)


_WANTED = {
    "name": "a resource in [brackets]",
    "and": "'and'",
    "or": "'or'",
    "(": "'('",
    ")": "')'",
    "end": "the end",
}


def providers_first(needs: Mapping[str, Dependency]) -> tuple[str, ...]:
    """The resources in an order in which each comes after all that it names. Raises `CycleFound`
    where there is none."""
    graph = {name: dependency.providers for name, dependency in needs.items()}
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise CycleFound(tuple(reversed(error.args[1]))) from None


class CycleFound(ValueError):
    """Resources that wait for each other: each of `names` needs the next, the last is the first."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(" -> ".join(names))
        self.names = names
