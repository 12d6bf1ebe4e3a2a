"""Formulas about numbers and what they say in bits mean the same."""

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from quorate.changes.bits import Translation
from quorate.system import Bits, Definition, Integer, Variable
from quorate.system.evaluate import evaluator

NAMES = ("1", "2", "4")
X, Y, Z = (Variable(name, Bits(NAMES)) for name in "xyz")
P, Q = z3.Bool("p"), z3.Bool("q")
SETS = [X.term, Y.term, X.term & Y.term, ~X.term, z3.BitVecVal(0, 3), z3.BitVecVal(7, 3)]


def table(name: str, values: list[int]) -> Definition:
    """The function with these values."""
    body = z3.IntVal(values[-1])
    for index, value in enumerate(values[:-1]):
        body = z3.If(Z.term == index, z3.IntVal(value), body)
    return Definition(name, Z, Integer(), body)


tables = st.lists(st.integers(0, 9), min_size=8, max_size=8)
F, G = (table(name, [0] * 8).symbol for name in "fg")

sets = st.deferred(
    lambda: st.one_of(
        st.sampled_from(SETS),
        st.builds(z3.If, formulas, sets, sets),
        st.builds(lambda left, right: left | right, sets, sets),
    )
)
numbers = st.deferred(
    lambda: st.one_of(
        st.integers(0, 20).map(z3.IntVal),
        sets.map(F),
        sets.map(G),
        st.builds(lambda left, right: left + right, numbers, numbers),
        st.lists(numbers, min_size=2, max_size=4).map(z3.Sum),
        st.builds(lambda left, right: left * right, st.integers(0, 5).map(z3.IntVal), numbers),
        st.builds(lambda left, right: left * right, numbers, numbers),
        st.builds(z3.If, formulas, numbers, numbers),
    )
)
compared = st.sampled_from(
    [
        lambda left, right: left <= right,
        lambda left, right: left < right,
        lambda left, right: left >= right,
        lambda left, right: left > right,
        lambda left, right: left == right,
        lambda left, right: left != right,
    ]
)
formulas = st.deferred(
    lambda: st.one_of(
        st.sampled_from([P, Q, X.term == Y.term, z3.ULT(X.term, Y.term)]),
        st.builds(lambda compare, one, other: compare(one, other), compared, numbers, numbers),
        st.builds(z3.And, formulas, formulas),
        st.builds(z3.Or, formulas, formulas),
        st.builds(z3.Implies, formulas, formulas),
        st.builds(z3.If, formulas, formulas, formulas),
        st.builds(lambda left, right: left == right, formulas, formulas),
        formulas.map(z3.Not),
    )
)


def in_bits(translation: Translation, formula, scope, functions) -> bool:
    """What the translated formula says, where each number is what `functions` give."""
    said = translation.formula(formula)
    values = [(v.term, z3.BitVecVal(scope[v.name], 3)) for v in (X, Y)]
    values += [(z3.Bool(name), z3.BoolVal(scope[name])) for name in "pq"]
    for application in said.applications:
        argument = z3.simplify(z3.substitute(application.argument, *values)).as_long()
        value = functions[application.definition.name][argument]
        assert value < 2 ** application.number.size()
        number = z3.BitVecVal(value, application.number.size())
        values.append((application.number, number))
    decided = z3.simplify(z3.substitute(said.formula, *values))
    assert z3.is_true(decided) or z3.is_false(decided)
    return z3.is_true(decided)


scopes = st.fixed_dictionaries(
    {"x": st.integers(0, 7), "y": st.integers(0, 7), "p": st.booleans(), "q": st.booleans()}
)


@given(formulas, tables, tables, scopes)
def test_a_formula_and_its_translation_agree(formula, f, g, scope):
    definitions = (table("f", f), table("g", g))
    (expected,) = evaluator([formula], definitions)(scope)
    said = in_bits(Translation(definitions), formula, scope, {"f": f, "g": g})
    assert said == bool(expected)


@given(formulas, st.lists(st.integers(0, 15), min_size=8, max_size=8), scopes)
def test_they_agree_wherever_the_numbers_fit_whatever_the_definitions_say(formula, values, scope):
    """So nothing overflows in bits that is not there in whole numbers either."""
    defined = (table("f", [9] * 8), table("g", [9] * 8))
    other = (table("f", values), table("g", values[::-1]))
    (expected,) = evaluator([formula], other)(scope)
    functions = {"f": values, "g": values[::-1]}
    assert in_bits(Translation(defined), formula, scope, functions) == bool(expected)


@given(st.lists(formulas, min_size=2, max_size=4), tables)
def test_no_numbers_are_left(several, values):
    definitions = (table("f", values), table("g", values))
    translation = Translation(definitions)
    for formula in several:
        assert "Int" not in str([t.sort() for t in parts(translation.formula(formula).formula)])


def parts(term) -> list:
    """Each once: what stands in several places of a formula is one term."""
    found, waiting = {}, [term]
    while waiting:
        one = waiting.pop()
        if one.get_id() not in found:
            found[one.get_id()] = one
            waiting += one.children()
    return list(found.values())


DEFINED = (table("f", list(range(8))), table("g", [1] * 8))


def test_what_is_the_same_stays_the_same():
    translation = Translation(DEFINED)
    (one,) = translation.formula(F(X.term) > 1).applications
    (same,) = translation.formula(F(X.term) + 1 < 9).applications
    (other,) = translation.formula(F(Y.term) > 1).applications
    assert one.number.eq(same.number)
    assert not one.number.eq(other.number)


def test_a_number_is_no_constant_that_anybody_else_has():
    """A formula may speak of a constant that looks like one of the translation's own."""
    (own,) = Translation(DEFINED).formula(F(X.term) > 1).applications
    for name in (own.number.decl().name(), str(own.number), "0"):
        twin = z3.Const(name, own.number.sort())
        assert not twin.eq(own.number)
        solver = z3.SolverFor("QF_FD")
        solver.add(twin != own.number)
        assert solver.check() == z3.sat


def test_the_value_for_a_choice_is_a_choice_of_values():
    said = Translation(DEFINED).formula(F(z3.If(P, X.term, Y.term)) == F(X.term))
    assert {str(application.argument) for application in said.applications} == {"x", "y"}


def test_a_body_is_as_wide_as_the_numbers():
    translation = Translation(DEFINED)
    (application,) = translation.formula(F(X.term) > 1).applications
    body = translation.body(application.definition)
    for value in range(8):
        here = z3.simplify(z3.substitute(body, (Z.term, z3.BitVecVal(value, 3))))
        assert here.as_long() == value
    assert body.size() == application.number.size() == 3


WHOLE = z3.Int("n")
UNBOUNDED = [
    WHOLE > 3,
    WHOLE + F(X.term) > 3,
    F(X.term) - F(Y.term) > 0,
    -F(X.term) < 1,
    F(X.term) > -1,
    F(X.term) + -2 > 1,
    F(X.term) * z3.IntVal(-1) < 0,
    F(X.term) / 2 > 1,
    F(X.term) % 2 == 1,
    z3.BV2Int(X.term) > 3,
    z3.If(P, F(X.term), z3.IntVal(-1)) > 0,
    z3.Function("strange", X.term.sort(), z3.IntSort())(X.term) > 0,
    z3.Function("f", z3.BitVecSort(4), z3.IntSort())(z3.BitVec("w", 4)) > 0,
    F(z3.If(WHOLE > 3, X.term, Y.term)) > 1,
    z3.Distinct(F(X.term), F(Y.term), G(X.term)),
    z3.Function("of both", X.term.sort(), z3.IntSort(), z3.BoolSort())(X.term, F(X.term)),
    z3.Int2BV(F(X.term), 3) == X.term,
]


@pytest.mark.parametrize("formula", UNBOUNDED, ids=str)
def test_what_nothing_bounds_from_0_upwards_is_refused(formula):
    for within in (formula, z3.And(P, z3.Not(formula))):
        with pytest.raises(TypeError):
            Translation(DEFINED).formula(within)


def test_a_definition_that_may_be_negative_is_refused():
    negative = Definition("f", Z, Integer(), z3.If(Z.term == 0, z3.IntVal(-1), z3.IntVal(1)))
    with pytest.raises(TypeError):
        Translation((negative,)).formula(F(X.term) > 1)


def test_a_definition_by_another_is_refused():
    """Its bound would have to be that of the other, and what is written out here is not."""
    with pytest.raises(TypeError):
        Translation((Definition("f", Z, Integer(), F(Z.term) + 1),)).formula(F(X.term) > 1)


def test_a_function_of_numbers_is_refused():
    n = Variable("n", Integer())
    function = Definition("f", n, Integer(), z3.If(n.term > 3, z3.IntVal(1), z3.IntVal(0)))
    with pytest.raises(TypeError):
        Translation((function, DEFINED[1])).formula(function(G(X.term)) > 0)


def test_a_constant_without_a_name_is_refused_wherever_it_is():
    """It could be one that stands for a number, now or later."""
    strange = z3.BitVec(0, 3)
    for formula in (strange == 3, z3.And(P, z3.ULT(X.term, strange | 1)), F(strange) > 1):
        with pytest.raises(TypeError):
            Translation(DEFINED).formula(formula)
    assert Translation(DEFINED).formula(z3.BitVec("0", 3) == 3).applications == ()


def test_what_compares_no_numbers_is_left_as_it_is():
    formula = z3.And(P, z3.ULT(X.term, Y.term))
    said = Translation(DEFINED).formula(formula)
    assert said.formula.eq(formula)
    assert said.applications == ()
