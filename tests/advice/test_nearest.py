"""The nearest configurations: all of the fewest decisions, each once, none that cannot be meant."""

from collections.abc import Callable, Collection, Sequence

import pytest

from quorate.advice import Neighbour, nearest, neighbours
from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeAndDiskMajority,
    NodeMajority,
    Resource,
    ResourceKind,
    Site,
    WindowsVersion,
    Witness,
    WitnessKind,
)

SHARE = Resource("share", ResourceKind.FILE_SHARE, writes_to=("F:",))
FILES = Group("FS", (Resource("F:", ResourceKind.DISK), SHARE))

PAIR = Cluster(
    "pair",
    (Node("A", site="X"), Node("B", site="Y")),
    NodeMajority(),
    sites=(Site("X"), Site("Y")),
    groups=(FILES,),
    version=WindowsVersion.WINDOWS_2008,
)

WITH_DISK = Cluster(
    "with disk",
    (Node("A"), Node("B"), Node("C", votes=0)),
    NodeAndDiskMajority(),
    Witness("Q:", WitnessKind.DISK, ("A", "B")),
    version=WindowsVersion.WINDOWS_2019,
    dynamic_quorum=False,
)


@pytest.mark.parametrize(
    ("cluster", "decisions"),
    [
        (
            PAIR,
            {
                "add a file share witness apart from all sites",
                "add a file share witness in X",
                "add a file share witness in Y",
                "add a disk witness apart from all sites",
                "add a disk witness in X",
                "add a disk witness in Y",
                "take the vote of A",
                "take the vote of B",
                "confirm that a lost node is off before its groups start elsewhere",
                "let share depend on F:",
            },
        ),
        (
            WITH_DISK,
            {
                "remove the witness",
                "let every node reach the witness",
                "take the vote of A",
                "take the vote of B",
                "give C a vote",
                "switch dynamic quorum on",
            },
        ),
    ],
    ids=["pair", "with disk"],
)
def test_one_decision_away_is_what_a_designer_can_decide(cluster, decisions):
    found = list(neighbours(cluster))
    assert {decision for one in found for decision in one.decisions} == decisions
    assert all(one.cluster != cluster for one in found)


def test_what_cannot_be_meant_is_no_neighbour():
    """The last vote cannot be taken."""
    last = Cluster("last", (Node("A"), Node("B", votes=0)), NodeMajority())
    assert "take the vote of A" not in {one.decisions[0] for one in neighbours(last)}


def that(
    wanted: Callable[[Cluster], bool],
) -> Callable[[Sequence[Neighbour]], Collection[Neighbour]]:
    return lambda candidates: [one for one in candidates if wanted(one.cluster)]


WANTED = {
    "a vote less": lambda cluster: cluster.votes.total == 1,
    "an odd number and a dependency": lambda cluster: (
        cluster.votes.total % 2 == 1
        and bool(cluster.groups)
        and bool(cluster.groups[0].resources[1].depends_on.clauses)
    ),
    "four votes": lambda cluster: cluster.votes.total == 4,
    "never": lambda cluster: len(cluster.nodes) > 3,
}


@pytest.mark.parametrize("cluster", [PAIR, WITH_DISK], ids=lambda cluster: cluster.name)
@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
def test_nearest_is_what_brute_force_finds(cluster, wanted):
    """All chains of up to two decisions, whatever they come back to."""
    one_away = [one.cluster for one in neighbours(cluster)]
    two_away = [two.cluster for one in one_away for two in neighbours(one)]
    first = {one for one in one_away if wanted(one)}
    second = {two for two in two_away if wanted(two)} - {cluster, *one_away}
    found = nearest(cluster, that(wanted), 2)
    assert {one.cluster for one in found} == (first or second)
    assert {len(one.decisions) for one in found} <= ({1} if first else {2})
    assert len({one.cluster for one in found}) == len(found)
