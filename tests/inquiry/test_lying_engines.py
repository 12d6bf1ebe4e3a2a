"""An engine that lies is found out: its answer becomes Unknown, and names it."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
import z3

from corpus.cases import OUTDATED, SPLIT, cluster, membership, run
from quorate.cluster import Group, Resource
from quorate.engines import bmc
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.engines import Engines
from quorate.system import (
    Always,
    EachStep,
    HoldsTo,
    Lemma,
    Proved,
    Refuted,
    Sometimes,
    Step,
    Trace,
    Unknown,
)
from quorate.windows import groups
from quorate.windows.groups.model import Groups
from quorate.windows.groups.progress_properties import completes
from quorate.windows.membership import Deviation, Membership
from quorate.windows.membership.premises import (
    a_minority_is_up,
    healed_and_nothing_runs,
    two_sides_are_up,
)
from quorate.windows.membership.properties import (
    planned_stop_keeps_quorum,
    recovers,
)

LIAR = "liar"


def hour() -> float:
    return 3600.0


def proves(*invariant: Lemma):
    return lambda *_: Proved(tuple(invariant), LIAR)


def gives_up(*_):
    return Unknown("too tired", LIAR)


def finds(trace: Trace):
    return lambda *_: Refuted(trace, LIAR, shortest=True)


@dataclass
class AskedOf(Inquiry):
    """An inquiry that remembers the model, of which claims are made."""

    model: Any = None


def asked(model, *, prove=None, search=None, seconds=hour) -> AskedOf:
    return AskedOf(model.system, seconds, engines(prove=prove, search=search), model=model)


def engines(*, prove=None, search=None) -> Engines:
    """The usual ones but for those that are named."""
    usual = Engines()
    return Engines(
        provers=(prove,) if prove is not None else usual.provers,
        searchers=(search,) if search is not None else usual.searchers,
    )


def found_out(verdict) -> str:
    assert isinstance(verdict, Unknown)
    assert verdict.engine in (LIAR, f"{LIAR} of lassos")
    assert f"the answer of {verdict.engine} failed its check" in verdict.reason
    return verdict.reason


SOUND = membership(cluster(2), run())
HALF = membership(cluster(2), run(), Deviation.HALF_IS_ENOUGH)
"""Two nodes and no witness, half is enough: the brain splits in one step."""


def test_a_proof_of_nothing_is_refused():
    inquiry = asked(HALF, prove=proves())
    assert "implication" in found_out(inquiry.decide(SPLIT(inquiry.model), 2))


def test_a_proof_by_the_property_alone_is_refused_where_a_step_breaks_it():
    inquiry = asked(HALF)
    claim = SPLIT(inquiry.model)
    inquiry.engines = engines(prove=proves(Lemma("itself", claim.formula)))
    assert "consecution" in found_out(inquiry.decide(claim, 2))


def test_a_proof_by_an_invariant_that_no_start_satisfies_is_refused():
    inquiry = asked(HALF, prove=proves(Lemma("false", z3.BoolVal(False))))
    assert "initiation" in found_out(inquiry.decide(SPLIT(inquiry.model), 2))


def test_a_proof_with_the_lemmas_of_the_real_rules_is_refused_for_broken_ones():
    right = asked(SOUND)
    claim = SPLIT(right.model)
    proof = right.decide(claim, 2)
    assert isinstance(proof, Proved)
    wrong = asked(HALF, prove=proves(*proof.invariant))
    assert "consecution" in found_out(wrong.decide(claim, 2))


def test_a_proof_by_a_lemma_about_an_input_is_refused():
    """It would be kept by a step with one choice and be needed for another."""
    inquiry = asked(HALF)
    (chosen,) = inquiry.system.action["crash"].inputs
    about = Lemma("about an input", z3.Or(chosen.term == 0, chosen.term != 0))
    inquiry.engines = engines(prove=proves(about))
    assert "reads what is not there" in found_out(inquiry.decide(SPLIT(inquiry.model), 2))


def mutual(model: Membership) -> Always:
    """Who reaches whom is mutual: true, and nothing that the model's lemmas say."""
    a, b = model.state.reach
    return Always("mutual", z3.Extract(1, 1, a) == z3.Extract(0, 0, b))


def test_a_proof_is_refused_also_of_a_claim_that_is_true():
    """The claim holds; its proof is no proof all the same."""
    inquiry = asked(SOUND, prove=proves())
    assert "implication" in found_out(inquiry.decide(mutual(SOUND), 2))


def test_an_honest_proof_is_believed_whoever_found_it():
    inquiry = asked(SOUND)
    claim = mutual(SOUND)
    inquiry.engines = engines(prove=proves(Lemma("mutual", claim.formula)))
    assert isinstance(inquiry.decide(claim, 2), Proved)


def lasso(trace: Trace):
    """An engine that says that the run goes round from where it says."""
    place = len(trace) if trace.loop_start is None else trace.loop_start
    mark = Step("!loop begins", {}, list(trace.states)[place])
    return finds(Trace(trace.initial, (*trace.steps[:place], mark, *trace.steps[place:])))


def honest_trace(model, make_property) -> Trace:
    found = bmc.search(model.system, make_property(model), 4, hour)
    assert isinstance(found, Refuted)
    return found.trace


def test_an_honest_run_is_believed_whoever_found_it():
    trace = honest_trace(HALF, SPLIT)
    inquiry = asked(HALF, prove=gives_up, search=finds(trace))
    assert isinstance(inquiry.decide(SPLIT(inquiry.model), 2), Refuted)


def test_a_run_of_the_broken_rules_is_refused_under_the_real_ones():
    trace = honest_trace(HALF, SPLIT)
    inquiry = asked(SOUND, search=finds(trace))
    reason = found_out(inquiry.refute(SPLIT(inquiry.model), 2))
    assert "does not break the property" in reason


def test_a_run_that_ends_well_is_refused():
    trace = honest_trace(HALF, SPLIT)
    inquiry = asked(HALF, prove=gives_up, search=finds(Trace(trace.initial)))
    reason = found_out(inquiry.decide(SPLIT(inquiry.model), 2))
    assert "does not break the property" in reason


@pytest.mark.parametrize("ask", ["decide", "refute"])
def test_a_choice_that_is_not_possible_is_refused_whatever_was_expected(ask):
    """Nobody is cut off from nobody."""
    trace = honest_trace(HALF, SPLIT)
    last = trace.steps[-1]
    nothing = replace(last, inputs=dict.fromkeys(last.inputs, 0))
    forged = replace(trace, steps=(*trace.steps[:-1], nothing))
    inquiry = asked(HALF, prove=gives_up, search=finds(forged))
    assert "is not possible" in found_out(getattr(inquiry, ask)(SPLIT(inquiry.model), 2))


def test_states_that_an_engine_gives_are_computed_again():
    """Of a run only its start and its choices are taken from whoever found it."""
    trace = honest_trace(HALF, SPLIT)
    last = replace(trace.steps[-1], state={**trace.final, "current": 0})
    inquiry = asked(HALF, search=finds(replace(trace, steps=(*trace.steps[:-1], last))))
    verdict = inquiry.refute(SPLIT(inquiry.model), 2)
    assert isinstance(verdict, Refuted)
    assert verdict.trace.final == trace.final


def test_a_premise_reached_by_a_forged_run_is_not_reached():
    inquiry = asked(SOUND, search=finds(Trace({})))
    found_out(inquiry.reach(two_sides_are_up(inquiry.model), (), 2))


def test_a_premise_is_reached_along_the_path_that_is_offered_and_searched_for_otherwise():
    inquiry = asked(membership(cluster(3), run()), search=lambda *_: HoldsTo(2, LIAR))
    premise = two_sides_are_up(inquiry.model)
    assert isinstance(inquiry.reach(premise, ("partition",), 2), Refuted)
    for path in ((), ("commit",), ("no such action",)):
        assert inquiry.reach(premise, path, 2) == HoldsTo(2, LIAR)


def test_a_premise_that_cannot_be_reached_is_not_reached():
    inquiry = asked(SOUND)
    never = Sometimes("never", z3.BoolVal(False))
    assert isinstance(inquiry.reach(never, ("partition",), 2), Proved)


def test_an_engine_that_gives_up_is_quoted_with_the_other():
    inquiry = asked(SOUND, prove=gives_up, search=lambda *_: Unknown("no time", "other"))
    verdict = inquiry.decide(mutual(SOUND), 2)
    assert verdict == Unknown("too tired; no time", "other")


def test_an_engine_that_is_not_asked_cannot_lie():
    """A claim that is expected to be refuted is searched first, and a proof is then not needed."""
    inquiry = asked(HALF, prove=proves())
    assert isinstance(inquiry.refute(SPLIT(inquiry.model), 2), Refuted)


def test_a_search_that_finds_nothing_leaves_the_word_to_the_prover():
    inquiry = asked(SOUND, search=lambda *_: HoldsTo(2, LIAR))
    assert isinstance(inquiry.refute(SPLIT(inquiry.model), 2), Proved)


def test_the_lemmas_of_the_model_are_judged_before_a_proof_by_them_is_believed():
    """What the inquiry believes of the system came from an engine too."""
    inquiry = asked(SOUND)
    inquiry._known = (Lemma("false", z3.BoolVal(False)),)
    verdict = inquiry.decide(mutual(SOUND), 2)
    assert isinstance(verdict, Unknown)
    assert "initiation" in verdict.reason


def test_lemmas_that_are_none_are_not_told_to_a_search():
    """A search that is told that one island runs finds no two. What it is told is judged first."""
    inquiry = asked(HALF, prove=gives_up)
    claim = SPLIT(inquiry.model)
    lie = (Lemma("one island runs", claim.formula),)
    inquiry.engines = replace(inquiry.engines, invariants=lambda *_: lie)
    assert isinstance(inquiry.decide(claim, 2), Refuted)
    assert inquiry.known == ()


def test_an_inquiry_without_time_says_unknown():
    inquiry = asked(membership(cluster(3), run()), seconds=lambda: 0.0)
    assert isinstance(inquiry.decide(SPLIT(inquiry.model), 2), Unknown)


def test_time_that_ran_out_in_one_question_does_not_spoil_the_next():
    seconds = [0.0]
    inquiry = asked(membership(cluster(3), run()), seconds=lambda: seconds[0])
    claim = OUTDATED(inquiry.model)
    assert isinstance(inquiry.decide(claim, 1), Unknown)
    seconds[0] = 3600.0
    assert isinstance(inquiry.decide(claim, 1), Proved)
    assert a_minority_is_up(inquiry.model)


def test_a_loop_that_ignores_what_is_possible_is_refused():
    """Three nodes that could form the cluster, said to stand still for ever."""
    inquiry = asked(membership(cluster(3), run()))
    premise = inquiry.reach(healed_and_nothing_runs(inquiry.model), ("power failure", "restart"), 2)
    assert isinstance(premise, Refuted)
    idle = replace(premise.trace, loop_start=len(premise.trace))
    inquiry.engines = engines(search=lasso(idle))
    claim = recovers(inquiry.model)
    assert "ignores a fair action" in found_out(inquiry.refute(claim, 4))
    assert isinstance(inquiry.decide(claim, 4), Proved)
    unproved = replace(claim, waiting=z3.BoolVal(False))
    assert "ignores a fair action" in found_out(inquiry.decide(unproved, 4))


def test_a_run_that_ends_is_no_loop():
    inquiry = asked(membership(cluster(3), run(), Deviation.DOES_NOT_LISTEN))
    claim = recovers(inquiry.model)
    honest = inquiry.decide(claim, 4)
    assert isinstance(honest, Refuted)
    cut = replace(honest.trace, steps=honest.trace.steps[:1], loop_start=0)
    inquiry.engines = engines(search=lasso(cut))
    assert "the loop" in found_out(inquiry.decide(claim, 4))
    inquiry.engines = engines(search=lasso(honest.trace))
    assert isinstance(inquiry.decide(claim, 4), Refuted)


def test_a_run_whose_last_step_keeps_the_claim_refutes_nothing():
    """Two nodes, one of which could be stopped: the step is refused, so a crash is offered."""
    inquiry = asked(membership(cluster(2), run()))
    crash = inquiry.reach(a_minority_is_up(inquiry.model), ("crash",), 1)
    assert isinstance(crash, Refuted)
    inquiry.engines = engines(search=finds(crash.trace))
    claim = planned_stop_keeps_quorum(inquiry.model)
    assert "the last step is none" in found_out(inquiry.refute(claim, 4))
    assert isinstance(inquiry.decide(claim, 4), Proved)


def test_a_claim_about_steps_is_proved_of_the_real_steps_only():
    inquiry = asked(membership(cluster(2), run(), Deviation.STOPS_WITHOUT_ASKING), search=gives_up)
    verdict = inquiry.decide(planned_stop_keeps_quorum(inquiry.model), 4)
    assert isinstance(verdict, Unknown)
    assert "each step of planned stop" in verdict.reason


@pytest.mark.parametrize(
    ("formulas", "reason"),
    [
        ({}, "speaks of no step"),
        ({"flood": z3.BoolVal(True)}, "an action that cannot happen: flood"),
        ({"crash": z3.Bool("rain")}, "reads what is not there: rain"),
        ({"crash": z3.Bool("rain'")}, "reads what is not there: rain'"),
    ],
)
def test_a_claim_about_steps_that_are_not_there_is_not_proved(formulas, reason):
    verdict = asked(membership(cluster(2), run())).decide(EachStep("strange", formulas), 4)
    assert isinstance(verdict, Unknown)
    assert reason in verdict.reason


def test_a_measure_that_does_not_shrink_proves_nothing():
    """A group of one resource, which comes back in several steps."""
    group = Group("G", (Resource("R"),))
    of = replace(cluster(3), groups=(group,))
    inquiry = asked(Groups(of, groups.Assumptions(("G",))))
    honest = completes(inquiry.model, "G")
    assert isinstance(inquiry.decide(honest, 3), Proved)
    assert isinstance(inquiry.decide(replace(honest, measure=honest.measure[:2]), 3), HoldsTo)
