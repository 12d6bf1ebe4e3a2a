"""Sets of nodes as bit-vectors, one bit a node, and what can be asked of them.

A set costs one term however many nodes there are, so formulas about sets do not grow with the
cluster. `Single` variables are sets of at most one node: a holder, a choice.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from typing import TypeAlias

import z3

from quorate.system import Formula, Term
from quorate.values import dataclass

Members: TypeAlias = Term
"""A bit-vector with one bit a node: the set of the nodes whose bit is 1."""


@dataclass(frozen=True)
class NodeSets:
    """The sets over `names`, the first name being the lowest bit."""

    names: tuple[str, ...]

    @cached_property
    def nothing(self) -> Members:
        return z3.BitVecVal(0, len(self.names))

    @cached_property
    def everything(self) -> Members:
        return ~self.nothing

    def of(self, chosen: Iterable[str]) -> Members:
        """The set of the named nodes; raises `ValueError` for a name that is no node's."""
        bits = sum(1 << self.names.index(name) for name in set(chosen))
        return z3.BitVecVal(bits, len(self.names))

    def where(self, condition: Formula, members: Members) -> Members:
        """`members` if the condition holds, else nothing."""
        return z3.If(condition, members, self.nothing)

    def picked(self, node: Members, per_node: Sequence[Members]) -> Members:
        """The union of the sets that belong to the nodes in `node`."""
        union = self.nothing
        for index, members in enumerate(per_node):
            union = union | self.where(has(node, index), members)
        return union


def has(members: Members, index: int) -> Formula:
    return z3.Extract(index, index, members) == 1


def empty(members: Members) -> Formula:
    return members == 0


def some(members: Members) -> Formula:
    return members != 0


def subset(left: Members, right: Members) -> Formula:
    return left & ~right == 0


def meets(left: Members, right: Members) -> Formula:
    """The sets have a node in common."""
    return left & right != 0


def disjoint(left: Members, right: Members) -> Formula:
    return left & right == 0


def one(members: Members) -> Formula:
    """Exactly one node, of a set that holds at most one."""
    return members != 0


def at_most_one(members: Members) -> Formula:
    return members & (members - 1) == 0


def lowest(members: Members) -> Members:
    """The lowest node of a set alone; nobody of an empty set."""
    return members & (~members + 1)


def union(sets: Sequence[Members]) -> Members:
    """The union of one or more sets."""
    return reduce(lambda left, right: left | right, sets)
