"""Clients that follow the network name of a group (wsfc.md 8): whom they reach, and who answers."""

from collections.abc import Iterator, Sequence

import z3

from quorate.cluster import Resource, ResourceKind
from quorate.counting.sets import Members, meets, some
from quorate.system import Action, ActionKind, Formula
from quorate.windows.groups.conditions import ServiceDeviation
from quorate.windows.groups.group_state import GroupState
from quorate.windows.membership.state import union


def client_actions(group: GroupState) -> Iterator[Action]:
    """A client asks the name service for the addresses again, when what it knows is out of date."""
    if not group.asked_variables or group.broken(ServiceDeviation.KEEPS_ADDRESS):
        return
    asked = group.asked_variables[0]
    yield Action(
        f"ask again: {group.key}",
        ActionKind.CLUSTER,
        guard=(answers(group), asked.term != answering_addresses(group)),
        updates={asked.name: answering_addresses(group)},
    )


def addresses(group: GroupState) -> Members:
    return group.sets.of(group.of_kind(ResourceKind.ADDRESS))


def answering_addresses(group: GroupState) -> Members:
    """The addresses that are registered for the name: those that are online."""
    return group.online & addresses(group)


def answers(group: GroupState) -> Formula:
    """The owner answers for a network name of the group: name and an address are online."""
    names = group.sets.of(group.of_kind(ResourceKind.NETWORK_NAME))
    return z3.And(meets(group.online, names), some(answering_addresses(group)))


def served(group: GroupState) -> Formula:
    """A client reaches the group by an address that it knows."""
    asked = group.asked_variables[0].term
    return z3.And(answers(group), meets(asked, answering_addresses(group)))


def answering_elsewhere(group: GroupState) -> Members:
    """The nodes other than the owner on which a name and an address of the group are active."""

    def where(resources: Sequence[Resource]) -> Members:
        places = [group.elsewhere[group.resources.index(resource)] for resource in resources]
        return union([group.nodes.nothing, *places])

    of_kind = group.group.of_kind
    return where(of_kind(ResourceKind.NETWORK_NAME)) & where(of_kind(ResourceKind.ADDRESS))
