"""Small clusters on which every action of the models happens, by the titles that the run has for
them."""

from dataclasses import replace
from pathlib import Path

from quorate.cluster import (
    Cluster,
    DiskOnly,
    Fault,
    NodeAndDiskMajority,
    Requirements,
    Witness,
    WitnessKind,
)
from quorate.importers import read_cluster
from quorate.importers.imported import Imported

CLUSTERS = Path(__file__).resolve().parents[2] / "proofs" / "clusters"


def for_membership() -> dict[str, Imported]:
    """They are asked as well for what they promise to survive."""
    files = (
        "three-nodes",
        "two-nodes-disk",
        "two-nodes-share",
        "disk-only",
        "four-two-sites-third-share",
    )
    four = _read("four-two-sites-third-share")
    third = four.cluster.sites[-1].name
    disk = Witness("Q:", WitnessKind.DISK, four.cluster.node_names, third)
    on_disk = replace(four.cluster, rule=NodeAndDiskMajority(), witness=disk)
    return {
        **{file: _read(file) for file in files},
        "four with a disk, two cut off": replace(
            four,
            cluster=on_disk,
            requirements=Requirements(isolation=2, in_order=((Fault.CRASH, Fault.PARTITION),)),
        ),
    }


def for_groups() -> dict[str, Cluster]:
    booking = _read("failback-at-night").cluster
    machines = _read("hyper-v").cluster
    apart = _with(machines, "DC1", "DC2")
    disk = Witness("Q:", WitnessKind.DISK, booking.node_names[:2])
    return {
        "web-pair, fenced": replace(_read("web-pair").cluster, fencing=True),
        "hyper-v, ARCHIVE": _with(machines, "ARCHIVE"),
        "hyper-v, MAIL1": _with(machines, "MAIL1"),
        "file-server": _read("file-server").cluster,
        "sql-two-subnets": _read("sql-two-subnets").cluster,
        "failback-at-night": booking,
        "failback-at-night, disk only": replace(booking, rule=DiskOnly(), witness=disk),
        "failback-at-night, on two nodes": _on_two_nodes(booking),
        "hyper-v, DC1 and DC2": apart,
        "hyper-v, DC1 and DC2, enforced": _enforced(apart),
        "print-server, enforced": _enforced(_read("print-server").cluster),
    }


def _read(file: str) -> Imported:
    return read_cluster(CLUSTERS / f"{file}.toml")


def _with(cluster: Cluster, *names: str) -> Cluster:
    """The cluster with these groups only."""
    return replace(cluster, groups=tuple(g for g in cluster.groups if g.name in names))


def _enforced(cluster: Cluster) -> Cluster:
    """Groups that avoid each other are never on one node."""
    return replace(cluster, enforced_anti_affinity=True)


def _on_two_nodes(cluster: Cluster) -> Cluster:
    """The last resource of each group is possible on the first two nodes only."""
    two = cluster.node_names[:2]
    return replace(
        cluster,
        groups=tuple(
            replace(
                group,
                resources=(
                    *group.resources[:-1],
                    replace(group.resources[-1], possible_owners=two),
                ),
                preferred_owners=two,
            )
            for group in cluster.groups
        ),
    )
