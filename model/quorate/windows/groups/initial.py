"""How a run begins: every node is a member, and each group is online where it belongs."""

from collections.abc import Iterator, Sequence

import z3

from quorate.cluster import Cluster, Group
from quorate.system import Formula
from quorate.values import dataclass
from quorate.windows.groups.clients import addresses
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.state import GroupsState


@dataclass(frozen=True)
class Beginning:
    """The first owner of a group, and what of it is online there."""

    owner: str
    online: frozenset[str]


def beginnings(cluster: Cluster, groups: Sequence[Group]) -> tuple[Beginning, ...]:
    """For each group its owner, the first of its NodeList that may own it and that no group it
    avoids has, or the first if there is none; and what is online there: nothing of a group that has
    no node of its own where anti-affinity is enforced."""
    owners = _owners(cluster, groups)
    owned = list(zip(groups, owners, strict=True))
    works = [
        owner in cluster.may_belong
        and not (
            cluster.enforced_anti_affinity
            and any(there == owner and other.avoids(group) for other, there in owned[:index])
        )
        for index, (group, owner) in enumerate(owned)
    ]
    return tuple(map(Beginning, owners, _online(cluster, owned, works)))


def _owners(cluster: Cluster, groups: Sequence[Group]) -> list[str]:
    owned: list[tuple[Group, str]] = []
    for group in groups:
        taken = {owner for other, owner in owned if other.avoids(group)}
        together = {owner for other, owner in owned if other.disks & group.data}
        possible = group.possible_owners(cluster.may_belong)
        possible = possible or group.possible_owners(cluster.node_names)
        listed = [node for node in group.node_list(cluster.node_names) if node in possible]
        listed = [node for node in listed if node in together] or listed
        owned.append((group, next((node for node in listed if node not in taken), listed[0])))
    return [owner for _, owner in owned]


def _online(
    cluster: Cluster, owned: Sequence[tuple[Group, str]], works: Sequence[bool]
) -> Sequence[frozenset[str]]:
    """What can be online of each group that `works`. One round more for every machine that waits
    for a disk of another group."""
    disks = frozenset[str]().union(*(group.disks for group, _ in owned))
    nodes = {node.name: node for node in cluster.nodes}
    online = [frozenset[str]()] * len(owned)
    while True:
        before = online
        online = [
            group.online_at(nodes[owner], disks - _online_on(owner, owned, before))
            if able
            else frozenset()
            for (group, owner), able in zip(owned, works, strict=True)
        ]
        if online == before:
            return online


def _online_on(
    node: str, owned: Sequence[tuple[Group, str]], online: Sequence[frozenset[str]]
) -> frozenset[str]:
    """What is online on a node, of all groups."""
    found = (up for (_, owner), up in zip(owned, online, strict=True) if owner == node)
    return frozenset[str]().union(*found)


def initial_formulas(state: GroupsState, begun: Sequence[Beginning]) -> Iterator[Formula]:
    yield state.members == state.may_belong
    if state.paused_variable is not None:
        yield state.paused == 0
    if state.stale_variable is not None:
        yield state.stale == 0
    if state.volumes is not None:
        there = state.volumes.variable.term
        yield there == ~z3.BitVecVal(0, there.size())
    for group, beginning in zip(state.groups, begun, strict=True):
        yield from _of_group(group, beginning)


def _of_group(group: GroupState, beginning: Beginning) -> Iterator[Formula]:
    """Nothing but what is said here has happened; which nodes a threshold counts is open."""
    up = group.sets.of(beginning.online)
    begun = {
        group.owner_variable: group.nodes.of([beginning.owner]),
        group.phase_variable: group.phase_value(Phase.SERVING),
        group.wanted_variable: group.sets.everything,
        group.online_variable: up,
    }
    if group.driven_variable is not None:
        begun[group.driven_variable] = group.sets.everything
    if group.asked is not None:
        begun[group.asked] = up & addresses(group)
    for variable in group.variables:
        if variable != group.counted:
            yield variable.term == begun.get(variable, variable.sort.literal(0))
