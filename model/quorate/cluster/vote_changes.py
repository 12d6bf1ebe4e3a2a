"""How the votes that count change while a cluster runs (rules Q10 to Q14, wsfc.md 2.2)."""

from collections.abc import Sequence
from typing import assert_never

from quorate.cluster.versions import QuorumRules
from quorate.values import dataclass


@dataclass(frozen=True)
class StaticVotes:
    """Votes are as configured, whoever runs: Windows Server 2008, or dynamic quorum switched off.
    The special case of all that follows."""


@dataclass(frozen=True)
class DynamicVotes:
    """Only nodes that run have a vote, down to the last one (rules Q10, Q11).

    `witness_follows` the witness votes only where the number of nodes that vote is even (rule
    Q12); `keeps_odd` without a witness one of an even number of nodes loses its vote, at any number
    of nodes and not only at two; what a version does that has neither is not documented and allowed
    both ways. `lower_priority` is the node that loses it before all others, None where any may
    (LowerQuorumPriorityNodeId).
    """

    witness_follows: bool
    keeps_odd: bool
    lower_priority: str | None = None

    def totals(self, voters: int, *, witness: bool) -> Sequence[int]:
        """How many votes there may be in all while so many nodes that may vote run and, if there is
        one, a `witness` works: more than one number where that is not documented."""
        even = voters % 2 == 0
        if witness:
            return [voters + 1 if even or not self.witness_follows else voters]
        if not even:
            return [voters]
        return [voters - 1] if self.keeps_odd or voters == 2 else [voters - 1, voters]


VoteChanges = StaticVotes | DynamicVotes


def vote_changes(rules: QuorumRules, *, dynamic: bool, lower_priority: str | None) -> VoteChanges:
    """What the rules of a version make of the cluster's properties DynamicQuorum and
    LowerQuorumPriorityNodeId. Whether the latter is still obeyed after its deprecation is not
    documented, so any node may lose its vote there."""
    if not dynamic:
        return StaticVotes()
    match rules:
        case QuorumRules.STATIC:
            return StaticVotes()
        case QuorumRules.DYNAMIC_NODES:
            return DynamicVotes(witness_follows=False, keeps_odd=False)
        case QuorumRules.DYNAMIC_WITNESS:
            return DynamicVotes(witness_follows=True, keeps_odd=True, lower_priority=lower_priority)
        case QuorumRules.SITE_AWARE:
            return DynamicVotes(witness_follows=True, keeps_odd=True)
        case _:
            assert_never(rules)
