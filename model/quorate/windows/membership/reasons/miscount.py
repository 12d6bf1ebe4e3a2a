"""What an island takes for its votes under a wrong rule of counting, as data."""

from quorate.values import dataclass
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Part


@dataclass(frozen=True)
class Miscount:
    """`votes` of nodes out of `total`, `by` the wrong rule; `others` are counted although they are
    no members."""

    by: Deviation
    votes: int
    total: int
    others: frozenset[str] = frozenset()


def counted(account: Account, part: Part) -> Miscount | None:
    """At the end; None where the rule that is broken is none of counting."""
    end, sum_ = account.end, part.tally
    match _deviation(account):
        case Deviation.HALF_IS_ENOUGH as by:
            return Miscount(by, sum_.votes + sum_.witness_votes, sum_.total)
        case Deviation.VOTES_OF_THE_LIVING as by:
            there = end.votes.tally(part.members, False) + end.votes.witness
            return Miscount(by, sum_.votes + sum_.witness_votes, there)
        case Deviation.WITNESS_COUNTS_TWICE as by if part.members & end.witness_paths:
            return Miscount(by, sum_.votes, sum_.total)
        case Deviation.COUNTS_NEIGHBOURS as by:
            reached = frozenset(
                other
                for other in end.running - part.members
                if any(end.reaches(one, other) for one in part.members)
            )
            votes = end.votes.tally(part.members | reached, part.tally.holds_witness)
            return Miscount(by, votes, sum_.total, reached) if reached else None
        case _:
            return None


def _deviation(account: Account) -> Deviation | None:
    return next((d for d in Deviation if d.sentence == account.deviation), None)
