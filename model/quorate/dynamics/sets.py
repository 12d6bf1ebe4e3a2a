"""Sets of nodes as tuples of z3 Booleans, one a node, and what can be asked of them.

Everything here is linear in the number of nodes.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import z3

from quorate.system import Formula, Term

Members: TypeAlias = Sequence[Formula]
"""One Boolean a node: is it in the set?"""


def bits_of(term: Term) -> Members:
    """The set held by a bit-vector."""
    return tuple(z3.Extract(i, i, term) == 1 for i in range(term.size()))


def as_bits(members: Members) -> Term:
    """The bit-vector of a set; needs at least one node."""
    one, zero = z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)
    bits = [z3.If(member, one, zero) for member in reversed(members)]
    return z3.Concat(*bits) if len(bits) > 1 else bits[0]


def some(members: Members) -> Formula:
    return z3.Or(*members)


def select(values: Sequence[Term], label: Term, otherwise: Term) -> Term:
    """values[label], and `otherwise` where `label` is the index of no value."""
    chosen = otherwise
    for index in reversed(range(len(values))):
        chosen = z3.If(label == index, values[index], chosen)
    return chosen


def lowest(members: Members, nobody: Term) -> Term:
    """The index of the first member, `nobody` of an empty set: the label of an island."""
    label = nobody
    for index in reversed(range(len(members))):
        label = z3.If(members[index], z3.BitVecVal(index, nobody.size()), label)
    return label


def count(members: Members, weights: Sequence[int]) -> Term:
    """The sum of the weights of the members; nodes of weight 0 are left out."""
    parts = [
        weight * _number(member)
        for member, weight in zip(members, weights, strict=True)
        if weight
    ]
    return z3.Sum(parts) if parts else z3.IntVal(0)


def disjoint_facts(left: Members, right: Members) -> Iterator[Formula]:
    """Valid formulas, one a node, from which linear arithmetic sees that disjoint sets share no
    votes: [a] + [b] <= 1 + [a and b].

    Two disjoint majorities contradict each other by one sum over these; without them a solver
    counts, and the counting is exponential in the number of nodes.
    """
    for a, b in zip(left, right, strict=True):
        yield _number(a) + _number(b) <= 1 + _number(z3.And(a, b))


def subset_facts(when: Formula, left: Members, right: Members) -> Iterator[Formula]:
    """Formulas, one a node, from which linear arithmetic sees that `right` has no fewer votes than
    `left`: [a] <= [b]. They are valid where `when` makes `left` a subset of `right`; one shared
    condition lets a solver decide once for all nodes."""
    for a, b in zip(left, right, strict=True):
        yield z3.Implies(when, _number(a) <= _number(b))


def _number(formula: Formula) -> Term:
    return z3.If(formula, z3.IntVal(1), z3.IntVal(0))
