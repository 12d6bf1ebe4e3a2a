"""Rewriting what actions of a verb do: it does what it says, and refuses to do nothing."""

from dataclasses import replace

import pytest

from quorate.changes.rewriting import (
    anything,
    as_it_is,
    instead,
    with_guard,
    with_updates,
    without,
    without_updates,
)
from quorate.engines import explicit
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Enumeration,
    Refuted,
    System,
    Variable,
    Verb,
    each_step,
)


class Do(Verb):
    GROW = "grow"
    SHRINK = "shrink"
    REST = "rest"


COUNT = Variable("count", Enumeration(tuple("01234567")))
ROOM = COUNT.term != 3
SYSTEM = System(
    "counter",
    (COUNT,),
    (COUNT.term == 0,),
    (
        Action.of(Do.GROW, ActionKind.CLUSTER, (ROOM,), {"count": COUNT.term + 1}, about="a"),
        Action.of(Do.GROW, ActionKind.CLUSTER, (ROOM,), {"count": COUNT.term + 1}, about="b"),
        Action.of(Do.SHRINK, ActionKind.FAULT, (COUNT.term != 0,), {"count": COUNT.term - 1}),
    ),
)


def reached(system: System, value: int) -> bool:
    never = Always("never there", COUNT.term != value)
    return isinstance(explicit.search(system, never, None, lambda: 3600.0), Refuted)


def most(system: System) -> int:
    return max(value for value in range(8) if reached(system, value))


def test_an_action_is_named_after_its_verb_and_what_it_is_about():
    assert [action.name for action in SYSTEM.actions] == ["grow: a", "grow: b", "shrink"]


def test_as_it_is_nothing_is_rewritten():
    assert as_it_is(SYSTEM) is SYSTEM
    assert most(SYSTEM) == 3


def test_without_a_verb_nothing_does_it():
    assert most(without(SYSTEM, Do.GROW)) == 0
    assert most(without(SYSTEM, Do.GROW, about="a")) == 3


def test_another_rule_stands_in_the_place_of_one():
    wider = instead(SYSTEM, (ROOM, COUNT.term != 5), verbs=[Do.GROW])
    assert most(wider) == 5
    double = instead(SYSTEM, (COUNT.term + 1, COUNT.term + 2), verbs=[Do.GROW], about="a")
    assert most(double) == 7
    assert [
        a.updates == b.updates for a, b in zip(double.actions, SYSTEM.actions, strict=True)
    ] == [
        False,
        True,
        True,
    ]


def test_more_is_asked_and_other_is_done():
    assert most(with_guard(SYSTEM, COUNT.term != 1, verbs=[Do.GROW])) == 1
    assert most(with_updates(SYSTEM, {"count": COUNT.term}, verbs=[Do.GROW])) == 0
    assert most(without_updates(SYSTEM, "count", verbs=[Do.GROW])) == 0


def test_anything_is_possible_at_any_time():
    assert most(anything(SYSTEM, Do.SHRINK)) == 7
    stuck = replace(SYSTEM, initial=(COUNT.term == 3,))
    assert reached(anything(stuck, Do.GROW, about="a"), 5)
    with pytest.raises(ValueError, match="rest"):
        anything(SYSTEM, Do.REST)


REFUSED = [
    lambda: without(SYSTEM, Do.REST),
    lambda: without(SYSTEM, Do.GROW, about="c"),
    lambda: instead(SYSTEM, (COUNT.term != 4, ROOM), verbs=[Do.GROW]),
    lambda: instead(SYSTEM, (ROOM, ROOM), verbs=[Do.GROW]),
    lambda: instead(SYSTEM, (ROOM, COUNT.term != 5), verbs=[Do.SHRINK]),
    lambda: instead(SYSTEM, (ROOM, COUNT.term != 5), verbs=[Do.GROW, Do.REST]),
    lambda: with_guard(SYSTEM, ROOM, verbs=[Do.REST]),
    lambda: without_updates(SYSTEM, "room", verbs=[Do.GROW]),
]


@pytest.mark.parametrize("rewrite", REFUSED)
def test_a_rewriting_that_would_do_nothing_is_refused(rewrite):
    with pytest.raises(ValueError, match=r"nothing|nowhere|not updated"):
        rewrite()


def test_a_rule_about_a_verb_speaks_of_all_its_actions():
    rule = each_step("grows", SYSTEM, {Do.GROW: ROOM})
    assert rule.formulas.keys() == {"grow: a", "grow: b"}
    assert each_step("one", SYSTEM, {Do.GROW: ROOM}, about="b").formulas.keys() == {"grow: b"}


def test_a_rule_about_a_verb_that_is_not_there_is_refused_unless_it_is_said_to_be_lacking():
    with pytest.raises(ValueError, match="'rest', which is not there"):
        each_step("rests", SYSTEM, {Do.REST: ROOM})
    assert each_step("rests", SYSTEM, {Do.REST: ROOM}, lacking=[Do.REST]).formulas == {}


def test_a_verb_that_is_there_is_not_said_to_be_lacking():
    with pytest.raises(ValueError, match="'grow', which is there"):
        each_step("grows", SYSTEM, {Do.GROW: ROOM}, lacking=[Do.GROW, Do.REST])
