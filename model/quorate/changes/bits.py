"""Formulas about small numbers as formulas about bits, for a SAT solver.

Numbers in models are sums of Booleans and of defined functions such as the votes of a set; none is
negative, and the definitions bound them. Each application of a defined function becomes a
bit-vector of its own, each comparison one of bit-vectors that are wide enough for both sides.

What this keeps: take any values of the constants, and for each application any value that fits its
bit-vector, as the one that its definition gives does. Then a formula and its translation are both
true or both false. So what cannot be satisfied in bits cannot be satisfied together with the
definitions. The converse needs what is not said here: that the new bit-vectors have the values that
the definitions give.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property, reduce
from itertools import count
from math import prod
from operator import mul
from typing import Any

import z3

from quorate.system.definitions import Definition
from quorate.system.terms import TermNode
from quorate.system.variables import Formula, Term
from quorate.values import dataclass

_COMPARED: Mapping[int, Callable[[Any, Any], Formula]] = {
    z3.Z3_OP_LE: z3.ULE,
    z3.Z3_OP_LT: z3.ULT,
    z3.Z3_OP_GE: z3.UGE,
    z3.Z3_OP_GT: z3.UGT,
    z3.Z3_OP_EQ: lambda left, right: left == right,
    z3.Z3_OP_DISTINCT: lambda left, right: left != right,
}


@dataclass(frozen=True)
class Application:
    """A defined function of `argument`, which is said in bits; `number` stands for its value."""

    definition: Definition
    argument: Term
    number: Term


@dataclass(frozen=True)
class InBits:
    """A formula or a term without numbers, and the applications whose values it speaks of."""

    formula: Formula
    applications: tuple[Application, ...] = ()


@dataclass
class Translation:
    """Translates formulas. The same application is the same bit-vector in all of them, a constant
    without a name, which nobody else may use. What does not compare numbers remains as it is.
    Raises `TypeError` for a comparison of numbers that could be negative or that nothing bounds,
    and for constants without a name."""

    definitions: Sequence[Definition]
    _said: dict[int, InBits] = field(default_factory=dict)
    _numberless: set[int] = field(default_factory=set)
    _unnamed: Iterator[int] = field(default_factory=count)
    # z3 gives the identity of a term that was freed to another.
    _alive: list[Term] = field(default_factory=list)

    def formula(self, formula: Formula) -> InBits:
        """What `formula`, or any other term that is not a number, says in bits."""
        known = self._said.get(formula.get_id())
        if known is None:
            found = [(x, self._comparison(x)) for x in self._comparisons(formula)]
            pairs = ((compared, said.formula) for compared, said in found)
            known = InBits(z3.substitute(formula, *pairs), _together(said for _, said in found))
            self._remember(formula, known)
        return known

    def body(self, definition: Definition) -> Term:
        """What a definition says, as wide as the numbers of its applications."""
        width = _width(self._mosts[definition.symbol.get_id()])
        return self._number(definition.body, width).formula

    def _comparisons(self, term: Term) -> Sequence[Formula]:
        """The comparisons of numbers in `term` that are not part of another."""
        found: list[Formula] = []
        seen: set[int] = set()
        stack = [TermNode.of(term)]
        while stack:
            node = stack.pop()
            identity, children = node.identity, node.children
            if identity in seen or identity in self._numberless:
                continue
            seen.add(identity)
            if not children and node.is_nameless:
                raise TypeError("a constant has no name and could be one of the translation's")
            if any(child.is_integer for child in children):
                if node.kind not in _COMPARED or len(children) != 2:
                    raise TypeError(f"cannot say {node.name!r} of numbers in bits")
                found.append(z3.BoolRef(node.ast, term.ctx))
            else:
                stack.extend(children)
        if not found:
            self._numberless |= seen
        return found

    def _remember(self, term: Term, said: InBits) -> None:
        self._alive.append(term)
        self._said[term.get_id()] = said

    def _comparison(self, formula: Formula) -> InBits:
        known = self._said.get(formula.get_id())
        if known is None:
            left, right = formula.children()
            width = _width(max(_most(TermNode.of(side), self._mosts) for side in (left, right)))
            sides = [self._number(side, width) for side in (left, right)]
            compared = _COMPARED[formula.decl().kind()]
            known = InBits(compared(*(side.formula for side in sides)), _together(sides))
            self._remember(formula, known)
        return known

    def _number(self, term: Term, width: int) -> InBits:
        """A number as a bit-vector that is wide enough for it."""
        kind, children = term.decl().kind(), term.children()
        match kind:
            case z3.Z3_OP_ANUM:
                return InBits(z3.BitVecVal(term.as_long(), width))
            case z3.Z3_OP_ADD | z3.Z3_OP_MUL:
                parts = [self._number(child, width) for child in children]
                combined = _sum if kind == z3.Z3_OP_ADD else _product
                return InBits(combined([part.formula for part in parts]), _together(parts))
            case z3.Z3_OP_ITE:
                parts = [self.formula(children[0])]
                parts += [self._number(branch, width) for branch in children[1:]]
                return InBits(z3.If(*(part.formula for part in parts)), _together(parts))
            case z3.Z3_OP_UNINTERPRETED if children:
                value = self._value(term)
                more = width - value.formula.size()
                return replace(value, formula=z3.ZeroExt(more, value.formula)) if more else value
        raise TypeError(f"cannot count {term.decl().name()!r} in bits")

    def _value(self, term: Term) -> InBits:
        """The value of a defined function. Of a choice of sets it is a choice of values: then fewer
        of them have to be the same."""
        known = self._said.get(term.get_id())
        if known is None:
            (argument,) = term.children()
            if TermNode.of(argument).is_integer:
                raise TypeError(f"{term.decl().name()!r} is a function of numbers")
            if argument.decl().kind() == z3.Z3_OP_ITE:
                condition, *branches = argument.children()
                values = [self._value(term.decl()(branch)) for branch in branches]
                parts = [self.formula(condition), *values]
                known = InBits(z3.If(*(part.formula for part in parts)), _together(parts))
            else:
                function, said = term.decl().get_id(), self.formula(argument)
                # A constant with a name, also what z3 calls a fresh one, could be somebody's.
                number = z3.BitVec(next(self._unnamed), _width(self._mosts[function]))
                application = Application(self._defined[function], said.formula, number)
                known = InBits(number, (*said.applications, application))
            self._remember(term, known)
        return known

    @cached_property
    def _defined(self) -> Mapping[int, Definition]:
        """The definitions, by the identity of their functions."""
        return {definition.symbol.get_id(): definition for definition in self.definitions}

    @cached_property
    def _mosts(self) -> Mapping[int, int]:
        """The largest value that fits the bit-vectors for each defined function."""
        mosts = {function: _most(TermNode.of(x.body), {}) for function, x in self._defined.items()}
        return {function: (1 << _width(most)) - 1 for function, most in mosts.items()}


def _together(parts: Iterable[InBits]) -> tuple[Application, ...]:
    """Their applications, each once."""
    found = {a.number.get_id(): a for part in parts for a in part.applications}
    return tuple(found.values())


def _most(number: TermNode, mosts: Mapping[int, int]) -> int:
    """A bound of a number and of all that it is made of, none of which is negative. `mosts` are
    those of the functions."""
    match number.kind:
        case z3.Z3_OP_ANUM if number.number >= 0:
            return number.number
        case z3.Z3_OP_ADD:
            return sum(_most(part, mosts) for part in number.children)
        case z3.Z3_OP_MUL:
            factors = [_most(part, mosts) for part in number.children]
            return max(*factors, prod(factors))
        case z3.Z3_OP_ITE:
            return max(_most(part, mosts) for part in number.children[1:])
        case z3.Z3_OP_UNINTERPRETED if number.function in mosts:
            return mosts[number.function]
    raise TypeError(f"cannot bound {number.name!r} from 0 upwards")


def _width(most: int) -> int:
    return max(1, most.bit_length())


def _sum(terms: Sequence[Term]) -> Term:
    """A balanced tree of adders."""
    while len(terms) > 1:
        pairs = [terms[i] + terms[i + 1] for i in range(0, len(terms) - 1, 2)]
        terms = [*pairs, *terms[len(terms) - len(terms) % 2 :]]
    return terms[0]


def _product(terms: Sequence[Term]) -> Term:
    return reduce(mul, terms)
