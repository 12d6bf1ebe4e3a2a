"""What a `Cluster` refuses in its groups."""

import dataclasses
from itertools import pairwise

import pytest

from quorate.cluster import (
    MOST_FAILOVERS,
    MOST_FAULTS,
    MOST_RESOURCES,
    MOST_RESTARTS,
    Attribute,
    Cluster,
    CycleError,
    Dependency,
    FailbackPolicy,
    Group,
    Item,
    Migration,
    Node,
    NodeMajority,
    Promises,
    Reason,
    RefusedError,
    Resource,
    ResourceKind,
    Storage,
    Window,
    WindowsVersion,
    parse_dependency,
)
from quorate.errors import Place

NODES = (Node("A"), Node("B"), Node("C"))
PLACED = (Node("A", subnets=("10.1",)), Node("B", subnets=("10.2",)))


def cluster(*groups: Group, nodes: tuple[Node, ...] = NODES, volumes=("V",)) -> Cluster:
    return Cluster(
        "c",
        nodes,
        NodeMajority(),
        groups=groups,
        volumes=volumes,
        version=WindowsVersion.WINDOWS_2008,
    )


def needs(name: str, text: str = "", **more) -> Resource:
    return Resource(name, depends_on=parse_dependency(text), **more)


def group(*resources: Resource, **more) -> Group:
    return Group("g", resources or (Resource("r"),), **more)


def disk(name: str) -> Resource:
    return Resource(name, ResourceKind.DISK)


def machine(*data: str) -> Resource:
    return Resource("vm", ResourceKind.VIRTUAL_MACHINE, writes_to=data)


def address(subnet: str) -> Resource:
    return Resource("ip", ResourceKind.ADDRESS, subnet=subnet)


def stored(*storage: Storage) -> Cluster:
    """A group with a disk, and a shared volume."""
    return dataclasses.replace(cluster(group(Resource("r"), disk("d"))), storage=storage)


OTHER = Group("h", (Resource("s"), disk("d")))
R0 = "groups[0].resources[0]"

REFUSED = [
    # names
    (
        "a volume twice",
        lambda: cluster(volumes=("V", "V")),
        Reason.NAME_GIVEN_TWICE,
        "volumes[1]",
        "'V' is given twice",
    ),
    (
        "a blank volume",
        lambda: cluster(volumes=(" ",)),
        Reason.EMPTY_NAME,
        "volumes[0]",
        "a name is empty",
    ),
    (
        "a group twice",
        lambda: cluster(group(), group()),
        Reason.NAME_GIVEN_TWICE,
        "groups[1].name",
        "'g' is given twice",
    ),
    (
        "a blank group",
        lambda: cluster(Group("", (Resource("r"),))),
        Reason.EMPTY_NAME,
        "groups[0].name",
        "a name is empty",
    ),
    (
        "no resources",
        lambda: cluster(Group("g", ())),
        Reason.NO_RESOURCES,
        "groups[0].resources",
        "has no resources",
    ),
    (
        "too many resources",
        lambda: cluster(Group("g", tuple(Resource(f"r{i}") for i in range(MOST_RESOURCES + 1)))),
        Reason.TOO_MANY_RESOURCES,
        "groups[0].resources",
        "1001 resources are more than the 1000",
    ),
    (
        "a resource twice in a group",
        lambda: cluster(group(Resource("r"), Resource("r"))),
        Reason.NAME_GIVEN_TWICE,
        "groups[0].resources[1].name",
        "'r' is given twice",
    ),
    (
        "a blank resource",
        lambda: cluster(group(Resource("\t"))),
        Reason.EMPTY_NAME,
        "groups[0].resources[0].name",
        "a name is empty",
    ),
    (
        "a resource twice in the cluster",
        lambda: cluster(group(), Group("h", (Resource("x"), Resource("r")))),
        Reason.NAME_TAKEN,
        "groups[1].resources[1].name",
        "the name 'r' is used twice in this cluster",
    ),
    (
        "a resource that is called like a volume",
        lambda: cluster(group(Resource("V"))),
        Reason.NAME_TAKEN,
        f"{R0}.name",
        "the name 'V' is used twice",
    ),
    (
        "a bracket in a name",
        lambda: cluster(group(Resource("a]"))),
        Reason.BRACKET_IN_NAME,
        f"{R0}.name",
        "'a]' holds a bracket, so no dependency can name it",
    ),
    # dependencies
    (
        "a dependency on itself",
        lambda: cluster(group(needs("r", "[r]"))),
        Reason.DEPENDS_ON_ITSELF,
        f"{R0}.depends_on",
        "'r' depends on itself",
    ),
    (
        "a dependency across groups",
        lambda: cluster(group(needs("r", "[s]")), OTHER),
        Reason.DEPENDS_ON_ANOTHER_GROUP,
        f"{R0}.depends_on",
        "'r' depends on 's', which belongs to group 'h'; dependencies end at the group",
    ),
    (
        "a dependency on a mistyped name",
        lambda: cluster(group(Resource("Disk S"), needs("r", "[Disc S]"))),
        Reason.UNKNOWN_RESOURCE,
        "groups[0].resources[1].depends_on",
        "'Disc S' is no resource of group 'g'; did you mean 'Disk S'?",
    ),
    (
        "a circle of dependencies",
        lambda: cluster(group(Resource("x"), needs("r", "[s]"), needs("s", "[r]"))),
        Reason.DEPENDS_IN_A_CIRCLE,
        "groups[0].resources[1].depends_on",
        "go round in a circle",
    ),
    # owners
    (
        "a possible owner that is no node",
        lambda: cluster(group(Resource("r", possible_owners=("Z",)))),
        Reason.UNKNOWN_NODE,
        "groups[0].resources[0].possible_owners[0]",
        "'Z' is no node of this cluster; declared nodes: 'A', 'B', 'C'",
    ),
    (
        "a possible owner twice",
        lambda: cluster(group(Resource("r", possible_owners=("A", "A")))),
        Reason.NAME_GIVEN_TWICE,
        "groups[0].resources[0].possible_owners[1]",
        "'A' is given twice",
    ),
    (
        "a preferred owner that is no node",
        lambda: cluster(group(preferred_owners=("A", "Z"))),
        Reason.UNKNOWN_NODE,
        "groups[0].preferred_owners[1]",
        "'Z' is no node",
    ),
    (
        "a preferred owner twice",
        lambda: cluster(group(preferred_owners=("A", "A"))),
        Reason.NAME_GIVEN_TWICE,
        "groups[0].preferred_owners[1]",
        "'A' is given twice",
    ),
    (
        "possible owners that have no node in common",
        lambda: cluster(
            group(
                Resource("r", possible_owners=("A", "B")),
                Resource("s", possible_owners=("C",)),
            )
        ),
        Reason.NO_POSSIBLE_OWNER,
        "groups[0].resources",
        "no node is a possible owner of every resource of group 'g'",
    ),
    (
        "no possible owner",
        lambda: cluster(group(Resource("r", possible_owners=()))),
        Reason.NO_POSSIBLE_OWNER,
        "groups[0].resources",
        "no node is a possible owner",
    ),
    # data and subnets
    (
        "data on what is no disk",
        lambda: cluster(group(Resource("r", writes_to=("s",))), OTHER),
        Reason.UNKNOWN_STORAGE,
        "groups[0].resources[0].writes_to[0]",
        "'r' writes to 's', which is neither a resource of kind 'disk' nor a shared volume",
    ),
    (
        "data where no disk nor volume is declared",
        lambda: cluster(group(Resource("r", writes_to=("s",))), volumes=()),
        Reason.NO_STORAGE_DECLARED,
        f"{R0}.writes_to[0]",
        "'r' writes to 's', which is neither a resource of kind 'disk' nor a shared volume",
    ),
    (
        "data in one place twice",
        lambda: cluster(group(Resource("r", writes_to=("V", "V")))),
        Reason.NAME_GIVEN_TWICE,
        "groups[0].resources[0].writes_to[1]",
        "'V' is given twice",
    ),
    (
        "a subnet of what is no address",
        lambda: cluster(group(Resource("r", subnet="10.1"))),
        Reason.SUBNET_OF_NO_ADDRESS,
        f"{R0}.subnet",
        "'r' is no address, so it has no subnet",
    ),
    (
        "a subnet that no node is in",
        lambda: cluster(group(address("10.3")), nodes=PLACED),
        Reason.SUBNET_OF_NO_NODE,
        f"{R0}.subnet",
        "no node is in the subnet '10.3' of 'ip', so it can never come online",
    ),
    # policies
    (
        "too many restarts",
        lambda: cluster(group(Resource("r", restart_threshold=MOST_RESTARTS + 1))),
        Reason.RESTARTS_OUT_OF_RANGE,
        f"{R0}.restart_threshold",
        "21 restarts cannot be asked for; use 0 to 20",
    ),
    (
        "negative restarts",
        lambda: cluster(group(Resource("r", restart_threshold=-1))),
        Reason.RESTARTS_OUT_OF_RANGE,
        f"{R0}.restart_threshold",
        "-1 restarts",
    ),
    (
        "too many failovers",
        lambda: cluster(group(failover_threshold=MOST_FAILOVERS + 1)),
        Reason.FAILOVERS_OUT_OF_RANGE,
        "groups[0].failover_threshold",
        "1001 failovers cannot be asked for; use 0 to 1000",
    ),
    (
        "too many crashes",
        lambda: cluster(group(promises=Promises(crash=MOST_FAULTS + 1))),
        Reason.FAULTS_OUT_OF_RANGE,
        "groups[0].promises.crash",
        "65 faults cannot be asked for; use 0 to 64",
    ),
    (
        "negative failovers",
        lambda: cluster(group(failover_threshold=-1)),
        Reason.FAILOVERS_OUT_OF_RANGE,
        "groups[0].failover_threshold",
        "-1 failovers",
    ),
    (
        "a window without its policy",
        lambda: cluster(group(window=Window(22, 5))),
        Reason.WINDOW_WITHOUT_POLICY,
        "groups[0].window",
        "has a failback window and does not fail back in one",
    ),
    (
        "a policy without its window",
        lambda: cluster(group(failback=FailbackPolicy.WINDOW)),
        Reason.POLICY_WITHOUT_WINDOW,
        "groups[0].failback",
        "fails back in a window and has none",
    ),
    (
        "an hour that no day has",
        lambda: cluster(group(failback=FailbackPolicy.WINDOW, window=Window(22, 24))),
        Reason.HOUR_OUT_OF_RANGE,
        "groups[0].window",
        "an hour that no day has; use 0 to 23",
    ),
    (
        "a window of no hours",
        lambda: cluster(group(failback=FailbackPolicy.WINDOW, window=Window(5, 5))),
        Reason.WINDOW_WITHOUT_HOURS,
        "groups[0].window",
        "the window has no hours",
    ),
    (
        "live migration from a plain disk",
        lambda: cluster(group(machine("V", "d"), disk("d"), migration=Migration.LIVE)),
        Reason.DATA_NOT_ON_SHARED_VOLUMES,
        "groups[0].migration",
        "live migration of 'vm' needs all of its data on shared volumes",
    ),
    (
        "live migration from nowhere",
        lambda: cluster(group(machine(), migration=Migration.LIVE)),
        Reason.DATA_NOT_ON_SHARED_VOLUMES,
        "groups[0].migration",
        "live migration of 'vm'",
    ),
    (
        "storage twice",
        lambda: stored(Storage("V", ("A",)), Storage("v", ("A",))),
        Reason.NAME_GIVEN_TWICE,
        "storage[1].name",
        "'v' is given twice",
    ),
    (
        "storage of what is no disk",
        lambda: stored(Storage("r", ("A",))),
        Reason.UNKNOWN_STORAGE,
        "storage[0].name",
        "'r' is neither a resource of kind 'disk' nor a shared volume",
    ),
    (
        "storage where there is none",
        lambda: dataclasses.replace(cluster(group(), volumes=()), storage=(Storage("V", ("A",)),)),
        Reason.NO_STORAGE_DECLARED,
        "storage[0].name",
        "declare it as one of them",
    ),
    (
        "storage in a site that is unknown",
        lambda: stored(Storage("V", ("A",), ("X",))),
        Reason.NO_SITE_DECLARED,
        "storage[0].sites[0]",
        "'V' stands in site 'X'",
    ),
    (
        "storage twice in a site",
        lambda: stored(Storage("V", ("A",), ("X", "X"))),
        Reason.NAME_GIVEN_TWICE,
        "storage[0].sites[1]",
        "'X' is given twice",
    ),
    (
        "storage that a stranger reaches",
        lambda: stored(Storage("V", ("A", "D"))),
        Reason.UNKNOWN_NODE,
        "storage[0].reached_by[1]",
        "'D' is no node",
    ),
    (
        "storage that nobody reaches",
        lambda: stored(Storage("V", ())),
        Reason.STORAGE_OUT_OF_REACH,
        "storage[0].reached_by",
        "no node reaches 'V'",
    ),
    (
        "a disk that may be owned without a path",
        lambda: stored(Storage("d", ("A", "B"))),
        Reason.OWNER_WITHOUT_PATH,
        "storage[0].reached_by",
        "'C' may own 'd' and has no path to it",
    ),
]


@pytest.mark.parametrize(
    ("made", "reason", "where", "words"),
    [row[1:] for row in REFUSED],
    ids=[row[0] for row in REFUSED],
)
def test_groups_that_cannot_be_meant_are_refused_at_an_element(made, reason, where, words):
    with pytest.raises(RefusedError) as caught:
        made()
    assert caught.value.refusal.reason is reason
    assert caught.value.where == where
    assert words in caught.value.reason


ACCEPTED = [
    ("no groups", cluster),
    ("the bounds", lambda: cluster(group(Resource("r", restart_threshold=20)))),
    ("no failover", lambda: cluster(group(failover_threshold=0))),
    ("a night", lambda: cluster(group(failback=FailbackPolicy.WINDOW, window=Window(23, 0)))),
    ("data of another group", lambda: cluster(group(Resource("r", writes_to=("d",))), OTHER)),
    ("live migration", lambda: cluster(group(machine("V"), migration=Migration.LIVE))),
    ("a subnet of one node", lambda: cluster(group(address("10.2")), nodes=PLACED)),
    ("a node in any subnet", lambda: cluster(group(address("10.3")), nodes=(*PLACED, Node("C")))),
    ("a diamond", lambda: cluster(group(needs("t", "[l] and [r]"), *LEGS, Resource("b")))),
    (
        "a chain of a thousand",
        lambda: cluster(
            Group("g", tuple(needs(f"r{i}", f"[r{i - 1}]" if i else "") for i in range(1000)))
        ),
    ),
]
LEGS = (needs("l", "[b]"), needs("r", "[b]"))


@pytest.mark.parametrize("made", [row[1] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_groups_that_can_be_meant_are_accepted(made):
    made()


CIRCLES = [
    ("two", {"a": "[b]", "b": "[a]"}, "ab"),
    ("three", {"a": "[b]", "b": "[c]", "c": "[a]"}, "abc"),
    ("one that goes round by an alternative", {"a": "[b] or [c]", "b": "", "c": "[a]"}, "ac"),
    ("with a tail", {"t": "[a]", "a": "[b]", "b": "[a] and [u]", "u": ""}, "ab"),
]


@pytest.mark.parametrize(
    ("texts", "members"), [row[1:] for row in CIRCLES], ids=[row[0] for row in CIRCLES]
)
def test_a_circle_is_named_in_full_and_in_order(texts, members):
    """Wherever the circle is entered, each name needs the next and the last is the first again."""
    with pytest.raises(CycleError) as caught:
        cluster(group(*(needs(name, text) for name, text in texts.items())))
    circle = caught.value.cycle
    assert circle[0] == circle[-1]
    assert sorted(circle[1:]) == sorted(members)
    for needing, needed in pairwise(circle):
        assert needed in parse_dependency(texts[needing]).providers
    assert ", which needs ".join(map(repr, circle)) in caught.value.reason
    assert caught.value.refusal.reason is Reason.DEPENDS_IN_A_CIRCLE
    first = min(list(texts).index(name) for name in members)
    assert caught.value.where == f"groups[0].resources[{first}].depends_on"


def test_a_circle_seen_from_further_out_is_still_a_circle():
    with pytest.raises(CycleError) as caught:
        cluster(group(needs("a", "[b]"), needs("b", "[a]")))
    outside = caught.value.at(Place("file.toml", 7))
    assert isinstance(outside, CycleError)
    assert outside.where == "file.toml:7"
    assert (outside.group, outside.cycle) == (caught.value.group, caught.value.cycle)


def test_each_group_is_told_by_its_number_and_its_name():
    good = Group("first", (Resource("x"),))
    with pytest.raises(RefusedError) as caught:
        cluster(good, dataclasses.replace(group(), preferred_owners=("A", "Z")))
    assert caught.value.refusal.element == (
        Item(Attribute.GROUPS, 1, "g"),
        Item(Attribute.PREFERRED_OWNERS, 1, "Z"),
    )


def test_nothing_is_needed_by_a_resource_that_names_nothing():
    assert Resource("r").depends_on == Dependency() == parse_dependency("")
