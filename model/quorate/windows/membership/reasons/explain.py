"""Why each step of an account went as it did: reasons as data, from which sentences are made later.

What followed from an event is read off the situations before and after it, never from the model, so
that an account can be checked with nothing but its own pictures. That a step is against the rules,
though these show no breach, is what the account was told.
"""

from itertools import pairwise
from typing import assert_never

from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import (
    Breach,
    Entry,
    Fate,
    Hand,
    Holding,
    Part,
    Replicas,
)
from quorate.windows.membership.reasons.parts import Regrouping, running


def explain(account: Account) -> tuple[Entry, ...]:
    """One entry a moment, the start included."""
    entries = [_start(account)]
    for number, (before, moment) in enumerate(pairwise(account.moments), 1):
        assert moment.event is not None
        change = Regrouping(account.names, before.situation, moment.event, moment.situation)
        entries.append(_entry(number, change, number in account.against_rules))
    return tuple(entries)


def _start(account: Account) -> Entry:
    cluster, start = account.cluster, account.start
    return Entry(
        number=0,
        before=start,
        event=None,
        after=start,
        parts=running(account.names, start),
        holding=Holding(Hand.START, start.holder, None) if cluster.witness else None,
        replicas=Replicas(frozenset(cluster.node_names) - start.current, frozenset(), None),
    )


def _entry(number: int, change: Regrouping, against_rules: bool) -> Entry:
    parts = tuple(change.parts())
    return Entry(
        number=number,
        before=change.before,
        event=change.event,
        after=change.after,
        parts=parts,
        holding=_holding(change, parts),
        replicas=_replicas(change),
        breach=next(filter(None, (_breach(change, part) for part in parts)), None),
        against_rules=against_rules,
    )


def _replicas(change: Regrouping) -> Replicas:
    before, after = change.before, change.after
    same = before.witness_current == after.witness_current or change.names.cluster.witness is None
    return Replicas(
        outdated=before.current - after.current,
        renewed=after.current - before.current,
        witness=None if same else after.witness_current,
    )


def _holding(change: Regrouping, parts: tuple[Part, ...]) -> Holding | None:
    old, new, after = change.before.holder, change.after.holder, change.after
    if change.names.cluster.witness is None:
        return None
    if old == new:
        kept = new is not None and any(part.regrouped for part in parts)
        return Holding(Hand.KEPT, new, old) if kept else None
    if new is None:
        return Holding(Hand.FREE, None, old)
    if old is None:
        return Holding(Hand.WAS_FREE, new, None)
    if old not in after.up:
        return Holding(Hand.HOLDER_DOWN, new, old)
    if old not in after.witness_paths:
        return Holding(Hand.NO_PATH, new, old)
    return Holding(Hand.USELESS if old in after.running else Hand.LET_GO, new, old)


def _breach(change: Regrouping, part: Part) -> Breach | None:
    match part.fate:
        case Fate.IS_JOINED:
            left_out = change.event.nodes - change.after.current
            given = not left_out or not change.event.island & change.before.current
            return None if given else Breach.NOT_GIVEN
        case Fate.FORMS:
            return _breach_of_forming(change, part.members)
        case Fate.RUNS | Fate.GOES_ON | Fate.STOPS | Fate.IS_FORCED | Fate.COMMITS:
            return None
        case _:
            assert_never(part.fate)


def _breach_of_forming(change: Regrouping, formed: frozenset[str]) -> Breach | None:
    """The witness stood for a newer configuration than they formed on."""
    witness = change.names.cluster.witness
    if witness is None or not change.after.holds_witness(formed):
        return None
    if not change.before.witness_current or formed & change.after.current:
        return None
    return Breach.COPY_NOT_READ if witness.kind.keeps_configuration else Breach.TAG_IGNORED
