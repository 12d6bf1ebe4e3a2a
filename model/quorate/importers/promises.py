"""What a file promises to survive, and what can be asked of its cluster."""

from collections.abc import Iterator

from quorate.cluster import Attribute, Cluster
from quorate.importers.checked import Table
from quorate.importers.notes import NoteKind, Remark


def promises(promised: Table | None, cluster: Cluster) -> Iterator[Remark]:
    """What is asked though the file does not say so, and what is not asked as the file says it."""
    if promised is None:
        yield Remark(
            NoteKind.DEFAULTED,
            (Attribute.REQUIREMENTS,),
            "the cluster is asked to survive one crash, one node cut off, one loss of the witness "
            "and one site failure; write a [survives] table for what your design promises",
        )
        return
    nodes = len(cluster.nodes) if len(cluster.nodes) > 1 else 0
    most = (
        (Attribute.CRASH, nodes, "nodes that others could stand in for"),
        (Attribute.ISOLATION, nodes, "nodes that others could stand in for"),
        (Attribute.WITNESS, int(cluster.witness is not None), "witnesses"),
        (Attribute.SITE, len(cluster.sites), "sites"),
    )
    for kind, number, what in most:
        if promised.get(kind.value, 0) > number:
            yield Remark(
                NoteKind.DOUBTFUL,
                (Attribute.REQUIREMENTS, kind),
                f"{promised[kind.value]} are promised, but there are {number} {what}; "
                + (f"{number} are asked" if number else "nothing is asked"),
            )
