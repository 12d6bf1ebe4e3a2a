"""What is wrong with what is counted and remembered, and with what follows from it."""

from quorate.cluster import Resource
from quorate.windows.groups.reasons.facts import Fact, Kind
from quorate.windows.groups.reasons.most import most_failovers
from quorate.windows.groups.reasons.seen import Seen
from quorate.windows.groups.situation import ResourceState
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.violations import Violation


def found(seen: Seen, violation: Violation) -> Fact | None:
    """None where nothing of the kind is to be seen."""
    return _LOOKS[violation](seen)


def _too_many(seen: Seen) -> Fact | None:
    most = most_failovers(seen.account.cluster, seen.group, seen.end)
    count = seen.now.failovers
    return (
        seen.fact(Kind.TOO_MANY_FAILOVERS, (), seen.now.owner, count=count, most=most)
        if count > most
        else None
    )


def _ping_pong(seen: Seen) -> Fact | None:
    start = seen.account.loop_start
    if start is None:
        return None
    name = seen.group.name
    loop = range(start, seen.account.steps + 1)
    owners = [seen.account.situation(at).group(name).owner for at in loop]
    nodes = [node for node in seen.account.cluster.node_names if node in owners]
    return Fact(Kind.PING_PONG, name, nodes=tuple(nodes)) if len(nodes) > 1 else None


def _no_cause(seen: Seen) -> Fact | None:
    step = seen.step
    if step is None:
        return None
    if step.verb is Verb.TAKE_OVER:
        there = seen.was.owner in seen.before.members
        way = seen.was.owner, (seen.now.owner,)
        return seen.fact(Kind.NOT_LOST, (), way[0], others=way[1]) if there else None
    for resource in seen.group.resources:
        if resource.name in seen.was.in_state(ResourceState.FAILED):
            return _failed(seen, Kind.FAILED_TOO_SELDOM, resource)
    return None


def _tried(seen: Seen) -> Fact | None:
    if seen.step is None or seen.step.event.resource is None:
        return None
    return _failed(seen, Kind.TRIED_TOO_OFTEN, seen.resource(seen.step.event.resource))


def _failed(seen: Seen, kind: Kind, resource: Resource) -> Fact:
    count = seen.was.failures.get(resource.name, 0)
    tolerated = resource.restart_threshold if resource.restart.restarts else 0
    return seen.fact(kind, (resource.name,), seen.was.owner, count=count, most=tolerated)


def _return_forgotten(seen: Seen) -> Fact | None:
    came = seen.end.members - seen.end.paused - (seen.before.members - seen.before.paused)
    due = [node for node in seen.group.preferred_owners if node in came - seen.now.returned]
    if due:
        return seen.fact(Kind.RETURN_FORGOTTEN, (), *due[:1])
    gone = [n for n in seen.group.preferred_owners if n in seen.was.returned - seen.now.returned]
    return seen.fact(Kind.RETURN_FORGOTTEN, (), *gone[:1]) if gone else None


def _left_failed(seen: Seen) -> Fact | None:
    owner = seen.now.owner
    failed = seen.now.in_state(ResourceState.FAILED)
    free = seen.free(seen.end, owner)
    if not failed:
        return None
    most = most_failovers(seen.account.cluster, seen.group, seen.end)
    begun = seen.now.failovers
    return seen.fact(Kind.LEFT_FAILED, failed, owner, others=free, count=begun, most=most)


def _counted(seen: Seen) -> Fact | None:
    step = seen.step
    if step is None:
        return None
    was, now = seen.was.failures, seen.now.failures
    failed = frozenset({step.event.resource} if step.event.resource is not None else ())
    more = {name for name in now if now[name] > was[name]} - failed
    if more and step.verb is Verb.FAIL:
        return seen.fact(Kind.COUNTED_FOR_OTHERS, more, seen.now.owner, needs=tuple(failed))
    fewer = {name for name in now if now[name] < was[name]}
    if fewer:
        return seen.fact(Kind.COUNT_FORGOTTEN, fewer, seen.now.owner)
    kept = {name for name in now if now[name]}
    if kept and step.verb in {Verb.TRANSFER, Verb.TAKE_OVER}:
        return seen.fact(Kind.COUNT_KEPT, kept, seen.now.owner)
    return None


def _command(seen: Seen) -> Fact | None:
    step = seen.step
    if step is None or step.event.resource is None:
        return None
    named = frozenset({step.event.resource})
    unwanted = seen.was.wanted - seen.now.wanted - named
    if unwanted:
        return seen.fact(Kind.UNWANTED, unwanted, seen.now.owner)
    needed = frozenset(_needed(seen, step.event.resource))
    left = needed & (seen.now.in_state(ResourceState.FAILED) | (needed - seen.now.driven))
    if step.verb is Verb.BRING_ONLINE and left:
        things = seen.ordered(left)
        return seen.fact(Kind.BROUGHT_ALONE, named, seen.now.owner, needs=things)
    return None


def _needed(seen: Seen, name: str) -> set[str]:
    """All that it depends on, directly or through others."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        more = set(seen.resource(waiting.pop()).depends_on.providers) - needed
        needed |= more
        waiting += more
    return needed


def _pause(seen: Seen) -> Fact | None:
    resumed = seen.before.paused - seen.end.paused
    nodes = [node for node in seen.account.cluster.node_names if node in resumed]
    return Fact(Kind.PAUSE_FORGOTTEN, seen.group.name, nodes=tuple(nodes)) if nodes else None


def _called(seen: Seen) -> Fact | None:
    if seen.step is not None and seen.step.verb is Verb.BEGIN_FAILBACK:
        way = seen.was.owner, (seen.now.target,)
        return seen.fact(Kind.NOT_CALLED, (), way[0], others=way[1])
    new = seen.now.returned - seen.was.returned - frozenset(seen.group.preferred_owners)
    nodes = [node for node in seen.account.cluster.node_names if node in new]
    return Fact(Kind.CALLED_WRONGLY, seen.group.name, nodes=tuple(nodes[:1])) if nodes else None


def _stale(seen: Seen) -> Fact | None:
    owner = seen.was.owner
    pending = seen.was.in_state(ResourceState.ONLINE_PENDING)
    unaware = owner in seen.end.stale - seen.before.stale
    return seen.fact(Kind.STALE_FORGOTTEN, pending, owner) if pending and unaware else None


_LOOKS = {
    Violation.TOO_MANY_FAILOVERS: _too_many,
    Violation.PING_PONG: _ping_pong,
    Violation.NO_CAUSE: _no_cause,
    Violation.TRIED_TOO_OFTEN: _tried,
    Violation.RETURN_FORGOTTEN: _return_forgotten,
    Violation.NOT_FAILED_OVER: _left_failed,
    Violation.LEFT_FAILED: _left_failed,
    Violation.COUNTED_WRONGLY: _counted,
    Violation.COMMAND_FORGOTTEN: _command,
    Violation.PAUSE_FORGOTTEN: _pause,
    Violation.CALLED_WRONGLY: _called,
    Violation.STALE_FORGOTTEN: _stale,
}
