"""Measures quorate and prints the tables of docs/benchmarks.md in Markdown.

    python benchmarks/run.py [PART ...] [--write] [--runs N]

Without PART all parts are measured. With `--write` the tables replace those in docs/benchmarks.md.
A target is judged by the wall clock, which is what a person waits for, so measure on a machine that
does nothing else; processor seconds, of all processes together, stand beside.
"""

import argparse
import compileall
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import geometric_mean, median

from clusters import MODES, cluster_file
from groups import group_sizes, large_groups, many_groups
from measure import QUORATE, Command, alternating, once, seconds_within, shown, table, within
from teeth import group_teeth, teeth

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CLUSTERS = ROOT / "proofs" / "clusters"
PAGE = ROOT / "docs" / "benchmarks.md"


def help_text(_: Path, runs: int) -> Iterator[str]:
    """`quorate --help` beside the import of click."""
    bare, click, ours = alternating(
        [
            Command([sys.executable, "-c", "pass"]),
            Command([sys.executable, "-c", "import click"]),
            Command([QUORATE, "--help"]),
        ],
        4 * runs,
    )
    rows = [
        ("`python -c pass`", *shown(bare), "", ""),
        ("`python -c 'import click'`", *shown(click), "", ""),
        ("`quorate --help`", *shown(ours), *within(ours.wall / click.wall, 1.5)),
    ]
    yield from table(("command", "wall s", "CPU s", "ratio to click", "at most 1.5"), rows)


def five_nodes(folder: Path, runs: int) -> Iterator[str]:
    """All claims of five nodes, with pictures and certificates."""
    out, empty = folder / "out", folder / "no-programs"
    empty.mkdir()
    command = [QUORATE, "check", str(CLUSTERS / "five-nodes.toml"), "-o", str(out)]
    without = {"PATH": str(empty)}
    names = ["the embedded Graphviz, for the first time", "the embedded Graphviz"]
    commands = [
        Command(command, {**without, "XDG_CACHE_HOME": str(out / "cache")}, fresh=out),
        Command(command, {**without, "XDG_CACHE_HOME": str(folder / "cache")}, fresh=out),
    ]
    once(commands[-1])
    if shutil.which("dot") is not None:
        names.insert(0, "the system's `dot`")
        commands.insert(0, Command(command, fresh=out))
    rows = [
        (name, *shown(cost), *seconds_within(cost, 2.0))
        for name, cost in zip(names, alternating(commands, runs), strict=True)
    ]
    yield from table(("pictures by", "wall s", "CPU s", "at most 2 s"), rows)


def growth(folder: Path, runs: int) -> Iterator[str]:
    """No split brain, by size and mode."""
    sizes = (4, 8, 16, 32, 64)
    rows, last = [], []
    for mode in MODES:
        files = [cluster_file(folder, size, mode) for size in sizes[:-1]]
        files.append(CLUSTERS / f"sixty-four-{mode}.toml")
        costs = alternating([_split_brain(file) for file in files], runs)
        last.append(costs[-1])
        verdict = seconds_within(costs[-1], 2.0)
        growing = costs[-1].wall / costs[-2].wall
        rows.append((mode, *(f"{c.wall:.2f}" for c in costs), f"{growing:.1f}", *verdict))
    names = (*(f"{size} nodes" for size in sizes), "64 : 32", "64 at most 2 s")
    yield from table(("wall s", *names), rows)
    cpu = ", ".join(f"{mode} {cost.cpu:.2f}" for mode, cost in zip(MODES, last, strict=True))
    yield f"\nCPU seconds at 64 nodes: {cpu}.\n"


def by_hand(folder: Path, runs: int) -> Iterator[str]:
    """quorate beside the leanest script for the same question."""
    rows, ratios = [], []
    for size in (16, 64):
        for mode in MODES:
            file = cluster_file(folder, size, mode)
            script = [sys.executable, str(HERE / "by_hand.py"), str(size), mode]
            hand, ours = alternating([Command(script), _split_brain(file)], runs)
            ratios.append(ours.wall / hand.wall)
            rows.append(
                (
                    f"{size} {mode}",
                    *shown(hand),
                    *shown(ours),
                    f"{ours.cpu / hand.cpu:.2f}",
                    *within(ratios[-1], 2.0),
                )
            )
    names = ("by hand, wall s", "CPU s", "quorate, wall s", "CPU s", "ratio CPU", "ratio wall")
    yield from table(("nodes and mode", *names, "at most 2"), rows)
    yield f"\nGeometric mean of the ratios of wall-clock seconds: {geometric_mean(ratios):.1f}.\n"
    yield from _half()


def _half() -> Iterator[str]:
    """With a rule broken the script must not prove anything, where there are two halves."""
    rows = []
    for size, mode in ((16, MODES[0]), (64, MODES[0]), (15, MODES[1]), (63, MODES[2])):
        script = [sys.executable, str(HERE / "by_hand.py"), str(size), mode, "--half"]
        run = subprocess.run(script, capture_output=True, text=True, check=False)
        rows.append((f"{size} {mode}", run.stdout.strip(), "no" if run.returncode else "YES"))
    yield "\nThe script with half of the votes being enough:\n\n"
    yield from table(("nodes and mode", "it says", "proved"), rows)


def breakdown(folder: Path, runs: int) -> Iterator[str]:
    """Where the time of one question goes."""
    columns = []
    for size in (16, 64):
        for mode in MODES:
            script = [sys.executable, str(HERE / "breakdown.py")]
            script.append(str(cluster_file(folder, size, mode)))
            columns.append((f"{size} {mode}", [_json(script) for _ in range(runs)]))
    parts = list(dict.fromkeys(name for _, seen in columns for run in seen for name in run))
    rows = []
    for part in parts:
        costs = [median(run.get(part, 0.0) for run in seen) for _, seen in columns]
        rows.append((part, *(f"{cost:.3f}" for cost in costs)))
    whole = [median(sum(run.values()) for run in seen) for _, seen in columns]
    rows.append(("together", *(f"{cost:.3f}" for cost in whole)))
    yield from table(("CPU s", *(name for name, _ in columns)), rows)


def _json(command: Sequence[str]) -> dict[str, float]:
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {str(name): float(cost) for name, cost in json.loads(run.stdout).items()}


def recheck(folder: Path, runs: int) -> Iterator[str]:
    """Certificates, confirmed by z3 and cvc5 from their files."""
    safety = ["no-split-brain", "no-partition-in-time"]
    rows = []
    for name, claims in (
        ("five-nodes", []),
        ("sixteen-disk", []),
        ("sixty-four-node-and-disk-majority", safety),
    ):
        out = folder / name
        chosen = [word for claim in claims for word in ("--claim", claim)]
        cluster = str(CLUSTERS / f"{name}.toml")
        once(Command([QUORATE, "check", cluster, *chosen, "-o", str(out)]))
        [cost] = alternating([Command([QUORATE, "recheck", str(out / "certificates")])], runs)
        files = len(list(out.rglob("*.smt2")))
        rows.append((name, ", ".join(claims) or "all", str(files), *shown(cost)))
    yield from table(("cluster", "claims", "obligations", "wall s", "CPU s"), rows)


def machine(_: Path, __: int) -> Iterator[str]:
    """What all this was measured on."""
    asked = "import z3; print(z3.get_version_string())"
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.strip()
    python = ".".join(str(number) for number in sys.version_info[:3])
    yield f"{len(os.sched_getaffinity(0))} cores, {sys.platform}, Python {python}, z3 {said}.\n"


PARTS: dict[str, Callable[[Path, int], Iterator[str]]] = {
    "machine": machine,
    "help": help_text,
    "five-nodes": five_nodes,
    "growth": growth,
    "teeth": teeth,
    "by-hand": by_hand,
    "breakdown": breakdown,
    "recheck": recheck,
    "group-sizes": group_sizes,
    "large-groups": large_groups,
    "many-groups": many_groups,
    "group-teeth": group_teeth,
}


def _split_brain(file: Path) -> Command:
    return Command([QUORATE, "check", str(file), "--claim", "no-split-brain"])


def replaced(page: str, part: str, text: str) -> str:
    """The page with `text` between the markers of `part`. Raises `ValueError` without markers."""
    begin, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{PAGE} has no markers for {part}")
    return pattern.sub(lambda _: begin + text + end, page)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure quorate.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    parser.add_argument("--runs", type=int, default=5, help="of which medians are taken")
    options = parser.parse_args()
    unknown = set(options.parts) - PARTS.keys()
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    # pip compiles what it installs, and so does Python where it may write beside the sources.
    compileall.compile_dir(ROOT / "model", quiet=1)
    for part in options.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            text = "".join(PARTS[part](Path(folder), options.runs))
        print(f"\n## {part}\n\n{text}", flush=True)
        if options.write:
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(replaced(page, part, text), encoding="utf-8")


if __name__ == "__main__":
    main()
