"""State variables and free inputs: a name, a sort, and the z3 constant that stands for it.

Terms and formulas are z3's own expressions; there is no second syntax tree. An enumeration is a
bit-vector that holds the index of one of its values.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

import z3

from quorate.values import dataclass

Formula: TypeAlias = Any
"""A z3 expression of sort Bool. (z3 ships no types; the name says what is meant.)"""

Term: TypeAlias = Any
"""A z3 expression of any sort."""

Value: TypeAlias = bool | int
"""A concrete value: Booleans are bool, all other sorts are int."""


@dataclass(frozen=True)
class Boolean:
    """True or false."""

    def constant(self, name: str) -> Formula:
        return z3.Bool(name)

    def literal(self, value: Value) -> Formula:
        return z3.BoolVal(bool(value))

    def values(self) -> Iterator[Value]:
        yield False
        yield True

    def admits(self, value: Value) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True)
class Enumeration:
    """One of `names`, held as its index in a bit-vector just wide enough."""

    names: tuple[str, ...]

    @cached_property
    def width(self) -> int:
        return max(1, (len(self.names) - 1).bit_length())

    def constant(self, name: str) -> Term:
        return z3.BitVec(name, self.width)

    def literal(self, value: Value) -> Term:
        return z3.BitVecVal(int(value), self.width)

    def values(self) -> Iterator[Value]:
        yield from range(len(self.names))

    def admits(self, value: Value) -> bool:
        return not isinstance(value, bool) and 0 <= value < len(self.names)

    def domain(self, term: Term) -> Formula | None:
        """The constraint that `term` is an index of `names`, None when the width says so."""
        if len(self.names) == 2**self.width:
            return None
        return z3.ULT(term, z3.BitVecVal(len(self.names), self.width))


@dataclass(frozen=True)
class Bits:
    """A set over `names`: bit i is set iff names[i] is in it."""

    names: tuple[str, ...]

    def constant(self, name: str) -> Term:
        return z3.BitVec(name, len(self.names))

    def literal(self, value: Value) -> Term:
        return z3.BitVecVal(int(value), len(self.names))

    def values(self) -> Iterator[Value]:
        yield from range(1 << len(self.names))

    def admits(self, value: Value) -> bool:
        return not isinstance(value, bool) and 0 <= value < 1 << len(self.names)


@dataclass(frozen=True)
class Single:
    """At most one of `names`, as a set: bit i is set iff it is names[i], none for nobody."""

    names: tuple[str, ...]

    def constant(self, name: str) -> Term:
        return z3.BitVec(name, len(self.names))

    def literal(self, value: Value) -> Term:
        return z3.BitVecVal(int(value), len(self.names))

    def values(self) -> Iterator[Value]:
        yield 0
        yield from (1 << index for index in range(len(self.names)))

    def admits(self, value: Value) -> bool:
        return not isinstance(value, bool) and value in self.values()

    def domain(self, term: Term) -> Formula:
        """No two bits are set."""
        return term & (term - 1) == 0


@dataclass(frozen=True)
class Integer:
    """A whole number without bound."""

    def constant(self, name: str) -> Term:
        return z3.Int(name)

    def literal(self, value: Value) -> Term:
        return z3.IntVal(int(value))

    def values(self) -> Iterator[Value]:
        raise TypeError("an unbounded integer cannot be enumerated; offer a choice instead")

    def admits(self, value: Value) -> bool:
        return not isinstance(value, bool)


Sort = Boolean | Enumeration | Bits | Single | Integer


@dataclass(frozen=True)
class Variable:
    """A named variable of a sort. `term` is its z3 constant in the current state, `next` the one in
    the state after a step."""

    name: str
    sort: Sort

    @cached_property
    def term(self) -> Term:
        return self.sort.constant(self.name)

    @cached_property
    def next(self) -> Term:
        return self.sort.constant(f"{self.name}'")

    @cached_property
    def domain(self) -> Formula | None:
        """What the sort cannot say by itself about the constant's values, None if nothing."""
        return self.sort.domain(self.term) if isinstance(self.sort, Enumeration | Single) else None


def concrete(value: Term) -> Value:
    """The value that a z3 literal stands for."""
    if z3.is_bool(value):
        return bool(z3.is_true(value))
    return int(value.as_long())
