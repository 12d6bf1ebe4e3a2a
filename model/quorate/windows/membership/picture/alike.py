"""Nodes that are alike in everything that a picture shows, so that many of them fit one box."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from quorate.drawing.names import Names
from quorate.windows.membership.reasons.networks import cuts, networks
from quorate.windows.membership.reasons.story import Story
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


def cells(story: Story) -> tuple[Cell, ...]:
    """All boxes of a story, in configured order of their first nodes."""
    nodes = story.cluster.node_names
    if len(nodes) <= MOST_SINGLE:
        return tuple(Cell(index, (name,)) for index, name in enumerate(nodes))
    looks: dict[str, list[Hashable]] = {
        node.name: [story.cluster.votes.nodes[node.name], node.site] for node in story.cluster.nodes
    }
    for moment in story.moments:
        for name, look in _looks(story, moment.situation).items():
            looks[name].append(look)
    groups: dict[tuple[Hashable, ...], list[str]] = defaultdict(list)
    for name in nodes:
        groups[tuple(looks[name])].append(name)
    return tuple(Cell(index, tuple(group)) for index, group in enumerate(groups.values()))


def _looks(story: Story, situation: Situation) -> dict[str, Hashable]:
    names = Names(story.cluster)
    nodes = story.cluster.node_names
    network_of: dict[str, int] = {}
    unreached: dict[str, set[str]] = defaultdict(set)
    for number, network in enumerate(networks(nodes, situation)):
        network_of.update(dict.fromkeys(network, number))
        for one, other in cuts(nodes, network, situation):
            unreached[one].add(other)
            unreached[other].add(one)
    island_of: dict[str, int] = {}
    for number, island in enumerate(names.by_order(situation.islands)):
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
        )
        for name in nodes
    }
