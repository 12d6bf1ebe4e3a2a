"""The arithmetic of votes in words."""

from quorate.drawing.grammar import agreeing, number_of
from quorate.windows.membership.reasons.tally import Tally


def arithmetic(tally: Tally) -> str:
    """ "2 + 1 of 5 votes": the nodes' votes, the witness's, and all that are configured."""
    mine = f"{tally.votes} + {tally.witness_votes}" if tally.holds_witness else f"{tally.votes}"
    return f"{mine} of {number_of(tally.total, 'vote')}"


def counting(tally: Tally, *, stops: bool = False) -> str:
    """The verb before the arithmetic. One of the nodes holds the witness, all have its vote; who
    `stops` could hold it, and after that nobody does."""
    has = agreeing(tally.members, "has", "have")
    if not tally.holds_witness:
        return has
    return f"could hold the witness and {has}" if stops else f"{has}, with the witness,"
