"""The arithmetic of quorum for one set of nodes."""

from quorate.cluster import VoteTable
from quorate.values import dataclass


@dataclass(frozen=True)
class Tally:
    """The arithmetic of rule Q1 for `members`: the votes of the nodes, the witness's vote if they
    hold it, and what they are measured against."""

    members: frozenset[str]
    votes: int
    holds_witness: bool
    witness_votes: int
    total: int
    needed: int

    @property
    def enough(self) -> bool:
        return bool(self.members) and self.votes + self.witness_votes >= self.needed


def tally(votes: VoteTable, members: frozenset[str], holds_witness: bool) -> Tally:
    return Tally(
        members=members,
        votes=votes.tally(members, False),
        holds_witness=holds_witness,
        witness_votes=votes.witness if holds_witness else 0,
        total=votes.total,
        needed=votes.needed,
    )
