"""A certificate asks everything that must be asked, and a wrong proof fails it."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
import z3
from forging import certify, obligations, wrong

from corpus.cases import DISK, SAFETY, SHARE, cluster, run
from corpus.toys import action as step
from corpus.toys import both_three, counter, equal, not_at, number, twins
from quorate.cluster import QUORUM_RULES
from quorate.engines import induction
from quorate.errors import EvidenceError
from quorate.evidence.certificate import (
    exemptions,
    step_obligations,
    theorem_names,
    theorem_obligations,
)
from quorate.evidence.judge import Judge
from quorate.evidence.obligation import Exemption, Obligation, Role
from quorate.evidence.owed import Owed
from quorate.evidence.progress import progress_obligations
from quorate.evidence.recheck import recheck, solvers
from quorate.evidence.wellformed import WellFormed
from quorate.system import (
    Always,
    Boolean,
    Definition,
    EachStep,
    Integer,
    Lemma,
    Property,
    Proved,
    System,
    Theorem,
    Variable,
)
from quorate.system.smtlib import Writer
from quorate.windows.membership import Membership
from quorate.windows.membership.properties import recovers


def hour() -> float:
    return 3600.0


def everything(system: System, claim: Property, invariant) -> list[Obligation]:
    return list(Owed(system).everything(claim, tuple(invariant)))


def judge(system: System, obligations: Iterable[Obligation]) -> None:
    Judge(system.definitions).check(obligations, hour)


def asks(obligations: list[Obligation], what: str) -> list[str]:
    return [o.name for o in obligations if o.name.startswith(what)]


def test_a_good_proof_passes():
    system = twins(equal())
    judge(system, everything(system, both_three(system), (equal(),)))


LEFT, RIGHT = (twins().variable[name].term for name in ("left", "right"))

WRONG = [
    ("not true at first", (Lemma("early", LEFT == 1),), "initiation"),
    ("false", (Lemma("false", z3.BoolVal(False)),), "initiation"),
    ("not kept", (Lemma("small", z3.ULT(LEFT, 3)),), "consecution"),
    ("too weak", (Lemma("true", z3.BoolVal(True)),), "implication"),
    ("nothing at all", (), "implication"),
    (
        "not inductive by itself",
        (Lemma("claim", z3.Implies(LEFT == 3, RIGHT == 3)),),
        "consecution",
    ),
    *(
        (f"the {which} of two {how} in stage {stage}", two, f"{fails} of stage {stage}")
        for which, place in (("first", 0), ("second", 1))
        for how, wrong_one, fails in (
            ("not true at first", LEFT == 1, "initiation"),
            ("not kept", LEFT != 3, "consecution"),
        )
        for stage in (0, 1)
        for two in [
            tuple(
                replace(lemma, stage=stage)
                for lemma in (
                    (Lemma("wrong", wrong_one), equal()),
                    (equal(), Lemma("wrong", wrong_one)),
                )[place]
            )
        ]
    ),
    ("not true at first and of a later stage", (equal(), Lemma("w", LEFT == 1, 1)), "of stage 1"),
    (
        "not kept and of a later stage",
        (equal(), Lemma("w", LEFT != 3, 1)),
        "consecution of stage 1",
    ),
    # The first would be kept if the second were, which comes later and is not.
    (
        "leaning forward",
        (
            Lemma("right is below 7", z3.ULT(RIGHT, 7), 0),
            Lemma("left is not 6", LEFT != 6, 1),
            Lemma("they are equal", LEFT == RIGHT, 1),
        ),
        "consecution",
    ),
]


@pytest.mark.parametrize(
    ("invariant", "fails"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_a_wrong_invariant_is_objected_to(invariant, fails):
    system = twins()
    with pytest.raises(EvidenceError, match=fails):
        judge(system, everything(system, both_three(system), invariant))


def test_a_lemma_of_a_later_stage_may_lean_on_an_earlier_one():
    system = twins()
    claim = both_three(system)
    invariant = (equal(), replace(Lemma(claim.name, claim.formula), stage=1))
    judge(system, everything(system, claim, invariant))


def test_a_lemma_of_an_earlier_stage_may_not_lean_on_a_later_one():
    system = twins()
    claim = both_three(system)
    invariant = (replace(equal(), stage=1), Lemma(claim.name, claim.formula))
    with pytest.raises(EvidenceError, match="consecution of stage 0"):
        judge(system, everything(system, claim, invariant))


def test_every_action_that_touches_what_a_lemma_reads_has_its_own_obligation():
    for of in (cluster(3), cluster(2, SHARE)):
        model = Membership(of, run(force=True))
        system = model.system
        invariant = system.offered
        obligations = list(Owed(system).invariant(invariant))
        for stage in {lemma.stage for lemma in invariant}:
            assert len(asks(obligations, f"initiation of stage {stage}")) == 1
            own = z3.And(*(x.formula for x in invariant if x.stage == stage))
            for action in system.actions:
                asked = asks(obligations, f"consecution of stage {stage} by {action.name}")
                touches = any(mentions(own, system.variable[name].term) for name in action.updates)
                assert len(asked) == (1 if touches else 0), (stage, action.name)


def test_what_is_not_asked_of_a_step_is_said_to_be_exempt():
    """For each stage and action one or the other."""
    model = Membership(cluster(3, DISK), run(force=True))
    system, invariant = model.system, model.system.offered
    asked = asks(list(Owed(system).invariant(invariant)), "consecution")
    exempt = [one.name for one in exemptions(system, invariant)]
    assert exempt
    assert sorted(asked + exempt) == sorted(
        f"consecution of stage {stage} by {action.name}"
        for stage in {lemma.stage for lemma in invariant}
        for action in system.actions
    )


def mentions(formula, constant) -> bool:
    other = z3.FreshConst(constant.sort())
    return not z3.substitute(formula, (constant, other)).eq(formula)


def test_every_theorem_that_a_step_uses_is_asked_for():
    model = Membership(cluster(3, DISK), run())
    obligations = list(Owed(model.system).invariant(model.system.offered))
    used = {name for o in obligations for name in o.instances}
    assert used
    assert used <= {o.name.removeprefix("theorem: ") for o in obligations}


def test_a_claim_with_theorems_asks_for_them():
    model = Membership(cluster(3, DISK), run())
    claim = recovers(model)
    obligations = list(progress_obligations(model.system, claim, ()))
    assert asks(obligations, "some fair step is possible") == ["some fair step is possible"]
    assert {f"theorem: {i.theorem.name}" for i in claim.instances} <= {o.name for o in obligations}


@pytest.mark.parametrize("rule", QUORUM_RULES, ids=lambda rule: rule.mode)
def test_the_proofs_of_the_real_rules_pass(rule):
    model = Membership(cluster(3, rule), run())
    known = induction.inductive(model.system, model.system.offered, hour)
    for make_property in SAFETY:
        proof = induction.prove(model.system, make_property(model), known, hour)
        assert isinstance(proof, Proved)
        judge(model.system, everything(model.system, make_property(model), proof.invariant))


@pytest.mark.parametrize(
    "name", [lemma.name for lemma in Membership(cluster(2, DISK), run()).system.lemmas]
)
def test_a_proof_without_one_of_its_lemmas_fails_unless_the_rest_is_a_proof_too(name):
    """The judge says about the rest what the prover says about it."""
    model = Membership(cluster(2, DISK), run())
    rest = tuple(lemma for lemma in model.system.offered if lemma.name != name)
    known = induction.inductive(model.system, rest, hour)
    stands = len(known) == len(rest)
    try:
        judge(model.system, Owed(model.system).invariant(rest))
        judged = True
    except EvidenceError:
        judged = False
    assert judged == stands


def test_a_lemma_about_an_input_is_refused_for_it_could_prove_what_is_false():
    """The second step is said to be impossible by what only the first step's choice keeps."""
    at, chosen = number("at"), number("chosen")
    system = System(
        "two steps",
        (at,),
        (at.term == 0,),
        (
            step("one", [at.term == 0, chosen.term == 1], {"at": at.term + 1}, (chosen,)),
            step("three", [at.term == 1, chosen.term == 2], {"at": at.term + 3}, (chosen,)),
        ),
    )
    lie = Lemma("lie", z3.And(at.term != 4, z3.Or(at.term != 1, chosen.term == 1)))
    judge(system, everything(system, not_at(system, 4, "at"), (lie,)))
    with pytest.raises(EvidenceError, match="'lie' reads what is not there: chosen"):
        WellFormed(system).check_lemmas((lie,))


X = number("x")
DOUBLE = Definition("double", X, Integer(), 2 * z3.BV2Int(X.term))


def counting(theorem: Theorem) -> System:
    """A counter that leans on a theorem about `double`."""
    system = counter()
    count = system.variable["count"].term
    actions = [
        replace(action, instances=(theorem(count),)) if action.name == "count" else action
        for action in system.actions
    ]
    return replace(system, actions=tuple(actions), definitions=(DOUBLE,))


TRUE = Theorem("double is not negative", (X,), DOUBLE(X.term) >= 0)
FALSE = Theorem("double is positive", (X,), DOUBLE(X.term) > 0)
ABSURD = Theorem("double is negative", (X,), DOUBLE(X.term) < 0)


def test_a_theorem_that_is_one_is_accepted():
    system = counting(TRUE)
    claim = not_at(system, 6)
    judge(system, everything(system, claim, (Lemma(claim.name, claim.formula),)))


@pytest.mark.parametrize("theorem", [FALSE, ABSURD])
def test_a_theorem_that_is_none_is_objected_to(theorem):
    """With it the step would contradict itself and prove anything."""
    system = counting(theorem)
    claim = not_at(system, 6)
    with pytest.raises(EvidenceError, match=f"theorem: {theorem.name}"):
        judge(system, everything(system, claim, (Lemma(claim.name, claim.formula),)))


def test_every_theorem_of_a_step_that_is_claimed_of_is_asked_for_once():
    one, other = (replace(TRUE, name=name) for name in ("one", "other"))
    system = counting(TRUE)
    count, reset = system.actions
    number = system.variable["count"]
    told = replace(count, instances=tuple(t(number.term) for t in (one, other, one)))
    system = replace(system, actions=(told, replace(reset, instances=(other(number.term),))))
    less = EachStep("less", {"count": number.next != number.term, "reset": number.next == 0})
    asked = list(step_obligations(system, less, ()))
    assert asks(asked, "theorem") == ["theorem: other", "theorem: one"]
    assert asks(asked, "each step") == ["each step of count", "each step of reset"]
    assert [o.instances for o in asked[2:]] == [("one", "other"), ("other",)]
    assert theorem_names(told.instances) == ("one", "other")


def test_a_theorem_of_the_claim_that_is_none_is_objected_to():
    system = counting(TRUE)
    count = system.variable["count"].term
    lie = Always("lie", count != 3, instances=(ABSURD(count), TRUE(count)))
    with pytest.raises(EvidenceError, match="theorem: double is negative"):
        judge(system, everything(system, lie, (Lemma("nothing", z3.BoolVal(True)),)))


def seen_through(formula: z3.BoolRef) -> Lemma:
    return Lemma("seen through", formula, written_out=True)


COUNT = counter().variable["count"].term

FIRST = "initiation of stage 0"
COUNTING, RESETTING = (f"consecution of stage 0 by {action}" for action in ("count", "reset"))

SEEN_THROUGH = {
    "true for ever": (DOUBLE(COUNT) <= 10, []),
    "broken at 2": (DOUBLE(COUNT) != 6, [COUNTING]),
    "broken at 2, and not said of the double": (COUNT != 3, [COUNTING]),
    "broken by the first step": (z3.Or(DOUBLE(COUNT) == 0, COUNT == 5), [COUNTING]),
    "broken at 5": (z3.Or(DOUBLE(COUNT) > 2, COUNT == 1), [FIRST, RESETTING]),
}
"""What a lemma may say of a counter that is written out, and what of its proof is wrong then."""


@pytest.mark.parametrize(("said", "fails"), SEEN_THROUGH.values(), ids=SEEN_THROUGH)
def test_a_lemma_that_is_written_out_is_objected_to_where_it_is_broken(said, fails):
    system = replace(counter(), definitions=(DOUBLE,))
    asked = everything(system, Always("as it says", said), (seen_through(said),))
    for obligation in asked:
        if obligation.name in fails:
            with pytest.raises(EvidenceError, match=obligation.name):
                judge(system, [obligation])
        else:
            judge(system, [obligation])
    assert {COUNTING, RESETTING, FIRST} < {obligation.name for obligation in asked}


@pytest.mark.parametrize("solver", solvers())
@pytest.mark.parametrize(("said", "fails"), SEEN_THROUGH.values(), ids=SEEN_THROUGH)
def test_its_certificate_is_not_confirmed_where_it_is_broken(said, fails, solver, tmp_path):
    """Though nothing was tampered with."""
    system = replace(counter(), definitions=(DOUBLE,))
    certify(tmp_path, system, Always("as it says", said), (seen_through(said),))
    assert wrong(tmp_path) == []
    answers = {path: recheck(path, solver, 60) for path in obligations(tmp_path)}
    possible = {
        path.read_text(encoding="utf-8").splitlines()[0]
        for path in answers
        if answers[path] == "sat"
    }
    assert possible == {f"; {name}" for name in ("a first state exists", *fails)}
    assert len(answers) == 5


IDLE = number("idle")


def waiting() -> System:
    """The counter, beside whom somebody does nothing of interest."""
    system = counter()
    rest = step("rest", [], {"idle": IDLE.term + 1})
    return replace(
        system,
        variables=(*system.variables, IDLE),
        initial=(*system.initial, IDLE.term == 0),
        actions=(*system.actions, rest),
        definitions=(DOUBLE,),
    )


FEW, DOUBLED = Lemma("few", COUNT != 7), seen_through(DOUBLE(COUNT) <= 10)
RESTS = Lemma("it rests", IDLE.term == IDLE.term)
BECAUSE = "it changes nothing that the lemmas of the stage speak of"


@pytest.mark.parametrize("of_one_stage", [(FEW,), (FEW, DOUBLED), (DOUBLED, FEW), (DOUBLED,)])
def test_each_stage_asks_of_each_step_that_may_break_it_and_says_so_of_the_others(of_one_stage):
    """One lemma that is written out writes out its stage, and the implication, and no other
    stage."""
    owed, later = Owed(waiting()), replace(RESTS, stage=1)
    invariant = (*of_one_stage, later, replace(later, name="it still rests"))
    out = DOUBLED in of_one_stage
    claim = Always("as it says", z3.And(COUNT != 7, DOUBLE(COUNT) <= 10 if out else COUNT != 7))
    asked = [(o.name, o.written_out) for o in owed.everything(claim, invariant)]
    assert asked == [
        ("a first state exists", True),
        ("initiation of stage 0", True),
        ("consecution of stage 0 by count", out),
        ("consecution of stage 0 by reset", out),
        ("initiation of stage 1", True),
        ("consecution of stage 1 by rest", False),
        ("implication", out),
    ]
    assert list(owed.exemptions(claim, invariant)) == [
        Exemption("consecution of stage 0 by rest", BECAUSE),
        Exemption("consecution of stage 1 by count", BECAUSE),
        Exemption("consecution of stage 1 by reset", BECAUSE),
    ]
    judge(waiting(), owed.everything(claim, invariant))


@pytest.mark.parametrize("order", [1, -1])
def test_a_lemma_beside_one_that_is_written_out_is_objected_to_where_it_is_broken(order):
    broken = Lemma("broken", COUNT != 3)
    for stage in (0, 1):
        invariant = tuple(replace(lemma, stage=stage) for lemma in (DOUBLED, broken)[::order])
        with pytest.raises(EvidenceError, match=f"consecution of stage {stage} by count"):
            judge(waiting(), Owed(waiting()).invariant(invariant))


ADDS = System("adds", (number("count"),), (COUNT == 0,), (step("add", [], {"count": COUNT + 1}),))
NEXT = number("count").next


@pytest.mark.parametrize("written_out", [False, True])
def test_a_lemma_is_kept_by_every_lemma_that_is_known_before(written_out):
    """The third is kept only where the first and the second are."""
    three, five = (Lemma(f"not {value}", value != COUNT) for value in (3, 5))
    lost = Lemma("lost", z3.And(COUNT != 4, COUNT != 6), 1, written_out=written_out)
    system = replace(ADDS, definitions=(DOUBLE,))
    for known, passes in (((three, five), True), ((three,), False), ((five,), False)):
        asked = [o for o in Owed(system).stage((*known, lost)) if o.role is Role.CONSECUTION]
        if passes:
            judge(system, asked)
        else:
            with pytest.raises(EvidenceError, match="consecution of stage 1 by add"):
                judge(system, asked)


def test_a_step_keeps_a_lemma_by_the_theorems_of_its_action():
    lemma = Lemma("not negative", z3.Or(DOUBLE(COUNT) >= 0, COUNT == 7))
    now, then = TRUE(COUNT), replace(TRUE, name="again")(COUNT + 1)
    for instances, passes in (((now, then), True), ((then,), True), ((now,), False)):
        add = replace(ADDS.action["add"], instances=instances)
        system = replace(ADDS, actions=(add,), definitions=(DOUBLE,))
        asked = list(Owed(system).stage((lemma,)))
        assert asked[-1].instances == theorem_names(instances)
        if passes:
            judge(system, asked)
        else:
            with pytest.raises(EvidenceError, match="consecution of stage 0 by add"):
                judge(system, asked)


def test_an_implication_leans_on_every_lemma_and_on_the_theorems_of_the_claim():
    system = counting(TRUE)
    six, seven = (Lemma(f"not {value}", value != COUNT) for value in (6, 7))
    claim = Always("below 6", z3.And(z3.ULT(COUNT, 6), DOUBLE(COUNT) >= 0), (TRUE(COUNT),))
    judge(system, everything(system, claim, (six, seven)))
    for invariant in ((six,), (seven,)):
        with pytest.raises(EvidenceError, match="implication"):
            judge(system, Owed(system).claim(claim, invariant))
    with pytest.raises(EvidenceError, match="implication"):
        judge(system, Owed(system).claim(replace(claim, instances=()), (six, seven)))


def test_a_step_leans_on_every_lemma_and_on_the_theorems_of_its_action():
    five, six = (Lemma(f"not {value}", value != COUNT) for value in (5, 6))
    grows = EachStep("it grows to none of these", {"add": z3.And(NEXT != 6, NEXT != 7)})
    judge(ADDS, Owed(ADDS).claim(grows, (five, six)))
    for invariant in ((five,), (six,), ()):
        with pytest.raises(EvidenceError, match="each step of add"):
            judge(ADDS, Owed(ADDS).claim(grows, invariant))
    now, then = TRUE(COUNT), replace(TRUE, name="again")(COUNT + 1)
    told = EachStep("twice", {"add": z3.And(DOUBLE(COUNT) >= 0, DOUBLE(NEXT) >= 0)})
    for instances, passes in (((now, then), True), ((now,), False), ((then,), False)):
        add = replace(ADDS.action["add"], instances=instances)
        system = replace(ADDS, actions=(add,), definitions=(DOUBLE,))
        asked = list(Owed(system).claim(told, ()))
        assert asked[-1].instances == theorem_names(instances)
        if passes:
            judge(system, asked)
        else:
            with pytest.raises(EvidenceError, match="each step of add"):
                judge(system, asked)


@pytest.mark.parametrize("instances", [(ABSURD,), (ABSURD, TRUE), (TRUE, ABSURD)])
@pytest.mark.parametrize("name", ["count", "reset"])
def test_a_theorem_of_a_step_that_is_claimed_of_and_is_none_is_objected_to(name, instances):
    whole = counting(TRUE)
    told = replace(whole.action[name], instances=tuple(theorem(COUNT) for theorem in instances))
    system = replace(whole, actions=tuple(told if a.name == name else a for a in whole.actions))
    lie = EachStep("lie", {"count": NEXT == 0, "reset": NEXT == 0})
    judged = replace(lie, formulas={name: lie.formulas[name]})
    for claim in (lie, judged):
        with pytest.raises(EvidenceError, match=f"theorem: {ABSURD.name}"):
            judge(system, [o for o in Owed(system).claim(claim, ()) if o.role is Role.THEOREM])


def test_a_hint_that_is_no_theorem_is_objected_to():
    hinted = Theorem("double is large", (X,), DOUBLE(X.term) > 5, hints=(ABSURD(X.term),))
    helped = replace(hinted, hints=(ABSURD(X.term), TRUE(X.term)))
    helped_too = replace(hinted, hints=(TRUE(X.term), ABSURD(X.term)))
    for theorem, refused in ((hinted, hinted), (helped, ABSURD), (helped_too, ABSURD)):
        system = counting(theorem)
        claim = not_at(system, 6)
        with pytest.raises(EvidenceError, match=f"theorem: {refused.name}"):
            judge(system, everything(system, claim, (Lemma(claim.name, claim.formula),)))


def test_a_theorem_must_follow_from_its_hints_whatever_the_numbers_are():
    """Numbers that a condition chooses are not looked into, so what matters must be said."""
    a = z3.Bool("a")
    counts = z3.If(a, z3.IntVal(1), z3.IntVal(0))
    few = Theorem("a counts for at most one", (Variable("a", Boolean()),), counts <= 1)
    some = Theorem("a counts for at least none", (Variable("a", Boolean()),), counts >= 0)
    one, other = few(a), some(a)
    for hints, met in (
        ((), True),
        ((one,), True),
        ((other,), False),
        ((one, other), True),
        ((other, one), True),
    ):
        theorem = Theorem("a counts for less than two", few.parameters, counts < 2, hints)
        obligation = next(theorem_obligations((), [theorem(a)]))
        assert obligation.written_out
        assert obligation.instances == tuple(hint.theorem.name for hint in hints)
        solver = z3.Solver()
        solver.add(*obligation.formulas)
        assert (solver.check() == z3.unsat) == met


def test_a_false_theorem_cannot_hide_behind_the_name_of_a_true_one():
    impostor = replace(ABSURD, name=TRUE.name)
    for pair in ((TRUE, impostor), (impostor, TRUE)):
        system = counting(TRUE)
        count = system.variable["count"].term
        first, *others = system.actions
        first = replace(first, instances=tuple(theorem(count) for theorem in pair))
        system = replace(system, actions=(first, *others))
        claim = not_at(system, 3)
        with pytest.raises(EvidenceError):
            judge(system, everything(system, claim, (Lemma(claim.name, claim.formula),)))


def test_the_same_formulas_are_the_same_text_whenever_they_are_made():
    """Whatever else was made before."""

    def text(name: str) -> str:
        x, quoted = number("x", 8).term, number('a ?x7 "$x8', 8).term
        shared = (x + 1) & (quoted + x)
        formulas = (shared + shared == 3, shared + x != shared)
        return Obligation(Role.IMPLICATION, name, formulas).to_smt2(Writer())

    first = text("one")
    others = [z3.BitVec(f"other {place}", 8) + place for place in range(50)]
    assert "(let ((%x1 " in first
    assert text("one") == first
    assert '|a ?x7 "$x8|' in first
    del others


def test_no_time_is_no_proof():
    one, other = number("one", 64).term, number("other", 64).term
    small = [z3.UGT(one, 1), z3.ULT(one, 10**9), z3.UGT(other, 1), z3.ULT(other, 10**9)]
    factors = Obligation(Role.IMPLICATION, "factors", (one * other == 999999874000003969, *small))
    with pytest.raises(EvidenceError, match="was unknown, not unsat"):
        Judge(()).check([factors], lambda: 0.0)


def test_a_certificate_is_smt_lib_with_its_reason():
    system = twins(equal())
    start, *others = everything(system, both_three(system), (equal(),))
    assert (start.expected, {o.expected for o in others}) == ("sat", {"unsat"})
    for obligation in (start, *others):
        text = obligation.to_smt2(Writer())
        assert text.startswith(f"; {obligation.name}\n; expected: {obligation.expected}\n")
        solver = z3.SimpleSolver()
        solver.from_string(text)
        assert str(solver.check()) == obligation.expected


def test_names_of_nodes_do_not_break_the_files():
    """Quotes, bars, spaces and letters of other scripts are legal names of nodes."""
    names = ('a "b"', "c|d", "\\e", "Ä", "(f)", "; g")
    of = replace(
        cluster(6),
        nodes=tuple(replace(n, name=name) for n, name in zip(cluster(6).nodes, names, strict=True)),
    )
    model = Membership(of, run())
    for obligation in Owed(model.system).invariant(model.system.offered):
        solver = z3.SimpleSolver()
        solver.from_string(obligation.to_smt2(Writer()))
        assert solver.check() == z3.unsat
