"""Small words: numbers with their nouns, verbs that agree, and the arithmetic of votes."""

from collections.abc import Collection

from quorate.cluster import WitnessKind
from quorate.windows.membership.reasons.reasons import Tally

KINDS = {WitnessKind.DISK: "disk witness", WitnessKind.FILE_SHARE: "file share witness"}


def number_of(count: int, noun: str) -> str:
    """ "1 vote", "2 votes"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def agreeing(members: Collection[str], one: str, more: str) -> str:
    """The form that agrees with how many they are."""
    return one if len(members) == 1 else more


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def arithmetic(tally: Tally) -> str:
    """ "2 + 1 of 5 votes": the nodes' votes, the witness's, and all that are configured."""
    mine = f"{tally.votes} + {tally.witness_votes}" if tally.holds_witness else f"{tally.votes}"
    return f"{mine} of {number_of(tally.total, 'vote')}"


def counting(tally: Tally) -> str:
    """The verb before the arithmetic."""
    if tally.holds_witness:
        return agreeing(tally.members, "holds the witness:", "hold the witness:")
    return agreeing(tally.members, "has", "have")
