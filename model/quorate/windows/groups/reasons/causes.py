"""Why a step could be: what the rules ask for before it, as data."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from quorate.cluster import Group, Resource
from quorate.windows.groups.activity import Activity, Deed, GroupActivity, Phase, ResourceState
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.reasons.running import ACTIVE, active_on, left_on


class Why(enum.Enum):
    """A rule that a step follows, or one that it breaks."""

    NEEDS_NOTHING = "it needs nothing else"
    NEEDS_ONLINE = "what it needs is online"
    NEEDS_MISSING = "it starts without what it needs"
    MOVES = "the group is taken offline for a move"
    STILL_NEEDED = "it stops although it is needed"
    HAS_FAILED = "a resource has failed"
    COUNTED = "failovers are counted"
    ALL_OFFLINE = "all of it is offline"
    NOT_OFFLINE = "it passes on although it is active"
    OWNER_GONE = "its owner is no member any more"
    OWNER_THERE = "it is taken although its owner is a member"
    MAY_NOT_OWN = "the node may not own it"
    IS_PAUSED = "the node is paused"
    PREFERRED = "the node is preferred to the owner"


BREACHES = frozenset(
    {
        Why.NEEDS_MISSING,
        Why.STILL_NEEDED,
        Why.NOT_OFFLINE,
        Why.OWNER_THERE,
        Why.MAY_NOT_OWN,
        Why.IS_PAUSED,
    }
)


@dataclass(frozen=True)
class Cause:
    """`names` the resources or nodes that it speaks of; of failovers, the count and the most."""

    why: Why
    names: tuple[str, ...] = ()
    count: int = 0
    most: int = 0


def causes(
    chronicle: Chronicle, deed: Deed, before: Activity, after: Activity
) -> tuple[Cause, ...]:
    """What is to be said of why; nothing where the deed needs no reason."""
    if deed.group is None:
        return ()
    group, activity = chronicle.group(deed.group), before.group(deed.group)
    failovers = after.group(deed.group).failovers
    return tuple(_Step(chronicle, deed, before, group, activity, failovers).causes())


@dataclass(frozen=True)
class _Step:
    chronicle: Chronicle
    deed: Deed
    before: Activity
    group: Group
    activity: GroupActivity
    failovers: int

    def causes(self) -> Iterator[Cause]:
        match self.deed.action:
            case "start":
                yield self._needs(self.activity.in_state(ResourceState.ONLINE))
            case "start cut off":
                node = self.deed.node or ""
                yield self._needs(left_on(self.activity, node) or active_on(self.activity, node))
            case "stop" | "go offline":
                yield from self._stop()
            case "begin failover":
                yield from self._failover()
            case "transfer":
                active = self.activity.in_state(*ACTIVE)
                yield Cause(Why.NOT_OFFLINE if active else Why.ALL_OFFLINE, self._ordered(active))
                yield from self._target()
            case "take over":
                there = self.activity.owner in self.before.members
                why = Why.OWNER_THERE if there else Why.OWNER_GONE
                yield Cause(why, (self.activity.owner,))
                yield from self._target()
            case "begin failback":
                yield from self._preferred()
                yield from self._target()

    @property
    def _resource(self) -> Resource:
        return next(r for r in self.group.resources if r.name == self.deed.resource)

    def _ordered(self, members: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in self.group.resource_names if name in members)

    def _needs(self, online: frozenset[str]) -> Cause:
        needs = self._resource.depends_on
        if not needs.clauses:
            return Cause(Why.NEEDS_NOTHING)
        missing = [clause for clause in needs.clauses if not online & set(clause)]
        if missing:
            return Cause(Why.NEEDS_MISSING, tuple(name for clause in missing for name in clause))
        return Cause(Why.NEEDS_ONLINE, self._ordered(online & set(needs.providers)))

    def _stop(self) -> Iterator[Cause]:
        """The dependents that would be left with a clause of which nothing is online."""
        name = self._resource.name
        online = self.activity.in_state(ResourceState.ONLINE) - {name}
        active = self.activity.in_state(*ACTIVE)
        needing = frozenset(
            other.name
            for other in self.group.resources
            if other.name in active
            and any(name in c and not online & set(c) for c in other.depends_on.clauses)
        )
        if needing:
            yield Cause(Why.STILL_NEEDED, self._ordered(needing))
        elif self.activity.phase is Phase.MOVING and self.deed.action == "stop":
            yield Cause(Why.MOVES)

    def _failover(self) -> Iterator[Cause]:
        failed = self.activity.in_state(ResourceState.FAILED)
        if failed:
            yield Cause(Why.HAS_FAILED, self._ordered(failed))
        if self.failovers > self.activity.failovers:
            threshold = self.group.failover_threshold
            most = len(self.chronicle.cluster.nodes) - 1 if threshold is None else threshold
            yield Cause(Why.COUNTED, count=self.failovers, most=most)

    def _target(self) -> Iterator[Cause]:
        node = self.deed.node or ""
        if node not in self.group.possible_owners(self.chronicle.cluster.node_names):
            yield Cause(Why.MAY_NOT_OWN, (node,))
        if node in self.before.paused:
            yield Cause(Why.IS_PAUSED, (node,))

    def _preferred(self) -> Iterator[Cause]:
        order = self.group.preferred_owners
        node, owner = self.deed.node or "", self.activity.owner
        if node in order and (owner not in order or order.index(node) < order.index(owner)):
            yield Cause(Why.PREFERRED, (node,))
