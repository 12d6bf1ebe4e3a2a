"""A step in short, for a picture that shows the rest: what happened, and the arithmetic of what
stops or should have stopped."""

from collections.abc import Iterator
from typing import assert_never

from quorate.drawing.grammar import agreeing
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Breach, Entry, Fate, Hand, Part
from quorate.windows.membership.words.arithmetic import arithmetic, counting
from quorate.windows.membership.words.happenings import happened
from quorate.windows.membership.words.opening import short_opening
from quorate.windows.membership.words.stores import holding


def caption(account: Account, entry: Entry) -> str:
    if entry.event is None:
        return short_opening(account)
    held = entry.holding
    taken = list(holding(account.names, entry)) if held is not None and held.changed_hands else []
    if held is not None and held.hand is Hand.LET_GO:
        said = [*_notable(account, entry, follows_at_once=True), *taken]
    else:
        said = [*taken, *_notable(account, entry, follows_at_once=not taken)]
    return " ".join([happened(account.names, entry), *said, *_breach(entry)])


def _notable(account: Account, entry: Entry, *, follows_at_once: bool) -> Iterator[str]:
    """What stops or should have. The set of nodes that the event itself speaks of comes first,
    without its name."""
    event = entry.event
    subject = frozenset[str]()
    if event is not None and follows_at_once and event.peer is None:
        subject = event.nodes
    notable = [part for part in entry.parts if part.stops or not part.tally.enough]
    for part in sorted(notable, key=lambda part: part.members != subject):
        again = agreeing(part.members, "It", "They")
        who = again if part.members == subject else account.names.listed(part.members)
        yield f"{who} {_short(part)}."


def _short(part: Part) -> str:
    members, tally = part.members, part.tally
    sum_, quorum = arithmetic(tally), f"quorum is {tally.needed}"
    match part.fate:
        case Fate.STOPS:
            stops = agreeing(members, "it stops", "they stop")
            has = counting(tally, stops=True)
            if not tally.enough:
                return f"{has} {sum_}, {quorum}: {stops}"
            their = agreeing(members, "its", "their")
            older = f", but {their} configuration is older than the tag" if part.outdated else ""
            return f"{has} {sum_}, {quorum}{older or ', but'}{':' if older else ''} {stops}"
        case Fate.GOES_ON:
            return f"{agreeing(members, 'goes on', 'go on')} with {sum_}, though {quorum}"
        case Fate.RUNS | Fate.FORMS | Fate.IS_JOINED | Fate.IS_FORCED | Fate.COMMITS:
            return f"{agreeing(members, 'runs', 'run')} with {sum_}, though {quorum}"
        case _:
            assert_never(part.fate)


def _breach(entry: Entry) -> Iterator[str]:
    if entry.against_rules and not entry.shows_breach:
        yield "This is against the rules."
    match entry.breach:
        case None:
            return
        case Breach.NOT_GIVEN:
            yield "It keeps its outdated configuration."
        case Breach.TAG_IGNORED | Breach.COPY_NOT_READ:
            nodes = entry.event.nodes if entry.event is not None else frozenset[str]()
            start = agreeing(nodes, "It starts", "They start")
            yield f"{start} from an outdated configuration."
        case _:
            assert_never(entry.breach)
