"""Obligations in files: confirmed by every solver that is installed, refused when damaged."""

from dataclasses import replace
from itertools import combinations

import pytest

from corpus.toys import both_three, equal, twins
from quorate.errors import EvidenceError
from quorate.evidence import recheck as recheck_module
from quorate.evidence.certificate import (
    claim_obligations,
    start_obligation,
)
from quorate.evidence.owed import Owed
from quorate.evidence.recheck import CVC5, Z3, recheck, solvers
from quorate.system.smtlib import Writer

SOLVERS = [
    pytest.param(name, marks=[] if name in solvers() else pytest.mark.skip("not installed"))
    for name in (Z3, CVC5)
]
every_solver = pytest.mark.parametrize("solver", SOLVERS)


@pytest.mark.parametrize("installed", [False, True])
def test_every_solver_that_is_installed_is_asked(monkeypatch, installed):
    found = {"cvc5": object()} if installed else {}
    monkeypatch.setattr("importlib.util.find_spec", found.get)
    assert solvers() == ((Z3, CVC5) if installed else (Z3,))


SYSTEM = twins(equal())
GOOD = {
    f"{number}.smt2": obligation.to_smt2(Writer())
    for number, obligation in enumerate(
        [
            *Owed(SYSTEM).invariant((equal(),)),
            *claim_obligations(SYSTEM, both_three(SYSTEM), (equal(),)),
        ]
    )
}
NOWHERE = (SYSTEM.variable["left"].term == 0, SYSTEM.variable["left"].term == 1)
SATISFIABLE = "(declare-const a Bool)\n(assert a)\n(check-sat)\n"


@every_solver
def test_a_good_certificate_is_confirmed(solver, tmp_path):
    assert len(GOOD) == 3
    for name, text in GOOD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert recheck(tmp_path / name, solver, 60) == "unsat"


@every_solver
def test_a_file_that_can_be_satisfied_is_not_confirmed(solver, tmp_path):
    (tmp_path / "f.smt2").write_text(SATISFIABLE, encoding="utf-8")
    assert recheck(tmp_path / "f.smt2", solver, 60) == "sat"


DAMAGED = [
    ("emptied", ""),
    ("without a question", SATISFIABLE.replace("(check-sat)", "")),
    ("without an assertion", "(declare-const a Bool)\n(check-sat)\n"),
    ("cut short", SATISFIABLE.replace("(assert a)", "(assert (and a")),
    ("no SMT-LIB", "(assert hello) and (check-sat) please"),
    ("an unknown name", "(assert b)\n(check-sat)\n"),
]


@every_solver
@pytest.mark.parametrize("text", [case[1] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_a_damaged_file_is_refused(solver, text, tmp_path):
    (tmp_path / "f.smt2").write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        recheck(tmp_path / "f.smt2", solver, 60)
    assert "f.smt2" in str(caught.value)


@every_solver
def test_every_cut_of_a_good_file_is_refused_or_not_confirmed(solver, tmp_path):
    """Whatever is left of it does not say unsat by accident."""
    text = GOOD["1.smt2"]
    for end in range(0, len(text) - len("(check-sat)\n"), 40):
        (tmp_path / "f.smt2").write_text(text[:end], encoding="utf-8")
        with pytest.raises(EvidenceError):
            recheck(tmp_path / "f.smt2", solver, 60)


@every_solver
@pytest.mark.parametrize("left_out", [0, 1])
def test_a_file_without_one_of_its_assertions_is_not_confirmed(solver, left_out, tmp_path):
    (implication,) = claim_obligations(SYSTEM, both_three(SYSTEM), (equal(),))
    lemma, negation = implication.formulas
    weaker = replace(implication, formulas=((lemma, negation)[left_out],))
    (tmp_path / "f.smt2").write_text(weaker.to_smt2(Writer()), encoding="utf-8")
    assert recheck(tmp_path / "f.smt2", solver, 60) == "sat"


@every_solver
def test_a_missing_file_is_refused(solver, tmp_path):
    for path in (tmp_path / "none.smt2", tmp_path):
        with pytest.raises(EvidenceError, match="missing or cannot be read"):
            recheck(path, solver, 60)


@every_solver
def test_a_file_of_another_encoding_is_refused(solver, tmp_path):
    (tmp_path / "f.smt2").write_bytes(SATISFIABLE.encode("utf-16"))
    with pytest.raises(EvidenceError, match="cannot be read"):
        recheck(tmp_path / "f.smt2", solver, 60)


ECHO = SATISFIABLE + '(echo "unsat")\n'


def test_a_file_that_says_unsat_itself_is_not_confirmed_by_z3(tmp_path):
    (tmp_path / "f.smt2").write_text(ECHO, encoding="utf-8")
    assert recheck(tmp_path / "f.smt2", Z3, 60) == "sat"


@pytest.mark.skipif(CVC5 not in solvers(), reason="not installed")
def test_a_file_that_says_unsat_itself_is_not_confirmed_by_cvc5(tmp_path):
    (tmp_path / "f.smt2").write_text(ECHO, encoding="utf-8")
    assert recheck(tmp_path / "f.smt2", CVC5, 60) != "unsat"


def test_a_solver_without_time_does_not_confirm(tmp_path):
    wide = "(declare-const a (_ BitVec 64))\n(declare-const b (_ BitVec 64))\n"
    product = "(assert (= (bvmul a b) (_ bv1000000016000000063 64)))\n"
    bounds = "(assert (bvult a (_ bv1000000007 64)))(assert (bvugt a (_ bv1 64)))"
    bounds += "(assert (bvult b (_ bv2147483648 64)))"
    (tmp_path / "f.smt2").write_text(wide + product + bounds + "(check-sat)\n", encoding="utf-8")
    assert recheck(tmp_path / "f.smt2", Z3, 0.0) == "unknown"


@every_solver
def test_that_a_first_state_exists_is_confirmed_by_an_answer_of_its_own(solver, tmp_path):
    for system, answer in ((SYSTEM, "sat"), (replace(SYSTEM, initial=NOWHERE), "unsat")):
        obligation = start_obligation(system)
        assert obligation.expected == "sat"
        (tmp_path / "f.smt2").write_text(obligation.to_smt2(Writer()), encoding="utf-8")
        assert recheck(tmp_path / "f.smt2", solver, 60) == answer


@pytest.mark.skipif(CVC5 not in solvers(), reason="not installed")
def test_cvc5_is_asked_in_another_way_where_one_does_not_know(monkeypatch, tmp_path):
    """And the first that knows is believed."""
    asked = []

    def ask(*how):
        asked.append(dict(how[-1]))
        return "unknown (TIMEOUT)" if len(asked) < patience else "unsat"

    monkeypatch.setattr(recheck_module, "_ask_cvc5_once", ask)
    (tmp_path / "f.smt2").write_text(SATISFIABLE, encoding="utf-8")
    for patience, answer in ((1, "unsat"), (2, "unsat"), (3, "unknown (TIMEOUT)")):
        asked.clear()
        assert recheck(tmp_path / "f.smt2", CVC5, 60) == answer
        assert len(asked) == min(patience, 2)
        assert all(one != other for one, other in combinations(asked, 2))
