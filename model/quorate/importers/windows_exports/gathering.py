"""Records of all files of an export to one `Export`: what several cmdlets say of one thing is put
together, and what they say of it in two ways is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quorate.errors import InputError
from quorate.importers.windows_exports.kinds import Kind, canonical
from quorate.importers.windows_exports.owners import Owners, owners
from quorate.importers.windows_exports.records import Record, shown
from quorate.importers.windows_exports.vendor import (
    Export,
    ExportedCluster,
    ExportedGroup,
    ExportedGroupSet,
    ExportedNode,
    ExportedQuorum,
    ExportedResource,
    ExportedSet,
    GroupType,
)

_GROUP_TYPES = {
    1: "Cluster",
    2: "AvailableStorage",
    3: "Temporary",
    4: "ClusterSharedVolume",
    5: "ClusterStoragePool",
    114: "ScaleoutFileServer",
}
_NODE_STATES = {0: "Up", 1: "Down", 2: "Paused", 3: "Joining", -1: "Unknown", 4294967295: "Unknown"}
_RESTARTS = {0: "none", 1: "restart", 2: "restart-then-fail-over"}
_RESILIENCY = {"1": "IsolateOnSpecialHeartbeat", "2": "AlwaysIsolate"}
_CHANGING = frozenset(
    {
        "state",
        "ownernode",
        "status",
        "statusinformation",
        "dynamicweight",
        "drainstatus",
        "drainerror",
        "draintarget",
        "monitorprocessid",
        "persistentstate",
        "lastoperationstatuscode",
        "node",
    }
)
"""Properties that may differ from one export to the next without a change of the configuration."""

MOST_RECORDS = 200_000
"""8,000 resources with their dependencies, owners and a dozen parameters each are half of this."""

_MOST_PROPERTIES = 1000
"""Of one thing; Windows knows a tenth of this of a cluster."""

_MOST_ABOVE = 16
"""Fault domains one in the other: a node, a chassis, a rack and a site are all that Windows has."""

_COMPLETE = 20
"""`Get-Cluster | Format-List *` prints more properties than this in every version, and people who
choose some choose fewer."""


def gathered(
    records: Sequence[Record], source: str, named: frozenset[Kind] = frozenset()
) -> Export:
    """What the records say together; `named` are parts that the export says it holds. Raises
    `InputError` for what cannot be meant: properties with values that are none, and things that are
    described twice and differently."""
    if len(records) > MOST_RECORDS:
        raise InputError(
            f"{len(records):,} objects are more than any cluster has; export one at a time", source
        )
    by_kind: dict[Kind, list[Record]] = {kind: [] for kind in Kind}
    for record in records:
        by_kind[record.kind].append(record)
    nodes = _merged(by_kind[Kind.NODE], "Name", "NodeName", "Node")
    groups = _merged(by_kind[Kind.GROUP], "Name", "Group")
    resources = _merged(by_kind[Kind.RESOURCE], "Name", "Resource")
    clusters = _merged(by_kind[Kind.CLUSTER], "Name")
    owned = owners(by_kind[Kind.OWNERS], groups, resources)
    dependencies = _dependencies(by_kind[Kind.DEPENDENCY], resources)
    parameters = _parameters(by_kind[Kind.PARAMETER])
    domains = _merged(by_kind[Kind.FAULT_DOMAIN], "Name")
    sites, site_of = _sites(domains)
    networks = _networks(by_kind[Kind.INTERFACE])
    volumes = _merged(by_kind[Kind.SHARED_VOLUME], "Name")
    for name, record in volumes.items():
        shared = {"isclustersharedvolume": True, "resourcetype": "Physical Disk"}
        known = resources.get(name, record)
        resources[name] = replace(known, values={**known.values, **shared})
    read = [
        _resource(name, record, owned, dependencies.get(name), parameters.get(name, {}))
        for name, record in resources.items()
    ]
    return Export(
        source=source,
        cluster=_cluster(clusters, source),
        nodes=tuple(_node(name, record, networks) for name, record in nodes.items()),
        quorum=_quorum(by_kind[Kind.QUORUM]),
        groups=tuple(_group(name, record, owned) for name, record in groups.items()),
        resources=tuple(read),
        sites=sites,
        site_of=site_of,
        sets=tuple(_sets(by_kind[Kind.AFFINITY_RULE])),
        group_sets=tuple(map(_group_set, _merged(by_kind[Kind.GROUP_SET], "Name").values())),
        says_dependencies=any(one.dependency is not None for one in read),
        kinds=named | {kind for kind, some in by_kind.items() if some},
        says_owners=bool(by_kind[Kind.OWNERS]) or any(r.has("PossibleOwners") for r in records),
    )


def _merged(records: Iterable[Record], *names: str) -> dict[str, Record]:
    """The records by the name of what they describe, as Windows compares names; several of one
    thing are one."""
    found: dict[str, Record] = {}
    for record in records:
        name = record.text(*names)
        if name is None:
            raise record.refused("", "something in this export has no name; export it again")
        key = name.casefold()
        values = {**record.values, "name": name}
        named = replace(record, values=values)
        known = found.get(key)
        found[key] = named if known is None else _together(known, named, name)
    return found


def _together(one: Record, other: Record, name: str) -> Record:
    """Two records of one thing; where both say something, what the first says."""
    _refuse_difference(one, other, name)
    said = {key: value for key, value in one.values.items() if value not in (None, "")}
    values = {**other.values, **said}
    if len(values) > _MOST_PROPERTIES:
        raise other.refused("", f"{shown(name)} has more than {_MOST_PROPERTIES} properties")
    return replace(one, values=values, lines={**other.lines, **one.lines})


def _refuse_difference(one: Record, other: Record, name: str) -> None:
    for key, value in other.values.items():
        before = one.values.get(key)
        if key in _CHANGING or value in (None, "", []) or before in (None, "", []):
            continue
        if isinstance(value, Mapping | list) or isinstance(before, Mapping | list):
            continue
        if str(before).strip().casefold() != str(value).strip().casefold():
            raise other.refused(
                key,
                f"{shown(name)} is described twice and differently, as {shown(before)} at "
                f"{one.place()} and as {shown(value)} here; export one cluster at one time",
            )


def _cluster(found: Mapping[str, Record], source: str) -> ExportedCluster | None:
    if not found:
        return None
    if len(found) > 1:
        listed = ", ".join(shown(record.text("Name")) for record in found.values())
        raise InputError(f"these are several clusters: {listed}; read one at a time", source)
    [record] = found.values()
    level = record.text("ResiliencyLevel")
    return ExportedCluster(
        name=record.text("Name"),
        functional_level=record.number("ClusterFunctionalLevel"),
        dynamic_quorum=record.number("DynamicQuorum"),
        witness_dynamic_weight=record.number("WitnessDynamicWeight"),
        lower_priority=record.number("LowerQuorumPriorityNodeId"),
        enforced_anti_affinity=record.number("ClusterEnforcedAntiAffinity"),
        preferred_site=record.text("PreferredSite"),
        resiliency_level=_RESILIENCY.get(level or "", level),
        quarantine_threshold=record.number("QuarantineThreshold"),
        has_all_properties=len(record.values) > _COMPLETE and record.has("SameSubnetDelay"),
        record=record,
    )


def _node(key: str, record: Record, networks: Mapping[str, Sequence[str]]) -> ExportedNode:
    major, minor = record.number("MajorVersion"), record.number("MinorVersion")
    name = record.text("Name") or key
    number = record.text("Id", "Node ID")
    return ExportedNode(
        name=name,
        number=int(number) if number is not None and number.isdecimal() else None,
        weight=record.number("NodeWeight"),
        dynamic_weight=record.number("DynamicWeight"),
        state=record.word("State", _NODE_STATES) or record.text("Status"),
        version=None if major is None or minor is None else (major, minor),
        build=record.number("BuildNumber"),
        fault_domains=record.names("FaultDomain") or (),
        networks=tuple(networks.get(key, ())),
        record=record,
    )


def _quorum(records: Sequence[Record]) -> ExportedQuorum | None:
    if not records:
        return None
    first = records[0]
    for other in records[1:]:
        _refuse_difference(first, other, "the quorum")
    kind = first.text("QuorumType")
    return ExportedQuorum(
        kind=int(kind) if kind is not None and kind.isdecimal() else kind,
        resource=first.text("QuorumResource"),
        record=first,
    )


def _group(key: str, record: Record, owned: Owners) -> ExportedGroup:
    own = record.names("PreferredOwners")
    core = record.number("IsCoreGroup")
    return ExportedGroup(
        name=record.text("Name") or key,
        kind=_group_type(record),
        is_core=None if core is None else bool(core),
        priority=record.number("Priority"),
        cold_start=record.number("ColdStartSetting"),
        failover_threshold=record.number("FailoverThreshold"),
        failback=record.number("AutoFailbackType"),
        window=(record.number("FailbackWindowStart"), record.number("FailbackWindowEnd")),
        anti_affinity=record.names("AntiAffinityClassNames") or (),
        preferred_site=record.text("PreferredSite"),
        preferred_owners=own if own is not None else owned.preferred.get(key),
        record=record,
    )


def _group_type(record: Record) -> GroupType | None:
    text = record.text("GroupType")
    if text is None:
        return None
    word = _GROUP_TYPES.get(int(text), "other") if text.isdecimal() else text
    known = {canonical(kind.value): kind for kind in GroupType}
    return known.get(canonical(word), GroupType.OTHER)


def _resource(
    key: str,
    record: Record,
    owned: Owners,
    dependency: Record | None,
    parameters: Mapping[str, Any],
) -> ExportedResource:
    own = record.names("PossibleOwners")
    core = record.number("IsCoreResource")
    nested = {canonical(k): v for one in record.objects("Parameters") for k, v in one.items()}
    stated = dependency or (record if record.has("DependencyExpression") else None)
    listed = [o for o in record.objects("Parameters") if "Name" in o and "Value" in o]
    nested |= {canonical(str(one["Name"])): one["Value"] for one in listed}
    return ExportedResource(
        name=record.text("Name") or key,
        number=record.text("Id"),
        type=record.text("ResourceType", "Type"),
        group=record.text("OwnerGroup", "Group"),
        is_core=None if core is None else bool(core),
        is_shared_volume=bool(record.number("IsClusterSharedVolume")),
        restart=record.word("RestartAction", _RESTARTS),
        restart_threshold=record.number("RestartThreshold"),
        possible_owners=own if own is not None else owned.possible.get(key),
        dependency=None if stated is None else stated.text("DependencyExpression") or "",
        dependency_record=stated,
        parameters={**nested, **parameters},
        record=record,
    )


def _dependencies(
    records: Sequence[Record], resources: Mapping[str, Record]
) -> Mapping[str, Record]:
    known = _merged(records, "Resource")
    for key, record in known.items():
        if key not in resources:
            name = shown(record.text("Resource"))
            raise record.refused(
                "Resource", f"{name} is no resource of this export; export all of them"
            )
    return known


def _parameters(records: Sequence[Record]) -> Mapping[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        of, name = record.text("ClusterObject", "Object", "Resource"), record.text("Name")
        if of is not None and name is not None:
            found.setdefault(of.casefold(), {})[canonical(name)] = record.values.get("value")
    return found


def _sites(domains: Mapping[str, Record]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The sites, and in which of them each fault domain stands, by canonical names."""
    parents: dict[str, str] = {}
    sites: dict[str, str] = {}
    for key, record in domains.items():
        name = record.text("Name") or key
        parent = record.text("ParentName", "Parent")
        if parent is not None:
            parents[key] = parent.casefold()
        if canonical(record.text("Type", "FaultDomainType") or "") in {"site", "1000"}:
            sites[key] = name
    stands = {}
    for key in parents:
        above = key
        for _ in range(_MOST_ABOVE):
            if above not in parents or above in sites:
                break
            above = parents[above]
        else:
            raise domains[key].refused(
                "ParentName", f"this fault domain is in itself, or in {_MOST_ABOVE} others"
            )
        if above in sites:
            stands[key] = sites[above]
    return sites, stands


def _networks(interfaces: Sequence[Record]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for record in interfaces:
        node, network = record.text("Node"), record.text("Network")
        if node is not None and network is not None:
            known = found.setdefault(node.casefold(), [])
            if network not in known:
                known.append(network)
    return found


def _group_set(record: Record) -> ExportedGroupSet:
    return ExportedGroupSet(
        name=record.text("Name") or "",
        groups=record.names("GroupNames", "Groups") or (),
        providers=record.names("ProviderNames", "ProviderSets") or (),
        trigger=record.text("StartupDelayTrigger", "StartupSetting", "ReadySetting"),
        count=record.number("StartupCount"),
        is_global=record.number("IsGlobal") == 1,
        record=record,
    )


def _sets(rules: Sequence[Record]) -> Iterator[ExportedSet]:
    for rule in rules:
        if rule.number("Enabled") == 0:
            continue
        name, kind = rule.text("Name") or "", rule.text("RuleType") or ""
        yield ExportedSet(
            f"the affinity rule {name} ({kind})", rule.names("Groups", "GroupNames") or (), rule
        )
