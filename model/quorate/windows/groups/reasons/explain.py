"""Why a step could be: what the rules ask for before it."""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import Group, Resource
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.causes import Cause, Why
from quorate.windows.groups.reasons.most import most_failovers
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.reasons.turns import is_under_way, missing_before
from quorate.windows.groups.situation import GroupSituation, Phase, ResourceState
from quorate.windows.groups.verbs import Verb


def causes_of(account: Account, step: Transition) -> tuple[Cause, ...]:
    """What is to be said of why; nothing where a step needs no reason. Raises `ValueError` for a
    step that names too little to be told."""
    return tuple(_Explanation(account, step).causes())


@dataclass(frozen=True)
class _Explanation:
    """Where a step is about a group, that is the one meant."""

    account: Account
    step: Transition

    def causes(self) -> Iterator[Cause]:
        match self.step.verb:
            case Verb.START:
                yield self._needs(self._old.in_state(ResourceState.ONLINE))
                yield from self._turn()
            case Verb.START_CUT_OFF:
                node = self.step.node
                yield self._needs(self._old.stale_on(node) or self._old.active_on(node))
            case Verb.STOP:
                yield from self._stop()
            case Verb.GO_OFFLINE:
                yield from self._still_needed()
            case Verb.BEGIN_FAILOVER:
                yield from self._failover()
            case Verb.TRANSFER:
                yield from self._transfer()
            case Verb.TAKE_OVER:
                yield from self._takeover()
            case Verb.BEGIN_FAILBACK:
                yield from self._failback()
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
                | Verb.COME_ONLINE
                | Verb.WRITE
                | Verb.FAIL
                | Verb.KEEP_REPORTING
                | Verb.RESTART_PERIOD_PASSES
                | Verb.SWITCH
                | Verb.FAILOVER_PERIOD_PASSES
                | Verb.COME_ONLINE_CUT_OFF
                | Verb.ASK_AGAIN
                | Verb.MOVE
                | Verb.MIGRATE
                | Verb.TAKE_OFFLINE
                | Verb.BRING_ONLINE
            ):
                return
            case _:
                assert_never(self.step.verb)

    @property
    def _group(self) -> Group:
        return self.account.group(self.step.group)

    @property
    def _resource(self) -> Resource:
        return next(r for r in self._group.resources if r.name == self.step.resource)

    @property
    def _old(self) -> GroupSituation:
        return self.step.old

    def _ordered(self, members: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in self._group.resource_names if name in members)

    def _needs(self, online: frozenset[str]) -> Cause:
        needs = self._resource.depends_on
        if not needs.clauses:
            return Cause(Why.NEEDS_NOTHING)
        missing = [clause for clause in needs.clauses if not online & set(clause)]
        if missing:
            return Cause(Why.NEEDS_MISSING, tuple(name for clause in missing for name in clause))
        return Cause(Why.NEEDS_ONLINE, self._ordered(online & set(needs.providers)))

    def _turn(self) -> Iterator[Cause]:
        """Where the group begins to start."""
        cluster, before, name = self.account.cluster, self.step.before, self._group.name
        conditions = cluster.start_conditions(name)
        if not conditions or is_under_way(before, name):
            return
        missing = list(missing_before(cluster, before, name))
        for names in missing:
            yield Cause(Why.NOT_ITS_TURN, names)
        if not missing:
            yield Cause(Why.ITS_TURN, tuple(n for one in conditions for n in one.groups))

    def _stop(self) -> Iterator[Cause]:
        needed = tuple(self._still_needed())
        yield from needed
        match self._old.phase:
            case Phase.MOVING:
                if not needed:
                    yield Cause(Why.MOVES)
            case Phase.SERVING | Phase.MIGRATING:
                return
            case _:
                assert_never(self._old.phase)

    def _still_needed(self) -> Iterator[Cause]:
        """The dependents that would be left with a clause of which nothing is online."""
        name = self._resource.name
        online = self._old.in_state(ResourceState.ONLINE) - {name}
        active = self._old.active
        needing = frozenset(
            other.name
            for other in self._group.resources
            if other.name in active
            and any(name in c and not online & set(c) for c in other.depends_on.clauses)
        )
        if needing:
            yield Cause(Why.STILL_NEEDED, self._ordered(needing))

    def _failover(self) -> Iterator[Cause]:
        failed = self._old.in_state(ResourceState.FAILED)
        if failed:
            yield Cause(Why.HAS_FAILED, self._ordered(failed))
        count = self.step.new.failovers
        if count > self._old.failovers:
            most = most_failovers(self.account.cluster, self._group, self.step.before)
            yield Cause(Why.COUNTED, count=count, most=most)

    def _transfer(self) -> Iterator[Cause]:
        active = self._old.active
        yield Cause(Why.NOT_OFFLINE if active else Why.ALL_OFFLINE, self._ordered(active))
        if not self.step.stays:
            yield from self._target()
        elif not self._awake() - {self._old.owner} or self.account.cluster.enforced_anti_affinity:
            yield Cause(Why.NOWHERE_ELSE)

    def _takeover(self) -> Iterator[Cause]:
        there = self._old.owner in self.step.before.members
        yield Cause(Why.OWNER_THERE if there else Why.OWNER_GONE, (self._old.owner,))
        if there or self._awake() or not self._may_own():
            yield from self._target()
        else:
            yield Cause(Why.ALL_PAUSED)

    def _failback(self) -> Iterator[Cause]:
        order = self._group.preferred_owners
        node, owner = self.step.node, self._old.owner
        if node in order and (owner not in order or order.index(node) < order.index(owner)):
            yield Cause(Why.PREFERRED, (node,))
        yield from self._target()

    def _awake(self) -> frozenset[str]:
        """The members that may own the group and are not paused."""
        possible = self._group.possible_owners(self.account.cluster.node_names)
        return (self.step.before.members & set(possible)) - self.step.before.paused

    def _may_own(self) -> bool:
        """Whether the node that the step names may own the group."""
        return self.step.node in self._group.possible_owners(self.account.cluster.node_names)

    def _target(self) -> Iterator[Cause]:
        node = self.step.node
        if not self._may_own():
            yield Cause(Why.MAY_NOT_OWN, (node,))
        if node in self.step.before.paused:
            yield Cause(Why.IS_PAUSED, (node,))
