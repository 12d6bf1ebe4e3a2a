"""A forged trace is refused, whichever of its parts is forged."""

from dataclasses import replace
from functools import cache

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.cases import OUTDATED, SHARE, cluster, only, run
from corpus.toys import action, counter, jumper, not_at, number
from quorate.engines import bmc
from quorate.errors import EvidenceError
from quorate.evidence.replay import rebuilt, replay, replay_refutation
from quorate.system import Boolean, EachStep, Refuted, Step, Trace, Variable
from quorate.windows.membership import Deviation, Membership

JUMPER = jumper()
AT = JUMPER.variable["at"].term


def jump(by: int, to: int, action: str = "jump") -> Step:
    return Step(action, {"by": by}, {"at": to})


HONEST = Trace({"at": 0}, (jump(2, 2), jump(6, 0), jump(4, 4)))
"""0, 2, 0 (2 + 6 modulo 8), 4."""


def test_an_honest_trace_is_accepted():
    replay(JUMPER, HONEST, AT == 4)
    replay(JUMPER, Trace({"at": 0}), AT == 0)


FORGED = [
    ("a start that is none", Trace({"at": 2}), "not initial"),
    ("a start of the wrong sort", Trace({"at": 8}), "at cannot be 8"),
    ("a Boolean for a number", Trace({"at": False}), "at cannot be False"),
    ("a negative number", Trace({"at": -8}), "at cannot be -8"),
    ("a variable without a value", Trace({}), "does not give every variable"),
    ("a variable too many", Trace({"at": 0, "on": 1}), "does not give every variable"),
    ("an impossible guard", Trace({"at": 0}, (jump(3, 3),)), "step 1: 'jump' is not possible"),
    ("a wrong result", Trace({"at": 0}, (jump(2, 4),)), "after 'jump', at is 2, not 4"),
    ("an overflow", Trace({"at": 0}, (jump(6, 6), jump(6, 12))), "at cannot be 12"),
    ("no such action", Trace({"at": 0}, (jump(2, 2, "hop"),)), "there is no action 'hop'"),
    (
        "an input too few",
        Trace({"at": 0}, (Step("jump", {}, {"at": 0}),)),
        "taken with the wrong inputs",
    ),
    (
        "an input too many",
        Trace({"at": 0}, (Step("jump", {"by": 2, "on": 0}, {"at": 2}),)),
        "taken with the wrong inputs",
    ),
    ("an input of the wrong sort", Trace({"at": 0}, (jump(10, 2),)), "by cannot be 10"),
    (
        "a state with a hole",
        Trace({"at": 0}, (jump(2, 2), Step("jump", {"by": 2}, {}))),
        "state 2 does not give every variable",
    ),
    ("an end that is not bad", Trace({"at": 0}, (jump(2, 2),)), "does not break the property"),
    ("a step that is missing", Trace({"at": 0}, HONEST.steps[1:]), "at is 6, not 0"),
]


@pytest.mark.parametrize(
    ("trace", "reason"), [case[1:] for case in FORGED], ids=[case[0] for case in FORGED]
)
def test_a_forged_trace_is_refused_with_its_place(trace, reason):
    with pytest.raises(EvidenceError) as caught:
        replay(JUMPER, trace, AT == 4)
    assert reason in str(caught.value)


NEVER_BY_SIX = EachStep("never by 6", {"jump": JUMPER.variable["at"].next != AT + 6})


def test_a_run_whose_last_step_breaks_the_claim_is_accepted():
    replay_refutation(JUMPER, Trace({"at": 0}, (jump(2, 2), jump(6, 0))), NEVER_BY_SIX)


@pytest.mark.parametrize(
    ("trace", "reason"),
    [
        (HONEST, "the last step does not break the property"),
        (Trace({"at": 0}), "the last step is none that the property speaks of"),
        (Trace({"at": 0}, (jump(6, 4),)), "at is 6, not 4"),
    ],
)
def test_a_run_whose_last_step_is_fine_is_refused(trace, reason):
    with pytest.raises(EvidenceError) as caught:
        replay_refutation(JUMPER, trace, NEVER_BY_SIX)
    assert reason in str(caught.value)


def test_a_run_that_ends_where_the_claim_says_it_never_does_is_accepted_and_no_other():
    never_four = not_at(JUMPER, 4, "at")
    replay_refutation(JUMPER, HONEST, never_four)
    for trace, reason in (
        (replace(HONEST, steps=HONEST.steps[:2]), "the last state does not break the property"),
        (Trace({"at": 4}), "not initial"),
        (Trace({"at": 0}, (jump(3, 3), jump(1, 4))), "step 1: 'jump' is not possible"),
    ):
        with pytest.raises(EvidenceError, match=reason):
            replay_refutation(JUMPER, trace, never_four)


def test_only_the_last_step_is_held_against_a_claim_about_steps():
    """By its own action, inputs, and all variables before and after it."""
    on = Variable("on", Boolean())
    by = JUMPER.action["jump"].inputs[0]
    switch = action("switch", [], {"on": z3.Not(on.term)})
    system = replace(
        JUMPER,
        variables=(*JUMPER.variables, on),
        initial=(*JUMPER.initial, z3.Not(on.term)),
        actions=(*JUMPER.actions, switch),
    )

    def run(*steps: tuple[str, int, bool]) -> Trace:
        at, taken = 0, []
        for name, to, lit in steps:
            taken.append(
                Step(name, {"by": to - at} if name == "jump" else {}, {"at": to, "on": lit})
            )
            at = to
        return Trace({"at": 0, "on": False}, tuple(taken))

    dark = EachStep("jumps in the dark are no jumps by 2", {"jump": z3.Or(on.term, by.term != 2)})
    stays = EachStep("it stays as it is", {"switch": on.next == on.term})
    still = EachStep("it does not change", {"jump": z3.And(on.next == on.term, AT != 4)})
    for claim, trace, broken in (
        (dark, run(("jump", 2, False)), True),
        (dark, run(("jump", 4, False)), False),
        (dark, run(("switch", 0, True), ("jump", 2, True)), False),
        (dark, run(("switch", 0, True), ("switch", 0, False), ("jump", 2, False)), True),
        (stays, run(("switch", 0, True)), True),
        (still, run(("jump", 4, False), ("jump", 6, False)), True),
        (still, run(("jump", 2, False), ("jump", 4, False)), False),
    ):
        if broken:
            replay_refutation(system, trace, claim)
        else:
            with pytest.raises(EvidenceError, match="the last step does not break the property"):
                replay_refutation(system, trace, claim)
    other = run(("jump", 2, False), ("switch", 2, True))
    with pytest.raises(EvidenceError, match="the last step is none that the property speaks of"):
        replay_refutation(system, other, dark)
    with pytest.raises(EvidenceError, match="step 2: 'jump' is not possible"):
        replay_refutation(system, run(("switch", 0, True), ("jump", 3, True)), dark)


def test_a_variable_that_an_action_does_not_update_keeps_its_value():
    still = number("still")
    system = replace(
        JUMPER, variables=(*JUMPER.variables, still), initial=(*JUMPER.initial, still.term == 5)
    )
    first = {"at": 0, "still": 5}
    replay(system, Trace(first, (Step("jump", {"by": 4}, {"at": 4, "still": 5}),)), AT == 4)
    with pytest.raises(EvidenceError, match="still is 5, not 6"):
        replay(system, Trace(first, (Step("jump", {"by": 4}, {"at": 4, "still": 6}),)), AT == 4)


def test_every_variable_and_every_input_is_of_its_sort():
    still, by = number("still"), number("twice")
    jump_twice = replace(JUMPER.action["jump"], inputs=(*JUMPER.action["jump"].inputs, by))
    system = replace(JUMPER, variables=(*JUMPER.variables, still), actions=(jump_twice,))
    for first, inputs, reason in (
        ({"at": 0, "still": 8}, {"by": 2, "twice": 1}, "state 0: still cannot be 8"),
        ({"at": 0, "still": 5}, {"by": 2, "twice": 9}, "step 1: twice cannot be 9"),
    ):
        step = Step("jump", inputs, {"at": 2, "still": first["still"]})
        with pytest.raises(EvidenceError, match=reason):
            replay(system, Trace(first, (step,)), AT == 2)


def test_a_system_that_reads_what_is_not_there_has_no_runs():
    for system in (
        replace(JUMPER, initial=(number("gone").term == 0,)),
        replace(JUMPER, actions=(replace(JUMPER.actions[0], guard=(number("gone").term == 0,)),)),
    ):
        with pytest.raises(EvidenceError, match="reads what is not there"):
            replay(system, HONEST, AT == 4)


def test_a_loop_that_does_not_close_is_refused():
    with pytest.raises(EvidenceError):
        replay(JUMPER, replace(HONEST, loop_start=0), AT == 4)


def test_a_run_is_rebuilt_from_its_choices():
    choices = [(step.action, step.inputs) for step in HONEST.steps]
    assert rebuilt(JUMPER, {"at": 0}, choices) == HONEST


def test_what_is_rebuilt_may_be_impossible_and_is_left_to_replay():
    trace = rebuilt(JUMPER, {"at": 0}, [("jump", {"by": 3})])
    assert trace.final == {"at": 3}
    with pytest.raises(EvidenceError, match="not possible"):
        replay(JUMPER, trace, AT == 3)


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ([("hop", {})], "step 1: there is no action 'hop'"),
        ([("jump", {"by": 2}), ("jump", {})], "step 2: the trace gives no value to 'by'"),
    ],
)
def test_a_run_that_cannot_be_rebuilt_says_where(choices, reason):
    with pytest.raises(EvidenceError) as caught:
        rebuilt(JUMPER, {"at": 0}, choices)
    assert reason in str(caught.value)


MODEL = Deviation.SHARE_TAG_IGNORED.twin(
    Membership(cluster(2, SHARE), run(faults=only(link=None, crash=None)))
)
CLAIM = OUTDATED(MODEL)


@cache
def found() -> Trace:
    verdict = bmc.search(MODEL.system, CLAIM, 4, lambda: 3600.0)
    assert isinstance(verdict, Refuted)
    return verdict.trace


def test_an_honest_run_of_a_cluster_is_accepted():
    assert len(found()) == 3
    replay(MODEL.system, found(), z3.Not(CLAIM.formula))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_run_of_a_cluster_with_one_value_changed_is_refused(data):
    """Any one value of any one state. Inputs are not touched: another choice may be as good."""
    honest = found()
    place = data.draw(st.integers(0, len(honest)))
    state = dict(list(honest.states)[place])
    variable = data.draw(st.sampled_from(MODEL.system.variables))
    others = [v for v in variable.sort.values() if v != state[variable.name]]
    state[variable.name] = data.draw(st.sampled_from(others))
    forged = (
        replace(honest, initial=state)
        if place == 0
        else replace(
            honest,
            steps=(
                *honest.steps[: place - 1],
                replace(honest.steps[place - 1], state=state),
                *honest.steps[place:],
            ),
        )
    )
    with pytest.raises(EvidenceError):
        replay(MODEL.system, forged, z3.Not(CLAIM.formula))


def test_a_counter_cannot_count_past_its_limit():
    system = counter(2)
    steps = [Step("count", {}, {"count": n}) for n in (1, 2, 3)]
    with pytest.raises(EvidenceError, match="step 3: 'count' is not possible"):
        replay(system, Trace({"count": 0}, tuple(steps)), z3.BoolVal(True))
