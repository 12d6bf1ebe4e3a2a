"""What a file promises to survive, and what can be asked of its cluster."""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import Attribute, Cluster, Fault, Item
from quorate.importers.checked import Table
from quorate.importers.notes import NoteKind, Remark


def promises(promised: Table | None, cluster: Cluster) -> Iterator[Remark]:
    """What is asked though the file does not say so, and what is not asked as the file says it."""
    if promised is None:
        yield Remark(
            NoteKind.DEFAULTED,
            (Attribute.REQUIREMENTS,),
            f"the cluster is asked to survive {_defaults(cluster)}; write a [survives] table for "
            "what your design promises",
        )
        return
    nodes = len(cluster.nodes)
    most = (
        (Attribute.CRASH, nodes, "nodes"),
        (Attribute.ISOLATION, nodes if nodes > 1 else 0, "nodes that others could do without"),
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
    for index, row in enumerate(promised.get("in_order", ())):
        lacking = [name for name in row["faults"] if not _can_happen(Fault(name), cluster)]
        if lacking:
            yield Remark(
                NoteKind.DOUBTFUL,
                (Attribute.REQUIREMENTS, Item(Attribute.IN_ORDER, index, "")),
                f"{lacking[0]} cannot happen to this cluster; nothing is asked",
            )


def _defaults(cluster: Cluster) -> str:
    """What is asked of a cluster whose file promises nothing."""
    asked = [
        ("one crash", Fault.CRASH),
        ("one node cut off", Fault.ISOLATION),
        ("one loss of the witness", Fault.WITNESS),
        ("one site failure", Fault.SITE),
    ]
    *others, last = [words for words, fault in asked if _can_happen(fault, cluster)]
    return f"{', '.join(others)} and {last}" if others else last


def _can_happen(fault: Fault, cluster: Cluster) -> bool:
    match fault:
        case Fault.CRASH | Fault.REBOOT:
            return True
        case Fault.PLANNED_STOP | Fault.ISOLATION | Fault.PARTITION | Fault.LINK:
            return len(cluster.nodes) > 1
        case Fault.WITNESS | Fault.PATH:
            return cluster.witness is not None
        case Fault.SITE:
            return bool(cluster.sites)
        case _:
            assert_never(fault)
