"""A group among the nodes and the other groups of its cluster, as claims speak of it: where it may
be, said a second time (rules G4 to G6, M6; wsfc.md 5.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import assert_never

import z3

from quorate.cluster import HOURS, StartupTrigger
from quorate.counting.sets import Members, disjoint, empty, has, meets, some, subset, union
from quorate.system import EachStep, Formula, each_step
from quorate.values import dataclass
from quorate.windows.groups.bits import bit, joined
from quorate.windows.groups.claimed_group import ClaimedGroup
from quorate.windows.groups.model import Groups
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.verbs import Verb


@dataclass(frozen=True)
class ClaimedPlace:
    """`groups` are all that are looked at together, `group` the one that is spoken of."""

    state: GroupsState
    groups: tuple[ClaimedGroup, ...]
    group: ClaimedGroup

    @property
    def owner_runs(self) -> Formula:
        """The owner is a member."""
        return subset(self.group.owner, self.state.members)

    @property
    def owner_is_lost(self) -> Formula:
        return disjoint(self.group.owner, self.state.members)

    @cached_property
    def rivals(self) -> Sequence[ClaimedGroup]:
        """The other groups that have an anti-affinity name of this one (rule G6)."""
        own = set(self.group.group.anti_affinity)
        return [g for g in self.groups if g is not self.group and own & {*g.group.anti_affinity}]

    @cached_property
    def started_before(self) -> Sequence[tuple[Sequence[ClaimedGroup], int]]:
        """Of each set that it starts after whose groups have to be online, the groups, and how many
        of them: all, if nothing is said or there are not so many, or more than half."""
        found = []
        for own in self.state.cluster.group_sets:
            if self.group.group.name not in own.groups:
                continue
            for other in self.state.cluster.group_sets:
                first = other.is_global and not own.is_global
                if not (first or other.name in own.starts_after):
                    continue
                match other.trigger:
                    case StartupTrigger.ONLINE:
                        pass
                    case StartupTrigger.DELAY:
                        continue
                    case _:
                        assert_never(other.trigger)
                groups = [g for g in self.groups if g.group.name in other.groups]
                wanted = len(groups) if other.count is None else min(other.count, len(groups))
                found.append((groups, wanted or len(groups) // 2 + 1))
        return found

    @cached_property
    def is_its_turn(self) -> Formula:
        """All those are online."""
        found = []
        for groups, wanted in self.started_before:
            online = [self._is_online(group) for group in groups]
            found.append(z3.Or(*(z3.And(*some_of) for some_of in combinations(online, wanted))))
        return z3.And(*found)

    def _is_online(self, group: ClaimedGroup) -> Formula:
        """Everything in it is, but addresses that belong elsewhere, and it is not empty (G1)."""
        missing = group.local(group.owner) & ~group.online
        runs = subset(group.owner, self.state.members)
        return z3.And(runs, empty(missing), z3.Not(empty(group.online)))

    @property
    def is_kept_apart(self) -> bool:
        """Anti-affinity is enforced, and there is a group that it keeps away from."""
        return self.state.cluster.enforced_anti_affinity and bool(self.rivals)

    @cached_property
    def occupied(self) -> Members:
        """The nodes on which a rival runs, or to which it migrates."""
        places = [self.state.sets.nothing]
        for rival in self.rivals:
            places.append(self.state.sets.where(z3.Not(empty(rival.active)), rival.owner))
            places.append(self.state.sets.where(rival.is_in(Phase.MIGRATING), rival.target))
        return union(places)

    @cached_property
    def avoided(self) -> Members:
        """The nodes on which a rival runs, or is about to."""
        members = self.state.members
        about_to = [
            self.state.sets.where(z3.Not(empty(rival.desired)), rival.owner & members)
            for rival in self.rivals
        ]
        return union([self.occupied, *about_to])

    def favoured(self, nodes: Members) -> Members:
        """Of `nodes` those without a rival; where that is no law and none is left, all."""
        if not self.rivals:
            return nodes
        free = nodes & ~self.avoided
        if self.state.cluster.enforced_anti_affinity:
            return free
        return z3.If(empty(free), nodes, free)

    @cached_property
    def available(self) -> Members:
        """The members that may own it and are not paused (rules G5, M6)."""
        return self.state.members & self.group.possible & ~self.state.paused

    @cached_property
    def elsewhere(self) -> Members:
        """Those of them that do not own it."""
        return self.available & ~self.group.owner

    @cached_property
    def plannable(self) -> Members:
        """The nodes that may take it by plan: where anti-affinity is enforced, none with a
        rival."""
        return self.available & ~self.avoided if self.is_kept_apart else self.available

    @cached_property
    def survivors(self) -> Members:
        """The members that may own it, paused or not."""
        return self.state.members & self.group.possible

    @cached_property
    def heirs(self) -> Members:
        """Who may take it when its owner is lost: a paused node only where all are (rule M6)."""
        awake = self.survivors & ~self.state.paused
        return self.favoured(z3.If(some(awake), awake, self.survivors))

    @cached_property
    def best_preferred(self) -> Members:
        """The first preferred owner that may take it and comes before the owner; nobody if there is
        none."""
        best = self.group.nodes.nothing
        for name in reversed(self.group.group.preferred_owners):
            here = self.group.nodes.of([name])
            best = z3.If(meets(self.plannable, here), here, best)
            best = z3.If(meets(self.group.owner, here), self.group.nodes.nothing, best)
        return best

    def in_order(self, nodes: Members) -> Members:
        """`nodes` with the one that is tried first as the lowest bit."""
        names = self.state.cluster.node_names
        return joined([bit(nodes, names.index(name)) for name in self.group.node_order])

    @cached_property
    def window_is_open(self) -> Formula:
        """Within the failback window, which may go on past midnight (rule F3)."""
        window, hour = self.group.group.window, self.state.hour
        if window is None or hour is None:
            return z3.BoolVal(True)
        length = (window.end - window.start) % HOURS
        inside = [(window.start + passed) % HOURS for passed in range(length)]
        return z3.Or(*(hour.variable.term == now for now in sorted(inside)))

    @cached_property
    def volumes_used(self) -> Sequence[str]:
        """The shared volumes that something of it keeps data on."""
        used = {name for resource in self.group.resources for name in resource.writes_to}
        return [name for name in self.state.cluster.volumes if name in used]

    def volume_is_there(self, name: str) -> Formula:
        """Of a shared volume that somebody uses."""
        volumes = self.state.volumes
        if volumes is None:
            raise ValueError(f"nobody keeps data on {name}")
        return has(volumes.variable.term, volumes.names.index(name))

    def data_is_there(self, place: int) -> Formula:
        """Each volume that the resource keeps data on is there, and each disk is online on the
        owner of its group."""
        found = list[Formula]()
        for name in self.group.resources[place].writes_to:
            if name in self.volumes_used:
                found.append(self.volume_is_there(name))
            for other in self.groups:
                if name in other.names:
                    disk = other.names.index(name)
                    found += [other.owner == self.group.owner, has(other.online, disk)]
        return z3.And(*found)

    def of(self, group: ClaimedGroup) -> "ClaimedPlace":
        """Another of the groups."""
        return replace(self, group=group)

    def each_step(self, name: str, model: Groups, rules: Mapping[Verb, Formula]) -> EachStep:
        """The rules of steps of the group, and of steps that are about no group."""
        lacking, about = model.lacking(self.group.variables), self.group.key
        return each_step(name, model.system, rules, lacking=lacking, about=about)


def claimed(model: Groups, name: str) -> ClaimedPlace:
    """The group of this name. Raises `KeyError` for one that the model is not about."""
    groups = tuple(ClaimedGroup(variables) for variables in model.state.groups)
    for group in groups:
        if group.group.name == name:
            return ClaimedPlace(model.state, groups, group)
    raise KeyError(name)
