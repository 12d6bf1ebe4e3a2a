"""What clusters are called in file names."""

from collections.abc import Iterable

from quorate.cluster import Cluster
from quorate.inquiry.naming import slug


def labels(clusters: Iterable[Cluster]) -> dict[Cluster, str]:
    """A file name for each cluster; different clusters of the same name are numbered in order."""
    chosen: dict[Cluster, str] = {}
    for cluster in clusters:
        if cluster in chosen:
            continue
        plain = slug(cluster.name)
        taken, number, label = set(chosen.values()), 1, plain
        while label in taken:
            number += 1
            label = f"{plain}-{number}"
        chosen[cluster] = label
    return chosen
