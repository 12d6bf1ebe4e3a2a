"""Names that are written in another case where something refers to them: to Windows they are the
same, so they are read as they are declared."""

import re
from collections.abc import Iterable, Mapping, Sequence

from quorate.importers.checked import Table

_NAMED = re.compile(r"\[([^\[\]]*)\]")


def respelled(values: Table) -> Table:
    """A checked document in which every reference is spelled as what it refers to."""
    nodes = _Spelling.of(row["name"] for row in values["nodes"])
    sites = _Spelling.of(row["name"] for row in values["sites"] or ())
    groups = values["groups"] or ()
    resources = [row["name"] for group in groups for row in group["resources"]]
    things = _Spelling.of([*resources, *(values["volumes"] or ())])
    result = dict(values)
    quorum = values["quorum"]
    result["quorum"] = {**quorum, "lower_priority": nodes.one(quorum["lower_priority"])}
    result["nodes"] = tuple({**row, "site": sites.one(row["site"])} for row in values["nodes"])
    witness = values["witness"]
    if witness:
        reached_by = nodes.several(witness["reached_by"])
        result["witness"] = {
            **witness,
            "site": sites.one(witness["site"]),
            "reached_by": reached_by,
        }
    if values["storage"]:
        result["storage"] = tuple(
            {
                **row,
                "name": things.one(row["name"]),
                "sites": sites.several(row["sites"]),
                "reached_by": nodes.several(row["reached_by"]),
            }
            for row in values["storage"]
        )
    if groups:
        result["groups"] = tuple(_group(group, nodes, things) for group in groups)
    if values["group_sets"]:
        sets = _Spelling.of(row["name"] for row in values["group_sets"])
        named = _Spelling.of(group["name"] for group in groups)
        result["group_sets"] = tuple(
            {
                **row,
                "groups": named.several(row["groups"]),
                "starts_after": sets.several(row["starts_after"]),
            }
            for row in values["group_sets"]
        )
    return result


class _Spelling:
    """How names are declared, by what Windows takes for the same."""

    def __init__(self, declared: Mapping[str, str]) -> None:
        self._declared = declared

    @classmethod
    def of(cls, names: Iterable[str]) -> "_Spelling":
        return cls({name.casefold(): name for name in names})

    def one(self, name: str | None) -> str | None:
        return None if name is None else self._declared.get(name.casefold(), name)

    def several(self, names: Sequence[str] | None) -> Sequence[str] | None:
        return None if names is None else tuple(self._declared.get(n.casefold(), n) for n in names)

    def dependency(self, text: str | None) -> str | None:
        """The names are those in square brackets."""
        return None if text is None else _NAMED.sub(lambda m: f"[{self.one(m[1])}]", text)


def _group(group: Table, nodes: _Spelling, things: _Spelling) -> Table:
    return {
        **group,
        "preferred_owners": nodes.several(group["preferred_owners"]),
        "resources": tuple(_resource(row, nodes, things) for row in group["resources"]),
    }


def _resource(row: Table, nodes: _Spelling, things: _Spelling) -> Table:
    return {
        **row,
        "possible_owners": nodes.several(row["possible_owners"]),
        "writes_to": things.several(row["writes_to"]),
        "depends_on": things.dependency(row["depends_on"]),
    }
