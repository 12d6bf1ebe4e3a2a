"""What cluster.exe prints (wsfc.md 9.1): listings, properties, dependencies and owners.

Of the last three no sample was published; they are read where they have the form that is known of
/properties, and where a line above a listing quotes whose dependencies or owners follow.
"""

import re
from collections.abc import Iterator

from quorate.importers.windows_exports.kinds import Kind
from quorate.importers.windows_exports.records import Record
from quorate.importers.windows_exports.tables import Read
from quorate.values import dataclass

_TITLE = re.compile(r"\s*Listing ", re.IGNORECASE)
_QUOTED = re.compile(r"'(.+)'")
_VALUE = re.compile(r"(-?\d+) \(0x[0-9a-f]+\)$", re.IGNORECASE)
_SUBJECTS = {
    "resource": Kind.RESOURCE,
    "resourcegroup": Kind.GROUP,
    "group": Kind.GROUP,
    "node": Kind.NODE,
    "cluster": Kind.CLUSTER,
}
_LISTED = ("resource", "group", "node", "status")


@dataclass(frozen=True)
class Listing:
    """A table below a title."""

    title: str
    table: Read
    source: str

    @staticmethod
    def is_title(line: str) -> bool:
        return _TITLE.match(line) is not None

    def records(self) -> Iterator[Record]:
        """The records of it; none for a table of a cmdlet."""
        names, quoted = self.table.names, _QUOTED.search(self.title)
        title = self.title.casefold()
        if names[:1] == ("t",) and names[2:] == ("name", "value") and names[1] in _SUBJECTS:
            yield from self._properties(_SUBJECTS[names[1]])
        elif names == _LISTED and quoted and "depend" in title:
            yield from self._dependencies(quoted[1])
        elif len(names) == 1 and "owner" in names[0] and quoted:
            yield from self._owners(quoted[1])

    def _record(self, kind: Kind, line: int, **values: object) -> Record:
        return Record(kind, values, self.source, line, "", is_text=True)

    def _properties(self, kind: Kind) -> Iterator[Record]:
        """Each row is one property of what is named in it."""
        for line, (_, subject, name, value) in self.table.rows:
            if not subject or not name:
                continue
            number = _VALUE.search(value)
            plain = number[1] if number else value
            own = {"name": subject, name.replace(" ", "").casefold(): plain}
            if name.casefold() == "name":
                own = {"name": subject}
            yield Record(kind, own, self.source, line, "", is_text=True)
            if kind is Kind.RESOURCE:
                yield self._record(
                    Kind.PARAMETER, line, clusterobject=subject, name=name, value=plain
                )

    def _dependencies(self, resource: str) -> Iterator[Record]:
        needed = [cells[0] for _, cells in self.table.rows if cells[0]]
        line = self.table.rows[0][0] if self.table.rows else self.table.end
        text = " and ".join(f"[{name}]" for name in needed)
        yield self._record(Kind.DEPENDENCY, line, resource=resource, dependencyexpression=text)

    def _owners(self, resource: str) -> Iterator[Record]:
        names = [cells[0] for _, cells in self.table.rows if cells[0]]
        line = self.table.rows[0][0] if self.table.rows else self.table.end
        yield self._record(Kind.OWNERS, line, clusterobject=resource, ownernodes=names)
