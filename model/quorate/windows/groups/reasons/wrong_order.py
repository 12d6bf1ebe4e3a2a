"""What is wrong with what is online, in which order, and with what it holds."""

from quorate.cluster import ResourceKind
from quorate.windows.groups.reasons.facts import Fact, Kind
from quorate.windows.groups.reasons.seen import UP, Seen
from quorate.windows.groups.situation import Phase, ResourceState
from quorate.windows.groups.violations import Violation


def found(seen: Seen, violation: Violation) -> Fact | None:
    """None where nothing of the kind is to be seen."""
    return _LOOKS[violation](seen)


def _circle(seen: Seen) -> Fact | None:
    """From the highest down to the lowest, which needs the highest."""
    *_, highest = seen.group.providers_first
    lowest = seen.group.providers_first[0].name
    way = [highest.name]
    while way[-1] != lowest:
        providers = seen.resource(way[-1]).depends_on.providers
        nearer = [p for p in providers if p == lowest or lowest in seen.group.below(p)]
        if not nearer:
            return None
        way.append(nearer[0])
    spots = tuple((seen.now.owner, name) for name in way)
    return Fact(Kind.CIRCLE, seen.group.name, tuple(way), spots=spots)


def _unsupported(seen: Seen) -> Fact | None:
    for name in seen.group.resource_names:
        missing = seen.missing(name)
        if seen.now.states[name] in UP and missing:
            return _without(seen, Kind.UNSUPPORTED, name, missing)
    return None


def _taken_away(seen: Seen) -> Fact | None:
    for name in seen.group.resource_names:
        missing = seen.missing(name)
        if seen.now.states[name] is ResourceState.OFFLINE_PENDING and missing:
            return _without(seen, Kind.TAKEN_AWAY, name, missing)
    return None


def _without(seen: Seen, kind: Kind, name: str, missing: tuple[str, ...]) -> Fact:
    owner = seen.now.owner
    spots = tuple((owner, each) for each in (name, *missing))
    state = seen.now.states[name]
    return seen.fact(kind, (name,), owner, needs=missing, state=state, spots=spots)


def _lost_write(seen: Seen) -> Fact | None:
    if seen.step is None or seen.step.event.resource is None:
        return None
    disk = seen.step.event.resource
    writers = [r.name for r in seen.group.resources if disk in r.writes_to]
    holding = seen.was.unwritten & frozenset(writers)
    return seen.fact(Kind.LOST_WRITE, holding, seen.now.owner, needs=(disk,)) if holding else None


def _pending(seen: Seen) -> Fact | None:
    for state in (ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING):
        pending = seen.now.in_state(state)
        if pending:
            return seen.fact(Kind.PENDING_FOR_EVER, pending, seen.now.owner, state=state)
    return None


def _no_files(seen: Seen) -> Fact | None:
    there = seen.end.volumes | seen.now.in_state(ResourceState.ONLINE)
    there |= {
        name
        for group in seen.end.groups
        if group.owner == seen.now.owner
        for name in group.in_state(ResourceState.ONLINE)
    }
    for machine in seen.group.of_kind(ResourceKind.VIRTUAL_MACHINE):
        gone = tuple(name for name in machine.writes_to if name not in there)
        if seen.now.states[machine.name] in UP and gone:
            return seen.fact(Kind.NO_FILES, (machine.name,), seen.now.owner, needs=gone)
    return None


def _memory_lost(seen: Seen) -> Fact | None:
    lost = seen.now.forgotten - seen.was.forgotten
    return seen.fact(Kind.MEMORY_LOST, lost, seen.now.owner) if lost else None


def _saved_lost(seen: Seen) -> Fact | None:
    gone = seen.was.saved - seen.now.saved
    return seen.fact(Kind.SAVED_LOST, gone, seen.was.owner) if gone else None


def _not_online(seen: Seen) -> Fact | None:
    owner = seen.now.owner
    if owner not in seen.end.members:
        free = seen.free(seen.end)
        return seen.fact(Kind.NEVER_TAKEN_OVER, (), owner, others=free)
    missing = frozenset(seen.group.resource_names) - seen.now.in_state(ResourceState.ONLINE)
    if missing:
        return seen.fact(Kind.NEVER_ONLINE, missing, owner)
    if owner in seen.end.paused and seen.now.phase is Phase.SERVING:
        return seen.fact(Kind.STAYS_DRAINED, (), owner)
    return None


def _not_served(seen: Seen) -> Fact | None:
    addresses = frozenset(r.name for r in seen.group.of_kind(ResourceKind.ADDRESS))
    online = seen.now.in_state(ResourceState.ONLINE) & addresses
    known = seen.now.asked
    if seen.now.owner not in seen.end.members or not online:
        return _not_online(seen)
    if known & online:
        return _not_online(seen)
    needs = seen.ordered(online)
    spots = tuple((seen.now.owner, name) for name in needs)
    return seen.fact(Kind.UNKNOWN_ADDRESS, known, seen.now.owner, needs=needs, spots=spots)


_LOOKS = {
    Violation.CIRCLE: _circle,
    Violation.UNSUPPORTED: _unsupported,
    Violation.TAKEN_AWAY: _taken_away,
    Violation.LOST_WRITE: _lost_write,
    Violation.PENDING: _pending,
    Violation.NO_FILES: _no_files,
    Violation.MEMORY_LOST: _memory_lost,
    Violation.SAVED_LOST: _saved_lost,
    Violation.NOT_ONLINE: _not_online,
    Violation.NOT_SERVED: _not_served,
}
