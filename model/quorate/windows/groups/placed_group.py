"""A group among the nodes and the other groups of its cluster: where it may be, and who takes it
next (rules G4 to G6, M6; wsfc.md 5.2)."""

from collections.abc import Sequence
from functools import cached_property
from typing import assert_never

import z3

from quorate.cluster import StartCondition
from quorate.counting.marks import one_mark_more
from quorate.counting.sets import Members, disjoint, empty, some, subset, union
from quorate.system import Formula
from quorate.values import dataclass
from quorate.windows.groups.bits import in_marks
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.situation import Counted, Phase
from quorate.windows.groups.state import GroupsState


@dataclass(frozen=True)
class PlacedGroup:
    state: GroupsState
    group: GroupState

    @property
    def owner_runs(self) -> Formula:
        """The owner is a member."""
        return subset(self.group.owner, self.state.members)

    @property
    def owner_is_lost(self) -> Formula:
        return disjoint(self.group.owner, self.state.members)

    @cached_property
    def start_conditions(self) -> Sequence[StartCondition]:
        """What has to be online before it starts."""
        return self.state.cluster.start_conditions(self.group.group.name)

    @cached_property
    def rivals(self) -> Sequence[GroupState]:
        """The groups that share an anti-affinity name with it."""
        group = self.group
        return [g for g in self.state.groups if g is not group and g.group.avoids(group.group)]

    @property
    def is_kept_apart(self) -> bool:
        """Anti-affinity is enforced, and there is a group that it keeps away from."""
        return self.state.cluster.enforced_anti_affinity and bool(self.rivals)

    @cached_property
    def occupied(self) -> Members:
        """The nodes on which a group is active, or is migrating to, that it keeps away from (rule
        G6)."""
        places = [self.state.sets.nothing]
        for rival in self.rivals:
            places.append(self.state.sets.where(z3.Not(empty(rival.active)), rival.owner))
            places.append(self.state.sets.where(rival.is_in(Phase.MIGRATING), rival.target))
        return union(places)

    @cached_property
    def avoided(self) -> Members:
        """The nodes that it is not placed on if that can be: those that are occupied, and those
        where a group that it keeps away from is about to start."""
        about_to = [
            self.state.sets.where(z3.Not(empty(rival.desired)), rival.owner & self.state.members)
            for rival in self.rivals
        ]
        return union([self.occupied, *about_to])

    def apart(self, nodes: Members) -> Members:
        """`nodes` without those to be avoided; if none is left, all of them, unless anti-affinity
        is enforced (rule G6)."""
        if not self.rivals:
            return nodes
        free = nodes & ~self.avoided
        if self.state.cluster.enforced_anti_affinity:
            return free
        return z3.If(empty(free), nodes, free)

    @cached_property
    def available(self) -> Members:
        """The members that may take it (rules G5, M6)."""
        return self.state.members & self.group.possible & ~self.state.paused

    @cached_property
    def one_more_is_left(self) -> Formula:
        """The failovers of this period and one more are fewer than the nodes that the default
        threshold counts, where that is open (rule G3)."""
        counted, begun = self.group.counted, self.group.failovers_variable.term
        if counted is None:
            return z3.BoolVal(True)
        needed = one_mark_more(one_mark_more(begun))
        left = [subset(needed, in_marks(self._counted(which))) for which in Counted]
        return z3.And(*(z3.Or(counted.term != place, enough) for place, enough in enumerate(left)))

    def _counted(self, which: Counted) -> Members:
        match which:
            case Counted.NODES:
                return self.state.sets.everything
            case Counted.MEMBERS:
                return self.state.members
            case Counted.AVAILABLE:
                return self.available | self.group.owner
            case _:
                assert_never(which)

    @cached_property
    def plannable(self) -> Members:
        """The members that a plan or a preference may send it to: where anti-affinity is enforced
        that is no more than the rules."""
        return self.available & ~self.avoided if self.is_kept_apart else self.available

    @cached_property
    def elsewhere(self) -> Members:
        """The members that may take it but its owner."""
        return self.available & ~self.group.owner

    @cached_property
    def others(self) -> Members:
        """Where it goes without a plan: any other member that may take it, apart from groups that
        it avoids."""
        return self.apart(self.elsewhere)

    @cached_property
    def next_owner(self) -> Members:
        """The next of the others in NodeList; if there is none, who has it."""
        owner = self.group.owner
        following = self.group.node_list.next_after(owner, self.others)
        return z3.If(some(self.others), following, owner)

    @cached_property
    def planned_owner(self) -> Members:
        """Where it was sent, if that may still take it."""
        return self.group.target & self.plannable

    @cached_property
    def destination(self) -> Members:
        """Whom a move ends with: the planned owner, or where there is none any more the next."""
        return z3.If(some(self.planned_owner), self.planned_owner, self.next_owner)

    @cached_property
    def survivors(self) -> Members:
        """The members that may own it, paused or not."""
        return self.state.members & self.group.possible

    def awake_among(self, survivors: Members) -> Members:
        """Those that are not paused; all where all are (rule M6)."""
        awake = survivors & ~self.state.paused
        return z3.If(some(awake), awake, survivors)

    @cached_property
    def successors(self) -> Members:
        """Who may take it when its owner is lost."""
        return self.apart(self.awake_among(self.survivors))


def placed_groups(state: GroupsState) -> tuple[PlacedGroup, ...]:
    return tuple(PlacedGroup(state, group) for group in state.groups)
