"""A cluster as a document of the native format, the inverse of reading one."""

from dataclasses import asdict
from typing import Any

from quorate.cluster import Cluster, Node, Requirements


def document(cluster: Cluster, requirements: Requirements) -> dict[str, Any]:
    """What `tomllib` would make of a short file that describes the cluster: keys whose default is
    meant are left out."""
    data: dict[str, Any] = {
        "name": cluster.name,
        "quorum": {"mode": cluster.rule.mode},
        "nodes": [_node(node) for node in cluster.nodes],
    }
    if cluster.sites:
        data["sites"] = [site.name for site in cluster.sites]
    if requirements != Requirements():
        data["survives"] = asdict(requirements)
    witness = cluster.witness
    if witness is not None:
        data["witness"] = {"name": witness.name, **_site(witness.site)}
        if witness.reached_by != cluster.node_names:
            data["witness"]["reached_by"] = list(witness.reached_by)
    return data


def _node(node: Node) -> str | dict[str, Any]:
    votes = {} if node.votes == 1 else {"votes": node.votes}
    more = {**votes, **_site(node.site)}
    return {"name": node.name, **more} if more else node.name


def _site(site: str | None) -> dict[str, str]:
    return {} if site is None else {"site": site}
