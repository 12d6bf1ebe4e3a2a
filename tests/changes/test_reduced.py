"""Any question is an always-question about another system, and every answer finds its way back."""

from dataclasses import replace

import pytest
import z3

from corpus.toys import action, counter, number, twins
from quorate.changes.cone import cone
from quorate.changes.reduced import reduced
from quorate.engines import bmc, explicit
from quorate.evidence.judge import Judge
from quorate.evidence.rebuild import Proof
from quorate.evidence.replay import replay_refutation
from quorate.inquiry.asking import searched
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.engines import Engines
from quorate.system import (
    Always,
    Ceases,
    EachStep,
    HoldsTo,
    Integer,
    LeadsTo,
    Proved,
    Refuted,
    System,
    Unknown,
    Variable,
)

SEES_ALL = Engines(provers=(), searchers=(explicit.search,))
"""Nobody but the explicit search, which is a prover of whatever it sees to the end."""


def hour() -> float:
    return 3600.0


def decided(system: System, claim, engines: Engines = SEES_ALL):
    inquiry = Inquiry(system, hour, engines)
    return inquiry, inquiry.decide(claim, 40)


def confirmed(inquiry: Inquiry, claim, proof: Proved) -> int:
    """How many obligations a judge of one's own confirms."""
    shown = Proof.of(inquiry.bound, claim, proof)
    shown.check()
    obligations = list(shown.owed())
    Judge(inquiry.system.definitions).check(obligations, hour)
    return len(obligations)


def grow_alike() -> EachStep:
    left, right = number("left"), number("right")
    return EachStep("alike", {"grow": left.next == right.next})


def reaches(value: int, fair: tuple[str, ...] = ("count", "reset")) -> LeadsTo:
    """From 0 the counter comes to `value`; its author offers nothing that would prove it."""
    count = number("count").term
    return LeadsTo(
        "reaches",
        trigger=count == 0,
        goal=count == value,
        calm=("count", "reset"),
        fair=fair,
        waiting=z3.BoolVal(False),
        measure=(),
    )


def test_a_question_about_steps_is_proved_by_an_engine_that_knows_states_only():
    """Twins grow alike because they are alike, which nobody says."""
    inquiry, verdict = decided(twins(), grow_alike())
    assert isinstance(verdict, Proved)
    assert not verdict.reduced
    assert {name for lemma in verdict.invariant for name in lemma.reads} <= {"left", "right"}
    assert confirmed(inquiry, grow_alike(), verdict) > 0


def test_an_observed_run_ends_with_the_step_that_breaks_the_claim():
    """5 is the limit, and the step from there does not count."""
    count = number("count")
    claim = EachStep("counts", {"count": z3.ULT(count.next, 5), "reset": count.next == 0})
    found = searched(bmc.search, counter(), claim, 9, hour)
    assert isinstance(found, Refuted)
    assert [step.action for step in found.trace.steps] == ["count"] * 5
    assert all(state.keys() == {"count"} for state in found.trace.states)
    replay_refutation(counter(), found.trace, claim)


def test_what_comes_in_the_end_is_proved_where_there_is_no_lasso():
    inquiry, verdict = decided(counter(), reaches(5))
    assert isinstance(verdict, Proved)
    assert verdict.reduced
    assert verdict.engine == "explicit of lassos"
    assert confirmed(inquiry, reaches(5), verdict) > 0


def test_what_never_comes_is_refuted_by_a_lasso():
    _, verdict = decided(counter(), reaches(6))
    assert isinstance(verdict, Refuted)
    assert verdict.trace.loop_start is not None
    replay_refutation(counter(), verdict.trace, reaches(6))


def test_what_is_put_off_for_ever_does_not_come():
    _, verdict = decided(counter(), reaches(5, fair=("reset",)))
    assert isinstance(verdict, Refuted)


def test_a_loop_that_goes_on_is_found_and_none_is_proved():
    ends = System(
        "ends",
        counter().variables,
        counter().initial,
        counter().actions[:1],
    )
    claim = Ceases("it stops", ("count",), ("count",), ())
    assert isinstance(decided(ends, claim)[1], Proved)
    wanders = Ceases("it stops", ("count", "reset"), ("reset",), ())
    assert isinstance(decided(counter(), wanders)[1], Refuted)


def test_no_lasso_proves_nothing_where_there_are_infinitely_many_states():
    """It grows for ever and never comes back, and never comes to -1 either."""
    size = Variable("size", Integer())
    grows = System(
        "grows", (size,), (size.term == 0,), (action("grow", [], {"size": size.term + 1}),)
    )
    claim = LeadsTo(
        "shrinks", size.term == 0, size.term == -1, ("grow",), ("grow",), z3.BoolVal(False), ()
    )
    said = Inquiry(grows, hour, Engines(searchers=()))._asked_for_proof(claim)
    assert isinstance(said, Unknown)
    assert "infinitely many states" in said.reason


def test_an_invariant_of_the_observed_system_that_lies_is_refused():
    """The way back is no way round the judge."""
    liar = Engines(provers=(lambda *_: Proved((), "liar"),), searchers=())
    _, verdict = decided(twins(), grow_alike(), liar)
    assert isinstance(verdict, Unknown)
    assert "the answer of liar failed its check" in verdict.reason


def test_depths_are_those_of_the_original():
    """A lasso takes two steps more, which only mark a place."""
    claim = reaches(5)
    assert reduced(counter(), claim).marks == 2
    assert searched(bmc.search, counter(), claim, 3, hour) == HoldsTo(3, "bmc of lassos")


def test_changes_compose():
    """A cone of an observed system: the way back goes through both."""
    other = Variable("other", number("x").sort)
    system = counter()
    both = replace(
        system,
        variables=(*system.variables, other),
        initial=(*system.initial, other.term == 7),
    )
    count = number("count")
    claim = EachStep("stays low", {"count": z3.ULT(count.next, 3)})
    change = reduced(both, claim)
    change = change.then(cone(change.system, change.claim))
    assert "other" not in change.system.variable
    found = change.back(bmc.search(change.system, change.claim, 5, hour))
    assert isinstance(found, Refuted)
    assert [state["other"] for state in found.trace.states] == [7, 7, 7, 7]
    replay_refutation(both, found.trace, claim)


@pytest.mark.parametrize("value", [3, 6])
def test_an_always_question_is_asked_as_it_is(value):
    claim = Always("not", number("count").term != value)
    change = reduced(counter(), claim)
    assert change.system == counter() or change.system.name == counter().name
    assert change.claim is claim
