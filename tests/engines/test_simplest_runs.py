"""Of the shortest runs a bounded search shows the one with the least choices, of whatever sort."""

import z3

from quorate.engines import bmc
from quorate.evidence.replay import replay
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Boolean,
    Enumeration,
    Refuted,
    System,
    Variable,
)

LIT = Variable("lit", Boolean())
SWITCH, LAMPS = Variable("switch", Boolean()), Variable("lamps", Bits(("a", "b")))
COLOUR = Variable("colour", Enumeration(("red", "green", "blue")))
ROOM = System(
    "room",
    (LIT,),
    (z3.Not(LIT.term),),
    (
        Action(
            "try",
            ActionKind.CLUSTER,
            (LAMPS.term != 0, COLOUR.term != 0),
            {"lit": z3.Or(SWITCH.term, LAMPS.term == 2)},
            (SWITCH, LAMPS, COLOUR),
        ),
    ),
)


def test_the_choices_of_a_run_are_the_least_that_break_the_claim():
    found = bmc.search(ROOM, Always("dark", z3.Not(LIT.term)), 3, lambda: 3600.0)
    assert isinstance(found, Refuted)
    (step,) = found.trace.steps
    assert step.inputs == {"switch": False, "lamps": 2, "colour": 1}
    replay(ROOM, found.trace, LIT.term)


HUNG = Variable("hung", Boolean())


def house(*kinds: ActionKind) -> System:
    """Whatever is done, first anything and then the switch, lights the lamp."""
    idle = [Action(f"by {kind.value}", kind, (), {"hung": z3.BoolVal(True)}) for kind in kinds]
    switch = Action("switch", ActionKind.CLUSTER, (HUNG.term,), {"lit": z3.BoolVal(True)})
    dark = (z3.Not(LIT.term), z3.Not(HUNG.term))
    return System("house", (LIT, HUNG), dark, (*idle, switch))


def taken(system: System) -> list[str]:
    found = bmc.search(system, Always("dark", z3.Not(LIT.term)), 3, lambda: 3600.0)
    assert isinstance(found, Refuted)
    return [step.action for step in found.trace.steps]


def test_the_operator_does_nothing_that_need_not_be_done():
    both = house(ActionKind.OPERATOR, ActionKind.FAULT)
    assert taken(both) == ["by fault", "switch"]
    assert taken(house(ActionKind.OPERATOR)) == ["by operator", "switch"]
