"""Clients that follow the network name of a group (wsfc.md 8): whom they reach, and who answers."""

from collections.abc import Sequence

import z3

from quorate.cluster import Resource, ResourceKind
from quorate.counting.sets import Members, meets, some, union
from quorate.system import Action, ActionKind, Formula, Variable
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.verbs import Verb


def ask_again(group: GroupState, asked: Variable) -> Action:
    """A client asks the name service for the addresses again, when what it knows is out of date."""
    return Action.of(
        Verb.ASK_AGAIN,
        ActionKind.CLUSTER,
        guard=(answers(group), asked.term != answering_addresses(group)),
        updates={asked.name: answering_addresses(group)},
        about=group.key,
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


def served(group: GroupState, asked: Variable) -> Formula:
    """A client reaches the group by an address that it knows."""
    return z3.And(answers(group), meets(asked.term, answering_addresses(group)))


def stale_answering(group: GroupState) -> Members:
    """The nodes other than the owner on which a name and an address of the group are active."""
    of_kind = group.group.of_kind
    names, addresses = of_kind(ResourceKind.NETWORK_NAME), of_kind(ResourceKind.ADDRESS)
    return _with_any(group, names) & _with_any(group, addresses)


def _with_any(group: GroupState, resources: Sequence[Resource]) -> Members:
    """The nodes other than the owner on which one of the resources is active."""
    active = [group.stale_activity[group.resources.index(resource)] for resource in resources]
    return union([group.nodes.nothing, *active])
