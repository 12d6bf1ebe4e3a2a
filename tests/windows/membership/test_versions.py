"""What rests on undocumented points about changes of the configuration, and where it is claimed."""

from dataclasses import replace

import pytest

from corpus.cases import DISK, ONLY, SHARE, VOTERS, cluster
from quorate.cluster import Cluster, Node
from quorate.engines import bmc
from quorate.system import HoldsTo, Refuted
from quorate.windows.membership import Membership, MembershipCircumstances
from quorate.windows.membership.catalogue import planned_stops
from quorate.windows.membership.properties import no_partition_in_time
from quorate.windows.membership.versions import (
    UNREAD,
    changes,
    partition_in_time_if_unread,
    rests_on_a_tag,
    rests_on_the_witness,
)


def weighted(*votes: int, rule=SHARE, cabled: str = "") -> Cluster:
    of = cluster(len(votes), rule, cabled)
    return replace(of, nodes=tuple(Node(n.name, v) for n, v in zip(of.nodes, votes, strict=True)))


HALVES = [
    # Where two sets of nodes have a majority with the witness, each without the other.
    (cluster(2, SHARE), True),
    (cluster(2, DISK), True),
    (cluster(2, ONLY), True),
    (cluster(3, ONLY), True),
    (weighted(1, 1, 2), True),
    # Two of three nodes are always among three votes of four.
    (cluster(3, SHARE), False),
    (weighted(1, 2), False),
    # Only A has a cable.
    (cluster(2, DISK, "A"), False),
    (cluster(3, ONLY, "B"), False),
    # Nobody takes what is not there.
    (cluster(2, VOTERS), False),
]


@pytest.mark.parametrize(("of", "rests"), HALVES, ids=lambda value: str(getattr(value, "name", "")))
def test_reading_the_witness_matters_where_two_halves_can_hold_it(of, rests):
    """Whoever takes it unread goes on with an old configuration there, and nowhere else."""
    assert rests_on_the_witness(of) is rests
    assert len(list(partition_in_time_if_unread(of))) == int(rests)
    model = Membership(of, UNREAD)
    found = bmc.search(model.system, no_partition_in_time(model), 4, lambda: 3600.0)
    assert isinstance(found, Refuted if rests else HoldsTo)


def test_a_planned_stop_rests_on_a_tag_and_not_on_a_copy():
    names = {of: [claim.name for claim in planned_stops(of)] for of, _ in HALVES}
    for of, rests in HALVES:
        tagged = rests and of.rule == SHARE
        assert rests_on_a_tag(of) is tagged
        assert (len(names[of]) == 2) is tagged


@pytest.mark.parametrize(
    ("of", "claimed"),
    [
        (cluster(1), False),
        (cluster(2), False),
        (cluster(3), True),
        (cluster(2, DISK), True),
        # A and the disk are two of three votes, and leave B behind.
        (cluster(2, DISK, "A"), True),
        (cluster(2, ONLY), True),
        # Nobody without a cable is a member.
        (cluster(3, ONLY, "B"), False),
        (weighted(2, 1, rule=VOTERS), True),
        (weighted(1, 0, rule=VOTERS), True),
        (weighted(1, 1, 1, 1, rule=VOTERS), True),
        (weighted(3, 3, rule=VOTERS), False),
    ],
    ids=lambda value: str(getattr(value, "name", "")),
)
def test_nobody_is_left_behind_where_a_change_needs_every_node(of, claimed):
    assert bool(list(changes(of))) is claimed
    for claim in changes(of):
        model = Membership(of)
        reached = claim.make_premise(model).never
        assert isinstance(bmc.search(model.system, reached, 4, lambda: 3600.0), Refuted)


def test_what_is_assumed_of_changes_is_said():
    def said(**changes: object) -> str:
        of = cluster(2, SHARE)
        assumed = replace(MembershipCircumstances(of).assumptions, **changes)
        return "; ".join(assumed.sentences(of))

    assert "committed once a majority has accepted it" in said()
    assert "who takes the witness reads it first" in said()
    assert "a planned stop is refused where the others lack a change (inferred)" in said()
    assert "who takes the witness does not read it" in said(witness_is_read=False)
    assert "for want of votes alone" in said(stop_asks_for_changes=False)
    unchanged = said(commits=False)
    assert "the configuration is not changed" in unchanged
    assert "majority" not in unchanged
