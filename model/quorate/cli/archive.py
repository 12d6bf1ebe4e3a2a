"""What a claim assumes, as plain values in a trace line, and back: for every family there is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any, assert_never

from quorate.cluster import Cluster, Requirements
from quorate.errors import InputError
from quorate.importers import document, read_document
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Circumstances, Deviation
from quorate.values import dataclass
from quorate.windows import groups, membership
from quorate.windows.catalogue import claims_under


@dataclass(frozen=True)
class Families:
    """Satisfies `quorate.inquiry.line.Archive` for the families of the package, and for those of
    the `claims` of somebody's own file."""

    own: Sequence[Claim] = ()

    def written(self, claim: Claim, deviation: Deviation | None) -> Mapping[str, Any]:
        """What differs from the default, under a key that says which model it is about. Of a
        family of somebody's own, nothing but which claim it is."""
        broken = {"deviation": deviation.name} if deviation is not None else {}
        match claim.circumstances:
            case membership.MembershipCircumstances(cluster, assumptions):
                changed = _membership_data(assumptions)
                return {**_cluster(cluster), "assumptions": changed, **broken}
            case groups.GroupsCircumstances(cluster, assumptions):
                together = _alone(cluster, assumptions)
                return {**_cluster(together), "conditions": _groups_data(assumptions), **broken}
            case _:
                return {"own": claim.title, **broken}

    def read(self, data: Mapping[str, Any]) -> tuple[Circumstances, Deviation | None]:
        """The inverse. Raises `InputError` for a claim of somebody's own file that is not there,
        and `KeyError`, `TypeError`, `ValueError` or `AttributeError` for what is no such data."""
        broken = data.get("deviation")
        if "own" in data:
            return self._own(str(data["own"]), broken)
        cluster = read_document(data["cluster"], "the trace").cluster
        if "conditions" in data:
            circumstances: Circumstances = groups.GroupsCircumstances(
                cluster, _groups_of(data["conditions"])
            )
            return circumstances, groups.Deviation[broken] if broken else None
        circumstances = membership.MembershipCircumstances(
            cluster, _membership_of(data["assumptions"])
        )
        return circumstances, membership.Deviation[broken] if broken else None

    def claims(self, circumstances: Circumstances) -> Iterator[Claim]:
        """Every claim that is known to be made under these circumstances."""
        yield from (claim for claim in self.own if claim.circumstances == circumstances)
        yield from claims_under(circumstances)

    def _own(self, title: str, broken: object) -> tuple[Circumstances, Deviation | None]:
        claim = next((claim for claim in self.own if claim.title == title), None)
        if claim is None:
            raise InputError(
                f"this run is of a claim {title!r} in somebody's own file; name that with --claims"
            )
        deviation = next((tooth for tooth in claim.teeth if tooth.name == broken), None)
        if broken is not None and deviation is None:
            raise InputError(f"the claim {title!r} has no tooth {broken!r}")
        return claim.circumstances, deviation


@lru_cache(maxsize=64)
def _cluster(cluster: Cluster) -> Mapping[str, Any]:
    """All claims about a cluster are made of it."""
    return {"cluster": document(cluster, Requirements())}


def _alone(cluster: Cluster, assumptions: groups.Assumptions) -> Cluster:
    """The cluster without the groups that the model does not look at, of which there may be
    thousands, and without their disks."""
    kept = cluster.groups_named(assumptions.groups)
    names = {name for group in kept for name in group.resource_names}.union(cluster.volumes)
    stored = tuple(storage for storage in cluster.storage if storage.name in names)
    return replace(cluster, groups=kept, storage=stored)


def _membership_data(assumptions: membership.Assumptions) -> dict[str, Any]:
    usual, own = asdict(membership.Assumptions()), asdict(assumptions)
    changed = {key: value for key, value in own.items() if value != usual[key]}
    if "faults" in changed:
        budgets = own["faults"].items()
        changed["faults"] = {kind: limit for kind, limit in budgets if limit is not None}
    return changed


def _membership_of(data: Mapping[str, Any]) -> membership.Assumptions:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    faults = membership.Faults(**values.pop("faults", {}))
    return membership.Assumptions(**values, faults=faults)


def _groups_data(assumptions: groups.Assumptions) -> dict[str, Any]:
    data: dict[str, Any] = {"groups": list(assumptions.groups)}
    if assumptions.detection is not groups.Detection.INSTANT:
        data["detection"] = assumptions.detection.value
    if not assumptions.operator:
        data["operator"] = False
    if not assumptions.reservation:
        data["reservation"] = False
    match assumptions.incident:
        case None:
            pass
        case groups.Crashes(most=most):
            data["crashes"] = most
        case groups.OneFailure():
            data["incident"] = "failure"
        case groups.OneDrain():
            data["incident"] = "drain"
        case _:
            assert_never(assumptions.incident)
    return data


def _groups_of(data: Mapping[str, Any]) -> groups.Assumptions:
    values = dict(data)
    detection = groups.Detection(values.pop("detection", groups.Detection.INSTANT.value))
    names = tuple(str(name) for name in values.pop("groups"))
    incident = _incident_of(values.pop("crashes", None), values.pop("incident", None))
    return groups.Assumptions(groups=names, detection=detection, incident=incident, **values)


def _incident_of(crashes: Any, named: Any) -> groups.Incident | None:
    """Raises `ValueError` for what is none."""
    match crashes, named:
        case None, None:
            return None
        case int(), None:
            return groups.Crashes(crashes)
        case None, "failure":
            return groups.OneFailure()
        case None, "drain":
            return groups.OneDrain()
        case _:
            raise ValueError(f"{named!r} is nothing that befalls groups")
