"""Systems in which nothing can happen, and what the engines make of them.

A proof about an empty system is empty. No engine says so: that is what the premise of a claim is
for (a `Sometimes` that must be reached). These tests pin that each engine behaves the same, and
that the premise gives it away.
"""

from dataclasses import replace

import z3

from corpus.toys import action, counter, not_at, number
from quorate.changes.cone import cone
from quorate.engines import bmc, explicit, induction
from quorate.evidence.replay import replay
from quorate.inquiry.asking import searched
from quorate.system import Always, HoldsTo, Lemma, Proved, Refuted, System, Unknown


def hour() -> float:
    return 3600.0


def nowhere() -> System:
    """It starts at 0 and at 1 at once."""
    system = counter()
    count = system.variable["count"].term
    return replace(system, initial=(count == 0, count == 1))


def test_a_contradictory_start_makes_every_claim_hold_for_induction_and_explicit_search():
    system = nowhere()
    false = Always("false", z3.BoolVal(False))
    goal = Lemma(false.name, false.formula)
    assert induction.inductive(system, (goal,), hour) == (goal,)
    assert isinstance(induction.prove(system, false, (), hour), Proved)
    assert isinstance(explicit.search(system, false, 99, hour), Proved)


def test_a_contradictory_start_is_given_away_by_a_premise_that_is_never_reached():
    system = nowhere()
    never = Always("never there", z3.Not(system.variable["count"].term == 0))
    assert bmc.search(system, never, 4, hour) == HoldsTo(4, bmc.ENGINE)
    assert isinstance(bmc.search(counter(), never, 4, hour), Refuted)


def test_an_action_that_is_never_possible_leads_nowhere():
    system = counter()
    count = system.variable["count"].term
    impossible = action("jump", [count == 6], {"count": count - 3})
    blind = replace(system, actions=(*system.actions[1:], impossible))
    for verdict in (
        bmc.search(blind, not_at(blind, 1), 6, hour),
        explicit.search(blind, not_at(blind, 1), 99, hour),
        induction.prove(blind, not_at(blind, 1), (), hour),
    ):
        assert isinstance(verdict, HoldsTo | Proved)


def test_a_system_without_actions_has_runs_of_no_step_only():
    system = replace(counter(), actions=())
    assert isinstance(explicit.search(system, not_at(system, 1), 99, hour), Proved)
    assert isinstance(explicit.search(system, not_at(system, 0), 99, hour), Refuted)
    found = bmc.search(system, not_at(system, 0), 3, hour)
    assert isinstance(found, Refuted)
    assert len(found.trace) == 0


def linked() -> System:
    """`shown` starts where `hidden` does, at 3, and nothing depends on `hidden` later."""
    shown, hidden = number("shown"), number("hidden")
    return System(
        "linked",
        (shown, hidden),
        (shown.term == hidden.term, hidden.term == 3),
        (action("grow", [], {"shown": shown.term + 1, "hidden": hidden.term + 2}),),
    )


def test_a_search_among_the_variables_that_matter_tells_of_all_of_them():
    """The claim is about `shown`; the trace gives `hidden` its values too."""
    system = linked()
    plain = replace(system, initial=(system.variable["shown"].term == 3, system.initial[1]))
    claim = not_at(plain, 5, "shown")
    assert [v.name for v in cone(plain, claim).system.variables] == ["shown"]
    found = searched(bmc.search, plain, claim, 4, hour)
    assert isinstance(found, Refuted)
    assert [state["hidden"] for state in found.trace.states] == [3, 5, 7]
    replay(plain, found.trace, z3.Not(claim.formula))


def test_a_start_that_ties_what_matters_to_what_does_not_is_kept():
    system = linked()
    assert searched(bmc.search, system, not_at(system, 0, "shown"), 0, hour) == HoldsTo(
        0, bmc.ENGINE
    )


def test_a_contradictory_start_of_what_does_not_matter_is_seen():
    shown, hidden = number("shown"), number("hidden")
    system = System(
        "nowhere",
        (shown, hidden),
        (shown.term == 0, hidden.term == 0, hidden.term == 1),
        (action("grow", [], {"shown": shown.term + 1, "hidden": hidden.term}),),
    )
    said = searched(bmc.search, system, not_at(system, 0, "shown"), 1, hour)
    assert said == Unknown("the search gave up: the initial formulas leave no state", bmc.ENGINE)
