"""Which Windows an export comes from, as far as it shows."""

import enum
from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import QuorumRules, WindowsVersion
from quorate.errors import Place
from quorate.importers.windows_exports.kinds import canonical
from quorate.importers.windows_exports.resource_types import WitnessType, witness_of_type
from quorate.importers.windows_exports.vendor import Export, ExportedCluster, ExportedNode
from quorate.values import dataclass


class Since(enum.IntEnum):
    """The first version in which a feature that is read is there (wsfc.md 11)."""

    W2008 = 0
    W2012 = 1
    W2012R2 = 2
    W2016 = 3

    @classmethod
    def of(cls, version: WindowsVersion) -> "Since":
        """Whose features a version has."""
        match version.rules:
            case QuorumRules.STATIC:
                return cls.W2008
            case QuorumRules.DYNAMIC_NODES:
                return cls.W2012
            case QuorumRules.DYNAMIC_WITNESS:
                return cls.W2012R2
            case QuorumRules.SITE_AWARE:
                return cls.W2016
            case _:
                assert_never(version.rules)

    @property
    def least(self) -> WindowsVersion:
        """A version that has its features and none that came later. The cmdlets came with 2008 R2
        (wsfc.md 9.1)."""
        match self:
            case Since.W2008:
                return WindowsVersion.WINDOWS_2008_R2
            case Since.W2012:
                return WindowsVersion.WINDOWS_2012
            case Since.W2012R2:
                return WindowsVersion.WINDOWS_2012_R2
            case Since.W2016:
                return WindowsVersion.WINDOWS_2016
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Shown:
    """The version that an export shows, and where. `taken` is why its name may be another one, of
    the same rules; empty where it is not."""

    version: WindowsVersion
    place: Place
    taken: str = ""


_NO_LEVEL = "ClusterFunctionalLevel is not there, and after an upgrade it may be an older one"
_STRANGE_LEVEL = "nothing else tells which of the newer versions that functional level is"
_AT_LEAST = "nothing tells which of the versions since then it is"


def shown_version(export: Export) -> Shown | None:
    """The version whose rules count, by the functional level, the oldest node, or what only some
    versions have; None where the export does not tell. One that has what came with 2016 is at least
    of that, whatever else it says."""
    shown, oldest = _shown(export), WindowsVersion.WINDOWS_2016
    if not _has_parts_of_2016(export) or (shown and _age(shown.version) >= _age(oldest)):
        return shown
    return Shown(oldest, export.nodes[0].record.place(), _AT_LEAST)


def _shown(export: Export) -> Shown | None:
    cluster, nodes = export.cluster, _numbered(export)
    oldest = min(nodes, key=_number, default=None)
    if cluster is not None and cluster.functional_level is not None:
        place = cluster.record.place("ClusterFunctionalLevel")
        version = _BY_LEVEL.get(cluster.functional_level)
        if version is not None:
            return Shown(version, place)
        if cluster.functional_level > max(_BY_LEVEL):
            newer = WindowsVersion.WINDOWS_2019
            of_node = newer if oldest is None else _of_node(oldest)
            named = of_node if _age(of_node) > _age(newer) else newer
            return Shown(named, place, _STRANGE_LEVEL if oldest is None else "")
    if oldest is not None:
        version = _of_node(oldest)
        rolling = Since.of(version) is Since.W2016
        return Shown(version, oldest.record.place("MajorVersion"), _NO_LEVEL if rolling else "")
    first, last = _least(export), _most(export)
    if first is None or first < last:
        return None
    record = cluster.record if cluster is not None else export.nodes[0].record
    return Shown(first.least, record.place(), _AT_LEAST if first is Since.W2016 else "")


def features(export: Export, version: WindowsVersion) -> Since:
    """What a cluster of this version has, and whatever the export shows besides."""
    return max(Since.of(version), _least(export) or Since.W2008)


def is_old(export: Export) -> bool:
    """It is of Windows Server 2012 R2 at most: only there has the quorum one of these types
    (wsfc.md 9.3)."""
    return _most(export) < Since.W2016


def _least(export: Export) -> Since | None:
    """The version that the export is at least from, the newest of all signs of it."""
    return max(_signs(export), default=None)


def _most(export: Export) -> Since:
    """The version that the export is at most from."""
    quorum, cluster = export.quorum, export.cluster
    most = Since.W2016
    if quorum is not None and isinstance(quorum.kind, str) and canonical(quorum.kind) in _OLD_TYPES:
        most = Since.W2012R2
    if cluster is not None and cluster.has_all_properties:
        most = min(most, _without(cluster))
    return most


def _without(cluster: ExportedCluster) -> Since:
    """The version that a cluster is at most of whose properties are all there."""
    if cluster.dynamic_quorum is None:
        return Since.W2008
    if not cluster.record.has("WitnessDynamicWeight"):
        return Since.W2012
    return Since.W2016 if cluster.functional_level is not None else Since.W2012R2


def _signs(export: Export) -> Iterator[Since]:
    cluster = export.cluster
    if cluster is not None:
        level = cluster.functional_level
        if level is not None and level in _BY_LEVEL:
            yield Since.of(_BY_LEVEL[level])
        elif level is not None and level > max(_BY_LEVEL):
            yield Since.W2016
        yield from (since for name, since in _OF_CLUSTER.items() if cluster.record.has(name))
        if cluster.has_all_properties and cluster.dynamic_quorum is None:
            yield Since.W2008
    yield from (Since.of(_of_node(node)) for node in _numbered(export))
    for node in export.nodes:
        if node.dynamic_weight is not None:
            yield Since.W2012
        if node.fault_domains:
            yield Since.W2016
    for group in export.groups:
        if group.priority is not None:
            yield Since.W2012
        if group.cold_start is not None:
            yield Since.W2016
    if export.sites or export.sets or _has_parts_of_2016(export):
        yield Since.W2016
    if export.quorum is not None and str(export.quorum.kind).casefold() == "majority":
        yield Since.W2016


def _has_parts_of_2016(export: Export) -> bool:
    """Sets of groups, or a cloud witness."""
    types = (witness_of_type(one.type or "") for one in export.resources)
    return bool(export.group_sets) or WitnessType.CLOUD in types


def _numbered(export: Export) -> list[ExportedNode]:
    return [node for node in export.nodes if node.version is not None]


def _number(node: ExportedNode) -> tuple[int, int, int]:
    major, minor = node.version or (0, 0)
    return major, minor, node.build or 0


def _of_node(node: ExportedNode) -> WindowsVersion:
    """The newest version that is not newer than the numbers of the node."""
    reached = [version for number, version in _BY_NUMBER if number <= _number(node)]
    return reached[-1] if reached else WindowsVersion.WINDOWS_2008


def _age(version: WindowsVersion) -> int:
    return list(WindowsVersion).index(version)


_BY_NUMBER = (
    ((6, 0, 0), WindowsVersion.WINDOWS_2008),
    ((6, 1, 0), WindowsVersion.WINDOWS_2008_R2),
    ((6, 2, 0), WindowsVersion.WINDOWS_2012),
    ((6, 3, 0), WindowsVersion.WINDOWS_2012_R2),
    ((10, 0, 0), WindowsVersion.WINDOWS_2016),
    ((10, 0, 17763), WindowsVersion.WINDOWS_2019),
    ((10, 0, 20348), WindowsVersion.WINDOWS_2022),
    ((10, 0, 26100), WindowsVersion.WINDOWS_2025),
)
"""MajorVersion, MinorVersion and BuildNumber of a node, from which on it is of a version."""

_BY_LEVEL = {
    5: WindowsVersion.WINDOWS_2008,
    6: WindowsVersion.WINDOWS_2008_R2,
    7: WindowsVersion.WINDOWS_2012,
    8: WindowsVersion.WINDOWS_2012_R2,
    9: WindowsVersion.WINDOWS_2016,
    10: WindowsVersion.WINDOWS_2019,
}
"""ClusterFunctionalLevel, by a list that the cluster team helped with (thomasmaurer.ch, 2019). Of
2019 both 10 and 11 were published; what is above 10 is told apart by the nodes, and has the same
rules."""

_OLD_TYPES = frozenset({"nodemajority", "nodeanddiskmajority", "nodeandfilesharemajority"})
_OF_CLUSTER = {
    "DynamicQuorum": Since.W2012,
    "ClusterGroupWaitDelay": Since.W2012,
    "WitnessDynamicWeight": Since.W2012R2,
    "LowerQuorumPriorityNodeId": Since.W2012R2,
    "ResiliencyLevel": Since.W2016,
    "ResiliencyDefaultPeriod": Since.W2016,
    "QuarantineThreshold": Since.W2016,
    "PreferredSite": Since.W2016,
}
