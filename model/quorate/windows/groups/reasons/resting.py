"""What the fact that breaks a promise rests on: of the configuration, and of earlier steps."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import assert_never

from quorate.inquiry.seam import Because
from quorate.windows.groups.reasons.facts import Fact, Kind
from quorate.windows.groups.reasons.seen import Seen
from quorate.windows.groups.situation import Phase


def resting(seen: Seen, wrong: Fact) -> Iterator[Fact]:
    """In the order in which they are told; nothing that `wrong` says itself."""
    match wrong.kind:
        case Kind.WRONG_NEXT:
            nodes = seen.group.node_list(seen.account.cluster.node_names)
            yield _of(seen, Kind.LIST, nodes=nodes)
        case Kind.ASTRAY:
            step = _since(seen, lambda at: _phase(seen, at) is not Phase.SERVING, until=-1)
            yield _of(seen, Kind.PLANNED, others=wrong.others[1:], step=step)
        case Kind.WRONG_HOUR:
            yield from _window(seen)
        case Kind.NOT_GONE_BACK:
            yield _of(seen, Kind.PREFERS, nodes=seen.group.preferred_owners)
            yield from _window(seen)
        case Kind.WRONG_WAY_BACK | Kind.RETURN_FORGOTTEN | Kind.CALLED_WRONGLY | Kind.NOT_CALLED:
            yield _of(seen, Kind.PREFERS, nodes=seen.group.preferred_owners)
        case Kind.LOST_WRITE:
            for name in wrong.things:
                if not set(wrong.needs) & set(seen.group.below(name)):
                    yield _of(seen, Kind.NO_DEPENDENCY, things=(name,), needs=wrong.needs)
        case Kind.TWICE | Kind.ANSWERS_ELSEWHERE:
            yield from _window_of_activity(seen, wrong)
        case Kind.NO_PATH:
            yield _of(seen, Kind.PATHS, things=wrong.things, nodes=wrong.others)
        case Kind.DATA_LOST:
            yield from _where_it_stood(seen, wrong)
        case Kind.BESIDE:
            yield _of(seen, Kind.AVOIDS, groups=wrong.groups)
            free = [n for n in seen.free(seen.end, seen.now.owner) if not _taken(seen, wrong, n)]
            if free:
                yield _of(seen, Kind.FREE, nodes=tuple(free))
        case Kind.LEFT_FAILED:
            for name in wrong.things:
                resource = seen.resource(name)
                if resource.restart.restarts:
                    most = resource.restart_threshold
                    yield _of(seen, Kind.TOLERATED, things=(name,), most=most)
            yield _of(seen, Kind.ALLOWED, count=wrong.count, most=wrong.most)
        case Kind.FAILED_TOO_SELDOM | Kind.TRIED_TOO_OFTEN:
            yield _of(seen, Kind.TOLERATED, things=wrong.things, most=wrong.most)
        case Kind.PAUSED_STARTS | Kind.PAUSED_SENT:
            since = _since(seen, lambda at: wrong.nodes[0] in seen.account.situation(at).paused)
            yield _of(seen, Kind.IS_PAUSED, nodes=wrong.nodes, step=since)
        case Kind.WRONG_SUBNET:
            yield _of(seen, Kind.SUBNET, things=wrong.things, nodes=wrong.nodes)
        case (
            Kind.CIRCLE
            | Kind.UNSUPPORTED
            | Kind.TAKEN_AWAY
            | Kind.PENDING_FOR_EVER
            | Kind.NOT_POSSIBLE
            | Kind.NOT_MEMBER
            | Kind.TOO_MANY_FAILOVERS
            | Kind.PING_PONG
            | Kind.NEVER_ONLINE
            | Kind.NEVER_TAKEN_OVER
            | Kind.STAYS_DRAINED
            | Kind.NOT_LOST
            | Kind.DRAINED_KEEPS
            | Kind.NO_FILES
            | Kind.MEMORY_LOST
            | Kind.UNKNOWN_ADDRESS
            | Kind.COUNTED_FOR_OTHERS
            | Kind.COUNT_FORGOTTEN
            | Kind.COUNT_KEPT
            | Kind.BROUGHT_ALONE
            | Kind.UNWANTED
            | Kind.PAUSE_FORGOTTEN
            | Kind.SAVED_LOST
            | Kind.STALE_FORGOTTEN
            | Kind.LIST
            | Kind.WINDOW
            | Kind.PREFERS
            | Kind.NO_DEPENDENCY
            | Kind.NO_DISK
            | Kind.NOT_FENCED
            | Kind.OWNERS
            | Kind.SUBNET
            | Kind.PATHS
            | Kind.COPIES
            | Kind.AVOIDS
            | Kind.ALLOWED
            | Kind.TOLERATED
            | Kind.UNAWARE
            | Kind.OWNS
            | Kind.PLANNED
            | Kind.IS_PAUSED
            | Kind.FREE
        ):
            return
        case _:
            assert_never(wrong.kind)


_CONFIGURED = frozenset(
    {
        Kind.WINDOW,
        Kind.PREFERS,
        Kind.NO_DEPENDENCY,
        Kind.NO_DISK,
        Kind.NOT_FENCED,
        Kind.OWNERS,
        Kind.SUBNET,
        Kind.PATHS,
        Kind.COPIES,
        Kind.AVOIDS,
    }
)
"""What can be looked for by taking it away."""

_SAID = {Kind.NOT_POSSIBLE: Kind.OWNERS, Kind.WRONG_NEXT: Kind.PREFERS}
"""What breaks a promise says some of what it rests on, or rests on more than that."""


def chosen(found: Iterable[Fact], wrong: Fact, because: Because | None) -> Sequence[Fact]:
    """Of what was `found` to go with what is wrong all but what is idle, and besides what was found
    to be needed for the run to be a counterexample."""
    if because is None:
        return list(found)
    idle = {_what(fact) for fact in because.idle if isinstance(fact, Fact)}
    told = [f for f in found if f.kind not in _CONFIGURED or _what(f) not in idle]
    known = {_what(fact) for fact in told}
    needed = (fact for fact in because.needed if isinstance(fact, Fact))
    return [*told, *(f for f in needed if _what(f) not in known and _matters(f, wrong))]


def _what(fact: Fact) -> tuple[Kind, tuple[str, ...]]:
    return fact.kind, fact.things


def _matters(fact: Fact, wrong: Fact) -> bool:
    """A dependency more would be in the way of many runs; what is said of it is of what is
    wrong."""
    match fact.kind:
        case Kind.NO_DISK:
            return wrong.kind is Kind.TWICE and set(fact.things) <= set(wrong.things)
        case Kind.NO_DEPENDENCY | Kind.SUBNET:
            return set(fact.things) <= set(wrong.things)
        case _:
            return fact.kind is not _SAID.get(wrong.kind)


def _of(seen: Seen, kind: Kind, **more: object) -> Fact:
    return Fact(kind, seen.group.name, **more)  # type: ignore[arg-type]


def _phase(seen: Seen, at: int) -> Phase:
    return seen.account.situation(at).group(seen.group.name).phase


def _since(seen: Seen, holds: Callable[[int], bool], until: int = 0) -> int:
    """The step since which it holds at the end; `until` leaves out so many of the last steps."""
    at = seen.account.steps + until
    while at > 0 and holds(at - 1):
        at -= 1
    return at


def _window(seen: Seen) -> Iterator[Fact]:
    window = seen.group.window
    if window is not None and seen.group.failback.needs_window:
        yield _of(seen, Kind.WINDOW, count=window.start, most=window.end)


def _window_of_activity(seen: Seen, wrong: Fact) -> Iterator[Fact]:
    """Who has not noticed, since when somebody else owns the group, and what does not keep the two
    apart."""
    for node in wrong.nodes:
        if node in seen.end.stale:
            yield _of(seen, Kind.UNAWARE, nodes=(node,), step=_unaware_since(seen, node))
    name, owner = seen.group.name, seen.now.owner
    since = _since(seen, lambda at: seen.account.situation(at).group(name).owner == owner)
    yield _of(seen, Kind.OWNS, nodes=(owner,), step=since)
    if wrong.kind is Kind.TWICE and seen.account.deviation is None and seen.group.disks:
        yield from _not_apart(seen, wrong)


def _not_apart(seen: Seen, wrong: Fact) -> Iterator[Fact]:
    """What of the things stands on no disk, whose reservation would keep it apart."""
    bare = []
    for name in wrong.things:
        below = seen.group.below(name) | {name}
        kept = tuple(disk for disk in seen.resource(name).writes_to if disk in seen.group.disks)
        if set(kept) - below:
            yield _of(seen, Kind.NO_DEPENDENCY, things=(name,), needs=kept)
        elif not seen.group.disks & below:
            bare.append(name)
    if bare:
        yield _of(seen, Kind.NO_DISK, things=tuple(bare))


def _unaware_since(seen: Seen, node: str) -> int:
    return _since(seen, lambda at: node in seen.account.situation(at).stale)


def _where_it_stood(seen: Seen, wrong: Fact) -> Iterator[Fact]:
    (site,) = wrong.sites
    for row in seen.account.cluster.storage:
        if row.name not in wrong.things:
            continue
        if row.sites and set(row.sites) <= {site}:
            yield _of(seen, Kind.COPIES, things=(row.name,), sites=(site,))
        else:
            yield _of(seen, Kind.PATHS, things=(row.name,), nodes=row.reached_by)


def _taken(seen: Seen, wrong: Fact, node: str) -> bool:
    return any(seen.end.group(rival).owner == node for rival in wrong.groups)
