"""A step in short, for a picture that shows the rest: what happened, and the arithmetic of what
stops or should have stopped."""

from collections.abc import Iterator

from quorate.drawing.grammar import agreeing, arithmetic, counting
from quorate.windows.membership.reasons.reasons import Breach, Entry, Fate, Hand, Part
from quorate.windows.membership.words.opening import short_opening
from quorate.windows.membership.words.steps import Steps

TOLD = {Hand.HOLDER_DOWN, Hand.NO_PATH, Hand.LET_GO, Hand.USELESS}


def caption(steps: Steps, entry: Entry) -> str:
    if entry.event is None:
        return short_opening(steps)
    said = [steps.happened(entry)]
    hand = entry.holding.hand if entry.holding is not None else None
    holding = list(steps.holding(entry)) if hand in TOLD else []
    if hand is Hand.LET_GO:
        said += [*_notable(steps, entry, follows_at_once=True), *holding]
    else:
        said += [*holding, *_notable(steps, entry, follows_at_once=not holding)]
    if entry.breach is Breach.NOT_GIVEN:
        said.append("It keeps its outdated configuration.")
    elif entry.breach is not None:
        start = agreeing(entry.event.side, "It starts", "They start")
        said.append(f"{start} from an outdated configuration.")
    return " ".join(said)


def _notable(steps: Steps, entry: Entry, *, follows_at_once: bool) -> Iterator[str]:
    """What stops or should have. The set of nodes that the event itself speaks of comes first,
    without its name."""
    event = entry.event
    subject = frozenset[str]()
    if event is not None and follows_at_once and event.peer is None:
        subject = event.side or frozenset({event.node} if event.node is not None else ())
    notable = [p for p in entry.parts if p.fate is Fate.STOPS or not p.tally.enough]
    for part in sorted(notable, key=lambda part: part.tally.members != subject):
        members = part.tally.members
        again = agreeing(members, "It", "They")
        yield _short(part, again if members == subject else steps.names.listed(members))


def _short(part: Part, who: str) -> str:
    members, tally = part.tally.members, part.tally
    quorum = f"quorum is {tally.needed}"
    if part.fate is Fate.STOPS:
        stops = agreeing(members, "it stops", "they stop")
        but = ", but" if tally.enough else ":"
        return f"{who} {counting(tally)} {arithmetic(tally)}, {quorum}{but} {stops}."
    verb = (
        agreeing(members, "goes on", "go on")
        if part.fate is Fate.GOES_ON
        else agreeing(members, "runs", "run")
    )
    return f"{who} {verb} with {arithmetic(tally)}, though {quorum}."
