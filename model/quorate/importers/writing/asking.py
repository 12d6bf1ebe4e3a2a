"""What an export cannot say, asked for where it would stand: commented keys to fill in."""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import Cluster, Group, Requirements, ResourceKind, VersionSource
from quorate.importers.key_lines import KeyPath
from quorate.importers.writing.toml_text import toml_text

_BELOW = frozenset(
    {
        ResourceKind.DISK,
        ResourceKind.ADDRESS,
        ResourceKind.NETWORK_NAME,
        ResourceKind.DISTRIBUTED_NETWORK_NAME,
        ResourceKind.VIRTUAL_MACHINE_CONFIGURATION,
    }
)
"""What keeps no data of its own."""


def asked_for(cluster: Cluster) -> Iterator[tuple[KeyPath, str]]:
    """Lines of comments, by the path of the table below which they stand; those of the whole file
    at its beginning."""
    yield (), ""
    yield (), "What an export cannot say stands in comments; fill in what applies."
    match cluster.version_source:
        case VersionSource.ASSUMED:
            yield (), f'version = "{cluster.version.value}"  # which Windows: its functional level'
        case VersionSource.NAMED:
            pass
        case _:
            assert_never(cluster.version_source)
    if not cluster.sites:
        yield (), 'sites = ["...", "..."]  # places that fail as a whole; then site = at each node'
    if cluster.enforced_anti_affinity and not cluster.fencing:
        yield ("failover",), _FENCING
    if cluster.witness is not None and cluster.witness.site is None:
        yield ("witness",), 'site = "..."  # the site that takes it down; apart from all without'
    for index, group in enumerate(cluster.groups):
        yield from _of_group(cluster, group, ("groups", index))


def asked_at_the_end(cluster: Cluster, requirements: Requirements) -> Iterator[str]:
    """Lines of comments that are tables of their own."""
    if requirements == Requirements():
        yield "[survives]  # what the design promises; without it these are asked"
        yield from toml_text(_PROMISED).splitlines()
    if not (cluster.fencing or cluster.enforced_anti_affinity):
        yield "[failover]"
        yield _FENCING


_FENCING = "fencing = true  # a lost node is confirmed to be off before its groups start elsewhere"
_PROMISED = {
    fault: getattr(Requirements(), fault) for fault in ("crash", "isolation", "witness", "site")
}


def _of_group(cluster: Cluster, group: Group, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    stores = [*sorted(group.disks), *cluster.volumes]
    if not group.disks and not group.stateless:
        yield path, "stateless = true  # where running twice for a moment does no harm"
    for index, resource in enumerate(group.resources):
        if stores and not resource.writes_to and resource.kind not in _BELOW:
            line = toml_text({"writes_to": stores}).replace("\n", " ").strip()
            yield (*path, "resources", index), f"{line}  # those that it keeps data on"
