"""Defined functions, theorems about them, and their instances."""

from dataclasses import replace

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from quorate.system import Bits, Definition, Integer, Theorem, Variable, expanded
from quorate.system.steps import after, may_take
from quorate.system.terms import constants

X = Variable("x", Bits(("1", "2", "4")))
Y = Variable("y", Bits(("1", "2", "4")))
LOW = z3.If(z3.Extract(0, 0, X.term) == 1, z3.IntVal(1), z3.IntVal(0))
ODD = Definition("odd", X, Integer(), LOW)
TEN = Definition("ten", X, Integer(), 10 * LOW + z3.If(X.term == 7, z3.IntVal(1), z3.IntVal(0)))


@given(st.integers(0, 7))
def test_expanded_puts_the_body_in_place_of_the_name(value):
    a = z3.BitVecVal(value, 3)
    term = expanded((ODD, TEN), TEN(a + 1) + ODD(a))
    assert z3.simplify(term).as_long() == (
        10 * ((value + 1) % 2) + ((value + 1) % 8 == 7) + value % 2
    )
    assert "odd" not in str(term)


def test_expanded_works_inside_out_and_leaves_the_rest_alone():
    free = z3.Bool("free")
    formula = z3.And(free, ODD(X.term & 1) == 1)
    assert constants(expanded((ODD,), formula)) == {"free", "x"}
    assert expanded((), formula).eq(formula)
    assert "ten" in str(expanded((ODD,), TEN(X.term) == 1))


def test_an_instance_says_the_theorem_of_its_arguments():
    theorem = Theorem(
        "less", (X, Y), z3.Implies(z3.ULE(X.term, Y.term), ODD(X.term) <= TEN(Y.term))
    )
    b, c = z3.BitVec("b", 3), z3.BitVec("c", 3)
    formula = theorem(b, c).formula
    assert constants(formula) == {"b", "c"}
    assert formula.eq(z3.Implies(z3.ULE(b, c), ODD(b) <= TEN(c)))


def test_the_arguments_of_an_instance_are_put_in_at_once_and_not_one_after_the_other():
    theorem = Theorem("order", (X, Y), z3.ULT(X.term, Y.term))
    assert theorem(Y.term, X.term).formula.eq(z3.ULT(Y.term, X.term))


@pytest.mark.parametrize("arguments", [(), (X.term,), (X.term, X.term, X.term)])
def test_an_instance_needs_an_argument_for_each_parameter(arguments):
    theorem = Theorem("order", (X, Y), z3.ULT(X.term, Y.term))
    with pytest.raises(ValueError, match="zip"):
        _ = theorem(*arguments).formula


def test_after_says_of_the_next_state_what_holds_in_it():
    from corpus.toys import counter  # noqa: PLC0415

    system = counter()
    count = system.variable["count"].term
    said = after(system, system.action["count"], count == 3)
    assert said.eq(count + 1 == 3)
    enabled = may_take(system.action["reset"], {})
    assert z3.simplify(z3.substitute(enabled, (count, z3.BitVecVal(5, 3))))
    assert z3.is_false(z3.simplify(z3.substitute(enabled, (count, z3.BitVecVal(4, 3)))))


def made(limit: int = 3, of: int = 1) -> Theorem:
    """Each time another value, of other terms of Python."""
    smaller = Theorem("smaller", (X,), TEN(X.term) <= limit)
    statement = z3.ULE(X.term, Y.term)
    return Theorem("order", (X, Y), statement, (smaller(X.term & of),))


def test_theorems_are_equal_where_all_is_that_they_say():
    assert made() is not made()
    assert made() == made()
    assert len({made(), made()}) == 1
    others = [
        made(limit=4),
        made(of=2),
        replace(made(), name="another"),
        replace(made(), parameters=(Y, X)),
        replace(made(), statement=z3.ULT(X.term, Y.term)),
        replace(made(), hints=()),
    ]
    assert made() not in others
    assert len({made(), *others}) == 1 + len(others)
