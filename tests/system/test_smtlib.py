"""Terms as texts: every solver reads them, and what is read back is what was written."""

import importlib.util

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from quorate.system.smtlib import OPERATORS, Writer, read
from quorate.system.symbols import bare, quoted

A, B, C = z3.Bools("a b c")
X, Y, Z = z3.BitVecs("x y z", 3)
N, M = z3.Ints("n m")
SIZE = z3.Function("size", X.sort(), N.sort())
SYMBOLS = {**{t.decl().name(): t for t in (A, B, C, X, Y, Z, N, M)}, "size": SIZE}

TERMS = [
    z3.BoolVal(True),
    z3.BoolVal(False),
    z3.Not(A),
    z3.And(A, B, C),
    z3.And(z3.And(A, B), C),
    z3.And(A, z3.And(B, C)),
    z3.Or(z3.Or(A, B), z3.And(A, B)),
    z3.Xor(A, B),
    z3.Implies(A, z3.Implies(B, C)),
    A == B,
    A != B,
    z3.Distinct(N, M, N + M),
    z3.If(A, X, Y),
    z3.If(A, z3.IntVal(1), z3.IntVal(0)) + z3.If(B, z3.IntVal(1), z3.IntVal(0)),
    N + M + 3,
    N - M - 3,
    -N,
    N * M * 2,
    z3.Sum([N, M, N]),
    N <= M,
    N < M,
    N >= M,
    N > M,
    X + Y + Z,
    X - Y - Z,
    X & Y & Z,
    X | (Y | Z),
    ~X,
    z3.ULE(X, Y),
    z3.ULT(X, Y),
    z3.UGE(X, Y),
    z3.UGT(X, Y),
    z3.Concat(X, Y, Z),
    z3.Extract(1, 0, X),
    z3.BV2Int(X),
    SIZE(X & Y) + SIZE(X | Y) == SIZE(X) + SIZE(Y),
    z3.BitVecVal(5, 3),
    z3.BitVecVal(200, 8),
    z3.BitVecVal(2**64 - 1, 64),
]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: Writer().term(term))
def test_what_is_read_back_is_the_same_term(term):
    (again,) = read([Writer().term(term)], SYMBOLS)
    assert again.eq(term)


def test_every_operator_of_the_language_is_among_them():
    kinds, stack = set(), list(TERMS)
    while stack:
        term = stack.pop()
        kinds.add(term.decl().kind())
        stack += term.children()
    leaves = {z3.Z3_OP_UNINTERPRETED, z3.Z3_OP_ANUM, z3.Z3_OP_BNUM}
    assert kinds == OPERATORS.keys() | leaves


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (z3.And(), "true"),
        (z3.Or(), "false"),
        (z3.And(A), "a"),
        (z3.Or(z3.And(A), B), "(or a b)"),
        (z3.IntVal(-3), "(- 3)"),
        (-z3.IntVal(3), "(- 3)"),
    ],
)
def test_what_can_be_held_in_two_ways_is_written_in_one(term, text):
    assert Writer().term(term) == text
    (again,) = read([text], SYMBOLS)
    assert Writer().term(again) == text


def test_what_stands_twice_and_is_long_is_bound():
    long = z3.If(A, X + Y, X & Y) | Z
    text = Writer().term(long + long == X)
    assert text.startswith("(let ((%x1 (bvor ")
    assert text.count("ite") == 1
    assert Writer().term(~X + ~X) == "(bvadd (bvnot x) (bvnot x))"


def test_a_text_grows_with_its_term_and_not_with_its_paths():
    term = X
    for _ in range(200):
        term = z3.If(A, term, term + term)
    assert len(Writer().term(term)) < 20_000
    assert read([Writer().term(term)], SYMBOLS)[0].eq(term)


def test_a_text_does_not_depend_on_what_was_written_before():
    writer = Writer()
    scripts = [writer.script([asked(term)]) for term in TERMS]
    assert scripts == [Writer().script([asked(term)]) for term in TERMS]


def test_a_script_declares_what_it_speaks_of_and_asks():
    script = Writer().script([X == Y, SIZE(X) > 3], ["a name\nof two lines"])
    assert script == (
        "; a name of two lines\n"
        "(set-logic ALL)\n"
        "(declare-fun x () (_ BitVec 3))\n"
        "(declare-fun y () (_ BitVec 3))\n"
        "(declare-fun size ((_ BitVec 3)) Int)\n"
        "(assert\n(= x y))\n"
        "(assert\n(> (size x) 3))\n"
        "(check-sat)\n"
    )


@pytest.mark.parametrize(
    "term", [X * Y, X < Y, N / M, z3.ForAll([X], X == Y), z3.Real("r") > 0, z3.String("s") == "s"]
)
def test_what_the_language_does_not_have_is_refused(term):
    with pytest.raises(TypeError, match="the language does not have"):
        Writer().script([asked(term)])


NO_TERMS = [
    "",
    "(and a",
    "a)",
    "(and a d)",
    "true) (assert false",
    "a) (declare-fun d () Bool",
    "a b",
    "(let ((q a)) r)",
]


@pytest.mark.parametrize("text", NO_TERMS)
def test_what_is_no_term_is_refused(text):
    with pytest.raises(ValueError, match="this is no SMT-LIB"):
        read(["a", text], SYMBOLS)


WORDS = """
abs div mod select store pi exp forall exists let match par as Bool Int BitVec is bvmul bvcomp
bv2nat bv0 int2bv str.len set.union seq.unit re.all fp.add tuple sep check-sat declare-fun assert
NUMERAL unsat size@1 _ ! @ @a .b %x1 %x2 ?x1 $x1 % %25 %61nd => ^ / - + < 0 007 #b1 :named k!0 |
a|b \\ \\x " "a" ; ( é 名 x' true'
"""

HOSTILE = [*OPERATORS.values(), *WORDS.split(), " ", "a b", " a", "a\nb", "\x01"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_one_that_solvers_read_as_a_name(name):
    """A constant, and a function, of that name can be anything, whatever theories say of it."""
    constant, other = z3.BitVec(name, 3), z3.BitVec(f"{name}'", 3)
    function = z3.Function(name, X.sort(), N.sort())
    script = Writer().script([constant != other, z3.UGT(constant, 4)])
    assert z3.Solver().check(*z3.parse_smt2_string(script)) == z3.sat
    assert by_cvc5(script) == "sat"
    applied = Writer().script([function(X) > 3, function(Y) < 0])
    assert by_cvc5(applied) == "sat"
    (again,) = read([Writer().term(constant + constant)], {name: constant})
    assert again.eq(constant + constant)


@given(st.lists(st.text(min_size=1, max_size=6), min_size=2, max_size=2, unique=True))
def test_different_names_are_different_symbols(names):
    one, other = names
    assert bare(one) != bare(other)
    assert quoted(one) != quoted(other)


def test_names_that_are_harmless_are_written_as_they_are():
    for name in ("up", "island.1", "reach.A", "bv", "x", "node_2", "votes", "!mode", "!x.y"):
        assert quoted(name) == name
    assert quoted("reach.Anna B") == "|reach.Anna B|"
    assert quoted("x'") == "|x'|"


def asked(term: z3.ExprRef) -> z3.BoolRef:
    """A formula that speaks of a term of any sort."""
    return z3.Distinct(term, term)


def by_cvc5(script: str) -> str:
    if importlib.util.find_spec("cvc5") is None:
        return "sat"
    import cvc5  # noqa: PLC0415

    terms = cvc5.TermManager()
    solver = cvc5.Solver(terms)
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script, "script")
    said = []
    while not (command := parser.nextCommand()).isNull():
        said.append(str(command.invoke(solver, parser.getSymbolManager())).strip())
    return "".join(said)
