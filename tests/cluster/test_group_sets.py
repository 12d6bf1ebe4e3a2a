"""What sets of groups mean, and what they cannot (MSCS, Groupset Common Properties)."""

from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    Group,
    GroupSet,
    Node,
    NodeMajority,
    Reason,
    RefusedError,
    Resource,
    StartCondition,
    StartupTrigger,
    WindowsVersion,
)

ONLINE = StartupTrigger.ONLINE
FIRST = GroupSet("first", ("a", "b", "c"), (), ONLINE)
THEN = GroupSet("then", ("d",), ("first",))


def cluster(*sets: GroupSet, version: WindowsVersion = WindowsVersion.WINDOWS_2022) -> Cluster:
    groups = tuple(Group(name, (Resource(name.upper()),)) for name in "abcde")
    return Cluster(
        "five", (Node("N"),), NodeMajority(), groups=groups, group_sets=sets, version=version
    )


@pytest.mark.parametrize(
    ("count", "needed"),
    [
        # "All groups in the set must be ready", 0xFFFFFFFF, which is no number here.
        (None, 3),
        # "A majority of groups in the set must be ready."
        (0, 2),
        # "At least this many ... If this value exceeds the number of groups then all".
        (1, 1),
        (2, 2),
        (7, 3),
    ],
)
def test_so_many_have_to_be_online_before_others_start(count, needed):
    """MSCS, ReadyCount."""
    of = cluster(replace(FIRST, count=count), THEN)
    assert of.start_conditions("d") == (StartCondition(("a", "b", "c"), needed),)
    assert of.start_conditions("a") == of.start_conditions("e") == ()


def test_a_delay_is_no_condition():
    assert cluster(replace(FIRST, trigger=StartupTrigger.DELAY), THEN).start_conditions("d") == ()


def test_a_global_set_starts_before_all_that_are_not():
    """MSCS, IsGlobal. Groups that are in no set are none of its business."""
    early = GroupSet("early", ("e",), (), ONLINE, is_global=True)
    of = cluster(early, FIRST, THEN)
    assert of.start_conditions("a") == (StartCondition(("e",), 1),)
    assert of.start_conditions("d") == (
        StartCondition(("e",), 1),
        StartCondition(("a", "b", "c"), 3),
    )
    alone = cluster(early)
    assert [alone.start_conditions(name) for name in "abcde"] == [()] * 5


def test_a_group_is_looked_at_with_all_that_come_before_it():
    of = cluster(FIRST, THEN, GroupSet("last", ("e",), ("then",)))
    last = replace(of, group_sets=(FIRST, replace(THEN, trigger=ONLINE), of.group_sets[2]))

    def together(cluster: Cluster, name: str) -> str:
        found = cluster.with_providers(cluster.groups_named([name]))
        return "".join(group.name for group in found)

    assert [together(of, name) for name in "abcde"] == ["a", "b", "c", "abcd", "e"]
    assert together(last, "e") == "abcde"
    rivals = (
        replace(of.groups[0], anti_affinity=("x",)),
        replace(of.groups[4], anti_affinity=("x",)),
    )
    avoiding = replace(of, groups=(rivals[0], *of.groups[1:4], rivals[1]))
    assert together(avoiding, "d") == "abcde"


BAD = [
    ((replace(FIRST, name=" "),), Reason.EMPTY_NAME, "group_sets[0].name"),
    ((FIRST, FIRST), Reason.NAME_GIVEN_TWICE, "group_sets[1].name"),
    ((replace(FIRST, groups=()),), Reason.EMPTY_GROUP_SET, "group_sets[0].groups"),
    ((replace(FIRST, groups=("a", "A")),), Reason.NAME_GIVEN_TWICE, "group_sets[0].groups[1]"),
    ((replace(FIRST, groups=("a", "z")),), Reason.UNKNOWN_GROUP, "group_sets[0].groups[1]"),
    ((THEN,), Reason.UNKNOWN_GROUP, "group_sets[0].starts_after[0]"),
    ((replace(FIRST, count=-1),), Reason.STARTED_OUT_OF_RANGE, "group_sets[0].count"),
    (
        (replace(FIRST, starts_after=("then",)), THEN),
        Reason.STARTS_IN_A_CIRCLE,
        "group_sets[0].starts_after",
    ),
    (
        (replace(FIRST, starts_after=("first",)),),
        Reason.STARTS_IN_A_CIRCLE,
        "group_sets[0].starts_after",
    ),
    # Who starts before all others cannot start after one of them.
    (
        (FIRST, replace(THEN, is_global=True)),
        Reason.STARTS_IN_A_CIRCLE,
        "group_sets[0].starts_after",
    ),
    # One group at both ends.
    (
        (FIRST, replace(THEN, groups=("d", "b"))),
        Reason.STARTS_IN_A_CIRCLE,
        "group_sets[0].starts_after",
    ),
]


@pytest.mark.parametrize(("sets", "reason", "where"), BAD)
def test_sets_that_cannot_be_meant_are_refused_at_an_element(sets, reason, where):
    with pytest.raises(RefusedError) as caught:
        cluster(*sets)
    assert caught.value.refusal.reason is reason
    assert caught.value.where == where


def test_a_circle_is_told_group_by_group():
    with pytest.raises(RefusedError, match="'a', which starts after 'd', which starts after 'a'"):
        cluster(replace(FIRST, groups=("a",), starts_after=("then",)), THEN)


@pytest.mark.parametrize("version", [WindowsVersion.WINDOWS_2008, WindowsVersion.WINDOWS_2012_R2])
def test_sets_came_with_2016(version):
    with pytest.raises(RefusedError, match="which came with Windows Server 2016") as caught:
        cluster(FIRST, version=version)
    assert caught.value.refusal.reason is Reason.NO_GROUP_SETS_YET
    assert cluster(version=version).group_sets == ()
