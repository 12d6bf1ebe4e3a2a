"""Runs without end: what is found goes round, is replayed, and is as short as it can be."""

import pytest

from corpus.cases import DISK, cluster, of_2012_r2, run
from quorate.cluster import Cluster as AnyCluster
from quorate.cluster import FailbackPolicy, Group, Resource, Window
from quorate.engines import bmc, induction
from quorate.evidence.replay import replay_refutation
from quorate.inquiry.asking import searched
from quorate.system import HoldsTo, Refuted
from quorate.windows.groups import Assumptions as GroupAssumptions
from quorate.windows.groups import Deviation as GroupDeviation
from quorate.windows.groups import progress_properties as endings
from quorate.windows.groups.model import Groups
from quorate.windows.membership import Deviation, Membership
from quorate.windows.membership.forced_properties import overruled_side_gives_way
from quorate.windows.membership.properties import recovers, witness_is_taken


def hour() -> float:
    return 3600.0


def lone(**policy) -> AnyCluster:
    """Three nodes and a group of one resource that any of them may own."""
    group = Group("G", (Resource("R"),), ("A",), **policy)
    return AnyCluster("lone", cluster(3).nodes, cluster(3).rule, groups=(group,))


@pytest.mark.parametrize("of", [cluster(3), cluster(2, DISK)], ids=["majority", "disk"])
def test_nobody_listens_so_nothing_ever_runs_again(of):
    model = Deviation.DOES_NOT_LISTEN.twin(Membership(of, run()))
    claim = recovers(model)
    found = searched(bmc.search, model.system, claim, 4, hour)
    assert isinstance(found, Refuted)
    assert (len(found.trace), found.trace.loop_start) == (2, 2)
    replay_refutation(model.system, found.trace, claim)


def test_a_free_witness_is_left_alone_for_ever():
    """The disk fails and comes back."""
    model = Deviation.LEAVES_WITNESS.twin(Membership(cluster(3, DISK), run()))
    claim = witness_is_taken(model)
    found = searched(bmc.search, model.system, claim, 4, hour)
    assert isinstance(found, Refuted)
    assert (len(found.trace), found.trace.loop_start) == (2, 2)
    replay_refutation(model.system, found.trace, claim)


def test_an_overruled_side_runs_beside_the_forced_one_for_ever():
    """One of three is cut off and forced, and the network is whole again."""
    model = Deviation.NEVER_GIVES_WAY.twin(Membership(of_2012_r2(3), run(force=True)))
    claim = overruled_side_gives_way(model)
    found = searched(bmc.search, model.system, claim, 5, hour)
    assert isinstance(found, Refuted)
    replay_refutation(model.system, found.trace, claim)
    assert (len(found.trace), found.trace.loop_start) == (3, 3)


LOOPS = [
    (endings.without_ends(endings.completes), None, {}, 2),
    (endings.completes, GroupDeviation.NEVER_STARTS, {}, 2),
    (endings.no_stuck_pending, GroupDeviation.PENDS_FOR_EVER, {}, 2),
    (
        endings.without_hours(endings.failback_happens),
        None,
        {"failback": FailbackPolicy.WINDOW, "window": Window(22, 5)},
        4,
    ),
]


@pytest.mark.parametrize(("make", "deviation", "policy", "steps"), LOOPS)
def test_a_claim_without_what_it_needs_is_refuted_by_the_shortest_loop(
    make, deviation, policy, steps
):
    model = Groups(lone(**policy), GroupAssumptions(("G",)))
    model = deviation.twin(model) if deviation is not None else model
    claim = make(model, "G")
    known = induction.inductive(model.system, model.system.offered, hour)
    found = searched(bmc.search, model.system, claim, 8, hour, known)
    assert isinstance(found, Refuted)
    replay_refutation(model.system, found.trace, claim)
    assert len(found.trace) == steps
    assert searched(bmc.search, model.system, claim, steps - 1, hour, known) == HoldsTo(
        steps - 1, "bmc of lassos"
    )


def test_a_group_whose_failovers_are_not_counted_wanders_for_ever():
    model = GroupDeviation.FORGETS_FAILOVERS.twin(Groups(lone(), GroupAssumptions(("G",))))
    claim = endings.no_ping_pong(model, "G")
    found = searched(bmc.search, model.system, claim, 24, hour)
    assert isinstance(found, Refuted)
    replay_refutation(model.system, found.trace, claim)
    loop = found.trace.steps[found.trace.loop_start :]
    assert sum(step.action == "transfer: group.G" for step in loop) == 2
