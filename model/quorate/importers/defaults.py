"""What a file leaves out and matters: the defaults that change what is proved."""

from collections.abc import Iterator

from quorate.cluster import Cluster, Resource, ResourceKind, RestartAction
from quorate.importers.checked import Table
from quorate.importers.notes import Note, NoteKind, first_few, gathered


def defaults(values: Table, cluster: Cluster) -> Iterator[Note]:
    """The defaulted notes on a checked document and the cluster that was made of it."""
    yield from _witness_defaults(values, cluster)
    yield from _site_defaults(values, cluster)
    yield from _restart_defaults(values)
    yield from _data_defaults(cluster)


def _witness_defaults(values: Table, cluster: Cluster) -> Iterator[Note]:
    witness = values["witness"]
    if witness and witness["reached_by"] is None:
        yield _defaulted("witness.reached_by", "every node is taken to reach the witness")
    if witness and witness["site"] is None and cluster.sites:
        yield _defaulted(
            "witness.site",
            "the witness is taken to stand apart, so that no site failure takes it down",
        )


def _site_defaults(values: Table, cluster: Cluster) -> Iterator[Note]:
    apart = [row["name"] for row in values["nodes"] if row["site"] is None]
    if apart and cluster.sites:
        yield _defaulted(
            "nodes",
            "these nodes are taken to stand apart, so that no site failure takes them down: "
            + first_few(apart),
        )


def _restart_defaults(values: Table) -> Iterator[Note]:
    """The API reference and the cmdlet do not agree (wsfc.md 4.3), so no default is the right one.
    Nothing is said of a resource that is never restarted."""
    silent = [
        (f"groups[{index}].resources[{place}].restart_threshold", resource["name"])
        for index, group in enumerate(values["groups"] or ())
        for place, resource in enumerate(group["resources"])
        if resource["restart_threshold"] is None and resource["restart"] != RestartAction.NONE.value
    ]
    yield from gathered(
        NoteKind.DEFAULTED,
        f"{Resource.restart_threshold} failure in a period is taken to be answered with a restart "
        "in place; the API reference of Windows says 3 and its cmdlet shows 1, so write what your "
        "cluster shows for",
        silent,
    )


def _data_defaults(cluster: Cluster) -> Iterator[Note]:
    silent = [
        (f"groups[{index}].resources", group.name)
        for index, group in enumerate(cluster.groups)
        if group.of_kind(ResourceKind.DISK)
        and not group.of_kind(ResourceKind.VIRTUAL_MACHINE)
        and not any(resource.writes_to for resource in group.resources)
    ]
    yield from gathered(
        NoteKind.DEFAULTED,
        "nothing is taken to keep data on the disks of these groups, so that no claim speaks of "
        "lost writes there; say in writes_to what does",
        silent,
    )


def _defaulted(where: str, text: str) -> Note:
    return Note(NoteKind.DEFAULTED, where, text)
