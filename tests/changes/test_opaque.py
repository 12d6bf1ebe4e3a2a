"""Formulas with numbers that are not looked into: they say less, never more."""

import z3
from hypothesis import given
from hypothesis import strategies as st

from quorate.changes.opaque import opaque

A, B = z3.Bools("a b")


def counts(formula):
    return z3.If(formula, z3.IntVal(1), z3.IntVal(0))


def satisfiable(*formulas):
    solver = z3.Solver()
    solver.add(*formulas)
    return solver.check() == z3.sat


def test_a_choice_is_one_number_in_all_formulas():
    assert not satisfiable(*opaque(counts(A) > 3, counts(A) < 4))


def test_two_choices_are_two_numbers():
    assert satisfiable(*opaque(counts(A) > 3, counts(B) < 4))


def test_what_a_condition_chooses_is_not_seen():
    assert not satisfiable(z3.Not(A), counts(A) == 1)
    assert satisfiable(*opaque(z3.Not(A), counts(A) == 1))


def test_a_choice_within_a_choice_is_part_of_one_number():
    inner = z3.If(B, counts(A), z3.IntVal(5))
    (said,) = opaque(inner == 7)
    assert said.num_args() == 2
    assert satisfiable(said)


def test_choices_of_other_things_are_kept():
    chosen = z3.If(A, z3.BitVecVal(1, 2), z3.BitVecVal(2, 2))
    assert not satisfiable(*opaque(chosen == 3))
    assert not satisfiable(*opaque(z3.If(A, B, z3.Not(A)), A, z3.Not(B)))


def test_a_number_has_a_name_that_nothing_else_has():
    mine = z3.Int("number 1")
    assert satisfiable(*opaque(mine == 3, counts(A) == 4))
    assert not satisfiable(*opaque(mine == 3, mine == 4))


def test_a_formula_alone_stays_a_formula():
    assert opaque(A) == (A,)


atoms = st.sampled_from([A, B, z3.Not(A), z3.And(A, B), z3.Or(A, z3.Not(B))])
numbers = st.recursive(
    st.one_of(atoms.map(counts), st.integers(-2, 3).map(z3.IntVal)),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1]),
        st.tuples(atoms, inner, inner).map(lambda three: z3.If(*three)),
    ),
    max_leaves=5,
)
formulas = st.one_of(
    atoms, st.tuples(numbers, st.integers(-2, 3)).map(lambda pair: pair[0] <= pair[1])
)


@given(st.lists(formulas, min_size=1, max_size=4))
def test_what_can_be_satisfied_still_can(drawn):
    if satisfiable(*drawn):
        assert satisfiable(*opaque(*drawn))
