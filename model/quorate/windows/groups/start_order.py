"""What has to be online before a group starts (sets of groups, wsfc.md 5.3).

The order is one of starts. A group that runs goes on when one that it starts after goes offline,
and what has failed is restarted in place without a look at others; that these stop or wait is not
documented.
"""

import z3

from quorate.counting.sets import Members, some, subset
from quorate.system import Formula
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup


def may_start(placed: PlacedGroup) -> Formula:
    """The group has begun to start, or failed in place, or all is online that it starts after."""
    group = placed.group
    return z3.Or(some(group.active | group.failed), is_its_turn(placed))


def is_its_turn(placed: PlacedGroup) -> Formula:
    """So many groups of each set that it starts after are online."""
    found = []
    for condition in placed.start_conditions:
        groups = [g for g in placed.state.groups if g.group.name in condition.groups]
        online = gathered([_is_online(placed, group) for group in groups])
        found.append(some(_without_lowest(condition.count - 1, online)))
    return z3.And(*found)


def _without_lowest(number: int, members: Members) -> Members:
    """What is left of a set without so many of its lowest."""
    for _ in range(number):
        members = members & (members - 1)
    return members


def _is_online(placed: PlacedGroup, group: GroupState) -> Formula:
    """All of the group is online but addresses whose subnet is elsewhere (rule G1)."""
    here = group.local(group.owner)
    runs = subset(group.owner, placed.state.members)
    return z3.And(runs, some(group.online), subset(here, group.online))
