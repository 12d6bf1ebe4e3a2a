"""Which steps share a row: resources that come online, or go offline, one after another, are one
thing to see."""

from collections.abc import Iterator
from typing import assert_never

from quorate.values import dataclass
from quorate.windows.groups.reasons.entries import Entry
from quorate.windows.groups.verbs import Verb

FEWEST = 3
"""So many steps in a row share one."""


@dataclass(frozen=True)
class Fold:
    """The entries of one row; more than one are all of one kind."""

    entries: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        return self.entries[-1]

    @property
    def number(self) -> str:
        first, last = self.entries[0].number, self.last.number
        return str(last) if first == last else f"{first}\N{EN DASH}{last}"


def folded(entries: tuple[Entry, ...], loop_start: int | None) -> Iterator[Fold]:
    """The start, the last step and the one after which all repeats keep rows of their own ends."""
    together: list[Entry] = []
    for entry in entries:
        if together and not _goes_on(together[-1], entry, loop_start):
            yield from _rows(together)
            together = []
        together.append(entry)
    *others, last = together
    if others:
        yield from _rows(others)
    yield Fold((last,))


def _rows(together: list[Entry]) -> Iterator[Fold]:
    """As many from the first as bring to an end what they begin; the others have their own."""
    begun: set[str | None] = set()
    ended: set[str | None] = set()
    whole = 0
    for count, entry in enumerate(together, 1):
        if entry.step is not None:
            (begun if entry.step.verb in _BEGINS else ended).add(entry.step.event.resource)
        if begun == ended and count >= FEWEST:
            whole = count
    if whole:
        yield Fold(tuple(together[:whole]))
    yield from (Fold((entry,)) for entry in together[whole:])


_BEGINS = frozenset({Verb.START, Verb.STOP})


def _goes_on(before: Entry, entry: Entry, loop_start: int | None) -> bool:
    one, other = _kind(before), _kind(entry)
    return one is not None and one == other and before.number != loop_start


def _kind(entry: Entry) -> tuple[str, str, str] | None:
    """Which way, of which group, on which node; None for what is told on its own."""
    step = entry.step
    if step is None or any(cause.why.breaks_rule for cause in entry.causes):
        return None
    if any(effect.fate.is_loss for effect in entry.effects):
        return None
    match step.verb:
        case Verb.START | Verb.COME_ONLINE:
            return "online", step.group, step.old.owner
        case Verb.STOP | Verb.GO_OFFLINE:
            return "offline", step.group, step.old.owner
        case (
            Verb.CRASH
            | Verb.OUTAGE
            | Verb.CUT_OFF
            | Verb.NOTICE
            | Verb.FENCE
            | Verb.RETURN
            | Verb.FORM
            | Verb.VOLUME_FAILURE
            | Verb.VOLUME_RETURN
            | Verb.HOUR_PASSES
            | Verb.PAUSE
            | Verb.RESUME
            | Verb.DRAIN
            | Verb.WRITE
            | Verb.FAIL
            | Verb.KEEP_REPORTING
            | Verb.RESTART_PERIOD_PASSES
            | Verb.BEGIN_FAILOVER
            | Verb.TRANSFER
            | Verb.TAKE_OVER
            | Verb.BEGIN_FAILBACK
            | Verb.SWITCH
            | Verb.FAILOVER_PERIOD_PASSES
            | Verb.START_CUT_OFF
            | Verb.COME_ONLINE_CUT_OFF
            | Verb.ASK_AGAIN
            | Verb.MOVE
            | Verb.MIGRATE
            | Verb.TAKE_OFFLINE
            | Verb.BRING_ONLINE
        ):
            return None
        case _:
            assert_never(step.verb)
