"""A dumb twin of votes that change (rules Q10 to Q14, wsfc.md 2.2): sets of node numbers, tried one
by one. Only crashes of nodes, with the witness there throughout."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

Nodes = frozenset[int]


@dataclass(frozen=True)
class Standing:
    """Who runs, who of them has a vote, and whether the witness has one."""

    runs: Nodes
    voters: Nodes
    witness_votes: bool


def adjusted(runs: Nodes, before: Standing | None, *, witness: bool) -> Iterator[Standing]:
    """The votes that rules Q12 and Q13 want of those who run, in each way that a tie may end."""
    even = len(runs) % 2 == 0
    if witness:
        if len(runs) == 1 and before is not None:
            yield Standing(runs, before.voters, before.witness_votes)
        else:
            yield Standing(runs, runs, even)
    elif even:
        yield from (Standing(runs, runs - {one}, False) for one in runs)
    else:
        yield Standing(runs, runs, False)


def settled(now: Standing, *, witness: bool) -> Iterator[Standing]:
    """What the cluster makes of it; votes that are as they should be stay as they are."""
    wanted = list(adjusted(now.runs, now, witness=witness))
    yield from [now] if now in wanted else wanted


def after(now: Standing, lost: Nodes, *, witness: bool) -> Standing | None:
    """The nodes are lost at once; None where what is left has no majority."""
    left = now.runs - lost
    votes = len(left & now.voters) + (now.witness_votes and witness)
    needed = len(now.voters) + now.witness_votes
    if not left or 2 * votes <= needed:
        return None
    return Standing(left, now.voters, now.witness_votes)


def survives(nodes: int, losses: tuple[int, ...], *, witness: bool) -> set[bool]:
    """Whether the cluster survives losing so many nodes at once, one number after the other with
    time to settle: what can happen."""
    everyone = frozenset(range(nodes))
    return {
        outcome
        for first in adjusted(everyone, None, witness=witness)
        for outcome in _outcomes(first, losses, witness=witness)
    }


def _outcomes(now: Standing, losses: tuple[int, ...], *, witness: bool) -> Iterator[bool]:
    if not losses:
        yield True
        return
    for lost in combinations(sorted(now.runs), losses[0]):
        then = after(now, frozenset(lost), witness=witness)
        if then is None:
            yield False
            continue
        for next_one in settled(then, witness=witness):
            yield from _outcomes(next_one, losses[1:], witness=witness)
