"""Paths that are offered are tried without a solver, as far as that is quick."""

import pytest
import z3

from quorate.engines import bmc
from quorate.engines.explicit import Paths
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Boolean,
    Refuted,
    System,
    Unknown,
    Variable,
)


def starting(bits: int) -> tuple[System, Always]:
    """A set of which the first states have every member, said in a way that no equation says."""
    names = tuple(f"N{number}" for number in range(bits))
    members, done = Variable("members", Bits(names)), Variable("done", Boolean())
    begin = Action("begin", ActionKind.CLUSTER, (z3.Not(done.term),), {"done": z3.BoolVal(True)})
    first = (z3.UGE(members.term, (1 << bits) - 1), z3.Not(done.term))
    system = System("starts", (members, done), first, (begin,))
    return system, Always("never begun", z3.Not(done.term))


@pytest.mark.parametrize(("bits", "found"), [(4, Refuted), (64, Unknown)])
def test_first_states_are_met_by_trying_only_where_few_values_have_to_be_tried(bits, found):
    system, claim = starting(bits)
    assert isinstance(Paths(system).follow(claim, ["begin"], lambda: 60.0), found)
    assert isinstance(bmc.follow(system, claim, ["begin"], lambda: 60.0), Refuted)
