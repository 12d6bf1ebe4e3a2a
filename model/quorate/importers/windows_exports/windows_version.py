"""Which Windows an export comes from, as far as it shows."""

import enum

from quorate.importers.windows_exports.resource_types import WitnessType, witness_of_type
from quorate.importers.windows_exports.vendor import Export


class Since(enum.IntEnum):
    """The first version in which a feature that is read is there (wsfc.md 11)."""

    W2008 = 0
    W2012 = 1
    W2012R2 = 2
    W2016 = 3


_BY_NUMBER = {(6, 0): Since.W2008, (6, 1): Since.W2008, (6, 2): Since.W2012, (6, 3): Since.W2012R2}
_LEVEL_2016 = 9


def version_of(export: Export) -> Since | None:
    """The version that the export is at least from, the newest of all signs of it; None where
    nothing tells 2008 from what came after."""
    cluster = export.cluster
    signs: list[Since] = []
    if cluster is not None:
        if cluster.functional_level is not None:
            newer = cluster.functional_level >= _LEVEL_2016
            signs.append(Since.W2016 if newer else Since.W2012R2)
        signs += [since for name, since in _OF_CLUSTER.items() if cluster.record.has(name)]
        if cluster.has_all_properties and cluster.dynamic_quorum is None:
            signs.append(Since.W2008)
    for node in export.nodes:
        if node.version is not None:
            newer = node.version >= (10, 0)
            signs.append(Since.W2016 if newer else _BY_NUMBER.get(node.version, Since.W2012R2))
        if node.dynamic_weight is not None:
            signs.append(Since.W2012)
        if node.fault_domains:
            signs.append(Since.W2016)
    for group in export.groups:
        if group.priority is not None:
            signs.append(Since.W2012)
        if group.cold_start is not None:
            signs.append(Since.W2016)
    if export.sites or export.sets or export.group_sets:
        signs.append(Since.W2016)
    if any(witness_of_type(one.type or "") is WitnessType.CLOUD for one in export.resources):
        signs.append(Since.W2016)
    if export.quorum is not None and str(export.quorum.kind).casefold() == "majority":
        signs.append(Since.W2016)
    return max(signs, default=None)


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
