"""quorate's own format: TOML 1.0 with the keys of `keys.KEYS`, described in docs/file-format.md."""

import pathlib
from collections.abc import Iterator

from quorate.cluster import (
    QUORUM_RULES,
    Cluster,
    Node,
    QuorumRule,
    Requirements,
    Site,
    Witness,
    WitnessKind,
)
from quorate.errors import InputError
from quorate.importers.checked import Table, checked
from quorate.importers.defaults import defaults
from quorate.importers.doubts import doubts
from quorate.importers.files import read_text, shown
from quorate.importers.group_doubts import group_doubts
from quorate.importers.groups import groups
from quorate.importers.imported import Imported
from quorate.importers.notes import Note, NoteKind
from quorate.importers.resource_doubts import resource_doubts
from quorate.importers.toml import parse_toml

_RULES = {rule.mode: rule for rule in QUORUM_RULES}
_WITNESS_NAMES = {WitnessKind.DISK: "disk witness", WitnessKind.FILE_SHARE: "file share witness"}


def read_native(path: pathlib.Path) -> Imported:
    """The cluster in a file; raises `InputError` and nothing else."""
    return parse_native(read_text(path), shown(path))


def parse_native(text: str, source: str) -> Imported:
    """The cluster in a text; raises `InputError` and nothing else.

    `source` is the path that errors and notes are told with; its stem is the default name.
    """
    return read_document(parse_toml(text, source), source)


def read_document(document: Table, source: str) -> Imported:
    """The cluster in a parsed document; raises `InputError` and nothing else."""
    try:
        values = checked(document)
        name = values["name"] or pathlib.PurePath(source).stem or "cluster"
        cluster = _cluster(values, name)
        requirements = Requirements(**(values["survives"] or {}))
    except InputError as error:
        raise error.within(source) from None
    promised = document.get("survives")
    notes = (
        *defaults(values, cluster),
        *_promises(promised, cluster),
        *doubts(cluster),
        *group_doubts(cluster),
        *resource_doubts(cluster),
    )
    return Imported(cluster, requirements, tuple(note.within(source) for note in notes))


def _cluster(values: Table, name: str) -> Cluster:
    nodes = tuple(
        Node(row["name"], row["votes"], row["site"], row["subnets"] or ())
        for row in values["nodes"]
    )
    rule = _RULES[values["quorum"]["mode"]]
    return Cluster(
        name=name,
        nodes=nodes,
        rule=rule,
        witness=_witness(values["witness"], rule, nodes) if values["witness"] else None,
        sites=tuple(Site(row["name"]) for row in values["sites"] or ()),
        groups=groups(values["groups"] or ()),
        volumes=values["volumes"] or (),
        **(values["failover"] or {}),
    )


def _witness(values: Table, rule: QuorumRule, nodes: tuple[Node, ...]) -> Witness:
    kind = WitnessKind(values["kind"]) if values["kind"] else rule.witness_kind
    if kind is None:
        raise InputError(
            f"mode {rule.mode!r} counts no witness; remove the [witness] table or choose a mode "
            "that counts one",
            "witness",
        )
    reached_by = values["reached_by"]
    return Witness(
        name=values["name"] or _WITNESS_NAMES[kind],
        kind=kind,
        reached_by=tuple(node.name for node in nodes) if reached_by is None else reached_by,
        site=values["site"],
    )


def _promises(promised: Table | None, cluster: Cluster) -> Iterator[Note]:
    """What is asked though the file does not say so, and what is not asked as the file says it."""
    if promised is None:
        yield Note(
            NoteKind.DEFAULTED,
            "survives",
            "the cluster is asked to survive one crash, one node cut off, one loss of the witness "
            "and one site failure; write a [survives] table for what your design promises",
        )
        return
    nodes = len(cluster.nodes) if len(cluster.nodes) > 1 else 0
    most = {
        "crash": (nodes, "nodes that others could stand in for"),
        "isolation": (nodes, "nodes that others could stand in for"),
        "witness": (int(cluster.witness is not None), "witnesses"),
        "site": (len(cluster.sites), "sites"),
    }
    for kind, (number, what) in most.items():
        if promised.get(kind, 0) > number:
            yield Note(
                NoteKind.DOUBTFUL,
                f"survives.{kind}",
                f"{promised[kind]} are promised, but there are {number} {what}; "
                + (f"{number} are asked" if number else "nothing is asked"),
            )
