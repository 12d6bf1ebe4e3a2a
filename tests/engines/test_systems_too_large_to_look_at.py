"""What cannot be looked at whole costs no answer: who would look at all states declines at once."""

import time

import z3

from quorate.inquiry.decide import Inquiry
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Boolean,
    HoldsTo,
    Integer,
    System,
    Unknown,
    Variable,
)

LETTERS = Variable("letters", Bits(tuple("abcdefghijklmnopqrstuvwxyz")))
READY = Variable("ready", Boolean())
COUNT = Variable("count", Integer())


def decided(variable: Variable, first: z3.BoolRef, claim: z3.BoolRef) -> object:
    more = {variable.name: variable.term + 1}
    action = Action("go on", ActionKind.CLUSTER, (), more)
    system = System("large", (variable, READY), (first, READY.term), (action,))
    end = time.monotonic() + 60
    inquiry = Inquiry(system, lambda: end - time.monotonic())
    return inquiry.decide(Always("claim", claim), 4)


def test_a_first_state_that_millions_of_choices_would_find_is_searched_from_by_the_solver() -> None:
    said = decided(LETTERS, z3.ULT(LETTERS.term, 3), LETTERS.term != (1 << 25) + 12345)
    assert said == HoldsTo(4, "bmc")


def test_of_infinitely_many_states_the_first_engine_says_why_it_gave_up() -> None:
    said = decided(COUNT, COUNT.term == 0, COUNT.term != -1)
    assert isinstance(said, Unknown)
    assert "cannot bound 'count'" in said.reason
