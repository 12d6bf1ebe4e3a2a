"""What a group loses with a site: counted on the fingers, for two nodes in each of two sites and
one apart."""

from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeMajority,
    Resource,
    ResourceKind,
    Site,
    Storage,
    WindowsVersion,
)

NODES = (*(Node(n, site="X") for n in "AB"), *(Node(n, site="Y") for n in "CD"), Node("E"))
ALL = tuple("ABCDE")
DISK = Resource("disk", ResourceKind.DISK)
APP = Resource("app", writes_to=("V", "disk"))


def lost(site: str, *storage: Storage, owners: tuple[str, ...] | None = None) -> tuple[str, ...]:
    group = Group("G", (replace(DISK, possible_owners=owners), APP))
    of = Cluster(
        "c",
        NODES,
        NodeMajority(),
        sites=(Site("X"), Site("Y")),
        groups=(group,),
        volumes=("V", "W"),
        storage=storage,
        version=WindowsVersion.WINDOWS_2008,
    )
    return of.lost_with(site, group)


@pytest.mark.parametrize(
    ("row", "owners", "with_x", "with_y"),
    [
        # copies
        (Storage("disk", ALL, ("X",)), None, True, False),
        (Storage("disk", ALL, ("X", "Y")), None, False, False),
        (Storage("disk", ALL), None, False, False),
        (Storage("V", ALL, ("Y",)), None, False, True),
        # paths of a disk, which its owners have
        (Storage("disk", ("A", "B")), ("A", "B"), True, False),
        (Storage("disk", ("A", "C")), ("A", "C"), False, False),
        (Storage("disk", ALL, ("X", "Y")), ("C", "D"), False, True),
        # paths of a volume, which may be those of others
        (Storage("V", ("A", "B")), None, True, False),
        (Storage("V", ("A", "E")), None, False, False),
        (Storage("V", ("A", "E")), ("A", "C"), False, False),
        # a volume is no use where nobody may own the group
        (Storage("V", ALL), ("C", "D"), False, True),
        # of what it keeps no data on it loses nothing
        (Storage("W", ALL, ("X",)), None, False, False),
    ],
)
def test_what_is_lost_with_a_site(row, owners, with_x, with_y):
    found = [lost(site, row, owners=owners) for site in ("X", "Y")]
    assert found == [(row.name,) if is_lost else () for is_lost in (with_x, with_y)]


def test_of_what_nothing_is_said_nothing_is_lost():
    assert lost("X") == ()
    both = (Storage("V", ALL, ("X",)), Storage("disk", ALL, ("X",)))
    assert lost("X", *both) == ("V", "disk")
