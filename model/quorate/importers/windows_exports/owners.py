"""Lists of owners: preferred ones of a group, possible ones of a resource.

`Get-ClusterOwnerNode` prints the same for both, and a group may have the name of a resource.
"""

from bisect import bisect
from collections.abc import Collection, Mapping, Sequence

from quorate.importers.windows_exports.records import Record, shown
from quorate.values import dataclass


@dataclass(frozen=True)
class Owners:
    """By the names of groups and of resources, as Windows compares names."""

    preferred: Mapping[str, tuple[str, ...]]
    possible: Mapping[str, tuple[str, ...]]


def owners(
    records: Sequence[Record], groups: Collection[str], resources: Collection[str]
) -> Owners:
    """Raises `InputError` for a list of nobody's, and for one that may be a group's or a
    resource's. One that stands among those of groups is a group's: a collector lists all groups,
    and then all resources, or the other way round."""
    preferred: dict[str, tuple[str, ...]] = {}
    possible: dict[str, tuple[str, ...]] = {}
    clear = _clear(records, groups, resources)
    for index, record in enumerate(records):
        name = record.text("ClusterObject") or ""
        key = name.casefold()
        listed = record.names("OwnerNodes") or ()
        is_group, is_resource = key in groups, key in resources
        if is_group and is_resource:
            is_group = _among_groups(record, index, clear.get(record.source, []))
        elif not is_group and not is_resource:
            raise record.refused(
                "ClusterObject",
                f"{shown(name)} is neither a group nor a resource of this export; export all of "
                "them",
            )
        (preferred if is_group else possible)[key] = listed
    return Owners(preferred, possible)


def _clear(
    records: Sequence[Record], groups: Collection[str], resources: Collection[str]
) -> Mapping[str, list[tuple[int, bool]]]:
    """By file the lists that can be one of the two only: their numbers, and whether they are of
    groups."""
    found: dict[str, list[tuple[int, bool]]] = {}
    for index, record in enumerate(records):
        key = (record.text("ClusterObject") or "").casefold()
        if (key in groups) is not (key in resources):
            found.setdefault(record.source, []).append((index, key in groups))
    return found


def _among_groups(record: Record, index: int, clear: Sequence[tuple[int, bool]]) -> bool:
    """What the nearest list that can be one of the two only is."""
    after = bisect(clear, (index, False))
    around = clear[max(0, after - 1) : after + 1]
    if around:
        _, is_group = min(around, key=lambda one: abs(one[0] - index))
        return is_group
    raise record.refused(
        "ClusterObject",
        f"{shown(record.text('ClusterObject'))} is a group and a resource, and whose owners these "
        "are is not said; export the owners of all groups, and of all resources",
    )
