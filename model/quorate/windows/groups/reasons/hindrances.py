"""Why nothing more happens to a group at the end of a run that stands still, as data."""

import enum
from collections.abc import Iterator

from quorate.cluster import Group, RestartAction
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.turns import is_under_way, missing_before
from quorate.windows.groups.situation import GroupSituation, Phase, ResourceState


class Keeps(enum.Enum):
    """What keeps a group from being online, or from going elsewhere."""

    NO_CLUSTER = "no node runs the cluster"
    NO_POSSIBLE_OWNER = "none of the nodes that are left may own it"
    RIVALS = "each node that could take it has a group that it must not be beside"
    NOT_RESTARTED = "nothing restarts the resource"
    NO_FAILOVER = "the failure of the resource does not move the group"
    NEVER_FAILS_OVER = "its failover threshold is 0"
    WAITS = "groups that it starts after are not online"


@dataclass(frozen=True)
class Hindrance:
    """`names` the resources, or the groups that are waited for, that it speaks of, if any."""

    keeps: Keeps
    group: str
    names: tuple[str, ...] = ()


def hindrances(account: Account) -> Iterator[Hindrance]:
    """Of the groups shown, where the real rules leave a run standing still."""
    if account.deviation is not None or not account.stands_still:
        return
    for group in account.groups_shown:
        yield from _Held(account, group).hindrances()


@dataclass(frozen=True)
class _Held:
    """A group in the final situation."""

    account: Account
    group: Group

    @property
    def _now(self) -> GroupSituation:
        return self.account.end.group(self.group.name)

    def hindrances(self) -> Iterator[Hindrance]:
        owner_runs = self._now.owner in self.account.end.members
        if not owner_runs:
            yield from self._not_taken_over()
        elif self._now.phase is Phase.SERVING:
            yield from self._left_failed()
            yield from self._waits()
            if self._now.owner in self.account.end.paused:
                yield from self._nowhere_else()

    def _not_taken_over(self) -> Iterator[Hindrance]:
        if not self.account.end.members:
            yield self._because(Keeps.NO_CLUSTER)
            return
        yield from self._nowhere_else()

    def _nowhere_else(self) -> Iterator[Hindrance]:
        free = self._others - self.account.end.paused
        if not self._others:
            yield self._because(Keeps.NO_POSSIBLE_OWNER)
        elif free and self.account.cluster.enforced_anti_affinity and free <= self._with_rivals:
            yield self._because(Keeps.RIVALS)

    @property
    def _others(self) -> frozenset[str]:
        """The members that may own it and do not."""
        possible = self.group.possible_owners(self.account.cluster.node_names)
        return self.account.end.members & frozenset(possible) - {self._now.owner}

    @property
    def _with_rivals(self) -> frozenset[str]:
        """The nodes on which a group is active that it avoids."""
        there = self.account.end.groups
        rivals = {g.name for g in self.account.cluster.groups if g.avoids(self.group)}
        found = (set(g.active_nodes) for g in there if g.name in rivals - {self.group.name})
        return frozenset[str]().union(*found)

    def _left_failed(self) -> Iterator[Hindrance]:
        failed = self._now.in_state(ResourceState.FAILED)
        by_action: dict[RestartAction, tuple[str, ...]] = {
            action: tuple(
                r.name for r in self.group.resources if r.restart is action and r.name in failed
            )
            for action in RestartAction
        }
        if by_action[RestartAction.NONE]:
            yield self._because(Keeps.NOT_RESTARTED, by_action[RestartAction.NONE])
        if by_action[RestartAction.RESTART] and self._others:
            yield self._because(Keeps.NO_FAILOVER, by_action[RestartAction.RESTART])
        may_not = self.group.failover_threshold == 0
        if by_action[RestartAction.FAIL_OVER] and self._others and may_not:
            yield self._because(Keeps.NEVER_FAILS_OVER)

    def _waits(self) -> Iterator[Hindrance]:
        """It has not begun to start, and too few are online that come first."""
        cluster, end, name = self.account.cluster, self.account.end, self.group.name
        if not is_under_way(end, name):
            for missing in missing_before(cluster, end, name):
                yield self._because(Keeps.WAITS, missing)

    def _because(self, keeps: Keeps, names: tuple[str, ...] = ()) -> Hindrance:
        return Hindrance(keeps, self.group.name, names)
