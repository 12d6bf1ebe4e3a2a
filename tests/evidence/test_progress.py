"""A measure that lies is objected to, and a loop that proves nothing is refused."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
import z3

from corpus.cases import ONLY, SHARE, cluster
from corpus.toys import number
from quorate.cluster import Cluster, Group, Node, NodeMajority, Resource, WindowsVersion
from quorate.engines import bmc, induction
from quorate.errors import EvidenceError
from quorate.evidence.judge import Judge
from quorate.evidence.obligation import Exemption, Role
from quorate.evidence.owed import Owed
from quorate.evidence.progress import progress_obligations
from quorate.evidence.replay import replay_refutation
from quorate.inquiry.asking import searched
from quorate.system import (
    Action,
    ActionKind,
    Bits,
    Boolean,
    Ceases,
    Definition,
    HoldsTo,
    Integer,
    LeadsTo,
    Lemma,
    Progress,
    Refuted,
    Single,
    Step,
    System,
    Theorem,
    Trace,
    Variable,
)
from quorate.windows.groups import Assumptions as GroupAssumptions
from quorate.windows.groups import progress_properties as endings
from quorate.windows.groups.model import Groups
from quorate.windows.membership import Membership
from quorate.windows.membership.properties import recovers


@pytest.mark.parametrize("of", [cluster(3), cluster(3, SHARE), cluster(3, ONLY, "AB")])
def test_the_measure_of_recovery_is_accepted_whoever_has_a_cable(of):
    model = Membership(of)
    offered = model.system.offered
    Judge(model.system.definitions).check(
        progress_obligations(model.system, recovers(model), offered), hour
    )


JOBS = ("wash", "rinse", "dry")
NOBODY, ALL = 0, 7


def hour() -> float:
    return 3600.0


def jobs() -> System:
    """Jobs that are done one after the other. A pause does nothing. Now and then somebody brings
    them all again, or takes back the last that was done, which is not counted on."""
    todo, job = Variable("todo", Bits(JOBS)), Variable("job", Single(JOBS))
    cluster, fault = ActionKind.CLUSTER, ActionKind.FAULT
    t, j = todo.term, job.term
    return System(
        "jobs",
        (todo,),
        (t == ALL,),
        (
            Action(
                "do",
                cluster,
                (j != NOBODY, j & ~t == NOBODY),
                {"todo": t & ~j},
                (job,),
                choices={"job": t & (~t + 1)},
            ),
            Action("pause", cluster, (), {}),
            Action("bring", fault, (), {"todo": z3.BitVecVal(ALL, 3)}),
            Action("undo", cluster, (t != ALL,), {"todo": t | (~t & (t + 1))}),
        ),
    )


SYSTEM = jobs()
TODO = SYSTEM.variable["todo"].term
DONE = LeadsTo(
    "all is done",
    trigger=z3.BoolVal(True),
    goal=TODO == NOBODY,
    calm=("do", "pause"),
    fair=("do",),
    waiting=z3.BoolVal(True),
    measure=(TODO,),
)
ENDS = Ceases("jobs come to an end", ("do", "pause"), ("do",), (TODO,))


def judge(claim: Progress, system: System = SYSTEM, invariant: Sequence[Lemma] = ()) -> None:
    Judge(system.definitions).check(Owed(system).claim(claim, invariant), hour)


def with_action(name: str, **changes: object) -> System:
    """The system with one action changed."""
    actions = [replace(a, **changes) if a.name == name else a for a in SYSTEM.actions]
    return replace(SYSTEM, actions=tuple(actions))


def test_an_honest_measure_is_believed():
    judge(DONE)
    judge(ENDS)


def test_a_later_set_may_grow_when_an_earlier_one_shrinks():
    judge(replace(DONE, measure=(TODO, ~TODO)))
    judge(replace(ENDS, measure=(TODO, ~TODO)))


def test_a_waiting_that_is_narrower_is_believed_if_it_lasts_until_the_goal():
    left = z3.Or(TODO == ALL, TODO == 6, TODO == 4)
    in_order = replace(SYSTEM.action["do"], inputs=(), updates={"todo": TODO & (TODO - 1)})
    in_order = replace(in_order, guard=(TODO != NOBODY,), choices={})
    system = replace(SYSTEM, actions=(in_order, *SYSTEM.actions[1:]))
    judge(replace(DONE, trigger=TODO == ALL, waiting=left), system)


FALSE_THEOREM = Theorem("all is done", (number("n"),), z3.BoolVal(False))

LIES: list[tuple[str, Progress, str]] = [
    ("nothing shrinks", replace(DONE, measure=()), "progress by do"),
    ("it stays the same", replace(DONE, measure=(TODO & 0,)), "progress by do"),
    ("it grows", replace(DONE, measure=(~TODO,)), "progress by do"),
    ("an earlier set grows", replace(DONE, measure=(~TODO, TODO)), "progress by do"),
    (
        "one member goes and another comes",
        replace(DONE, measure=(z3.If(TODO == ALL, z3.BitVecVal(4, 3), z3.BitVecVal(3, 3)),)),
        "progress by do",
    ),
    ("fair steps do not shrink it", replace(DONE, fair=("do", "pause")), "progress by pause"),
    ("calm steps grow it", replace(DONE, calm=("do", "bring")), "progress by bring"),
    ("calm steps grow it now and then", replace(DONE, calm=("do", "undo")), "progress by undo"),
    (
        "the waiting ends too early",
        replace(DONE, waiting=TODO == ALL, trigger=TODO == ALL),
        "by do",
    ),
    ("the waiting is too narrow", replace(DONE, waiting=TODO == ALL), "the trigger begins"),
    ("there is no waiting", replace(DONE, waiting=z3.BoolVal(False)), "the trigger begins"),
    ("nothing is fair", replace(DONE, fair=()), "some fair step is possible"),
    (
        "the goal lies beyond what is possible",
        replace(DONE, goal=z3.BoolVal(False)),
        "some fair step is possible",
    ),
    (
        "a theorem is none",
        replace(DONE, measure=(), instances=(FALSE_THEOREM(z3.BitVecVal(0, 3)),)),
        "theorem: all is done",
    ),
    ("counted steps do not shrink it", replace(ENDS, measure=()), "progress by do"),
    ("counted steps grow it", replace(ENDS, measure=(~TODO,)), "progress by do"),
    ("one counted step keeps it", replace(ENDS, counted=("do", "pause")), "progress by pause"),
    ("allowed steps grow it", replace(ENDS, allowed=("do", "bring")), "progress by bring"),
]


@pytest.mark.parametrize(("claim", "fails"), [c[1:] for c in LIES], ids=[c[0] for c in LIES])
def test_a_lying_measure_is_objected_to(claim, fails):
    with pytest.raises(EvidenceError, match=fails):
        judge(claim)


TRUE_THEOREM = Theorem("what is left is left", (Variable("n", Bits(JOBS)),), z3.BoolVal(True))
LEAN_ON = {
    "alone": [FALSE_THEOREM],
    "after another": [TRUE_THEOREM, FALSE_THEOREM],
    "before another": [FALSE_THEOREM, TRUE_THEOREM],
}


@pytest.mark.parametrize("claim", [DONE, ENDS], ids=["leads to", "ceases"])
@pytest.mark.parametrize("name", ["do", "pause"])
@pytest.mark.parametrize("theorems", LEAN_ON.values(), ids=LEAN_ON)
def test_a_theorem_of_a_step_that_is_none_is_objected_to(claim, name, theorems):
    """With it the step would contradict itself and shrink anything."""
    told = with_action(name, instances=tuple(theorem(TODO) for theorem in theorems))
    judge(claim, with_action(name, instances=(TRUE_THEOREM(TODO),)))
    with pytest.raises(EvidenceError, match="theorem: all is done"):
        judge(claim, told)


NOT_THERE = [
    ("fair but not calm", replace(DONE, calm=("pause",))),
    ("fair but a fault", replace(DONE, fair=("do", "bring"))),
    ("counted but not allowed", replace(ENDS, allowed=("pause",))),
    ("calm but unknown", replace(DONE, calm=("do", "rest"))),
    ("allowed but unknown", replace(ENDS, allowed=("do", "rest"))),
]


@pytest.mark.parametrize("claim", [c[1] for c in NOT_THERE], ids=[c[0] for c in NOT_THERE])
def test_a_claim_about_actions_that_it_may_not_name_is_refused(claim):
    with pytest.raises(EvidenceError, match="actions that cannot happen"):
        judge(claim)


def test_a_choice_with_which_the_step_is_not_possible_proves_no_progress():
    for choices in ({}, {"job": z3.BitVecVal(1, 3)}, {"job": z3.BitVecVal(0, 3)}):
        with pytest.raises(EvidenceError, match="some fair step is possible"):
            judge(DONE, with_action("do", choices=choices))


def test_what_holds_for_ever_may_be_leaned_on_if_it_does():
    """That something is fair only while the first job is left takes a lemma, which is false."""
    reluctant = with_action("do", guard=(*SYSTEM.action["do"].guard, TODO & 1 != NOBODY))
    lemma = Lemma("the first job is the last", z3.Or(TODO == NOBODY, TODO & 1 != NOBODY))
    judge(DONE, reluctant, (lemma,))
    with pytest.raises(EvidenceError):
        judge(DONE, reluctant)
    assert induction.inductive(reluctant, (lemma,), hour) == ()


def in_order() -> System:
    """The jobs are done in their order, and somebody looks at what is left."""
    in_order = replace(
        SYSTEM.action["do"],
        guard=(TODO != NOBODY,),
        updates={"todo": TODO & (TODO - 1)},
        inputs=(),
        choices={},
    )
    return replace(SYSTEM, actions=(in_order, SYSTEM.action["pause"]))


def test_a_trigger_may_begin_the_waiting_by_what_holds_for_ever_or_be_the_goal_itself():
    waiting = z3.Or(TODO == ALL, TODO == 6, TODO == 4)
    lemma = Lemma("in order", z3.Or(waiting, TODO == NOBODY))
    told = replace(DONE, waiting=waiting)
    judge(told, in_order(), (lemma,))
    with pytest.raises(EvidenceError, match="the trigger begins the waiting"):
        judge(told, in_order())
    with pytest.raises(EvidenceError, match="the trigger begins the waiting"):
        judge(told, in_order(), (replace(lemma, formula=z3.Or(lemma.formula, TODO == 5)),))


SIZE = Definition("size", Variable("n", Bits(JOBS)), Integer(), 2 * z3.BV2Int(z3.BitVec("n", 3)))
NOT_NEGATIVE = Theorem("a size is not negative", (SIZE.parameter,), SIZE(SIZE.parameter.term) >= 0)


def test_a_trigger_may_begin_the_waiting_by_a_theorem():
    system = replace(in_order(), definitions=(SIZE,))
    again = replace(NOT_NEGATIVE, name="again")
    do = replace(system.action["do"], instances=(again(TODO & (TODO - 1)),))
    system = replace(system, actions=(do, *system.actions[1:]))
    told = replace(DONE, waiting=SIZE(TODO) >= 0, instances=(NOT_NEGATIVE(TODO),))
    judge(told, system)
    for obligation in Owed(system).claim(told, ()):
        if obligation.role is Role.PROGRESS:
            of_step = ("again",) if obligation.name == "progress by do" else ()
            assert obligation.instances == (NOT_NEGATIVE.name, *of_step)
    with pytest.raises(EvidenceError, match="the trigger begins the waiting"):
        judge(replace(told, instances=()), system)


def test_a_step_that_grows_what_is_measured_and_nothing_else_is_objected_to():
    """Neither the goal nor the waiting speaks of the second set."""
    fuel = Variable("fuel", Bits(JOBS))
    burn = replace(in_order().action["do"], updates={"todo": TODO & (TODO - 1), "fuel": fuel.term})
    for name, less in (("burnt", fuel.term & (fuel.term - 1)), ("filled", fuel.term | 1)):
        pause = replace(SYSTEM.action["pause"], updates={"fuel": less})
        system = replace(
            SYSTEM,
            variables=(*SYSTEM.variables, fuel),
            initial=(*SYSTEM.initial, fuel.term == ALL),
            actions=(burn, pause),
        )
        for claim in (DONE, ENDS):
            measured = replace(claim, measure=(fuel.term, TODO))
            if name == "burnt":
                judge(measured, system)
            else:
                with pytest.raises(EvidenceError, match="progress by pause"):
                    judge(measured, system)


def test_each_step_is_either_asked_about_or_said_not_to_be():
    """A fair or counted one always, another where it changes what is measured."""
    both = (replace(DONE, calm=("do", "pause", "undo")), replace(ENDS, allowed=("do", "pause")))
    because = "it is not counted on, and changes nothing that is measured"
    for claim, asked in zip(both, (["do", "undo"], ["do"]), strict=True):
        owed = Owed(SYSTEM)
        names = [o.name for o in owed.claim(claim, ())]
        assert names[-len(asked) :] == [f"progress by {name}" for name in asked]
        assert list(owed.exemptions(claim, ())) == [Exemption("progress by pause", because)]
        which = "calm" if claim is both[0] else "allowed"
        turned = replace(claim, **{which: tuple(reversed(getattr(claim, which)))})
        assert list(owed.exemptions(turned, ())) == [Exemption("progress by pause", because)]
        idle = replace(claim, **{"fair" if claim is both[0] else "counted": ("do", "pause")})
        assert list(owed.exemptions(idle, ())) == []
        assert "progress by pause" in {o.name for o in owed.claim(idle, ())}


# Loops.


def run(*steps: tuple[str, int], loop_start: int | None) -> Trace:
    """Each step with what is left to do after it."""
    before, taken = ALL, []
    for action, after in steps:
        inputs = {"job": before & ~after} if action == "do" else {}
        taken.append(Step(action, inputs, {"todo": after}))
        before = after
    return Trace({"todo": ALL}, tuple(taken), loop_start)


WITH_UNDO = replace(DONE, calm=("do", "pause", "undo"))
ROUND = run(("do", 6), ("undo", 7), loop_start=0)


def test_an_honest_loop_is_accepted():
    replay_refutation(SYSTEM, ROUND, WITH_UNDO)
    replay_refutation(SYSTEM, run(("do", 6), ("undo", 7), ("do", 6), loop_start=1), WITH_UNDO)
    replay_refutation(SYSTEM, ROUND, Ceases("", ("do", "undo"), ("do",), ()))
    replay_refutation(SYSTEM, run(("pause", 7), loop_start=0), replace(DONE, fair=()))


def test_a_loop_of_no_steps_is_accepted_where_no_fair_step_is_possible():
    waits = replace(DONE, goal=TODO == 1, trigger=TODO == ALL)
    ended = run(("do", 6), ("do", 4), ("do", 0), loop_start=3)
    replay_refutation(SYSTEM, ended, waits)
    with pytest.raises(EvidenceError, match="ignores a fair action"):
        replay_refutation(SYSTEM, run(("do", 6), ("do", 4), loop_start=2), waits)


def test_a_loop_in_which_a_fair_step_is_impossible_for_a_moment_is_accepted():
    picky = with_action("do", guard=(*SYSTEM.action["do"].guard, TODO == ALL))
    calm = replace(DONE, calm=("do", "pause", "undo", "bring"), goal=z3.BoolVal(False))
    system = replace(
        picky,
        actions=(
            *picky.actions,
            Action("lose", ActionKind.FAULT, (), {"todo": z3.BitVecVal(3, 3)}),
        ),
    )
    calm = replace(calm, calm=(*calm.calm, "lose"))
    replay_refutation(system, run(("lose", 3), ("bring", 7), loop_start=0), calm)
    with pytest.raises(EvidenceError, match="ignores a fair action"):
        replay_refutation(system, run(("bring", 7), loop_start=0), calm)


REFUSED: list[tuple[str, Trace, Progress, str]] = [
    ("it ignores a fair step", run(("pause", 7), loop_start=0), DONE, "ignores a fair action"),
    ("it has no steps and ignores one", run(loop_start=0), DONE, "ignores a fair action"),
    (
        "it reaches the goal",
        run(("do", 6), ("do", 4), ("do", 0), ("undo", 1), ("undo", 3), ("undo", 7), loop_start=0),
        WITH_UNDO,
        "not one of waiting",
    ),
    (
        "it begins and ends at the goal",
        run(("do", 6), ("do", 4), ("do", 0), ("undo", 1), ("do", 0), loop_start=3),
        WITH_UNDO,
        "not one of waiting",
    ),
    ("it has a step that is not calm", ROUND, DONE, "not one of waiting"),
    (
        "it has a fault",
        run(("do", 6), ("bring", 7), loop_start=0),
        WITH_UNDO,
        "not one of waiting",
    ),
    (
        "a fault comes between the trigger and the loop",
        run(("bring", 7), ("do", 6), ("undo", 7), ("do", 6), loop_start=2),
        replace(WITH_UNDO, trigger=z3.BoolVal(False)),
        "not one of waiting",
    ),
    (
        "the trigger comes in the loop only",
        ROUND,
        replace(WITH_UNDO, trigger=TODO == 6),
        "not one of waiting",
    ),
    (
        "its first step is a fault",
        run(("bring", 7), ("do", 6), ("undo", 7), loop_start=1),
        replace(WITH_UNDO, trigger=z3.BoolVal(False)),
        "not one of waiting",
    ),
    (
        "its first step is not calm",
        run(("do", 6), ("pause", 6), loop_start=1),
        replace(DONE, calm=("pause",), fair=(), trigger=TODO == ALL),
        "not one of waiting",
    ),
    (
        "it has no steps and there was no trigger",
        run(("do", 6), ("do", 4), ("do", 0), loop_start=3),
        replace(DONE, goal=TODO == 1, trigger=z3.BoolVal(False)),
        "not one of waiting",
    ),
    (
        "its first step is a fault, which ends the waiting",
        run(("bring", 7), ("do", 6), ("do", 4), loop_start=2),
        WITH_UNDO,
        "not the one that the loop",
    ),
    (
        "the goal is where it comes back to",
        run(("do", 6), ("undo", 7), ("do", 6), loop_start=1),
        replace(WITH_UNDO, goal=TODO == 6),
        "not one of waiting",
    ),
    ("its first step is not allowed", run(("undo", 7), loop_start=0), ENDS, "not possible"),
    (
        "only its first step is not allowed",
        run(("bring", 7), ("pause", 7), loop_start=0),
        replace(ENDS, allowed=("pause",), counted=("pause",)),
        "not allowed",
    ),
    ("there was no trigger", ROUND, replace(WITH_UNDO, trigger=TODO == 4), "not one of waiting"),
    (
        "the goal was reached before",
        run(("do", 6), ("undo", 7), loop_start=0),
        replace(WITH_UNDO, goal=TODO == ALL),
        "not one of waiting",
    ),
    ("it does not come back", run(("do", 6), loop_start=0), WITH_UNDO, "not the one that the loop"),
    (
        "it comes back to another place",
        run(("do", 6), ("undo", 7), loop_start=1),
        WITH_UNDO,
        "not the one that the loop",
    ),
    ("it does not go round", run(("do", 6), loop_start=None), WITH_UNDO, "does not go round"),
    ("it is no run", run(("undo", 7), loop_start=0), WITH_UNDO, "not possible"),
    ("it has a step that is not allowed", ROUND, ENDS, "not allowed"),
    ("nothing in it is counted", run(("pause", 7), loop_start=0), ENDS, "is counted"),
    (
        "only what comes before it is counted",
        run(("do", 6), ("pause", 6), loop_start=1),
        ENDS,
        "is counted",
    ),
    ("it has no steps to count", run(loop_start=0), ENDS, "is counted"),
]


@pytest.mark.parametrize(
    ("trace", "claim", "reason"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_a_loop_that_proves_nothing_is_refused(trace, claim, reason):
    with pytest.raises(EvidenceError, match=reason):
        replay_refutation(SYSTEM, trace, claim)


def test_what_is_counted_may_be_any_step_of_the_loop():
    claim = Ceases("", ("do", "undo", "pause"), ("undo",), ())
    replay_refutation(SYSTEM, ROUND, claim)
    replay_refutation(SYSTEM, run(("pause", 7), ("do", 6), ("undo", 7), loop_start=0), claim)


def test_a_fair_step_is_possible_with_any_choice_of_all_its_inputs():
    """Only the last of them, or the first, lets it happen."""
    how = Variable("how", Bits(("a", "b")))
    for chosen in how.sort.values():
        for job in (1, 4):
            do = SYSTEM.action["do"]
            picky = with_action(
                "do",
                inputs=(*do.inputs, how),
                guard=(*do.guard, how.term == how.sort.literal(chosen), do.inputs[0].term == job),
                choices={},
            )
            with pytest.raises(EvidenceError, match="ignores a fair action"):
                replay_refutation(picky, run(("pause", 7), loop_start=0), DONE)
    quick = Variable("quick", Boolean())
    slow = with_action("do", inputs=(quick,), guard=(z3.Not(quick.term),), updates={}, choices={})
    with pytest.raises(EvidenceError, match="ignores a fair action"):
        replay_refutation(slow, run(("pause", 7), loop_start=0), DONE)
    never = with_action("do", guard=(z3.BoolVal(False),))
    replay_refutation(never, run(("pause", 7), loop_start=0), DONE)


def test_a_fault_before_the_trigger_is_none_of_the_claims_business():
    later = run(("bring", 7), ("do", 6), ("undo", 7), ("do", 6), loop_start=1)
    replay_refutation(SYSTEM, replace(later, steps=later.steps[:3]), WITH_UNDO)


def test_a_loop_that_is_found_because_of_a_wrong_choice_is_refused():
    """Whether a fair step is possible is asked of every choice, not of the one that is named."""
    silent = with_action("do", choices={})
    found = searched(bmc.search, silent, DONE, 2, hour)
    assert isinstance(found, Refuted)
    with pytest.raises(EvidenceError, match="ignores a fair action"):
        replay_refutation(silent, found.trace, DONE)
    assert searched(bmc.search, SYSTEM, DONE, 4, hour) == HoldsTo(4, "bmc of lassos")


# The same of a cluster.

RESOURCE = Resource("app", restart_threshold=0)
MODEL = Groups(
    Cluster(
        "two nodes",
        (Node("A"), Node("B")),
        NodeMajority(),
        groups=(Group("G", (RESOURCE,)),),
        version=WindowsVersion.WINDOWS_2008,
    ),
    GroupAssumptions(("G",), operator=False),
)
COMPLETES = endings.completes(MODEL, "G")


@cache
def known() -> tuple[Lemma, ...]:
    return induction.inductive(MODEL.system, MODEL.system.offered, hour)


@cache
def pending_for_ever() -> Trace:
    """A resource that reports for ever that it is still coming online (rule R8)."""
    claim = endings.without_ends(endings.completes)(MODEL, "G")
    found = searched(bmc.search, MODEL.system, claim, 4, hour)
    assert isinstance(found, Refuted)
    replay_refutation(MODEL.system, found.trace, claim)
    return found.trace


def test_the_measure_of_a_group_is_believed_and_no_part_of_it_can_be_left_out_or_turned_round():
    judge(COMPLETES, MODEL.system, known())
    measure = COMPLETES.measure
    needless = {
        place
        for place in range(len(measure))
        if believed(replace(COMPLETES, measure=(*measure[:place], *measure[place + 1 :])))
    }
    assert not needless
    for place, part in enumerate(measure):
        turned = (*measure[:place], ~part, *measure[place + 1 :])
        assert not believed(replace(COMPLETES, measure=turned)), part


def believed(claim: Progress) -> bool:
    try:
        judge(claim, MODEL.system, known())
    except EvidenceError:
        return False
    return True


def test_a_measure_of_a_group_leans_on_its_lemmas():
    with pytest.raises(EvidenceError):
        judge(COMPLETES, MODEL.system)


def test_a_loop_that_is_fair_to_some_only_breaks_no_claim_that_is_fair_to_all():
    with pytest.raises(EvidenceError, match="ignores a fair action"):
        replay_refutation(MODEL.system, pending_for_ever(), COMPLETES)


def test_a_loop_of_a_group_that_starts_elsewhere_is_refused():
    trace = pending_for_ever()
    claim = endings.without_ends(endings.completes)(MODEL, "G")
    for start in range(len(trace) + 1):
        forged = replace(trace, loop_start=start)
        if list(trace.states)[start] != trace.final:
            with pytest.raises(EvidenceError, match="not the one that the loop starts from"):
                replay_refutation(MODEL.system, forged, claim)
