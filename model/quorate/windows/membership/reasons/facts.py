"""Who and what breaks the promise at the end of a run, as data."""

import enum
from collections.abc import Iterator
from typing import assert_never

from quorate.values import dataclass
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import Conclusion
from quorate.windows.membership.reasons.tally import Tally, tally
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.violations import Violation


class Kind(enum.Enum):
    """What a fact says of its sets of nodes."""

    SPLIT = "each of the sets runs a cluster of its own"
    MINORITY = "the set runs with so many votes, which are too few"
    STRANGERS = "the two are members of one island, and their connection was cut in the step"
    WITHOUT_DISK = "the first set belongs to the island without contact with the disk"
    FORCED_ON = "the set has a majority and still counts as started by force"
    STOPPED_BY_PLAN = "the first set is stopped by plan, and the second stops with it"
    WITNESS_LEFT = "the set runs and reaches the witness, and nobody takes it, for ever"
    NEVER_RUNS = "the set is up, and nothing runs, for ever"
    LEFT_OUT = "the first set is up and outside of the second, which runs, for ever"
    OUTDATED = "the set runs without the configuration that became the newest in the step"
    CHANGED_OUTDATED = "the set changes a configuration that was not the newest since the step"
    NOT_GIVEN = "the set takes its own configuration for the newest, which is that of the step"
    JOINED_OUTDATED = "the first set joined the second without what it had since the step"
    NO_EFFECT = "the set crashed in the last step and is up"
    WITNESS_DIFFERS = "the set holds the witness, and one of the two has what is not the newest"
    FORCE_OVERRULED = "the first set is started by force, and the second has the newest"
    STOPPED = "the sets stopped in the last step, and nothing runs"
    NOBODY_UP = "no node is up"
    NOTHING_RUNS = "the set is up, and nothing runs"
    APART = "the set runs, and the others do not reach it"
    RUNS_ON = "the set runs on"


@dataclass(frozen=True)
class Fact:
    """`sets` of nodes in the order in which `kind` speaks of them, `sums` their arithmetic where it
    speaks of votes, `step` since when, 0 for the start."""

    kind: Kind
    sets: tuple[frozenset[str], ...] = ()
    sums: tuple[Tally, ...] = ()
    step: int = 0

    @property
    def nodes(self) -> frozenset[str]:
        return frozenset[str]().union(*self.sets)


def violated(account: Account, conclusion: Conclusion) -> Fact | None:
    """None where it is not known what was promised, or where nothing of the kind is to be seen."""
    return None if account.shown is None else _found(account, conclusion, account.shown)


def _found(account: Account, end: Conclusion, shown: Violation) -> Fact | None:
    now, names = account.end, account.names
    event = account.moments[-1].event
    nodes = event.nodes if event is not None else frozenset[str]()
    match shown:
        case Violation.SPLIT:
            several = len(now.islands) > 1
            return Fact(Kind.SPLIT, tuple(names.by_order(now.islands))) if several else None
        case Violation.MINORITY:
            short = [part.tally for part in end.islands if not part.tally.enough]
            return Fact(Kind.MINORITY, (short[0].members,), (short[0],)) if short else None
        case Violation.STRANGERS:
            return next(_strangers(account), None)
        case Violation.WITHOUT_DISK:
            bare = nodes - now.witness_paths
            return Fact(Kind.WITHOUT_DISK, (bare,)) if bare else None
        case Violation.FORCED_ON:
            return next(_forced_on(account), None)
        case Violation.STOPPED_BY_PLAN:
            others = frozenset[str]().union(*(p.members for p in end.stopped)) - nodes
            return Fact(Kind.STOPPED_BY_PLAN, (nodes, others)) if nodes and others else None
        case Violation.WITNESS_LEFT:
            able = now.running & now.witness_paths
            return Fact(Kind.WITNESS_LEFT, (able,)) if able and now.holder is None else None
        case Violation.NEVER_RUNS:
            return Fact(Kind.NEVER_RUNS, (now.up,)) if now.up and not now.islands else None
        case Violation.LEFT_OUT:
            out = now.up - now.running
            return Fact(Kind.LEFT_OUT, (out, now.running)) if out and now.running else None
        case Violation.OUTDATED:
            return next(_outdated(account, end), None)
        case Violation.CHANGED_OUTDATED:
            step = _newest_since(account, until=1)
            return Fact(Kind.CHANGED_OUTDATED, (nodes,), step=step) if nodes else None
        case Violation.NOT_GIVEN:
            new = now.current - account.moments[-2].situation.current if account.steps else nodes
            step = _newest_since(account, until=1)
            return Fact(Kind.NOT_GIVEN, (new,), step=step) if new else None
        case Violation.JOINED_OUTDATED:
            old = nodes - now.current
            joined = event.island if event is not None else frozenset[str]()
            step = _newest_since(account)
            return Fact(Kind.JOINED_OUTDATED, (old, joined), step=step) if old else None
        case Violation.NO_EFFECT:
            crashed = event is not None and event.verb is Verb.CRASH and nodes <= now.up
            return Fact(Kind.NO_EFFECT, (nodes,)) if crashed else None
        case Violation.WITNESS_DIFFERS:
            held = frozenset({now.holder} if now.holder is not None else ())
            return Fact(Kind.WITNESS_DIFFERS, (held,)) if held else None
        case Violation.FORCE_OVERRULED:
            others = now.current - nodes
            return Fact(Kind.FORCE_OVERRULED, (nodes, others)) if nodes and others else None
        case Violation.STOPPED:
            return _stopped(account, end)
        case Violation.RUNS_ON:
            return Fact(Kind.RUNS_ON, (now.running,)) if now.running else None
        case _:
            assert_never(shown)


def _strangers(account: Account) -> Iterator[Fact]:
    now, names = account.end, account.cluster.node_names
    for island in account.names.by_order(now.islands):
        inside = [name for name in names if name in island]
        for index, one in enumerate(inside):
            for other in inside[index + 1 :]:
                if not now.reaches(one, other):
                    step = _cut_since(account, one, other)
                    yield Fact(Kind.STRANGERS, (frozenset({one}), frozenset({other})), step=step)


def _cut_since(account: Account, one: str, other: str) -> int:
    step = account.steps
    while step > 0 and not account.moments[step - 1].situation.reaches(one, other):
        step -= 1
    return step


def _forced_on(account: Account) -> Iterator[Fact]:
    now = account.end
    for island, forced in zip(now.islands, now.forced, strict=True):
        sum_ = tally(now.votes_for(island), island, now.holds_witness(island))
        if forced and sum_.enough:
            yield Fact(Kind.FORCED_ON, (island,), (sum_,))


def _outdated(account: Account, end: Conclusion) -> Iterator[Fact]:
    for missed in end.missed:
        yield Fact(Kind.OUTDATED, (missed.nodes,), step=missed.step or 0)
    unaware = [
        i for i in account.names.by_order(account.end.islands) if not i & account.end.current
    ]
    for island in unaware:
        yield Fact(Kind.OUTDATED, (island,), step=_newest_since(account))


_MAKES = frozenset({Verb.COMMIT, Verb.ADJUST_VOTES, Verb.FORCE})
"""The steps that make a configuration that is newer than all others."""


def _newest_since(account: Account, until: int = 0) -> int:
    """The step in which the configuration was made that is the newest, `until` so many steps before
    the end; 0 for that of the start."""
    for step in range(account.steps - until, 0, -1):
        event = account.moments[step].event
        if event is not None and event.verb in _MAKES:
            return step
    return 0


def _stopped(account: Account, end: Conclusion) -> Fact | None:
    now = account.end
    if end.runs_apart:
        return Fact(Kind.APART, (end.islands[0].members,))
    if now.islands:
        return None
    if not now.up:
        return Fact(Kind.NOBODY_UP)
    if end.stopped and end.all_stopped:
        sums = tuple(part.tally for part in end.stopped)
        return Fact(Kind.STOPPED, tuple(sum_.members for sum_ in sums), sums)
    return Fact(Kind.NOTHING_RUNS, (now.up,))
