"""The sentences of a step, made from its reasons, in the order in which one followed another."""

from collections.abc import Iterator

from quorate.cluster import Hold, Vote
from quorate.drawing.grammar import agreeing
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Entry, Hand, Part
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.words.happenings import happened
from quorate.windows.membership.words.parts import part_in_words
from quorate.windows.membership.words.stores import breach, holding, replicas


def step(account: Account, entry: Entry) -> Iterator[str]:
    """All that is to be said of a step. requires: an entry that is not the start."""
    yield happened(account.names, entry)
    yield from _lost_paths(account, entry)
    yield from _what_followed(account, entry)
    yield from breach(account, entry)
    yield from replicas(account.names, entry)
    if entry.all_stopped and entry.number != account.steps:
        yield "Nothing runs any more."


def _lost_paths(account: Account, entry: Entry) -> Iterator[str]:
    """Said unless the event itself says it."""
    up = entry.lost_paths & entry.after.up
    cut = entry.before.links != entry.after.links
    said = entry.event is not None and entry.event.verb is Verb.PATH_FAILURE
    if up and cut and not said:
        paths = agreeing(up, "loses its path", "lose their paths")
        yield f"{account.names.listed(up)} {paths} to the witness."


def _what_followed(account: Account, entry: Entry) -> Iterator[str]:
    """Arbitration comes before the count; but who has no majority even with the witness stops at
    once, and then it is let go or taken."""
    stops = [part for part in entry.parts if part.stops]
    others = [part for part in entry.parts if not part.stops]
    hand = entry.holding.hand if entry.holding is not None else None
    let_go = hand in {Hand.LET_GO, Hand.FREE}
    first, then = (stops, others) if let_go else ([], [*entry.parts])
    yield from (part_in_words(account, part) for part in first)
    yield from holding(account.names, entry)
    yield from (part_in_words(account, part) for part in then)
    for part in stops:
        yield from _no_path(account, entry, part)


def _no_path(account: Account, entry: Entry, part: Part) -> Iterator[str]:
    """Why nodes stopped that the witness's vote would have kept: they do not reach it."""
    members, after = part.members, entry.after
    kept = after.votes_for(members).has_quorum(members, Hold.HELD) is Vote.WON
    reached = members & (after.witness_paths | entry.lost_paths)
    if after.witness_up and kept and not reached:
        has = agreeing(members, "has", "have")
        yield f"{account.names.listed(members)} {has} no path to the witness."
