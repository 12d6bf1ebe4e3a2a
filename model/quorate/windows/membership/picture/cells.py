"""The boxes of a picture: nodes that are alike in everything that it shows share one."""

from collections import defaultdict
from collections.abc import Hashable

from quorate.values import dataclass
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.networks import cuts, networks
from quorate.windows.membership.situation import Situation

MOST_SINGLE = 8
"""Up to here every node has a box of its own."""


@dataclass(frozen=True)
class Cell:
    """One box: a node, or several that are alike at every moment."""

    index: int
    nodes: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.nodes[0]


def cells(account: Account) -> tuple[Cell, ...]:
    """All boxes of an account, in configured order of their first nodes."""
    nodes = account.cluster.node_names
    if len(nodes) <= MOST_SINGLE:
        return tuple(Cell(index, (name,)) for index, name in enumerate(nodes))
    shown: dict[str, list[Hashable]] = {
        node.name: [account.cluster.votes.nodes[node.name], node.site]
        for node in account.cluster.nodes
    }
    for moment in account.moments:
        for name, what in _shown(account, moment.situation).items():
            shown[name].append(what)
    groups: dict[tuple[Hashable, ...], list[str]] = defaultdict(list)
    for name in nodes:
        groups[tuple(shown[name])].append(name)
    return tuple(Cell(index, tuple(group)) for index, group in enumerate(groups.values()))


def _shown(account: Account, situation: Situation) -> dict[str, Hashable]:
    """All that a picture shows of each node at one moment."""
    nodes = account.cluster.node_names
    network_of: dict[str, int] = {}
    unreached: dict[str, set[str]] = defaultdict(set)
    for number, network in enumerate(networks(nodes, situation)):
        network_of.update(dict.fromkeys(network, number))
        for one, other in cuts(nodes, network, situation):
            unreached[one].add(other)
            unreached[other].add(one)
    island_of: dict[str, int] = {}
    for number, island in enumerate(account.names.by_order(situation.islands)):
        island_of.update(dict.fromkeys(island, number))
    return {
        name: (
            name in situation.up,
            island_of.get(name),
            network_of[name],
            frozenset(unreached[name]),
            name in situation.current,
            name in situation.witness_paths,
            name == situation.holder,
            situation.votes_of(name),
            situation.is_overruled(name),
            name in situation.prevented,
        )
        for name in nodes
    }
