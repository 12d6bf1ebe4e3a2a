"""What groups cost: their size and their number."""

from collections.abc import Iterator
from pathlib import Path

from clusters import service_file
from measure import QUORATE, Command, alternating, seconds_within, shown, table

ORDER_AND_OWNERS = (
    "online-needs-dependencies",
    "offline-in-reverse",
    "no-dual-activity",
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


def large_groups(folder: Path, runs: int) -> Iterator[str]:
    """All claims of one large group."""
    rows = []
    for resources, target in ((10, None), (50, None), (100, 10.0), (200, 40.0)):
        file = service_file(folder, 16, 1, resources)
        (cost,) = alternating([Command([QUORATE, "check", str(file)])], min(runs, 2))
        verdict = (f"{target:g}", *seconds_within(cost, target)) if target else ("", "")
        rows.append((str(resources), *shown(cost), *verdict))
    yield from table(("resources", "wall s", "CPU s", "target s", "met"), rows)


def many_groups(folder: Path, runs: int) -> Iterator[str]:
    """All claims of more and more groups of ten resources, all of one shape, on 16 nodes."""
    rows = []
    for groups, target in ((1, None), (10, None), (50, 8.0), (1000, 30.0)):
        file = service_file(folder, 16, groups, 10)
        (cost,) = alternating([Command([QUORATE, "check", str(file)])], min(runs, 2))
        verdict = (f"{target:g}", *seconds_within(cost, target)) if target else ("", "")
        rows.append((str(groups), *shown(cost), f"{cost.cpu / groups:.3f}", *verdict))
    names = ("wall s", "CPU s", "CPU s a group", "target s", "met")
    yield from table(("groups", *names), rows)
