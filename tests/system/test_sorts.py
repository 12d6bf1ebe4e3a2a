"""Sorts: what is enumerated, what is admitted and what the domain allows are the same values."""

import pytest
import z3

from quorate.system import Bits, Boolean, Enumeration, Integer, Single, Variable
from quorate.system.evaluate import evaluator

SORTS = [
    (Boolean(), [False, True]),
    (Enumeration(("one",)), [0]),
    (Enumeration(("one", "two")), [0, 1]),
    (Enumeration(("one", "two", "three")), [0, 1, 2]),
    (Enumeration(tuple("abcde")), [0, 1, 2, 3, 4]),
    (Bits(("a",)), [0, 1]),
    (Bits(("a", "b", "c")), list(range(8))),
    (Single(("a",)), [0, 1]),
    (Single(("a", "b", "c")), [0, 1, 2, 4]),
]
every_sort = pytest.mark.parametrize(("sort", "values"), SORTS, ids=str)


@every_sort
def test_a_sort_enumerates_its_values(sort, values):
    assert list(sort.values()) == values


@every_sort
def test_a_sort_admits_its_values_and_no_others(sort, values):
    candidates = [*range(-1, 20), False, True]
    admitted = [v for v in candidates if sort.admits(v)]
    assert [(type(v), v) for v in admitted] == [(type(v), v) for v in values]


@every_sort
def test_the_domain_allows_exactly_the_values(sort, values):
    variable = Variable("v", sort)
    solver, found = z3.SimpleSolver(), []
    if variable.domain is not None:
        solver.add(variable.domain)
    while solver.check() == z3.sat:
        value = solver.model().eval(variable.term, model_completion=True)
        found.append(z3.is_true(value) if z3.is_bool(value) else value.as_long())
        solver.add(variable.term != value)
    assert sorted(found) == sorted(values)


@every_sort
def test_a_literal_is_the_value_that_it_was_made_of(sort, values):
    for value in values:
        assert evaluator([sort.literal(value)])({}) == (value,)
        assert sort.literal(value).sort() == sort.constant("v").sort()


def test_an_unbounded_integer_cannot_be_enumerated():
    with pytest.raises(TypeError, match="cannot be enumerated"):
        list(Integer().values())
    assert Integer().admits(-5)
    assert not Integer().admits(True)
    assert Variable("n", Integer()).domain is None
