"""An assumption is listed where its subject is in the cluster or the group, and only there."""

from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    Dependency,
    DiskOnly,
    FailbackPolicy,
    Group,
    Migration,
    Node,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRules,
    Resource,
    ResourceKind,
    RestartAction,
    Storage,
    Window,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.windows.groups.assumed import assumed
from quorate.windows.groups.assumptions import Assumptions, Detection

LATE = Detection.EVENTUAL
APP = Resource("app", restart=RestartAction.NONE)
VM = replace(APP, name="vm", kind=ResourceKind.VIRTUAL_MACHINE)
ON_VOLUME = replace(VM, writes_to=("V",))
ON_DISK = replace(VM, writes_to=("disk",))
CONFIGURATION = replace(APP, name="file", kind=ResourceKind.VIRTUAL_MACHINE_CONFIGURATION)
DISK = replace(APP, name="disk", kind=ResourceKind.DISK)
NAME = replace(APP, name="name", kind=ResourceKind.NETWORK_NAME)


def cluster(*resources: Resource, nodes: str = "AB", **of_group: object) -> Cluster:
    """A second group uses all that a group can have, and shares nothing with the first."""
    everything = Group(
        "H",
        (
            replace(DISK, name="other disk"),
            replace(CONFIGURATION, name="other file"),
            replace(NAME, name="other name"),
            replace(
                ON_VOLUME, name="other vm", depends_on=Dependency((("other file",),)), restart=FAILS
            ),
        ),
        preferred_owners=("A",),
        failback=FailbackPolicy.WINDOW,
        window=Window(1, 2),
        migration=Migration.LIVE,
    )
    return Cluster(
        "c",
        tuple(map(Node, nodes)),
        NodeMajority(),
        groups=(Group("G", resources, **of_group), everything),
        volumes=("V",),
        version=WindowsVersion.WINDOWS_2008,
    )


FAILS = RestartAction.FAIL_OVER
SHARE = Witness("w", WitnessKind.FILE_SHARE, ("A", "B"))
PLAIN = cluster(APP)
ALWAYS = [
    "votes are static as in Windows Server 2008",
    "at the start every node is a member, and each group is online where it belongs",
    "at most one island runs the cluster (that is no-split-brain)",
    "when a member is lost the others go on as long as their votes are a majority",
    "nodes fail and return, and the cluster stops and forms again, at any moment",
    "any resource fails at any moment, any number of times",
    "the operator pauses, drains, moves and takes offline as he likes",
    "proved alone, since the group shares nothing with another one",
]
INSTANT = "a node that is lost stops in the same step (instant detection)"
EVENTUAL = (
    "a node that is cut off goes on, and starts what it may, until it notices (eventual detection)"
)
DATA = "can be had on every node, whichever site or node is lost"
ORDERED = [
    "what depends on a failed resource is terminated in the same step",
    "a command to one resource may or may not change whether what it needs, or what needs it, is "
    "wanted (not documented)",
]
LOCKED = (
    "a machine on a shared volume starts only while no other node has its files open (inferred, "
    "not documented)"
)
CONFIGURED = "so does the configuration that such a machine depends on (inferred, not documented)"
OPEN = (
    "without a failover_threshold a group fails over once less than there are nodes, members, or "
    "nodes that may take it (not documented)"
)
PLACED = (
    "disks and shared volumes can be had where there is a path to them, whichever site or node is "
    "lost; which site takes them down is said by data-in-reach"
)
FILE_FIRST = Dependency((("file",),))


def said(of: Cluster, detection: Detection, **more: object) -> list[str]:
    return list(assumed(of, Assumptions(("G",), detection, **more)))


def test_what_every_claim_about_a_group_assumes():
    assert said(PLAIN, Detection.INSTANT) == [*ALWAYS, INSTANT]
    assert said(PLAIN, LATE) == [*ALWAYS, EVENTUAL]


@pytest.mark.parametrize(
    ("of", "more", "late"),
    [
        (
            cluster(DISK),
            [f"disks {DATA}"],
            ["a disk is brought online only while no other node has reserved it"],
        ),
        (cluster(ON_VOLUME), [f"shared volumes {DATA}"], [LOCKED]),
        (
            cluster(DISK, replace(VM, writes_to=("V", "disk"))),
            [f"disks and shared volumes {DATA}"],
            ["a disk is brought online only while no other node has reserved it", LOCKED],
        ),
        (
            cluster(CONFIGURATION, replace(ON_VOLUME, depends_on=FILE_FIRST)),
            [f"shared volumes {DATA}", *ORDERED],
            [LOCKED, CONFIGURED],
        ),
        # Nothing stands on the configuration, or it is not on a shared volume.
        (cluster(CONFIGURATION, ON_VOLUME), [f"shared volumes {DATA}"], [LOCKED]),
        (
            cluster(DISK, CONFIGURATION, replace(ON_DISK, depends_on=FILE_FIRST)),
            [f"disks {DATA}", *ORDERED],
            ["a disk is brought online only while no other node has reserved it"],
        ),
        # What is no machine opens no files that are locked.
        (cluster(replace(APP, writes_to=("V",))), [f"shared volumes {DATA}"], []),
        # Where it is said where they stand.
        (
            replace(cluster(DISK), storage=(Storage("disk", ("A", "B")),)),
            [PLACED],
            ["a disk is brought online only while no other node has reserved it"],
        ),
        (replace(cluster(ON_VOLUME), storage=(Storage("V", ("A",)),)), [PLACED], [LOCKED]),
        (
            replace(cluster(ON_VOLUME), storage=(Storage("other disk", ("A", "B")),)),
            [f"shared volumes {DATA}"],
            [LOCKED],
        ),
        (cluster(VM), [], []),
        (cluster(APP, replace(APP, name="x", depends_on=Dependency((("app",),)))), ORDERED, []),
        (
            cluster(NAME),
            ["clients reach whatever is online, and ask for addresses again at any time"],
            [],
        ),
        (
            cluster(replace(APP, restart=FAILS)),
            ["groups that are taken over from a lost node do not count as failovers"],
            [],
        ),
        (
            cluster(replace(APP, restart=FAILS), nodes="ABC"),
            ["groups that are taken over from a lost node do not count as failovers", OPEN],
            [],
        ),
        # Nothing is open where it is given, where nothing fails over or where nobody else may.
        (
            cluster(replace(APP, restart=FAILS), nodes="ABC", failover_threshold=2),
            ["groups that are taken over from a lost node do not count as failovers"],
            [],
        ),
        (cluster(APP, nodes="ABC"), [], []),
        (
            cluster(replace(APP, restart=FAILS, possible_owners=("A",)), nodes="ABC"),
            ["groups that are taken over from a lost node do not count as failovers"],
            [],
        ),
        (
            cluster(
                APP,
                preferred_owners=("A",),
                failback=FailbackPolicy.WINDOW,
                window=Window(1, 2),
            ),
            ["an hour passes at any time but while a group is on its way or due to go back"],
            [],
        ),
        (
            cluster(ON_VOLUME, migration=Migration.LIVE),
            [f"shared volumes {DATA}", "a live migration moves the whole group in one step"],
            [LOCKED],
        ),
        (cluster(APP, migration=Migration.LIVE), [], []),
        (
            replace(PLAIN, fencing=True),
            [],
            ["a lost node is confirmed to be off before its groups start elsewhere"],
        ),
        (
            replace(PLAIN, rule=NodeAndFileShareMajority(), witness=SHARE),
            ["a witness works and counts for whoever of its nodes is left"],
            [],
        ),
    ],
)
def test_what_is_assumed_where_there_is_something_to_assume_it_of(of, more, late):
    assert set(said(of, Detection.INSTANT)) == {*ALWAYS, INSTANT, *more}
    assert set(said(of, LATE)) == {*ALWAYS, EVENTUAL, *more, *late}


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        (cluster(DISK), "disks are not reserved"),
        (cluster(ON_VOLUME), "files are not locked"),
    ],
)
def test_where_nothing_is_reserved_that_is_said(of, sentence):
    (last,) = (
        set(said(of, LATE, reservation=False))
        - {*said(PLAIN, LATE)}
        - {f"disks {DATA}"}
        - {f"shared volumes {DATA}"}
    )
    assert last == sentence
    assert said(PLAIN, LATE, reservation=False) == said(PLAIN, LATE)


def test_without_an_operator_nothing_is_said_of_commands():
    of = cluster(APP, replace(APP, name="x", depends_on=Dependency((("app",),))))
    found = said(of, Detection.INSTANT, operator=False)
    assert "the operator does nothing" in found
    assert not [sentence for sentence in found if "command" in sentence or "pauses" in sentence]


def test_one_node_has_no_others():
    found = said(cluster(replace(APP, restart=FAILS), nodes="A"), Detection.INSTANT)
    assert not [s for s in found if "others" in s or "lost node" in s]


def test_under_disk_only_contact_with_the_disk_counts_and_not_votes():
    disk = Witness("w", WitnessKind.DISK, ("A",))
    of = replace(PLAIN, rule=DiskOnly(), witness=disk)
    found = said(of, Detection.INSTANT)
    assert found[1].startswith("at the start the nodes that reach the disk are members")
    assert not [sentence for sentence in found if "majority" in sentence]


def test_groups_that_are_looked_at_together_are_named():
    both = Assumptions(("G", "H"))
    found = list(assumed(PLAIN, both))
    assert "proved together, since they share something: G, H" in found
    assert f"disks and shared volumes {DATA}" in found


@pytest.mark.parametrize("version", WindowsVersion)
def test_from_2016_on_it_is_said_that_machines_are_not_run_on_in_isolation(version):
    """Rule M4, which came with 2016 (wsfc.md 3.4)."""
    machine, application = (
        " ".join(said(replace(cluster(resource), version=version), LATE))
        for resource in (ON_VOLUME, APP)
    )
    left_out = "isolation, from 2016 on, is not modelled"
    assert (left_out in machine) is (version.rules is QuorumRules.SITE_AWARE)
    assert left_out not in application
