"""Sets of groups of an export, and which start after which."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from quorate.cluster import MOST_STARTED, StartupTrigger
from quorate.importers.checked import Table
from quorate.importers.supplement import Supplement
from quorate.importers.touches import Touches
from quorate.importers.windows_exports.kinds import canonical
from quorate.importers.windows_exports.said import DocumentOfExport, RowOfExport
from quorate.importers.windows_exports.vendor import Export, ExportedGroupSet
from quorate.values import dataclass

_TRIGGERS = {
    "delay": StartupTrigger.DELAY,
    "1": StartupTrigger.DELAY,
    "online": StartupTrigger.ONLINE,
    "2": StartupTrigger.ONLINE,
}
"""By name, or as GROUPSET_READY_SETTING counts them; what 3 and 4 wait for, a heartbeat or an
application, is not modelled."""

_ALL = frozenset({4294967295, -1})
_UNSAID = (
    "the export does not say its StartupDelayTrigger; add Get-ClusterGroupSet to it, or say the "
    "trigger of the set in [[group_sets]] of a supplement"
)


def start_order(export: Export, more: Supplement | None, said: DocumentOfExport) -> None:
    """Writes the sets whose groups are in the document. What waits for a set of which it is not
    known what others wait for is UNKNOWN, and what waits for that; `more` may say it of a set."""
    sets = _Sets(export, said, _triggered(more))
    rows: list[Table] = []
    for one in export.group_sets:
        if sets.groups_of(one):
            row = RowOfExport(said, ("group_sets", len(rows)), one.record)
            sets.write(one, row)
            rows.append(row.values)
    if rows:
        said.document["group_sets"] = rows


def _triggered(more: Supplement | None) -> frozenset[str]:
    """The sets of which a supplement says what others wait for."""
    rows = more.document.get("group_sets") if more is not None else None
    return frozenset(
        row["name"].casefold()
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and isinstance(row.get("name"), str) and "trigger" in row
    )


@dataclass(frozen=True)
class _Sets:
    """`beside` the sets of which it is said beside the export what others wait for."""

    export: Export
    said: DocumentOfExport
    beside: frozenset[str]

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        """The groups of the document, as it calls them."""
        return {g["name"].casefold(): g["name"] for g in self.said.document.get("groups", ())}

    @cached_property
    def _known(self) -> Mapping[str, ExportedGroupSet]:
        return {one.name.casefold(): one for one in self.export.group_sets}

    def groups_of(self, one: ExportedGroupSet) -> list[str]:
        return self._spelled(one.groups)

    def _spelled(self, names: Iterable[str]) -> list[str]:
        known = self._groups
        return list(dict.fromkeys(known[n.casefold()] for n in names if n.casefold() in known))

    def write(self, one: ExportedGroupSet, row: RowOfExport) -> None:
        row.write("name", one.name, "Name")
        row.write("groups", self.groups_of(one), "GroupNames")
        providers = [self._known.get(name.casefold()) for name in one.providers]
        after = [other.name for other in providers if other is not None and self.groups_of(other)]
        if after:
            row.write("starts_after", after, "ProviderNames")
        trigger = _TRIGGERS.get(canonical(one.trigger or ""))
        if trigger is not None:
            row.write("trigger", trigger.value, "StartupDelayTrigger")
        if one.count is not None and one.count not in _ALL and one.count <= MOST_STARTED:
            row.write("count", one.count, "StartupCount")
        if one.is_global:
            row.write("global", True, "IsGlobal")
        for name, why in self._unknown(one):
            self.said.lacks(
                f"the group set {one.name}, which starts after {name}",
                Touches.GROUPS,
                f"what it waits for is not known: {why}",
                one.record.place("ProviderNames"),
                tuple(self._spelled(self._waiting(one))),
            )

    def _unknown(self, one: ExportedGroupSet) -> Iterator[tuple[str, str]]:
        """The sets that it starts after of which something is not known, and what."""
        first = [other for other in self.export.group_sets if other.is_global > one.is_global]
        for name in dict.fromkeys([*one.providers, *(other.name for other in first)]):
            provider = self._known.get(name.casefold())
            if provider is None:
                yield name, "it is no set of this export"
            elif len(self.groups_of(provider)) < len(provider.groups):
                yield name, "some of its groups are not modelled"
            elif provider.trigger is None:
                if name.casefold() not in self.beside:
                    yield name, _UNSAID
            elif canonical(provider.trigger) not in _TRIGGERS:
                yield name, f"StartupDelayTrigger = {provider.trigger}"

    def _waiting(self, one: ExportedGroupSet) -> list[str]:
        """The groups of a set, and of all that start after it."""
        found, waiting = {one.name.casefold(): one}, [one]
        while waiting:
            first = waiting.pop().name.casefold()
            for other in self.export.group_sets:
                after = {name.casefold() for name in other.providers}
                if first in after and other.name.casefold() not in found:
                    found[other.name.casefold()] = other
                    waiting.append(other)
        return [name for each in found.values() for name in each.groups]
