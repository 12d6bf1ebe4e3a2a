"""Formulas about small numbers as formulas about bits, for a SAT solver.

Numbers in models are sums of Booleans and of defined functions such as the votes of a set. Each
application of a defined function becomes a bit-vector with an adder behind it. A theorem about two
such numbers then is a fact about two short bit-vectors; written out as sums over all nodes it would
help a SAT solver with nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import z3

from quorate.system import Definition, Formula, Term
from quorate.system.terms import counts

_COMPARED: Mapping[int, Callable[[Any, Any], Formula]] = {
    z3.Z3_OP_LE: z3.ULE,
    z3.Z3_OP_LT: z3.ULT,
    z3.Z3_OP_GE: z3.UGE,
    z3.Z3_OP_GT: z3.UGT,
    z3.Z3_OP_EQ: lambda left, right: left == right,
    z3.Z3_OP_DISTINCT: lambda left, right: left != right,
}


@dataclass
class Numbers:
    """Translates formulas; what defines the numbers in them is collected in `pending` until it is
    taken, `constants` are the bit-vectors that stand for them. Raises `TypeError` for arithmetic
    that could leave the numbers from 0 upwards."""

    definitions: Sequence[Definition]
    pending: list[Formula] = field(default_factory=list)
    constants: list[Term] = field(default_factory=list)
    _known: dict[int, Term] = field(default_factory=dict)
    _alive: list[Term] = field(default_factory=list)

    @cached_property
    def _mosts(self) -> dict[str, int]:
        """The largest value of each defined function."""
        return {definition.name: self._most(definition.body) for definition in self.definitions}

    def formula(self, formula: Formula) -> Iterator[Formula]:
        """The translated formula, after the new definitions that it needs."""
        if not counts(formula):
            yield formula
            return
        translated = self._translated(formula)
        yield from self.pending
        self.pending.clear()
        yield translated

    def _translated(self, term: Term) -> Term:
        """A Boolean or bit-vector term without numbers."""
        stack = [term]
        while stack:
            node = stack[-1]
            if node.get_id() in self._known:
                stack.pop()
                continue
            inner = self._inner(node)
            waiting = [child for child in inner if child.get_id() not in self._known]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            self._alive.append(node)
            self._known[node.get_id()] = self._node(node)
        return self._known[term.get_id()]

    def _inner(self, node: Term) -> list[Term]:
        """The terms that have to be translated before `node`: below numbers, the conditions and the
        arguments of defined functions."""
        if not counts(node):
            return []
        if not _compares_numbers(node):
            return list(node.children())
        found, stack = [], list(node.children())
        while stack:
            number = stack.pop()
            if number.decl().kind() == z3.Z3_OP_ITE:
                condition, *branches = number.children()
                found.append(condition)
                stack.extend(branches)
            elif number.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                found.extend(number.children())
            else:
                stack.extend(number.children())
        return found

    def _node(self, node: Term) -> Term:
        if not counts(node):
            return node
        if not _compares_numbers(node):
            children = [self._known[child.get_id()] for child in node.children()]
            unchanged = all(c.eq(o) for c, o in zip(children, node.children(), strict=True))
            return (
                node
                if unchanged
                else z3.substitute(node, *zip(node.children(), children, strict=True))
            )
        left, right = node.children()
        width = max(self._most(left), self._most(right)).bit_length() + 1
        return _COMPARED[node.decl().kind()](self._number(left, width), self._number(right, width))

    def _number(self, term: Term, width: int) -> Term:
        """A number as a bit-vector that is wide enough for it."""
        kind, children = term.decl().kind(), term.children()
        match kind:
            case z3.Z3_OP_ANUM:
                return z3.BitVecVal(term.as_long(), width)
            case z3.Z3_OP_ADD:
                return _sum([self._number(child, width) for child in children])
            case z3.Z3_OP_MUL:
                one, other = children
                return self._number(one, width) * self._number(other, width)
            case z3.Z3_OP_ITE:
                condition, yes, no = children
                return z3.If(
                    self._known[condition.get_id()],
                    self._number(yes, width),
                    self._number(no, width),
                )
            case z3.Z3_OP_UNINTERPRETED if children:
                own = self._counted(term)
                return z3.ZeroExt(width - own.size(), own) if own.size() < width else own
        raise TypeError(f"cannot count {term.decl().name()!r} in bits")

    def _counted(self, term: Term) -> Term:
        """The bit-vector that stands for an application of a defined function."""
        known = self._known.get(term.get_id())
        if known is not None:
            return known
        name = term.decl().name()
        parameter, body = self._bodies[name]
        number = z3.BitVec(f"{name}!{len(self._alive)}", body.size())
        self._alive.append(term)
        self.constants.append(number)
        self._known[term.get_id()] = number
        argument = self._known[term.arg(0).get_id()]
        self.pending.append(number == z3.substitute(body, (parameter, argument)))
        return number

    @cached_property
    def _bodies(self) -> dict[str, tuple[Term, Term]]:
        """For each defined function its parameter, and its body in bits."""
        bodies = {}
        for definition in self.definitions:
            for condition in self._inner(definition.body == 0):
                self._translated(condition)
            width = max(1, self._most(definition.body).bit_length())
            bodies[definition.name] = (
                definition.parameter.term,
                self._number(definition.body, width),
            )
        return bodies

    def _most(self, term: Term) -> int:
        """A bound of the number; every number is at least 0."""
        kind, children = term.decl().kind(), term.children()
        match kind:
            case z3.Z3_OP_ANUM if term.as_long() >= 0:
                return int(term.as_long())
            case z3.Z3_OP_ADD:
                return sum(self._most(child) for child in children)
            case z3.Z3_OP_MUL:
                one, other = children
                factors = self._most(one), self._most(other)
                return max(*factors, factors[0] * factors[1])
            case z3.Z3_OP_ITE:
                return max(self._most(child) for child in children[1:])
            case z3.Z3_OP_UNINTERPRETED if children:
                return self._mosts[term.decl().name()]
        raise TypeError(f"cannot bound {term.decl().name()!r} from 0 upwards")


def _compares_numbers(node: Term) -> bool:
    return (
        node.decl().kind() in _COMPARED
        and node.num_args() > 0
        and node.arg(0).sort_kind() == z3.Z3_INT_SORT
    )


def _sum(terms: Sequence[Term]) -> Term:
    """A balanced tree of adders."""
    while len(terms) > 1:
        pairs = [terms[i] + terms[i + 1] for i in range(0, len(terms) - 1, 2)]
        terms = [*pairs, *terms[len(terms) - len(terms) % 2 :]]
    return terms[0]
