"""What is wrong with where a group is, or where it goes."""

from collections.abc import Iterator

from quorate.cluster import ResourceKind
from quorate.windows.groups.reasons.facts import Fact, Kind
from quorate.windows.groups.reasons.seen import NAMING, Seen
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.violations import Violation


def found(seen: Seen, violation: Violation) -> Fact | None:
    """None where nothing of the kind is to be seen."""
    return _LOOKS[violation](seen)


def _wrong_owner(seen: Seen) -> Fact | None:
    owner, active = seen.now.owner, seen.now.active
    if not active:
        return None
    if owner not in seen.end.members:
        return seen.fact(Kind.NOT_MEMBER, active, owner)
    if owner not in seen.possible:
        return seen.fact(Kind.NOT_POSSIBLE, active, owner, others=seen.possible)
    node = next(n for n in seen.account.cluster.nodes if n.name == owner)
    foreign = [
        r.name
        for r in seen.group.resources
        if r.name in active and r.subnet is not None and r.subnet not in node.subnets
    ]
    return seen.fact(Kind.WRONG_SUBNET, foreign, owner) if foreign and node.subnets else None


def _not_gone_back(seen: Seen) -> Fact | None:
    owner, preferred = seen.now.owner, seen.group.preferred_owners
    free = seen.free(seen.end, owner)
    better = preferred[: preferred.index(owner)] if owner in preferred else preferred
    there = [node for node in better if node in free]
    return seen.fact(Kind.NOT_GONE_BACK, (), owner, others=tuple(there[:1])) if there else None


def _paused_takes(seen: Seen) -> Fact | None:
    step = seen.step
    if step is None:
        return None
    if step.verb is Verb.START:
        return seen.fact(Kind.PAUSED_STARTS, (step.resource,), seen.now.owner)
    goal = seen.now.target or seen.now.owner
    if goal not in seen.end.paused:
        return None
    return seen.fact(Kind.PAUSED_SENT, (), goal, spots=((seen.now.owner, ""),))


def _drained_keeps(seen: Seen) -> Fact | None:
    owner = seen.now.owner
    free = seen.free(seen.end, owner)
    return seen.fact(Kind.DRAINED_KEEPS, (), owner, others=free) if free else None


def _wrong_failback(seen: Seen) -> Fact | None:
    owner, target, window = seen.was.owner, seen.now.target, seen.group.window
    if target is None:
        return None
    way = (owner, target)
    hour = seen.before.hour
    if window is not None and hour is not None and not window.open_at(hour):
        return _from_to(seen, Kind.WRONG_HOUR, way, count=hour)
    return _from_to(seen, Kind.WRONG_WAY_BACK, way)


def _from_to(seen: Seen, kind: Kind, way: tuple[str, str], **more: int) -> Fact:
    return seen.fact(kind, (), way[0], others=way[1:], **more)


def _wrong_next(seen: Seen) -> Fact | None:
    owner, node = seen.was.owner, seen.now.owner
    listed = seen.group.node_list(seen.account.cluster.node_names)
    there = frozenset(seen.free(seen.before, owner))
    place = listed.index(owner)
    turn = [n for n in (*listed[place + 1 :], *listed[:place]) if n in there]
    if not turn or turn[0] == node or owner == node:
        return None
    return seen.fact(Kind.WRONG_NEXT, (), owner, others=(node, turn[0]), spots=((node, ""),))


def _astray(seen: Seen) -> Fact | None:
    owner, node, target = seen.was.owner, seen.now.owner, seen.was.target
    if target is None or target == node:
        return None
    return seen.fact(Kind.ASTRAY, (), owner, others=(node, target), spots=((node, ""),))


def _beside(seen: Seen) -> Fact | None:
    owner = seen.now.owner
    here = [g for g in _rivals(seen) if seen.end.group(g).owner == owner]
    return _with(seen, here)


def _together(seen: Seen) -> Fact | None:
    owner = seen.now.owner
    here = [g for g in _rivals(seen) if seen.end.group(g).active_on(owner)]
    return _with(seen, here) if seen.now.active else _beside(seen)


def _with(seen: Seen, rivals: list[str]) -> Fact | None:
    if not rivals:
        return None
    owner = seen.now.owner
    spots = ((owner, ""), *((owner, rival) for rival in rivals))
    return seen.fact(Kind.BESIDE, (), owner, groups=tuple(rivals), spots=spots)


def _rivals(seen: Seen) -> Iterator[str]:
    there = {group.name for group in seen.end.groups}
    for other in seen.account.cluster.groups:
        if other != seen.group and other.name in there and other.avoids(seen.group):
            yield other.name


def _twice(seen: Seen, scope: frozenset[str]) -> Fact | None:
    things = seen.now.active_twice & scope
    if not things:
        return None
    nodes = [node for node, active in seen.now.active_nodes.items() if active & things]
    ordered = [node for node in seen.account.cluster.node_names if node in nodes]
    return seen.fact(Kind.TWICE, things, *ordered)


def _machine_twice(seen: Seen) -> Fact | None:
    return _twice(seen, _of(seen, ResourceKind.VIRTUAL_MACHINE))


def _data_twice(seen: Seen) -> Fact | None:
    return _twice(seen, frozenset(seen.group.resource_names) - _of(seen, *NAMING))


def _answers_twice(seen: Seen) -> Fact | None:
    return _twice(seen, _of(seen, *NAMING))


def _any_twice(seen: Seen) -> Fact | None:
    return _twice(seen, frozenset(seen.group.resource_names))


def _of(seen: Seen, *kinds: ResourceKind) -> frozenset[str]:
    return frozenset(r.name for r in seen.group.resources if r.kind in kinds)


def _answers_elsewhere(seen: Seen) -> Fact | None:
    naming, owner = _of(seen, *NAMING), seen.now.owner
    for node in seen.account.cluster.node_names:
        there = seen.now.stale_on(node) & naming
        if node != owner and there:
            return seen.fact(Kind.ANSWERS_ELSEWHERE, there, node, others=(owner,))
    return None


def _out_of_reach(seen: Seen) -> Fact | None:
    cluster, owner = seen.account.cluster, seen.now.owner
    for row in cluster.storage:
        if row.name in seen.now.active and owner not in row.reached_by:
            return seen.fact(Kind.NO_PATH, (row.name,), owner, others=row.reached_by)
    for site in cluster.sites:
        inside = frozenset(cluster.nodes_in(site.name))
        lost = cluster.lost_with(site.name, seen.group)
        if lost and inside and not inside & seen.end.members and seen.end.members:
            return seen.fact(Kind.DATA_LOST, lost, seen.now.owner, sites=(site.name,))
    return None


_LOOKS = {
    Violation.WRONG_OWNER: _wrong_owner,
    Violation.NOT_GONE_BACK: _not_gone_back,
    Violation.PAUSED_TAKES: _paused_takes,
    Violation.DRAINED_KEEPS: _drained_keeps,
    Violation.WRONG_FAILBACK: _wrong_failback,
    Violation.WRONG_NEXT: _wrong_next,
    Violation.ASTRAY: _astray,
    Violation.BESIDE_RIVAL: _beside,
    Violation.WITH_RIVAL: _together,
    Violation.MACHINE_TWICE: _machine_twice,
    Violation.DATA_TWICE: _data_twice,
    Violation.ANSWERS_TWICE: _answers_twice,
    Violation.ANSWERS_ELSEWHERE: _answers_elsewhere,
    Violation.TWICE: _any_twice,
    Violation.DATA_OUT_OF_REACH: _out_of_reach,
}
