"""The quorum mode of an export: QuorumType has three encodings that contradict each other (wsfc.md
9.3), so it is read together with the quorum resource."""

from quorate.cluster import (
    DiskOnly,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
)
from quorate.importers.windows_exports.kinds import canonical
from quorate.importers.windows_exports.records import shown
from quorate.importers.windows_exports.resource_types import WitnessType, witness_of_type
from quorate.importers.windows_exports.vendor import Export, ExportedQuorum, ExportedResource
from quorate.values import dataclass


@dataclass(frozen=True)
class Mode:
    """The rule, and the witness that it counts: the resource, and what it is."""

    rule: QuorumRule
    resource: str | None
    witness: WitnessType | None


_RULES: dict[WitnessType | None, QuorumRule] = {
    None: NodeMajority(),
    WitnessType.DISK: NodeAndDiskMajority(),
    WitnessType.FILE_SHARE: NodeAndFileShareMajority(),
    WitnessType.CLOUD: NodeAndCloudMajority(),
}

_FITS: dict[str | int, tuple[tuple[WitnessType | None, ...], bool]] = {
    "majority": (tuple(_RULES), False),
    "nodemajority": ((None,), False),
    "nodeanddiskmajority": ((WitnessType.DISK,), False),
    "nodeandfilesharemajority": ((WitnessType.FILE_SHARE, WitnessType.CLOUD), False),
    "nodeandcloudmajority": ((WitnessType.CLOUD,), False),
    "cloudwitness": ((WitnessType.CLOUD,), False),
    "diskonly": ((WitnessType.DISK,), True),
}
"""Which witnesses fit to a QuorumType, and whether the disk alone decides."""

_NUMBERS: dict[int, tuple[str, ...]] = {
    0: ("nodemajority",),
    1: ("majority",),
    2: ("diskonly", "nodeandfilesharemajority"),
    3: ("diskonly",),
    5: ("cloudwitness",),
}
"""The words for a number, in the order of trust: `Get-ClusterQuorum` since 2016 knows 1 and 2, SQL
Server 0 to 5. Where they contradict each other the quorum resource decides; 0 is Unknown to the
former, and without a resource the nodes are all that can vote."""


def mode_of(export: Export, quorum: ExportedQuorum) -> Mode:
    """Raises `InputError` where the type and the resource contradict each other, or the resource is
    not known."""
    resource = _resource(export, quorum)
    witness = None if quorum.resource is None else _witness(quorum, resource)
    words = _words(quorum)
    for word in words:
        fitting, alone = _FITS[word]
        if witness in fitting:
            rule = DiskOnly() if alone else _RULES[witness]
            return Mode(rule, resource.name if resource else quorum.resource, witness)
    what = "no quorum resource" if witness is None else f"a {witness.value} as the quorum resource"
    raise quorum.record.refused(
        "QuorumType", f"{shown(quorum.kind)} does not fit to {what}; export Get-ClusterQuorum again"
    )


def _words(quorum: ExportedQuorum) -> tuple[str, ...]:
    match quorum.kind:
        case None:
            return ("majority",)
        case int() as number if number in _NUMBERS:
            return _NUMBERS[number]
        case str() as word if canonical(word) in _FITS:
            return (canonical(word),)
        case _:
            raise quorum.record.refused(
                "QuorumType",
                f"{shown(quorum.kind)} is no quorum type that is known; export Get-ClusterQuorum "
                "again",
            )


def _resource(export: Export, quorum: ExportedQuorum) -> ExportedResource | None:
    if quorum.resource is None:
        return None
    name = quorum.resource.casefold()
    return next((one for one in export.resources if one.name.casefold() == name), None)


def _witness(quorum: ExportedQuorum, resource: ExportedResource | None) -> WitnessType:
    """By the type of the resource; without it by what the quorum itself says of it."""
    for one in quorum.record.objects("QuorumResource"):
        for key, value in one.items():
            if canonical(key) == "resourcetype":
                name = value.get("Name") if isinstance(value, dict) else value
                found = witness_of_type(str(name))
                if found is not None:
                    return found
    said = resource.type if resource is not None else None
    own = witness_of_type(said if said is not None else quorum.resource or "")
    if own is not None:
        return own
    if said is None and isinstance(quorum.kind, str):
        fitting, _ = _FITS.get(canonical(quorum.kind), ((), False))
        if len(fitting) == 1 and fitting[0] is not None:
            return fitting[0]
    raise quorum.record.refused(
        "QuorumResource",
        f"what {shown(quorum.resource)} is, a disk or a share, is not said; export "
        "Get-ClusterResource as well",
    )
