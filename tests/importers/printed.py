"""Prints objects as PowerShell and cluster.exe do, from what an export in JSON says of them."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Object = Mapping[str, Any]


def printed(value: Any, most: int | None = None) -> str:
    """A value as Format-List shows it: lists in braces, of which `most` elements."""
    if value is None:
        return ""
    if isinstance(value, list):
        shown = value if most is None or len(value) <= most else [*value[:most]]
        dots = "..." if len(shown) < len(value) else ""
        return "{" + ", ".join(map(str, shown)) + dots + "}"
    return str(value)


def format_list(objects: Sequence[Object], width: int = 80, most: int | None = None) -> str:
    """Format-List: a column of colons, long values wrapped, an empty line after each object."""
    lines = ["", ""]
    for one in objects:
        column = max(map(len, one))
        for name, value in one.items():
            text = printed(value, most)
            pieces = textwrap.wrap(text, width - column - 3, break_on_hyphens=False) or [""]
            lines.append(f"{name.ljust(column)} : {pieces[0]}".rstrip(" "))
            lines += [" " * (column + 3) + piece for piece in pieces[1:]]
        lines.append("")
    return "\r\n".join([*lines, "", ""])


def format_table(
    objects: Sequence[Object],
    names: Sequence[str],
    widths: Sequence[int],
    right: Sequence[str] = (),
) -> str:
    """Format-Table -Wrap, with columns of these widths; those named in `right` are set there."""

    def row(cells: Sequence[str]) -> str:
        set_ = (
            cell.rjust(width) if name in right else cell.ljust(width)
            for name, cell, width in zip(names, cells, widths, strict=True)
        )
        return " ".join(set_).rstrip()

    lines = ["", row(names), row(["-" * len(name) for name in names])]
    for one in objects:
        wrapped = [
            textwrap.wrap(printed(one.get(name)), width, break_on_hyphens=False) or [""]
            for name, width in zip(names, widths, strict=True)
        ]
        for n in range(max(map(len, wrapped))):
            lines.append(row([cell[n] if n < len(cell) else "" for cell in wrapped]))
    return "\r\n".join([*lines, "", "", ""])


def cluster_exe(
    title: str, objects: Sequence[Sequence[str]], heads: Sequence[str], widths: Sequence[int]
) -> str:
    """A listing of cluster.exe: heads over dashes as wide as their columns."""
    lines = [title, "", " ".join(h.ljust(w) for h, w in zip(heads, widths, strict=True)).rstrip()]
    lines.append(" ".join("-" * width for width in widths))
    for cells in objects:
        lines.append(" ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip())
    return "\r\n".join([*lines, "", ""])


def apart(
    export: Mapping[str, Any], *, all_owners: bool = False
) -> Iterator[tuple[str, list[Object]]]:
    """The parts of an export by cmdlet, owners and dependencies as the cmdlets give them; of owners
    only what is fewer than all nodes, as people collect them, or all of them."""
    everyone = [node["Name"] for node in export["Nodes"]]
    inside = {"PreferredOwners", "PossibleOwners", "DependencyExpression", "Parameters"}
    owners, needs, parameters = [], [], []
    for kind, objects in export.items():
        several = objects if isinstance(objects, list) else [objects]
        yield kind, [{k: v for k, v in one.items() if k not in inside} for one in several]
        for one in several:
            for key in ("PreferredOwners", "PossibleOwners"):
                listed = one.get(key, [])
                if key in one and (all_owners or sorted(listed) != sorted(everyone)):
                    owners.append({"ClusterObject": one["Name"], "OwnerNodes": listed})
            if "DependencyExpression" in one:
                text = one["DependencyExpression"]
                needs.append({"Resource": one["Name"], "DependencyExpression": text})
            for name, value in one.get("Parameters", {}).items():
                parameters.append(
                    {
                        "ClusterObject": one["Name"],
                        "Name": name,
                        "IsReadOnly": False,
                        "ParameterType": "String",
                        "Value": value,
                    }
                )
    yield "Dependencies", needs
    yield "Owners", owners
    yield "Parameters", parameters


def cluster_exe_listing(export: Mapping[str, Any]) -> str:
    """What cluster.exe says of a whole cluster: all but who votes."""
    four = (["Resource", "Group", "Node", "Status"], [20, 20, 15, 6])
    nodes = [(node["Name"], node["Id"], "Up") for node in export["Nodes"]]
    everyone = [node["Name"] for node in export["Nodes"]]
    groups = [(group["Name"], everyone[0], "Online") for group in export["Groups"]]
    resources = [
        (one["Name"], one["OwnerGroup"], everyone[0], "Online") for one in export["Resources"]
    ]
    all_ = "Listing status for all available"
    parts = [
        cluster_exe(f"{all_} nodes:", nodes, ["Node", "Node ID", "Status"], [14, 7, 21]),
        cluster_exe(f"{all_} resource groups:", groups, ["Group", "Node", "Status"], [20, 15, 6]),
        cluster_exe(f"{all_} resources:", resources, *four),
    ]
    subjects = {
        "Cluster": [export["Cluster"]],
        "Node": export["Nodes"],
        "Resource Group": export["Groups"],
        "Resource": export["Resources"],
    }
    for subject, objects in subjects.items():
        for one in objects:
            rows = list(property_rows(one["Name"], one))
            heads = ["T ", subject, "Name", "Value"]
            title = f"Listing properties for '{one['Name']}':"
            parts.append(cluster_exe(title, rows, heads, [2, 20, 30, 23]))
    for one in export["Resources"]:
        needed = [r for r in resources if f"[{r[0]}]" in one["DependencyExpression"]]
        parts.append(cluster_exe(f"Listing dependencies for '{one['Name']}':", needed, *four))
        if sorted(one["PossibleOwners"]) != sorted(everyone):
            parts.append(_owners("possible", "resource", one["Name"], one["PossibleOwners"]))
    for group in export["Groups"]:
        if group.get("PreferredOwners"):
            parts.append(
                _owners("preferred", "resource group", group["Name"], group["PreferredOwners"])
            )
    return "\r\n".join(parts)


def _owners(which: str, of: str, name: str, owners: Sequence[str]) -> str:
    head = f"{which.capitalize()} Owner Nodes"
    rows = [(owner,) for owner in owners]
    return cluster_exe(f"Listing {which} owners for {of} '{name}':", rows, [head], [len(head)])


_APART = {
    "PreferredOwners",
    "PossibleOwners",
    "DependencyExpression",
    "OwnerGroup",
    "Parameters",
    "Id",
    "State",
    "Name",
}


def property_rows(subject: str, one: Object) -> Iterator[tuple[str, str, str, str]]:
    """What cluster.exe prints of an object with /properties."""
    for vendor, value in one.items():
        if vendor in _APART:
            continue
        name = "Type" if vendor == "ResourceType" else vendor
        number = int(value) if isinstance(value, int) else None
        listed = ", ".join(value) if isinstance(value, list) else printed(value)
        text = listed if number is None else f"{number} (0x{number:x})"
        yield ("D " if re.match(r"\d", text) else "S ", subject, name, text)
