"""Parts of guards are what the guards were, each is dropped once, and is told in its own words."""

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from corpus.toys import PLACES, action, counter, number, peterson
from families.lease import CLAIMS
from quorate.changes.conjuncts import conjuncts
from quorate.changes.mutants import Dropped, mutants
from quorate.changes.parts_in_words import Vocabulary, Wording
from quorate.system import Boolean, System, Variable

A, B, C = (number(letter) for letter in "abc")
P, Q = (Variable(letter, Boolean()) for letter in "pq")


def sets():
    leaves = st.sampled_from([A.term, B.term, C.term])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda one: ~one),
            st.tuples(inner, inner).map(lambda two: two[0] & two[1]),
            st.tuples(inner, inner).map(lambda two: two[0] | two[1]),
        ),
        max_leaves=5,
    )


def formulas():
    leaves = st.one_of(
        st.sampled_from([P.term, Q.term]),
        sets().map(lambda members: members == 0),
        sets().map(lambda members: members != 0),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(z3.Not),
            st.tuples(inner, inner).map(lambda two: z3.And(*two)),
            st.tuples(inner, inner).map(lambda two: z3.Or(*two)),
            st.tuples(inner, inner).map(lambda two: z3.Implies(*two)),
        ),
        max_leaves=4,
    )


@given(formulas())
def test_parts_of_a_formula_are_together_what_it_was(formula):
    solver = z3.Solver()
    solver.add(z3.And(*conjuncts(formula)) != formula)
    assert solver.check() == z3.unsat


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        (z3.And(P.term, z3.And(Q.term, A.term == 0)), [P.term, Q.term, A.term == 0]),
        (z3.Not(z3.Or(P.term, Q.term)), [z3.Not(P.term), z3.Not(Q.term)]),
        (A.term & ~(B.term & C.term) == 0, [A.term & ~B.term == 0, A.term & ~C.term == 0]),
        ((A.term | B.term) == 0, [A.term == 0, B.term == 0]),
        (
            z3.Implies(P.term, z3.And(Q.term, A.term == 0)),
            [z3.Implies(P.term, Q.term), z3.Implies(P.term, A.term == 0)],
        ),
        (z3.Or(P.term, Q.term), [z3.Or(P.term, Q.term)]),
        (A.term & B.term != 0, [A.term & B.term != 0]),
    ],
)
def test_parts_are_as_small_as_the_form_shows(formula, parts):
    found = list(conjuncts(formula))
    assert [part.sexpr() for part in found] == [part.sexpr() for part in parts]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (A.term == 0, "no a"),
        (A.term != 0, "some a"),
        (A.term & B.term == 0, "a and b is empty"),
        (A.term & ~B.term == 0, "a within b"),
        (A.term & C.term & ~B.term == 0, "a and c within b"),
        (A.term & ~z3.If(P.term, B.term, C.term) == 0, "a within f(b, c, p)"),
        (A.term & ~z3.BitVecVal(3, 3) == 0, "a within a fixed set"),
        (z3.If(P.term, B.term, C.term) == 0, "no f(b, c, p)"),
        (A.term == B.term, "that about a, b"),
        (z3.Or(P.term, Q.term), "that about p, q"),
        (z3.Implies(P.term, A.term != 0), "some a if that about p"),
    ],
)
def test_a_part_is_told_by_its_form_and_what_it_reads(formula, words):
    step = action("step", [formula], {})
    system = System("a system", (A, B, C, P, Q), (), (step,))
    assert Wording(system, step).formula(formula) == words


def test_a_variable_is_told_by_the_name_of_its_value():
    at = Variable("at", PLACES)
    step = action("step", [at.term == 2], {})
    assert Wording(System("a system", (at,), (), (step,)), step).formula(at.term == 2) == (
        "at is waiting"
    )


def test_each_part_and_each_update_is_dropped_once():
    found = [(mutant.action, mutant.part.title) for mutant in mutants(peterson())]
    assert found == [
        line
        for me in (0, 1)
        for line in (
            (f"ask {me}", f"guard: at.{me} is idle"),
            (f"ask {me}", f"update: at.{me}"),
            (f"ask {me}", f"update: flag.{me}"),
            (f"wait {me}", f"guard: at.{me} is asking"),
            (f"wait {me}", f"update: at.{me}"),
            (f"wait {me}", "update: turn"),
            (f"enter {me}", f"guard: at.{me} is waiting"),
            (f"enter {me}", f"guard: that about flag.{1 - me}, turn"),
            (f"enter {me}", f"update: at.{me}"),
            (f"leave {me}", f"guard: at.{me} is critical"),
            (f"leave {me}", f"update: at.{me}"),
            (f"leave {me}", f"update: flag.{me}"),
        )
    ]


def test_a_mutant_is_its_system_but_for_one_action():
    system = peterson()
    for mutant in mutants(system):
        others = [action for action in system.actions if action.name != mutant.action]
        assert [a for a in mutant.system.actions if a.name != mutant.action] == others
        whole, broken = system.action[mutant.action], mutant.system.action[mutant.action]
        assert (broken.kind, broken.inputs, broken.verb) == (whole.kind, whole.inputs, whole.verb)
        match mutant.part.dropped:
            case Dropped.GUARD:
                assert broken.updates == whole.updates
                solver = z3.Solver()
                solver.add(z3.And(*broken.guard, *mutant.guard) != z3.And(*whole.guard))
                assert solver.check() == z3.unsat
                assert len(mutant.guard) == 1
            case Dropped.UPDATE:
                assert broken.guard == whole.guard
                assert {*broken.updates, *mutant.updates} == set(whole.updates)
                assert len(broken.updates) == len(whole.updates) - 1


def by_letter(*names):
    """A vocabulary with one word for all variables of these names."""
    return Vocabulary(lambda _, name: "number" if name in names else name)


def twice(*guard, **updates):
    return System("twice", (A, B, C), (), (action("step", list(guard), updates),))


def test_what_is_told_in_the_same_words_is_one_part_and_updates_are_also_dropped_alone():
    system = twice(A.term == C.term, B.term == C.term, a=C.term, b=C.term)
    guard, both, *alone = mutants(system, by_letter("a", "b"))
    assert (guard.part.words, len(guard.guard)) == ("that about c, number", 2)
    assert (both.part.words, both.updates, both.whole) == ("number", ("a", "b"), True)
    assert [(one.part, one.updates, one.whole) for one in alone] == [
        (both.part, ("a",), False),
        (both.part, ("b",), False),
    ]


def test_two_parts_that_nothing_tells_apart_are_numbered():
    system = twice(z3.ULT(A.term, C.term), z3.UGT(A.term, C.term))
    words = [mutant.part.words for mutant in mutants(system)]
    assert words == ["that about a, c", "that about a, c (2)"]


def test_what_changes_nothing_is_no_mutant():
    system = twice(A.term & ~A.term == 0, z3.ULE(A.term, 7), b=B.term | 0)
    assert list(mutants(system)) == []


def test_what_is_read_is_summed_up_and_what_everybody_reads_is_not_told():
    system = twice(A.term == B.term + C.term, C.term + 1 == 5)
    vocabulary = Vocabulary(summed_up={"a": "sum", "b": "sum"}, unsaid=frozenset({"c"}))
    words = [mutant.part.words for mutant in mutants(system, vocabulary)]
    assert words == ["that about sum", "that about c"]


def test_parts_are_of_a_verb_where_there_is_one():
    lease = CLAIMS[0].circumstances.model()
    assert {mutant.part.verb for mutant in mutants(lease.system)} == {"grant", "expire", "notice"}
    assert {mutant.part.verb for mutant in mutants(counter())} == {"count", "reset"}
