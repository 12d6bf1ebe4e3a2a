"""The judge may decide in bits, and says what is true of whole numbers."""

from dataclasses import replace
from itertools import combinations

import pytest
import z3

from corpus.cases import SPLIT, cluster, run
from quorate.cluster import QUORUM_RULES
from quorate.errors import EvidenceError
from quorate.evidence import judge
from quorate.evidence.certificate import claim_obligations
from quorate.evidence.judge import Judge
from quorate.evidence.obligation import Obligation, Role
from quorate.evidence.owed import Owed
from quorate.system import Bits, Definition, Integer, Variable
from quorate.windows.membership import Membership

SET = Variable("set", Bits(("a", "b", "c")))
SIZE = Definition(
    "size",
    SET,
    Integer(),
    z3.Sum([z3.If(z3.Extract(i, i, SET.term) == 1, z3.IntVal(1), z3.IntVal(0)) for i in range(3)]),
)
VALUE = Definition("value", SET, Integer(), z3.If(SET.term == 7, z3.IntVal(7), z3.IntVal(0)))
X, Y = z3.BitVecs("x y", 3)
WHOLE = z3.Int("n")


def hour() -> float:
    return 3600.0


def accepts(*formulas) -> bool:
    try:
        Judge((SIZE, VALUE)).check([Obligation(Role.IMPLICATION, "asked", formulas)], hour)
    except EvidenceError:
        return False
    return True


POSSIBLE = {
    "a sum that is wider than its parts": [VALUE(X) + VALUE(Y) >= 8],
    "a sum of many": [z3.Sum([VALUE(X)] * 9) > 62],
    "a product": [VALUE(X) * VALUE(Y) == 49],
    "a multiple": [8 * VALUE(X) >= 50],
    "a literal beyond": [VALUE(X) < 1000],
    "a choice": [z3.If(X == 7, VALUE(X), z3.IntVal(0)) + 1 == 8],
    "different numbers of different sets": [X != Y, VALUE(X) != VALUE(Y)],
    "the same number of different sets": [X != Y, VALUE(X) == VALUE(Y)],
    "the same number of the same set": [X == Y, VALUE(X) == VALUE(Y)],
    "different numbers of the same set": [X == Y, SIZE(X) != VALUE(Y)],
    "less than nothing": [VALUE(X) - VALUE(Y) < 0],
    "a negative literal": [VALUE(X) > -1, VALUE(X) + -1 < 0],
    "a number without bounds": [WHOLE - VALUE(X) > 0, WHOLE + VALUE(Y) < 100],
    "numbers of bits": [z3.BV2Int(X) + VALUE(X) == 14],
    "three that differ": [z3.Distinct(VALUE(X), VALUE(Y), z3.IntVal(3))],
    "a remainder": [VALUE(X) % 2 == 1, VALUE(X) / 2 == 3],
    "a function of numbers": [z3.Function("h", z3.IntSort(), z3.BoolSort())(VALUE(X))],
    "constants that look like numbers of the translation": [
        *(z3.BitVec(name, 3) == 0 for k in range(50) for name in (f"k!{k}", f"value!{k}", f"{k}")),
        VALUE(X) == 7,
    ],
}
"""What can be true, with the values that are defined. Arithmetic in as many bits as the parts have
would deny some."""


@pytest.mark.parametrize("formulas", POSSIBLE.values(), ids=POSSIBLE)
def test_what_is_possible_is_not_denied(formulas):
    assert not accepts(*formulas)


IMPOSSIBLE = {
    "sets": [X & ~Y == 0, X & Y == 0, X != 0],
    "numbers of the same set": [X == Y, VALUE(X) < VALUE(Y)],
    "numbers of the same set that is chosen": [SIZE(z3.If(X == Y, X, Y)) != SIZE(Y)],
    "arithmetic": [VALUE(X) + VALUE(Y) > 9, VALUE(X) < 5, VALUE(Y) < 5],
    "negative numbers": [VALUE(X) - 1 < 0, VALUE(X) > 1],
    "a number without bounds": [WHOLE > 3, WHOLE < 4],
    "three that differ": [z3.Distinct(VALUE(X), VALUE(Y), VALUE(X & Y)), X == Y],
}


@pytest.mark.parametrize("formulas", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_is_impossible_is_seen(formulas):
    assert accepts(*formulas)


SEEN_IN_BITS = {
    "sets": IMPOSSIBLE["sets"],
    "numbers of the same set": IMPOSSIBLE["numbers of the same set"],
    "of the last two of several": [VALUE(X & Y) > 0, VALUE(X) < VALUE(Y), X == Y],
    "of the first two of several": [VALUE(X) < VALUE(Y), X == Y, SIZE(X) > 0, VALUE(X & Y) > 0],
    "of the first and the last": [VALUE(X) > 0, VALUE(X & Y) > 0, VALUE(Y) == 0, X == Y],
    "within one formula": [z3.And(VALUE(X) < VALUE(Y), X == Y)],
}


@pytest.mark.parametrize("formulas", SEEN_IN_BITS.values(), ids=SEEN_IN_BITS)
def test_numbers_of_the_same_set_are_seen_to_be_the_same_in_bits(formulas):
    asked = Obligation(Role.IMPLICATION, "asked", tuple(formulas))
    assert Judge((SIZE, VALUE))._contradicts_in_bits(asked, 60.0)
    assert not Judge((SIZE, VALUE))._contradicts_in_bits(replace(asked, written_out=True), 60.0)


@pytest.mark.parametrize("written_out", [False, True])
def test_what_must_be_possible_is_not_met_by_a_contradiction(written_out):
    """Which bits would see at once."""
    for formulas, met in (((X == Y,), True), ((X == Y, X != Y), False)):
        start = Obligation(Role.START, "it can be", formulas, (), written_out, satisfiable=True)
        assert not Judge(())._contradicts_in_bits(start, 60.0)
        if met:
            Judge(()).check([start], hour)
        else:
            with pytest.raises(EvidenceError, match="'it can be' was unsat, not sat"):
                Judge(()).check([start], hour)


def test_no_more_is_assumed_of_a_number_than_that_it_fits():
    """That the size of a set is at most 3 fits in two bits; that it is at most 2 nobody said."""
    assert accepts(SIZE(X) > 3)
    assert not accepts(SIZE(X) > 2)
    assert not accepts(SIZE(X) < SIZE(X & Y))


def test_only_a_contradiction_in_bits_counts(monkeypatch):
    """A translation that makes everything possible, or takes all its time, changes no answer."""
    monkeypatch.setattr(Judge, "_contradicts_in_bits", lambda *_: False)
    for formulas in POSSIBLE.values():
        assert not accepts(*formulas)
    assert not accepts(SIZE(X) > 3)
    for formulas in IMPOSSIBLE.values():
        assert accepts(*formulas)


def pigeons(number: int) -> Obligation:
    """So many, each in a hole of its own, of which there are seven: what takes many conflicts."""
    holes = [z3.BitVec(f"hole of {place}", 3) for place in range(number)]
    apart = (one != other for one, other in combinations(holes, 2))
    formulas = (*(hole != 7 for hole in holes), *apart)
    return Obligation(Role.IMPLICATION, "each has a hole", formulas)


def test_what_is_not_settled_soon_is_seen_in_bits_all_the_same(monkeypatch):
    assert Judge(())._contradicts_in_bits(pigeons(8), 60.0)
    assert not Judge(())._contradicts_in_bits(pigeons(7), 60.0)
    monkeypatch.setattr(judge, "_EASY", 0)
    for formulas in POSSIBLE.values():
        assert not accepts(*formulas)
    for formulas in IMPOSSIBLE.values():
        assert accepts(*formulas)


def test_what_is_not_settled_in_time_is_not_seen_in_bits(monkeypatch):
    monkeypatch.setattr(judge, "_ask", lambda *_: z3.unknown)
    assert not Judge(())._contradicts_in_bits(pigeons(8), 60.0)


@pytest.mark.parametrize("role", Role)
def test_what_is_not_met_is_objected_to_each_time(role):
    asked, unmet = Judge(()), Obligation(role, "nothing follows", (X == Y,))
    for _ in range(2):
        with pytest.raises(EvidenceError, match="was sat, not unsat"):
            asked.check([unmet], hour)


def test_a_theorem_is_proved_once(monkeypatch):
    asked, theorem = Judge(()), Obligation(Role.THEOREM, "order", (X == Y, X != Y))
    asked.check([theorem], hour)
    monkeypatch.setattr(judge, "_ask", None)
    asked.check([theorem], hour)


@pytest.mark.parametrize("rule", QUORUM_RULES, ids=lambda rule: rule.mode)
def test_what_is_seen_in_bits_is_seen_in_whole_numbers_too(rule):
    """So that whoever checks the files again comes to the same end; and all steps are seen in bits,
    which is what they are for."""
    model = Membership(cluster(4, rule), run())
    system = model.system
    claim = SPLIT(model)
    asked = Judge(system.definitions)
    for obligation in (
        *Owed(system).invariant(system.offered),
        *claim_obligations(system, claim, system.offered),
    ):
        assert asked._contradicts_in_bits(obligation, 60.0) != obligation.written_out
        assert judge._ask(z3.SimpleSolver(), obligation.formulas, 60.0) == z3.unsat
