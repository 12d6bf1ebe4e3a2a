"""quorate's own format: TOML 1.0 with the keys of `keys.KEYS`, described in docs/file-format.md."""

import pathlib
from collections.abc import Callable

from quorate.cluster import (
    CURRENT,
    QUORUM_RULES,
    Cluster,
    Fault,
    Node,
    QuorumRule,
    Reason,
    RefusedError,
    Requirements,
    Site,
    VersionSource,
    WindowsVersion,
    Witness,
    WitnessKind,
    witness_not_counted,
)
from quorate.errors import InputError
from quorate.importers.checked import Table, checked
from quorate.importers.defaults import defaults
from quorate.importers.doubts import doubts
from quorate.importers.files import read_text, shown
from quorate.importers.group_doubts import group_doubts
from quorate.importers.groups import group_sets, groups
from quorate.importers.imported import Imported
from quorate.importers.key_paths import key_path
from quorate.importers.native_remedies import native_remedy
from quorate.importers.origin import Origin
from quorate.importers.promises import promises
from quorate.importers.refused_key import RefusedKeyError
from quorate.importers.resource_doubts import resource_doubts
from quorate.importers.spelling import respelled
from quorate.importers.storage import reached, storage
from quorate.importers.storage_notes import storage_notes
from quorate.importers.toml import parse_toml
from quorate.importers.unmodelled import unmodelled

_RULES = {rule.mode: rule for rule in QUORUM_RULES}
_BYTE_ORDER_MARK = "\ufeff"


def read_native(path: pathlib.Path) -> Imported:
    """The cluster in a file; raises `InputError` and nothing else."""
    return parse_native(read_text(path), shown(path))


def parse_native(text: str, source: str) -> Imported:
    """The cluster in a text; raises `InputError` and nothing else.

    `source` is the path that errors and notes are told with; its stem is the default name.
    """
    text = text.removeprefix(_BYTE_ORDER_MARK)
    return _read(parse_toml(text, source), Origin(source, text), native_remedy)


def read_document(document: Table, source: str) -> Imported:
    """The cluster in a parsed document; raises `InputError` and nothing else. Its errors and notes
    have keys and no lines."""
    return _read(document, Origin(source), native_remedy)


def read_said(document: Table, origin: Origin) -> Imported:
    """The cluster in a document that was made of another format, whose readers know no keys; raises
    `InputError` and nothing else."""
    return _read(document, origin, lambda _: "")


def _read(document: Table, origin: Origin, remedy: Callable[[Reason], str]) -> Imported:
    try:
        values = respelled(checked(document))
        name = values["name"] or pathlib.PurePath(origin.source).stem or "cluster"
        cluster = _cluster(values, name)
        requirements = _requirements(values["survives"] or {})
        not_modelled = tuple(unmodelled(values["unmodelled"] or (), cluster, origin))
    except RefusedKeyError as error:
        raise InputError(error.reason, origin.place(error.path)) from None
    except RefusedError as error:
        refusal = error.refusal
        place = origin.place(key_path(refusal.element))
        raise error.at(place, remedy(refusal.reason)) from None
    remarks = (
        *defaults(values, cluster),
        *promises(document.get("survives"), cluster),
        *doubts(cluster),
        *group_doubts(cluster),
        *resource_doubts(cluster),
        *storage_notes(cluster, requirements),
    )
    places = origin.places([key_path(remark.element) for remark in remarks])
    notes = tuple(remark.at(place) for remark, place in zip(remarks, places, strict=True))
    all_notes = (*(one.note for one in not_modelled), *notes)
    return Imported(cluster, requirements, all_notes, origin, not_modelled)


def _requirements(values: Table) -> Requirements:
    in_order = values.pop("in_order", None) or ()
    rows = tuple(tuple(Fault(name) for name in row["faults"]) for row in in_order)
    return Requirements(**values, in_order=rows)


def _cluster(values: Table, name: str) -> Cluster:
    nodes = tuple(
        Node(row["name"], row["votes"], row["site"], row["subnets"] or ())
        for row in values["nodes"]
    )
    quorum = values["quorum"]
    rule = _RULES[quorum["mode"]]
    stored = storage(values["storage"] or (), tuple(node.name for node in nodes))
    return Cluster(
        name=name,
        nodes=nodes,
        rule=rule,
        witness=_witness(values["witness"], rule, nodes) if values["witness"] else None,
        sites=tuple(Site(row["name"]) for row in values["sites"] or ()),
        groups=reached(groups(values["groups"] or ()), stored),
        volumes=values["volumes"] or (),
        storage=stored,
        group_sets=group_sets(values["group_sets"] or ()),
        **_version(values["version"]),
        dynamic_quorum=quorum["dynamic"],
        lower_priority=quorum["lower_priority"],
        **(values["failover"] or {}),
    )


def _version(named: str | None) -> Table:
    if named is None:
        return {"version": CURRENT, "version_source": VersionSource.ASSUMED}
    return {"version": WindowsVersion(named), "version_source": VersionSource.NAMED}


def _witness(values: Table, rule: QuorumRule, nodes: tuple[Node, ...]) -> Witness:
    kind = WitnessKind(values["kind"]) if values["kind"] else rule.witness_kind
    if kind is None:
        raise witness_not_counted(rule)
    reached_by = values["reached_by"]
    return Witness(
        name=values["name"] or kind.title,
        kind=kind,
        reached_by=tuple(node.name for node in nodes) if reached_by is None else reached_by,
        site=values["site"],
    )
