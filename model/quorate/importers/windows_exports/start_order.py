"""Sets of groups of an export, and which start after which."""

from collections.abc import Iterable, Mapping, Sequence

from quorate.cluster import MOST_STARTED, StartupTrigger
from quorate.importers.checked import Table
from quorate.importers.touches import Touches
from quorate.importers.windows_exports.kinds import canonical
from quorate.importers.windows_exports.said import DocumentOfExport, RowOfExport
from quorate.importers.windows_exports.vendor import Export, ExportedGroupSet

_TRIGGERS = {
    "delay": StartupTrigger.DELAY,
    "1": StartupTrigger.DELAY,
    "online": StartupTrigger.ONLINE,
    "2": StartupTrigger.ONLINE,
}
"""By name, or as GROUPSET_READY_SETTING counts them; what 3 and 4 wait for, a heartbeat or an
application, is not modelled."""

_ALL = frozenset({4294967295, -1})


def start_order(export: Export, said: DocumentOfExport) -> None:
    """Writes the sets whose groups are in the document. What waits for a set of which it is not
    known what others wait for is UNKNOWN, and what waits for that."""
    groups = {g["name"].casefold(): g["name"] for g in said.document.get("groups", ())}
    known = {one.name.casefold(): one for one in export.group_sets}
    rows: list[Table] = []
    for one in export.group_sets:
        mine = _spelled(one.groups, groups)
        if not mine:
            continue
        row = RowOfExport(said, ("group_sets", len(rows)), one.record)
        row.write("name", one.name, "Name")
        row.write("groups", mine, "GroupNames")
        after = [
            known[name.casefold()].name
            for name in one.providers
            if name.casefold() in known and _spelled(known[name.casefold()].groups, groups)
        ]
        if after:
            row.write("starts_after", after, "ProviderNames")
        trigger = _TRIGGERS.get(canonical(one.trigger or ""))
        if trigger is not None:
            row.write("trigger", trigger.value, "StartupDelayTrigger")
        if one.count is not None and one.count not in _ALL and one.count <= MOST_STARTED:
            row.write("count", one.count, "StartupCount")
        if one.is_global:
            row.write("global", True, "IsGlobal")
        rows.append(row.values)
        _unknown(one, export, known, groups, said)
    if rows:
        said.document["group_sets"] = rows


def _unknown(
    one: ExportedGroupSet,
    export: Export,
    known: Mapping[str, ExportedGroupSet],
    groups: Mapping[str, str],
    said: DocumentOfExport,
) -> None:
    """What is not known of those that a set starts after."""
    first = [other for other in export.group_sets if other.is_global and not one.is_global]
    names = dict.fromkeys([*one.providers, *(other.name for other in first)])
    for name in names:
        provider = known.get(name.casefold())
        if provider is None:
            why = "it is no set of this export"
        elif len(_spelled(provider.groups, groups)) < len(provider.groups):
            why = "some of its groups are not modelled"
        elif canonical(provider.trigger or "") not in _TRIGGERS:
            why = f"StartupDelayTrigger = {provider.trigger}" if provider.trigger else _UNSAID
        else:
            continue
        about = _spelled(_waiting(one, export.group_sets), groups)
        said.lacks(
            f"the group set {one.name}, which starts after {name}",
            Touches.GROUPS,
            f"what it waits for is not known: {why}",
            one.record.place("ProviderNames"),
            tuple(about),
        )
        return


_UNSAID = "the export does not say its StartupDelayTrigger; add Get-ClusterGroupSet to it"


def _waiting(one: ExportedGroupSet, sets: Sequence[ExportedGroupSet]) -> list[str]:
    """The groups of a set, and of all that start after it."""
    found, waiting = {one.name.casefold(): one}, [one]
    while waiting:
        first = waiting.pop().name.casefold()
        for other in sets:
            after = {name.casefold() for name in other.providers}
            if first in after and other.name.casefold() not in found:
                found[other.name.casefold()] = other
                waiting.append(other)
    return [name for each in found.values() for name in each.groups]


def _spelled(names: Iterable[str], groups: Mapping[str, str]) -> list[str]:
    """Those that are groups of the document, as it calls them."""
    return list(dict.fromkeys(groups[n.casefold()] for n in names if n.casefold() in groups))
