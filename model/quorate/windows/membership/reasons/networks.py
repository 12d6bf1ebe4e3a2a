"""What the network of a situation has fallen into."""

from collections.abc import Collection, Sequence

from quorate.windows.membership.situation import Situation


def networks(nodes: Sequence[str], situation: Situation) -> tuple[frozenset[str], ...]:
    """The sets of nodes that are connected, directly or through others, in configured order."""
    import networkx  # noqa: PLC0415 - slow, and most commands draw nothing

    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(tuple(link) for link in situation.links)
    return tuple(map(frozenset, networkx.connected_components(graph)))


def cuts(
    nodes: Sequence[str], network: Collection[str], situation: Situation
) -> tuple[tuple[str, str], ...]:
    """The pairs inside a network that do not reach each other directly."""
    inside = [name for name in nodes if name in network]
    return tuple(
        (one, other)
        for index, one in enumerate(inside)
        for other in inside[index + 1 :]
        if not situation.reaches(one, other)
    )
