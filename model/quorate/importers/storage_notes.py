"""What a file leaves open about where data stands."""

from collections.abc import Iterator

from quorate.cluster import Attribute, Cluster, Fault, Item, Requirements
from quorate.importers.notes import NoteKind, Remark, gathered


def storage_notes(cluster: Cluster, requirements: Requirements) -> Iterator[Remark]:
    """The remarks on storage, of whatever format the cluster comes."""
    if not cluster.sites or not requirements.times(Fault.SITE):
        return
    said = {row.name for row in cluster.storage}
    silent = [
        ((Item(Attribute.GROUPS, index, group.name),), group.name)
        for index, group in enumerate(cluster.groups)
        if not group.disks | group.data <= said
    ]
    yield from gathered(
        NoteKind.DEFAULTED,
        "the data of these groups is taken to be had whichever site is lost; say where it stands "
        "in [[storage]]",
        silent,
    )
