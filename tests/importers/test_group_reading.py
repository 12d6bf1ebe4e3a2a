"""What a good native file says of groups."""

import pytest
from bad_files import MODE, THREE

from quorate.cluster import (
    Cluster,
    Dependency,
    FailbackPolicy,
    Group,
    Migration,
    Node,
    NodeMajority,
    OfflineAction,
    Promises,
    Resource,
    ResourceKind,
    RestartAction,
    VersionSource,
    Window,
    WindowsVersion,
)
from quorate.importers import parse_native

FULL = """
version = "2008"
volumes = ["V"]
[[nodes]]
name = "A"
subnets = ["10.1", "10.2"]
[[nodes]]
name = "B"
[quorum]
mode = "node-majority"
[failover]
fencing = true
enforced_anti_affinity = true
[[groups]]
name = "files"
preferred_owners = ["B", "A"]
failover_threshold = 0
failback = "window"
failback_window = { start = 22, end = 5 }
anti_affinity = ["x", "y"]
stateless = true
[groups.survives]
crash = 2
failure = false
node_fault = false
drain = false
apart = true
[[groups.resources]]
name = "disk"
kind = "disk"
possible_owners = ["A"]
[[groups.resources]]
name = "ip"
kind = "ip-address"
subnet = "10.1"
[[groups.resources]]
name = "share"
kind = "file-share"
depends_on = "[disk] AND ([ip])"
restart = "none"
restart_threshold = 0
writes_to = ["disk", "V"]
[[groups]]
name = "machine"
migration = "live"
[[groups.resources]]
name = "vm"
kind = "virtual-machine"
writes_to = ["V"]
offline_action = "turn-off"
"""


def read(text: str) -> Cluster:
    return parse_native(text, "file.toml").cluster


def test_every_key_of_a_group_arrives_in_the_cluster():
    assert read(FULL) == Cluster(
        "file",
        (Node("A", subnets=("10.1", "10.2")), Node("B")),
        NodeMajority(),
        volumes=("V",),
        fencing=True,
        enforced_anti_affinity=True,
        groups=(
            Group(
                "files",
                (
                    Resource("disk", ResourceKind.DISK, possible_owners=("A",)),
                    Resource("ip", ResourceKind.ADDRESS, subnet="10.1"),
                    Resource(
                        "share",
                        ResourceKind.FILE_SHARE,
                        Dependency((("disk",), ("ip",))),
                        restart=RestartAction.NONE,
                        restart_threshold=0,
                        writes_to=("disk", "V"),
                    ),
                ),
                preferred_owners=("B", "A"),
                failover_threshold=0,
                failback=FailbackPolicy.WINDOW,
                window=Window(22, 5),
                anti_affinity=("x", "y"),
                stateless=True,
                promises=Promises(2, failure=False, node_fault=False, drain=False, apart=True),
            ),
            Group(
                "machine",
                (
                    Resource(
                        "vm",
                        ResourceKind.VIRTUAL_MACHINE,
                        writes_to=("V",),
                        offline_action=OfflineAction.TURN_OFF,
                    ),
                ),
                migration=Migration.LIVE,
            ),
        ),
        version=WindowsVersion.WINDOWS_2008,
    )


def test_what_a_group_leaves_out_has_its_default():
    cluster = read(THREE + MODE + '[[groups]]\nname = "g"\n[[groups.resources]]\nname = "r"')
    assert cluster.groups == (Group("g", (Resource("r"),)),)
    assert (cluster.volumes, cluster.fencing, cluster.enforced_anti_affinity) == ((), False, False)


def test_a_name_may_stand_in_place_of_a_resource_and_beside_tables():
    rows = '["a", { name = "b", depends_on = "[a]" }]'
    cluster = read(THREE + MODE + f'[[groups]]\nname = "g"\nresources = {rows}')
    assert cluster.groups[0].resources == (
        Resource("a"),
        Resource("b", depends_on=Dependency((("a",),))),
    )


@pytest.mark.parametrize(
    "text",
    [
        "volumes = []\n" + THREE + MODE,
        "groups = []\n" + THREE + MODE,
        THREE + MODE + "[failover]\n",
        THREE + MODE,
    ],
)
def test_empty_is_like_absent(text):
    assert read(text) == Cluster(
        "file",
        (Node("A"), Node("B"), Node("C")),
        NodeMajority(),
        version_source=VersionSource.ASSUMED,
    )


def test_empty_arrays_of_a_group_and_a_node_are_like_absent():
    text = (
        MODE + '[[nodes]]\nname = "A"\nsubnets = []\n'
        '[[groups]]\nname = "g"\npreferred_owners = []\nanti_affinity = []\n'
        '[[groups.resources]]\nname = "r"\nwrites_to = []'
    )
    assert read(text).groups == (Group("g", (Resource("r"),)),)


@pytest.mark.parametrize("kind", ResourceKind)
def test_every_kind_of_resource_is_read(kind):
    row = f'{{ name = "r", kind = "{kind.value}" }}'
    [group] = read(THREE + MODE + f'[[groups]]\nname = "g"\nresources = [{row}]').groups
    assert group.resources[0].kind is kind
