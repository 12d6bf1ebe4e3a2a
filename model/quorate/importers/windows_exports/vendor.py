"""A Windows failover cluster in the words of its cmdlets: what an export says, and nothing else.

None is what an export does not say. Defaults are taken when this becomes a `Cluster`, and noted.
"""

import enum
from collections.abc import Mapping

from quorate.importers.windows_exports.kinds import Kind
from quorate.importers.windows_exports.records import Record
from quorate.values import dataclass


class GroupType(enum.Enum):
    """What a group is for (GroupType; wsfc.md 9.2), as far as that decides how it is read."""

    CLUSTER = "Cluster"
    AVAILABLE_STORAGE = "AvailableStorage"
    TEMPORARY = "Temporary"
    SHARED_VOLUME = "ClusterSharedVolume"
    STORAGE_POOL = "ClusterStoragePool"
    EVERYWHERE = "ScaleoutFileServer"
    """Active on every node at once."""
    OTHER = "other"


@dataclass(frozen=True)
class ExportedCluster:
    """Of `Get-Cluster`."""

    name: str | None
    functional_level: int | None
    dynamic_quorum: int | None
    witness_dynamic_weight: int | None
    lower_priority: int | None
    enforced_anti_affinity: int | None
    preferred_site: str | None
    resiliency_level: str | None
    quarantine_threshold: int | None
    has_all_properties: bool
    record: Record


@dataclass(frozen=True)
class ExportedNode:
    """Of `Get-ClusterNode`; `networks` are those on which it has an interface."""

    name: str
    number: int | None
    weight: int | None
    dynamic_weight: int | None
    state: str | None
    version: tuple[int, int] | None
    build: int | None
    fault_domains: tuple[str, ...]
    networks: tuple[str, ...]
    record: Record


@dataclass(frozen=True)
class ExportedQuorum:
    """Of `Get-ClusterQuorum`; `kind` is its QuorumType, a word or a number."""

    kind: str | int | None
    resource: str | None
    record: Record


@dataclass(frozen=True)
class ExportedGroup:
    """Of `Get-ClusterGroup`, with the preferred owners of `Get-ClusterOwnerNode`."""

    name: str
    kind: GroupType | None
    is_core: bool | None
    priority: int | None
    cold_start: int | None
    failover_threshold: int | None
    failback: int | None
    window: tuple[int | None, int | None]
    anti_affinity: tuple[str, ...]
    preferred_site: str | None
    preferred_owners: tuple[str, ...] | None
    record: Record


@dataclass(frozen=True)
class ExportedResource:
    """Of `Get-ClusterResource`, with the possible owners of `Get-ClusterOwnerNode`, the text of
    `Get-ClusterResourceDependency` and the `Get-ClusterParameter` of it, by canonical names."""

    name: str
    number: str | None
    type: str | None
    group: str | None
    is_core: bool | None
    is_shared_volume: bool
    restart: str | None
    restart_threshold: int | None
    possible_owners: tuple[str, ...] | None
    dependency: str | None
    dependency_record: Record | None
    parameters: Mapping[str, object]
    record: Record


@dataclass(frozen=True)
class ExportedGroupSet:
    """Of `Get-ClusterGroupSet`: groups that start after those of other sets. `trigger` is its
    StartupDelayTrigger, a word or a number."""

    name: str
    groups: tuple[str, ...]
    providers: tuple[str, ...]
    trigger: str | None
    count: int | None
    is_global: bool
    record: Record


@dataclass(frozen=True)
class ExportedSet:
    """Groups that a rule binds together, of `Get-ClusterAffinityRule`: `setting` as the vendor
    writes it."""

    setting: str
    groups: tuple[str, ...]
    record: Record


@dataclass(frozen=True)
class Export:
    """All that is read of an export. `sites` are the fault domains of type Site by canonical name,
    and `site_of` says in which of them each fault domain stands; `kinds` are the cmdlets of which
    there is something, or is said to be nothing."""

    source: str
    cluster: ExportedCluster | None
    nodes: tuple[ExportedNode, ...]
    quorum: ExportedQuorum | None
    groups: tuple[ExportedGroup, ...]
    resources: tuple[ExportedResource, ...]
    sites: Mapping[str, str]
    site_of: Mapping[str, str]
    sets: tuple[ExportedSet, ...]
    group_sets: tuple[ExportedGroupSet, ...]
    kinds: frozenset[Kind]
    says_dependencies: bool
    says_owners: bool
