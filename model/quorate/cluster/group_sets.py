"""Sets of groups, and the order in which they start (wsfc.md 5.3; MSCS, *Groupset Common
Properties*)."""

import enum
from collections.abc import Iterator, Sequence
from typing import assert_never

from quorate.values import dataclass


class StartupTrigger(enum.Enum):
    """What lets those start that start after a set (StartupDelayTrigger)."""

    DELAY = "delay"
    """So much time after the set began to start."""
    ONLINE = "online"
    """So many of its groups are online."""

    @property
    def waits_for_groups(self) -> bool:
        """Whether the state of its groups matters, and not the time alone."""
        match self:
            case StartupTrigger.DELAY:
                return False
            case StartupTrigger.ONLINE:
                return True
            case _:
                assert_never(self)


@dataclass(frozen=True)
class GroupSet:
    """Groups that start after the sets named in `starts_after`; a global set (IsGlobal) starts
    before all that are not. `count` of its groups have to meet the `trigger` before others start,
    None for all of them and 0 for more than half (StartupCount)."""

    name: str
    groups: tuple[str, ...]
    starts_after: tuple[str, ...] = ()
    trigger: StartupTrigger = StartupTrigger.DELAY
    count: int | None = None
    is_global: bool = False

    @property
    def needed(self) -> int:
        """How many groups meet the trigger before others start: all if there are not so many."""
        several = len(self.groups)
        if self.count is None:
            return several
        return several // 2 + 1 if self.count == 0 else min(self.count, several)


@dataclass(frozen=True)
class StartCondition:
    """At least `count` of `groups` are online."""

    groups: tuple[str, ...]
    count: int


def providers(sets: Sequence[GroupSet], dependent: GroupSet) -> Iterator[GroupSet]:
    """The sets that one starts after."""
    for one in sets:
        before_all = one.is_global and not dependent.is_global
        if one.name in dependent.starts_after or before_all:
            yield one


def start_conditions(sets: Sequence[GroupSet], group: str) -> tuple[StartCondition, ...]:
    """What has to be online before the group of this name starts. A delay is no condition."""
    found = dict.fromkeys(
        StartCondition(provider.groups, provider.needed)
        for one in sets
        if group in one.groups
        for provider in providers(sets, one)
        if provider.trigger.waits_for_groups
    )
    return tuple(found)
