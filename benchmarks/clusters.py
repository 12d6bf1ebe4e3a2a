"""Cluster files of any size, for measuring."""

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
    lines = [f'name = "{nodes} nodes, {mode}"', f"nodes = [{names}]", f'quorum.mode = "{mode}"']
    if mode != "node-majority":
        lines.append('witness.name = "W"')
    lines.append("survives.crash = 1")
    path = folder / f"{nodes}-{mode}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
