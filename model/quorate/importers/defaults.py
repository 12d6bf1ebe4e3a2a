"""What a file leaves out and matters: the defaults that change what is proved."""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import (
    Attribute,
    Cluster,
    Element,
    Item,
    Resource,
    ResourceKind,
    RestartAction,
    VersionSource,
)
from quorate.importers.checked import Table
from quorate.importers.notes import NoteKind, Remark, first_few, gathered


def defaults(values: Table, cluster: Cluster) -> Iterator[Remark]:
    """The defaulted remarks on a checked document and the cluster that was made of it."""
    yield from _version_default(cluster)
    yield from _witness_defaults(values, cluster)
    yield from _site_defaults(values, cluster)
    yield from _restart_defaults(values)
    yield from _data_defaults(cluster)


def _version_default(cluster: Cluster) -> Iterator[Remark]:
    match cluster.version_source:
        case VersionSource.NAMED:
            return
        case VersionSource.ASSUMED:
            yield _defaulted(
                (Attribute.VERSION,),
                f"nothing says which Windows it is, so the rules of {cluster.version.title} are "
                'taken, the current ones; say which with a line as version = "2019"',
            )
        case _:
            assert_never(cluster.version_source)


def _witness_defaults(values: Table, cluster: Cluster) -> Iterator[Remark]:
    witness = values["witness"]
    if witness and witness["reached_by"] is None:
        yield _defaulted(
            (Attribute.WITNESS, Attribute.REACHED_BY), "every node is taken to reach the witness"
        )
    if witness and witness["site"] is None and cluster.sites:
        yield _defaulted(
            (Attribute.WITNESS, Attribute.SITE),
            "the witness is taken to stand apart, so that no site failure takes it down",
        )


def _site_defaults(values: Table, cluster: Cluster) -> Iterator[Remark]:
    apart = [row["name"] for row in values["nodes"] if row["site"] is None]
    if apart and cluster.sites:
        yield _defaulted(
            (Attribute.NODES,),
            "these nodes are taken to stand apart, so that no site failure takes them down: "
            + first_few(apart),
        )


def _restart_defaults(values: Table) -> Iterator[Remark]:
    """The API reference and the cmdlet do not agree (wsfc.md 4.3), so no default is the right one.
    Nothing is said of a resource that is never restarted."""
    silent = [
        (
            (
                Item(Attribute.GROUPS, index, group["name"]),
                Item(Attribute.RESOURCES, place, row["name"]),
                Attribute.RESTART_THRESHOLD,
            ),
            row["name"],
        )
        for index, group in enumerate(values["groups"] or ())
        for place, row in enumerate(group["resources"])
        if row["restart_threshold"] is None and RestartAction(row["restart"]).restarts
    ]
    yield from gathered(
        NoteKind.DEFAULTED,
        f"{Resource.restart_threshold} failure in a period is taken to be answered with a restart "
        "in place; the API reference of Windows says 3 and its cmdlet shows 1, so write what your "
        "cluster shows for",
        silent,
    )


def _data_defaults(cluster: Cluster) -> Iterator[Remark]:
    silent = [
        ((Item(Attribute.GROUPS, index, group.name), Attribute.RESOURCES), group.name)
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


def _defaulted(element: Element, text: str) -> Remark:
    return Remark(NoteKind.DEFAULTED, element, text)
