"""The theorems about counting: each is true of every set, provable, and tight."""

from itertools import product

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.counting.sets import meets, subset
from quorate.counting.votes import Votes, number
from quorate.evidence.certificate import claim_obligations, theorem_obligations
from quorate.evidence.judge import Judge
from quorate.evidence.recheck import CVC5, recheck
from quorate.system import Always, Definition, Instance, System, Theorem, expanded
from quorate.system.evaluate import evaluator
from quorate.system.smtlib import Writer


def counted(*weights: int, sites: str = "") -> Votes:
    """A name for each weight, standing in the site of its letter, - for none."""
    names = tuple("ABCDEFGHIJKLMNOP"[: len(weights)])
    where = dict(zip(names, sites or "-" * len(weights), strict=True))
    blocks = (tuple(n for n in names if where[n] == site) for site in sorted({*sites} - {"-"}))
    return Votes(names, weights, tuple(blocks))


def theorems(votes: Votes) -> list[Theorem]:
    return [
        votes.bounds,
        votes.nobody_counts,
        votes.all_are_missing,
        votes.disjoint_share_none,
        votes.cover_shares_all,
        votes.subset_has_no_more,
        votes.subset_is_no_larger,
        votes.one_is_in_one_side,
        votes.one_more_is_one_more,
        votes.missing_cost_at_most,
        votes.some_are_missing,
        votes.one_has_at_most,
        votes.whole_blocks_count,
    ]


def instances(votes: Votes) -> tuple[Instance, ...]:
    return tuple(t(*(v.term for v in t.parameters)) for t in theorems(votes))


def provable(statement: object, definitions: tuple[Definition, ...]) -> bool:
    solver = z3.Solver()
    solver.add(z3.Not(expanded(definitions, statement)))
    return solver.check() == z3.unsat


def true_everywhere(theorem: Theorem, definitions: tuple[Definition, ...]) -> bool:
    """By trying all values on the plain interpreter."""
    holds = evaluator([theorem.statement], definitions)
    names = [variable.name for variable in theorem.parameters]
    values = product(*(variable.sort.values() for variable in theorem.parameters))
    return all(holds(dict(zip(names, chosen, strict=True)))[0] for chosen in values)


some_votes = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["-", *"XY"])), min_size=1)


@settings(max_examples=20, deadline=None)
@given(some_votes.filter(lambda drawn: len(drawn) <= 4 and any(vote for vote, _ in drawn)))
def test_every_theorem_is_true_of_all_sets(drawn):
    votes = counted(*(vote for vote, _ in drawn), sites="".join(site for _, site in drawn))
    for theorem in theorems(votes):
        assert true_everywhere(theorem, votes.definitions), theorem.name


@pytest.mark.parametrize("weights", [(1,), (1, 1), (1, 1, 1), (3, 0, 2, 1), (1,) * 6])
def test_the_judge_proves_every_theorem(weights):
    votes = counted(*weights)
    system = System("votes", (), (), (), definitions=votes.definitions)
    claim = Always("true", z3.BoolVal(True), instances(votes))
    obligations = list(claim_obligations(system, claim, ()))
    assert {f"theorem: {t.name}" for t in theorems(votes)} <= {o.name for o in obligations}
    Judge(votes.definitions).check(obligations, lambda: 3600.0)


def test_another_solver_proves_every_theorem_of_many_nodes(tmp_path):
    """A solver that looked into the numbers would try their Booleans, and not come to an end."""
    pytest.importorskip("cvc5")
    votes = counted(*(1 + node % 2 for node in range(16)))
    for obligation in theorem_obligations(votes.definitions, instances(votes)):
        file = tmp_path / "obligation.smt2"
        file.write_text(obligation.to_smt2(Writer()), encoding="utf-8")
        assert recheck(file, CVC5, 30.0) == "unsat", obligation.name


LEFT, RIGHT, NODE = (z3.BitVec(name, 3) for name in ("left", "right", "node"))
VOTES = counted(3, 1, 1, sites="XX-")
SUM = 5
votes, size = VOTES.votes, VOTES.size
EVERYBODY, NOBODY = z3.BitVecVal(7, 3), z3.BitVecVal(0, 3)

MUTANTS = [
    ("all is too much", votes(LEFT) < SUM),
    ("none is too much", votes(LEFT) > 0),
    ("nobody has one", votes(NOBODY) == 1),
    ("disjoint sets have less", z3.Implies(LEFT & RIGHT == 0, votes(LEFT) + votes(RIGHT) < SUM)),
    ("any two sets share none", votes(LEFT) + votes(RIGHT) <= SUM),
    ("covers have more", z3.Implies(LEFT | RIGHT == 7, votes(LEFT) + votes(RIGHT) > SUM)),
    ("any two sets cover", votes(LEFT) + votes(RIGHT) >= SUM),
    ("a subset has less", z3.Implies(subset(LEFT, RIGHT), votes(LEFT) < votes(RIGHT))),
    ("any set has no more", votes(LEFT) <= votes(RIGHT)),
    ("a subset is smaller", z3.Implies(subset(LEFT, RIGHT), size(LEFT) < size(RIGHT))),
    (
        "a larger set has more votes",
        z3.Implies(size(LEFT) < size(RIGHT), votes(LEFT) <= votes(RIGHT)),
    ),
    (
        "any set is in one side",
        z3.Implies(LEFT & RIGHT == 0, z3.Not(z3.And(meets(NODE, LEFT), meets(NODE, RIGHT)))),
    ),
    (
        "one more is none more",
        z3.Implies(RIGHT & (RIGHT - 1) == 0, size(LEFT | RIGHT) <= size(LEFT)),
    ),
    ("two more are one more", size(LEFT | RIGHT) <= size(LEFT) + 1),
    ("missing cost less", votes(LEFT) + size(~LEFT) >= SUM),
    ("a site has more", votes(LEFT) >= 5 * number(subset(z3.BitVecVal(3, 3), LEFT))),
]


@pytest.mark.parametrize("statement", [m[1] for m in MUTANTS], ids=[m[0] for m in MUTANTS])
def test_a_statement_that_says_more_is_not_provable(statement):
    assert not provable(statement, VOTES.definitions)


def test_the_blocks_are_what_fails_together_and_who_is_in_none_of_it():
    assert counted(1, 1, 1, sites="X-X").blocks == (("A", "C"), ("B",))
    assert counted(1, 1).blocks == (("A", "B"),)
    assert Votes(("A",), (1,), ((), ("A",))).blocks == (("A",),)


def test_votes_are_the_configured_ones_and_size_counts_heads():
    values = evaluator([VOTES.votes(LEFT), VOTES.size(LEFT)], VOTES.definitions)
    assert [values({"left": members}) for members in (0, 1, 2, 5, 7)] == [
        (0, 0),
        (3, 1),
        (1, 1),
        (4, 2),
        (5, 3),
    ]
