"""What groups cost: their size, their number, and the broken twins of their rules."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from clusters import service_file
from measure import QUORATE, Command, alternating, seconds_within, shown, table, words

ORDER_AND_OWNERS = (
    "online-needs-dependencies",
    "offline-in-reverse",
    "one-owner",
    "right-owner",
)


def group_sizes(folder: Path, runs: int) -> Iterator[str]:
    """Order and ownership of one large group."""
    rows = []
    for nodes, resources, target in ((4, 10, 2.0), (16, 50, 2.0), (64, 20, 5.0)):
        file = service_file(folder, nodes, 1, resources)
        asked = [part for name in ORDER_AND_OWNERS for part in ("--claim", name)]
        (cost,) = alternating([Command([QUORATE, "check", str(file), *asked])], runs)
        verdict = seconds_within(cost, target)
        rows.append(
            (f"{nodes} nodes, {resources} resources", *shown(cost), f"{target:g}", *verdict)
        )
    yield from table(("one group", "wall s", "CPU s", "target s", "met"), rows)


def many_groups(folder: Path, runs: int) -> Iterator[str]:
    """All claims of more and more groups of ten resources on 16 nodes."""
    rows = []
    for groups in (1, 10, 50):
        file = service_file(folder, 16, groups, 10)
        (cost,) = alternating([Command([QUORATE, "check", str(file)])], min(runs, 2))
        met = seconds_within(cost, 60.0) if groups == 50 else ("",)
        rows.append((str(groups), *shown(cost), f"{cost.cpu / groups:.2f}", *met))
    yield from table(("groups", "wall s", "CPU s", "CPU s a group", "at most 60 s"), rows)


def group_teeth(folder: Path, runs: int) -> Iterator[str]:
    """Shortest counterexamples of every broken twin, 4 nodes and 10 resources."""
    file = service_file(folder, 4, 1, 10)
    listed = subprocess.run(
        [sys.executable, "-c", _TEETH, str(file)], capture_output=True, text=True, check=True
    )
    pairs = json.loads(listed.stdout)
    commands = []
    for claim, deviation in pairs:
        script = folder / f"{claim}-{deviation}.py"
        script.write_text(_TWIN.format(file=str(file), claim=claim, deviation=deviation))
        commands.append(Command([QUORATE, "verify", str(script)]))
    costs = alternating(commands, min(runs, 3))
    rows = [
        (claim, words(deviation), *shown(cost), *seconds_within(cost, 3.0))
        for (claim, deviation), cost in zip(pairs, costs, strict=True)
    ]
    yield from table(("claim", "broken on purpose", "wall s", "CPU s", "at most 3 s"), rows)


_TEETH = """
import json, sys
from pathlib import Path
from quorate.claims.group_catalogue import claims_about_groups
from quorate.importers import read_cluster

claims = claims_about_groups(read_cluster(Path(sys.argv[1])).cluster)
print(json.dumps([(claim.name, tooth.name) for claim in claims for tooth in claim.teeth]))
"""

_TWIN = """
from pathlib import Path
from quorate.claims.group_catalogue import claims_about_groups
from quorate.dynamics import ServiceDeviation
from quorate.importers import read_cluster

cluster = read_cluster(Path({file!r})).cluster
claims = {{claim.name: claim for claim in claims_about_groups(cluster)}}
CLAIMS = (claims[{claim!r}].twin(ServiceDeviation.{deviation}),)
"""
