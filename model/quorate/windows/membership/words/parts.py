"""What became of a set of nodes, with the arithmetic that decides it."""

from typing import assert_never

from quorate.drawing.grammar import agreeing, but_here, capital
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Fate, Part
from quorate.windows.membership.words.arithmetic import arithmetic, counting
from quorate.windows.names import ClusterNames


def part_in_words(account: Account, part: Part) -> str:
    """One sentence. Every number in it can be checked by hand."""
    tally, follows = part.tally, _follows(part)
    sum_ = f"{arithmetic(tally)}, quorum is {tally.needed}"
    here = but_here(account.deviation) or ", against the rules"
    who, inside = _who(account.names, part)
    if part.stops:
        if not tally.enough:
            return f"{who} {sum_}: {follows}."
        if part.outdated:
            theirs = agreeing(part.members, "its", "their")
            here = f", but the witness's tag is newer than {theirs} configuration"
        return f"{who} {sum_}, which is enough{here}: {follows}."
    if tally.enough:
        joined = part.fate is Fate.IS_JOINED
        return f"{who} {sum_}." if joined else f"{who} {sum_}: {follows}."
    if part.fate is Fate.IS_FORCED:
        return f"{capital(follows)} although {inside} {sum_}."
    if part.forced:
        started = "the island was started by force"
        return f"{capital(follows)} although {inside} {sum_}: {started}."
    return f"{who} {sum_}, which is not enough{here}: {follows}."


def _who(names: ClusterNames, part: Part) -> tuple[str, str]:
    """Who counts votes, at the beginning of a sentence and inside one."""
    match part.fate:
        case Fate.IS_JOINED:
            with_it = ", with the witness," if part.tally.holds_witness else ""
            who = f"Together they have{with_it}"
            return who, f"{who[:1].lower()}{who[1:]}"
        case Fate.FORMS | Fate.COMMITS | Fate.IS_FORCED:
            they = agreeing(part.members, "it", "they")
            return f"{capital(they)} {counting(part.tally)}", f"{they} {counting(part.tally)}"
        case Fate.RUNS | Fate.GOES_ON | Fate.STOPS:
            who = f"{names.listed(part.members)} {counting(part.tally, stops=part.stops)}"
            return who, who
        case _:
            assert_never(part.fate)


def _follows(part: Part) -> str:
    members = part.members
    match part.fate:
        case Fate.RUNS | Fate.FORMS:
            return agreeing(members, "it runs", "they run")
        case Fate.GOES_ON:
            return agreeing(members, "it goes on", "they go on")
        case Fate.STOPS:
            return f"{agreeing(members, 'its', 'their')} cluster service stops"
        case Fate.IS_JOINED:
            return "the island goes on"
        case Fate.IS_FORCED:
            return "it runs"
        case Fate.COMMITS:
            return "the change is valid"
        case _:
            assert_never(part.fate)
