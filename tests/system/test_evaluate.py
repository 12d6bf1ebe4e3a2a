"""The interpreter against the solver: the compiled value of a term is what z3 makes of it."""

from itertools import product

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.system import Bits, Definition, Integer, Variable
from quorate.system.evaluate import evaluator

WIDTH = 4
BOOLS = [z3.Bool(name) for name in ("p", "q", "r")]
SETS = [z3.BitVec(name, WIDTH) for name in ("a", "b", "c")]

booleans = st.deferred(
    lambda: st.one_of(
        st.sampled_from([*BOOLS, z3.BoolVal(True), z3.BoolVal(False)]),
        st.builds(z3.Not, booleans),
        st.lists(booleans, min_size=1, max_size=3).map(lambda parts: z3.And(*parts)),
        st.lists(booleans, min_size=1, max_size=3).map(lambda parts: z3.Or(*parts)),
        st.builds(z3.Implies, booleans, booleans),
        st.builds(z3.Xor, booleans, booleans),
        st.builds(lambda one, other: one == other, booleans, booleans),
        st.builds(z3.If, booleans, booleans, booleans),
        st.builds(lambda one, other: one == other, sets, sets),
        st.builds(z3.Distinct, sets, sets, sets),
        st.builds(lambda op, one, other: op(one, other), st.sampled_from(UNSIGNED), sets, sets),
        st.builds(lambda op, one, other: op(one, other), st.sampled_from(SIGNED), sums, sums),
    )
)
sets = st.deferred(
    lambda: st.one_of(
        st.sampled_from(SETS),
        st.integers(0, 2**WIDTH - 1).map(lambda value: z3.BitVecVal(value, WIDTH)),
        st.builds(lambda part: ~part, sets),
        st.builds(lambda op, one, other: op(one, other), st.sampled_from(SET_WISE), sets, sets),
        st.builds(z3.If, booleans, sets, sets),
        st.builds(
            lambda one, other: z3.Concat(z3.Extract(2, 1, one), z3.Extract(3, 2, other)), sets, sets
        ),
        st.builds(
            lambda one, other, last: z3.Concat(
                z3.Extract(0, 0, one), z3.Extract(3, 2, other), z3.Extract(1, 1, last)
            ),
            sets,
            sets,
            sets,
        ),
    )
)
sums = st.deferred(
    lambda: st.one_of(
        st.integers(-3, 9).map(z3.IntVal),
        st.builds(
            lambda weight, c: weight * z3.If(c, z3.IntVal(1), z3.IntVal(0)), weights, booleans
        ),
        st.lists(sums, min_size=1, max_size=3).map(z3.Sum),
        st.builds(lambda one, other: one - other, sums, sums),
        st.builds(lambda one: -one, sums),
    )
)
weights = st.integers(-2, 5)

UNSIGNED = (z3.ULE, z3.ULT, z3.UGE, z3.UGT)
SIGNED = (
    lambda one, other: one <= other,
    lambda one, other: one < other,
    lambda one, other: one >= other,
    lambda one, other: one > other,
    lambda one, other: one == other,
)
SET_WISE = (
    lambda one, other: one & other,
    lambda one, other: one | other,
    lambda one, other: one + other,
    lambda one, other: one - other,
)


def by_z3(term, scope):
    pairs = [(p, z3.BoolVal(scope[p.decl().name()])) for p in BOOLS]
    pairs += [(a, z3.BitVecVal(scope[a.decl().name()], WIDTH)) for a in SETS]
    value = z3.simplify(z3.substitute(term, *pairs))
    return z3.is_true(value) if z3.is_bool(value) else value.as_long()


scopes = st.fixed_dictionaries(
    {"p": st.booleans(), "q": st.booleans(), "r": st.booleans()}
    | {name: st.integers(0, 2**WIDTH - 1) for name in "abc"}
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(booleans, sets, sums), st.lists(scopes, min_size=1, max_size=4))
def test_the_compiled_value_is_the_solvers(term, given_scopes):
    compiled = evaluator([term])
    for scope in given_scopes:
        (value,) = compiled(scope)
        assert value == by_z3(term, scope)
        assert isinstance(value, bool) == z3.is_bool(term)


P, Q, R = BOOLS
CONNECTIVES = [
    z3.Not(P),
    z3.And(P, Q),
    z3.Or(P, Q),
    z3.Implies(P, Q),
    z3.Xor(P, Q),
    P == Q,
    z3.If(P, Q, R),
    z3.Distinct(P, Q),
]


@pytest.mark.parametrize("term", CONNECTIVES, ids=str)
def test_a_connective_has_its_truth_table(term):
    compiled = evaluator([term])
    for values in product((False, True), repeat=3):
        scope = dict(zip("pqr", values, strict=True)) | dict.fromkeys("abc", 0)
        assert compiled(scope) == (by_z3(term, scope),)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(booleans, sets, sums), max_size=4), scopes)
def test_several_terms_are_compiled_as_one_in_their_order(terms, scope):
    assert evaluator(terms)(scope) == tuple(by_z3(term, scope) for term in terms)


def test_a_shared_part_is_computed_once_and_a_deep_term_does_not_overflow_the_stack():
    deep = SETS[0]
    for _ in range(3000):
        deep = deep + deep
    assert evaluator([deep])({"a": 1}) == (0,)


UNKNOWN = [
    SETS[0] * SETS[1],
    SETS[0] ^ SETS[1],
    SETS[0] << SETS[1],
    -SETS[0],
    SETS[0] < SETS[1],
    z3.UDiv(SETS[0], SETS[1]),
    z3.ZeroExt(1, SETS[0]),
    z3.Int("n") / 2,
    z3.Int("n") % 2,
    z3.PbLe([(BOOLS[0], 1)], 1),
    z3.ForAll([BOOLS[0]], BOOLS[0]),
    z3.Select(z3.Array("m", z3.IntSort(), z3.IntSort()), 0),
]


@pytest.mark.parametrize("term", UNKNOWN, ids=str)
def test_an_operator_that_no_model_uses_is_refused(term):
    with pytest.raises((TypeError, AttributeError, z3.Z3Exception)):
        evaluator([term])


@pytest.mark.parametrize("term", [t for t in UNKNOWN if not z3.is_quantifier(t)], ids=str)
def test_an_unknown_operator_is_a_type_error(term):
    with pytest.raises(TypeError, match="cannot evaluate"):
        evaluator([term])


def test_an_or_of_nothing_is_false():
    assert by_z3(z3.Or(), dict.fromkeys("pqrabc", 0)) is False
    assert evaluator([z3.Or()])({}) == (False,)


def test_an_and_of_nothing_is_true():
    assert evaluator([z3.And()])({}) == (True,)


X = Variable("x", Bits(("1", "2", "4")))
Y = Variable("y", Bits(("1", "2", "4")))
BITS = [z3.If(z3.Extract(i, i, X.term) == 1, z3.IntVal(1), z3.IntVal(0)) for i in range(3)]
SIZE = Definition("size", X, Integer(), z3.Sum(BITS))
BOTH = Definition("both", X, Integer(), 2 * z3.Sum(BITS))


def test_a_defined_function_is_what_its_body_says():
    term = SIZE(Y.term) + BOTH(~Y.term)
    compiled = evaluator([term, SIZE(Y.term & 1)], (SIZE, BOTH))
    for value in range(8):
        ones = value.bit_count()
        assert compiled({"y": value}) == (ones + 2 * (3 - ones), value & 1)


def test_a_function_that_is_not_defined_is_refused():
    with pytest.raises(TypeError, match="'size', which is not defined here"):
        evaluator([SIZE(Y.term)])


def test_the_names_of_constants_may_be_anything():
    odd = z3.Bool("a 'b' \"c\" \\ \n {0} __import__('os')")
    assert evaluator([z3.Not(odd)])({odd.decl().name(): True}) == (False,)


def test_a_constant_without_a_value_is_noticed():
    with pytest.raises(KeyError):
        evaluator([z3.And(*BOOLS)])({"p": True})
