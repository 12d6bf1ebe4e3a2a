"""A cluster as a document of the native format, the inverse of reading one."""

from dataclasses import asdict
from typing import Any

from quorate.cluster import Cluster, Requirements


def document(cluster: Cluster, requirements: Requirements) -> dict[str, Any]:
    """What `tomllib` would make of a file that describes the cluster."""
    data: dict[str, Any] = {
        "name": cluster.name,
        "quorum": {"mode": cluster.rule.mode},
        "sites": [{"name": site.name} for site in cluster.sites],
        "nodes": [
            {"name": node.name, "votes": node.votes, **_site(node.site)} for node in cluster.nodes
        ],
        "survives": asdict(requirements),
    }
    witness = cluster.witness
    if witness is not None:
        data["witness"] = {
            "name": witness.name,
            "kind": witness.kind.value,
            "reached_by": list(witness.reached_by),
            **_site(witness.site),
        }
    return data


def _site(site: str | None) -> dict[str, str]:
    return {} if site is None else {"site": site}
