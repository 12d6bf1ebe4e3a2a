"""`Assumptions.clusters` is a bound of the model and not of the world: two islands are enough to
see the first moment in which two run."""

from dataclasses import replace

import pytest

from corpus.cases import (
    BROKEN,
    DISK,
    FORCED,
    SAFETY,
    SHARE,
    ClusterCase,
    cluster,
    of_states,
    run,
)
from quorate.engines import bmc, induction
from quorate.system import HoldsTo, Proved, Refuted
from quorate.windows.membership.model import Membership


def hour() -> float:
    return 3600.0


SEEN = [
    case for case in (*BROKEN, *FORCED) if case.shortest is not None and len(case.cluster.nodes) < 4
]


def with_three(case: ClusterCase) -> Membership:
    return replace(case, assumptions=replace(case.assumptions, clusters=3)).model


@pytest.mark.parametrize("case", SEEN, ids=str)
def test_room_for_a_third_island_shortens_no_counterexample(case):
    model = with_three(case)
    system, claim = of_states(model.system, case.make_property(model))
    found = bmc.search(system, claim, case.shortest, hour)
    assert isinstance(found, Refuted)
    assert len(found.trace) == case.shortest


@pytest.mark.parametrize(
    "of", [cluster(3), cluster(2, DISK), cluster(2, SHARE)], ids=lambda c: c.name
)
def test_what_is_proved_with_two_islands_is_proved_with_three(of):
    model = Membership(of, run(clusters=3))
    known = induction.inductive(model.system, model.system.offered, hour)
    for make_property in SAFETY:
        claim = make_property(model)
        assert isinstance(induction.prove(model.system, claim, known, hour), Proved)
        assert bmc.search(model.system, claim, 2, hour) == HoldsTo(2, bmc.ENGINE)
