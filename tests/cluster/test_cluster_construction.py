"""What a `Cluster` and its `Requirements` refuse to be."""

import dataclasses

import pytest

from quorate.cluster import (
    COUNTED,
    MOST_NODES,
    MOST_VOTES,
    Cluster,
    DiskOnly,
    Node,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeMajority,
    Reason,
    RefusedError,
    Requirements,
    Site,
    WindowsVersion,
    Witness,
    WitnessKind,
)

DISK = Witness("Q:", WitnessKind.DISK, ("A", "B"), "Berlin")
GOOD = Cluster(
    "good",
    (Node("A", 1, "Berlin"), Node("B", 1, "Bonn")),
    NodeAndDiskMajority(),
    DISK,
    (Site("Berlin"), Site("Bonn")),
    version=WindowsVersion.WINDOWS_2008,
)

BAD = [
    ("no nodes", {"nodes": ()}, Reason.NO_NODES, "nodes", "at least one node"),
    (
        "too many nodes",
        {"nodes": tuple(Node(f"N{i}") for i in range(MOST_NODES + 1))},
        Reason.TOO_MANY_NODES,
        "nodes",
        "1025 nodes",
    ),
    (
        "a name twice",
        {"nodes": (Node("A"), Node("A"))},
        Reason.NAME_GIVEN_TWICE,
        "nodes[1].name",
        "'A' is given twice",
    ),
    (
        "a blank name",
        {"nodes": (Node("A"), Node(" \n"))},
        Reason.EMPTY_NAME,
        "nodes[1].name",
        "empty",
    ),
    (
        "a site in which nothing stands",
        {"sites": (Site("Berlin"), Site("Bonn"), Site("Bremen"))},
        Reason.EMPTY_SITE,
        "sites[2]",
        "nothing stands in the site 'Bremen'",
    ),
    (
        "a site twice",
        {"sites": (Site("Berlin"),) * 2},
        Reason.NAME_GIVEN_TWICE,
        "sites[1].name",
        "'Berlin' is given twice",
    ),
    (
        "a blank site",
        {"sites": (Site("Berlin"), Site(""))},
        Reason.EMPTY_NAME,
        "sites[1].name",
        "empty",
    ),
    (
        "negative votes",
        {"nodes": (Node("A", -1), Node("B"))},
        Reason.VOTES_OUT_OF_RANGE,
        "nodes[0].votes",
        "-1 votes",
    ),
    (
        "absurd votes",
        {"nodes": (Node("A"), Node("B", MOST_VOTES + 1))},
        Reason.VOTES_OUT_OF_RANGE,
        "nodes[1].votes",
        "use 0 to 1000",
    ),
    (
        "several votes where they follow who runs",
        {"nodes": (Node("A", 2), Node("B")), "version": WindowsVersion.WINDOWS_2019},
        Reason.SEVERAL_VOTES,
        "nodes[0].votes",
        "node 'A' has 2 votes",
    ),
    (
        "no votes at all",
        {"nodes": (Node("A", 0), Node("B", 0)), "rule": NodeMajority(), "witness": None},
        Reason.NO_VOTES,
        "nodes",
        "nobody has a vote",
    ),
    (
        "a node in a site that was mistyped",
        {"nodes": (Node("A"), Node("B", 1, "Berln"))},
        Reason.UNKNOWN_SITE,
        "nodes[1].site",
        "did you mean 'Berlin'?",
    ),
    (
        "a node in an undeclared site",
        {"nodes": (Node("A"), Node("B", 1, "Oslo"))},
        Reason.UNKNOWN_SITE,
        "nodes[1].site",
        "declared sites: 'Berlin', 'Bonn'",
    ),
    (
        "a node in a site where none is declared",
        {
            "nodes": (Node("A"), Node("B", 1, "Oslo")),
            "sites": (),
            "witness": dataclasses.replace(DISK, site=None),
        },
        Reason.NO_SITE_DECLARED,
        "nodes[1].site",
        "which is not declared; declare the site",
    ),
    (
        "no witness for the mode",
        {"witness": None},
        Reason.WITNESS_MISSING,
        "rule",
        "Node and Disk Majority needs a disk witness; add it or choose",
    ),
    (
        "no witness for disk-only",
        {"rule": DiskOnly(), "witness": None},
        Reason.WITNESS_MISSING,
        "rule",
        "needs a",
    ),
    (
        "no mode for the witness",
        {"rule": NodeMajority()},
        Reason.WITNESS_NOT_COUNTED,
        "witness",
        "counts no witness",
    ),
    (
        "the wrong kind of witness",
        {"witness": dataclasses.replace(DISK, kind=WitnessKind.FILE_SHARE)},
        Reason.OTHER_WITNESS_COUNTED,
        "witness.kind",
        "counts a disk witness",
    ),
    (
        "a cloud witness before its time",
        {
            "rule": NodeAndCloudMajority(),
            "witness": dataclasses.replace(DISK, kind=WitnessKind.CLOUD),
            "version": WindowsVersion.WINDOWS_2012_R2,
        },
        Reason.NO_CLOUD_WITNESS_YET,
        "rule",
        "Windows Server 2012 R2 knows no cloud witness, which came with Windows Server 2016",
    ),
    (
        "a witness without a name",
        {"witness": dataclasses.replace(DISK, name="\t")},
        Reason.EMPTY_NAME,
        "witness.name",
        "empty",
    ),
    (
        "a witness reached by nobody",
        {"witness": dataclasses.replace(DISK, reached_by=())},
        Reason.WITNESS_OUT_OF_REACH,
        "witness.reached_by",
        "never count",
    ),
    (
        "a witness reached by a stranger",
        {"witness": dataclasses.replace(DISK, reached_by=("A", "Z"))},
        Reason.UNKNOWN_NODE,
        "witness.reached_by[1]",
        "'Z' is no node of this cluster; declared nodes: 'A', 'B'",
    ),
    (
        "a witness reached twice by one node",
        {"witness": dataclasses.replace(DISK, reached_by=("A", "A"))},
        Reason.NAME_GIVEN_TWICE,
        "witness.reached_by[1]",
        "'A' is given twice",
    ),
    (
        "a witness in an undeclared site",
        {"witness": dataclasses.replace(DISK, site="Oslo")},
        Reason.UNKNOWN_SITE,
        "witness.site",
        "the witness stands in site 'Oslo'",
    ),
]


@pytest.mark.parametrize(
    ("changes", "reason", "where", "words"),
    [case[1:] for case in BAD],
    ids=[case[0] for case in BAD],
)
def test_a_cluster_that_cannot_be_meant_is_refused_at_an_element(changes, reason, where, words):
    with pytest.raises(RefusedError) as caught:
        dataclasses.replace(GOOD, **changes)
    assert caught.value.refusal.reason is reason
    assert caught.value.where == where
    assert words in caught.value.reason


def test_a_cluster_answers_who_stands_in_a_site():
    assert GOOD.nodes_in("Berlin") == ("A",)
    assert GOOD.nodes_in("Bonn") == ("B",)
    assert GOOD.nodes_in("Bremen") == ()


def test_what_must_be_survived_is_one_crash_one_isolation_the_witness_and_a_site():
    assert Requirements() == Requirements(crash=1, isolation=1, partition=0, witness=1, site=1)


@pytest.mark.parametrize("kind", [fault.value for fault in COUNTED])
@pytest.mark.parametrize(("number", "accepted"), [(-1, False), (0, True), (64, True), (65, False)])
def test_each_required_number_of_faults_is_0_to_64(kind, number, accepted):
    if accepted:
        assert getattr(Requirements(**{kind: number}), kind) == number
        return
    with pytest.raises(RefusedError, match="use 0 to 64") as caught:
        Requirements(**{kind: number})
    assert caught.value.refusal.reason is Reason.FAULTS_OUT_OF_RANGE
    assert caught.value.where == f"requirements.{kind}"
