"""A cluster as tables, as a design review looks at it."""

from collections.abc import Iterator

from quorate.cli.verdicts import counted
from quorate.cluster import Cluster, Group, Node
from quorate.drawing.names import enumerated
from quorate.review import ConfigurationTable


def configuration(cluster: Cluster) -> Iterator[ConfigurationTable]:
    """Nodes, witness and groups, those that there are."""
    yield ConfigurationTable(
        "Nodes",
        ("node", "votes", "site", "reaches the witness"),
        tuple(_node(cluster, node) for node in cluster.nodes),
    )
    if (witness := cluster.witness) is not None:
        votes = counted(cluster.votes.total - sum(node.votes for node in cluster.nodes), "vote")
        yield ConfigurationTable(
            "Witness",
            ("witness", "kind", "votes", "site"),
            ((witness.name, witness.kind.title, votes, witness.site or "apart from all sites"),),
        )
    if cluster.groups:
        yield ConfigurationTable(
            "Groups",
            ("group", "resources", "possible owners", "preferred owners", "failback"),
            tuple(_group(cluster, group) for group in cluster.groups),
        )


def _node(cluster: Cluster, node: Node) -> tuple[str, ...]:
    witness = cluster.witness
    if witness is None:
        reaches = "there is none"
    else:
        reaches = "yes" if node.name in witness.reached_by else "no"
    return (node.name, str(node.votes), node.site or "none said", reaches)


def _group(cluster: Cluster, group: Group) -> tuple[str, ...]:
    owners = group.possible_owners(tuple(node.name for node in cluster.nodes))
    return (
        group.name,
        ", ".join(group.resource_names),
        "all nodes" if len(owners) == len(cluster.nodes) else enumerated(list(owners)) or "none",
        enumerated(list(group.preferred_owners)) or "none said",
        group.failback.value,
    )
