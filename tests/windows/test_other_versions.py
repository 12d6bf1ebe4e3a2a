"""Which other rules of quorum a cluster may be under, where nobody says which Windows it is."""

from dataclasses import replace

import pytest

from quorate.cluster import (
    CURRENT,
    Cluster,
    DiskOnly,
    Node,
    NodeAndFileShareMajority,
    NodeMajority,
    VersionSource,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.windows.other_versions import other_rules

FOUR = Cluster(
    "c",
    tuple(map(Node, "ABCD")),
    NodeMajority(),
    version=CURRENT,
    version_source=VersionSource.ASSUMED,
)
SHARE = Witness("W", WitnessKind.FILE_SHARE, ("A", "B"))
DISK = Witness("W", WitnessKind.DISK, ("A", "B"))
STATIC, NODES = "Windows Server 2008 or 2008 R2", "Windows Server 2012"
CASES = {
    "votes and who loses one": (FOUR, [STATIC, NODES]),
    "a witness that follows": (
        replace(FOUR, rule=NodeAndFileShareMajority(), witness=SHARE),
        [STATIC, NODES],
    ),
    "who loses its vote first": (
        replace(FOUR, lower_priority="A"),
        [STATIC, NODES, "Windows Server 2012 R2"],
    ),
    "one that votes, beside a witness": (
        replace(
            FOUR,
            nodes=(FOUR.nodes[0], Node("B", 0)),
            rule=NodeAndFileShareMajority(),
            witness=SHARE,
        ),
        [STATIC, NODES],
    ),
    "two that vote": (replace(FOUR, nodes=FOUR.nodes[:2]), [STATIC, NODES]),
    "two that vote and one that does not": (
        replace(FOUR, nodes=(*FOUR.nodes[:2], Node("E", 0))),
        [STATIC, NODES],
    ),
    "two of which one loses its vote first": (
        replace(FOUR, nodes=FOUR.nodes[:2], lower_priority="A"),
        [STATIC, NODES, "Windows Server 2012 R2"],
    ),
    # Votes are as configured; prevent quorum came with 2012, the resiliency of force with 2012 R2.
    "dynamic quorum off": (replace(FOUR, dynamic_quorum=False), [STATIC, NODES]),
    "the disk alone": (replace(FOUR, rule=DiskOnly(), witness=DISK), [STATIC, NODES]),
    "a version that is named": (replace(FOUR, version_source=VersionSource.NAMED), []),
}


@pytest.mark.parametrize(("cluster", "titles"), CASES.values(), ids=CASES)
def test_each_set_of_rules_that_is_another_there_is_named_once(cluster, titles):
    assert [rules.title for rules in other_rules(cluster)] == titles
    for rules in other_rules(cluster):
        assert rules.cluster == replace(
            cluster, version=rules.versions[0], version_source=VersionSource.NAMED
        )


@pytest.mark.parametrize("cluster", [case[0] for case in CASES.values()], ids=CASES)
def test_no_version_is_left_out_and_none_is_named_twice(cluster):
    """Those that are not named have the rules of the current version, or the cluster has one."""
    named = [version for rules in other_rules(cluster) for version in rules.versions]
    assert len(named) == len(set(named))
    if named:
        silent = set(WindowsVersion) - set(named)
        assert CURRENT in silent
        voters = sum(node.votes for node in cluster.nodes)
        rules = {replace(cluster, version=v, version_source=NAMED).vote_changes for v in silent}
        assert len(rules) == 1 or voters == 2


NAMED = VersionSource.NAMED
