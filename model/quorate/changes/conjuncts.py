"""What a formula says at once, one part at a time.

Rules of models are conjunctions, and many of their parts are about sets: `a & ~(b & c) == 0` says
that a lies within b and within c, which are two rules.
"""

from collections.abc import Iterator
from functools import reduce
from operator import and_

import z3

from quorate.system import Formula, Term


def conjuncts(formula: Formula) -> Iterator[Formula]:
    """Formulas the conjunction of which is `formula`, as small as its form shows."""
    if z3.is_and(formula):
        for part in formula.children():
            yield from conjuncts(part)
    elif z3.is_not(formula) and z3.is_or(formula.arg(0)):
        for part in formula.arg(0).children():
            yield from conjuncts(z3.Not(part))
    elif z3.is_implies(formula):
        for part in conjuncts(formula.arg(1)):
            yield z3.Implies(formula.arg(0), part)
    elif says_empty(formula):
        for factors in intersections(formula.arg(0)):
            yield reduce(and_, factors) == 0
    else:
        yield formula


def says_empty(formula: Formula) -> bool:
    """Of the form: this set is empty."""
    return bool(
        z3.is_eq(formula) and z3.is_bv_value(formula.arg(1)) and formula.arg(1).as_long() == 0
    )


def intersections(members: Term) -> list[list[Term]]:
    """The intersections, each as the sets that meet in it, of which `members` is the union."""
    return _intersections(members, complement=False)


def _intersections(members: Term, *, complement: bool) -> list[list[Term]]:
    kind = members.decl().kind()
    if kind == z3.Z3_OP_BNOT:
        return _intersections(members.arg(0), complement=not complement)
    if kind not in (z3.Z3_OP_BAND, z3.Z3_OP_BOR):
        return [[~members if complement else members]]
    found = [_intersections(part, complement=complement) for part in members.children()]
    if (kind == z3.Z3_OP_BOR) is not complement:
        return [factors for alternatives in found for factors in alternatives]
    product: list[list[Term]] = [[]]
    for alternatives in found:
        product = [[*one, *other] for one in product for other in alternatives]
    return product
