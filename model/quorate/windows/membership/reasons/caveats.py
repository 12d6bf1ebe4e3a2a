"""What the end of an account depends on that its file did not say, as data."""

import enum
from collections.abc import Iterator

from quorate.windows.membership.assumptions import FAULTS
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import Conclusion


class Caveat(enum.Enum):
    """Said otherwise, the run might not refute the claim."""

    CLIENTS = "by which network clients reach the nodes"
    DYNAMIC_QUORUM = "whether votes change while the cluster runs"


def caveats(account: Account, conclusion: Conclusion) -> Iterator[Caveat]:
    """Of a run by the real rules: what a broken rule leads to depends on nothing else."""
    if account.deviation is not None:
        return
    if conclusion.runs_apart:
        yield Caveat.CLIENTS
    votes_are_counted = account.cluster.rule.nodes_vote and not account.cluster.votes_change
    if votes_are_counted and _votes_might_change(account, conclusion):
        yield Caveat.DYNAMIC_QUORUM


def _votes_might_change(account: Account, conclusion: Conclusion) -> bool:
    """The cluster stopped after faults one after another, or fell into halves: dynamic quorum takes
    votes of nodes that left, and keeps their number odd (wsfc.md 2.2)."""
    faults = [m.event for m in account.moments if m.event is not None and m.event.verb in FAULTS]
    halves = any(2 * part.tally.votes == part.tally.total for part in conclusion.stopped)
    stopped = bool(conclusion.stopped) and conclusion.all_stopped
    return stopped and (len(faults) > 1 or halves)
