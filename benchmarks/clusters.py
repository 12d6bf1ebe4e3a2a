"""Cluster files of any size, for measuring."""

from collections.abc import Iterator
from pathlib import Path

MODES = (
    "node-majority",
    "node-and-disk-majority",
    "node-and-file-share-majority",
    "disk-only",
)


def cluster_file(folder: Path, nodes: int, mode: str) -> Path:
    """Writes the file of a cluster whose nodes have a vote each and all reach the witness."""
    names = ", ".join(f'"HV{number:02}"' for number in range(1, nodes + 1))
    lines = [
        f'name = "{nodes} nodes, {mode}"',
        'version = "2008"',
        f"nodes = [{names}]",
        f'quorum.mode = "{mode}"',
    ]
    if mode != "node-majority":
        lines.append('witness.name = "W"')
    lines.append("survives.crash = 1")
    path = folder / f"{nodes}-{mode}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def service_file(folder: Path, nodes: int, groups: int, resources: int) -> Path:
    """Writes the file of a cluster with groups that share nothing: a disk, an address, a name, and
    applications on top of them, one in three with an alternative among what it needs."""
    names = [f"HV{number:02}" for number in range(1, nodes + 1)]
    lines = [f'name = "{nodes} nodes, {groups} groups of {resources}"', 'version = "2008"']
    lines.append("nodes = [" + ", ".join(f'"{name}"' for name in names) + "]")
    lines += ['quorum.mode = "node-majority"', "survives.crash = 1"]
    for group in range(1, groups + 1):
        first = names[(group - 1) % nodes]
        lines += ["[[groups]]", f'name = "G{group}"', f'preferred_owners = ["{first}"]']
        lines.append('failback = "immediate"')
        lines += _resources(f"G{group}", resources)
    path = folder / f"{nodes}-{groups}-{resources}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _resources(group: str, count: int) -> Iterator[str]:
    disk, address, name = f"{group} disk", f"{group} address", f"{group} name"
    rows = [(disk, "disk", ""), (address, "ip-address", ""), (name, "network-name", f"[{address}]")]
    for number in range(4, count + 1):
        last, other = rows[-1][0], rows[-2][0]
        needs = (
            f"[{disk}] and [{name}]",
            f"[{last}]",
            f"([{last}] or [{other}]) and [{disk}]",
        )[(number - 4) % 3]
        rows.append((f"{group} application {number}", "application", needs))
    for resource, kind, needs in rows:
        yield "[[groups.resources]]"
        yield f'name = "{resource}"'
        yield f'kind = "{kind}"'
        if needs:
            yield f'depends_on = "{needs}"'
        if kind == "application":
            yield f'writes_to = ["{disk}"]'
