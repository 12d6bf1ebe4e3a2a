"""Runs that refute claims, as the gallery has them, told by the families."""

from functools import cache
from pathlib import Path

from quorate.cli.archive import Families
from quorate.drawing.dot import Drawing
from quorate.explaining.because import account_of_line
from quorate.inquiry.line import Replayed
from quorate.windows.groups.picture.time_space import time_space
from quorate.windows.groups.reasons.account import Account as GroupAccount
from quorate.windows.membership.picture.diagram import diagram
from quorate.windows.membership.reasons.account import Account as ClusterAccount

RUNS = Path(__file__).parents[2] / "diagrams" / "runs.txt"

Any = ClusterAccount | GroupAccount


def drawn(account: Any) -> Drawing:
    return time_space(account) if isinstance(account, GroupAccount) else diagram(account)


@cache
def recorded() -> dict[str, Any]:
    """Every run of the gallery, by the name of its picture."""
    found = {}
    for line in RUNS.read_text(encoding="utf-8").splitlines():
        name, _, run = line.partition(" ")
        account = account_of_line(Replayed(run, Families()))
        assert isinstance(account, ClusterAccount | GroupAccount)
        found[name] = account
    return found


def names() -> list[str]:
    """Of the recorded ones; read without replaying any."""
    lines = RUNS.read_text(encoding="utf-8").splitlines()
    return [line.partition(" ")[0] for line in lines]
