"""The state of the cluster that groups ride on: its members, and every group's own state.

What membership and quorum make of the network is reduced here to one set: the members of the one
island that runs. That there is at most one is proved of the model of membership; which sets follow
each other is what that model allows (docs/semantics.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import z3

from quorate.cluster import HOURS, Cluster, Group
from quorate.counting.sets import Members, NodeSets, empty, meets
from quorate.system import Bits, Enumeration, Formula, Instance, Single, Variable
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.conditions import Conditions, Detection, ServiceDeviation
from quorate.windows.groups.group_state import GroupState
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.state import identifiers, union


@dataclass(frozen=True)
class ServicesState:
    """`members` the nodes that run the cluster; `paused` those that take no groups (rule M6);
    `lagging`, with eventual detection, nodes that were cut off and go on; `volumes` the shared
    volumes that are there; `hour` of the day, where a group fails back in a window."""

    cluster: Cluster
    conditions: Conditions

    @cached_property
    def sets(self) -> NodeSets:
        return NodeSets(self.cluster.node_names)

    @cached_property
    def quorum(self) -> Quorum:
        return Quorum(self.cluster)

    @cached_property
    def groups(self) -> Sequence[GroupState]:
        chosen = [g for g in self.cluster.groups if g.name in self.conditions.groups]
        return [
            GroupState(self.cluster, group, self.conditions, key)
            for group, key in group_keys(chosen).items()
        ]

    @property
    def node(self) -> Variable:
        """The choice of a node in one step."""
        return Variable("node", Single(self.cluster.node_names))

    @cached_property
    def members_variable(self) -> Variable:
        return Variable("members", Bits(self.cluster.node_names))

    @cached_property
    def paused_variables(self) -> Sequence[Variable]:
        return [Variable("paused", Bits(self.cluster.node_names))] * self.conditions.operator

    @cached_property
    def lagging_variables(self) -> Sequence[Variable]:
        eventual = self.conditions.detection is Detection.EVENTUAL
        return [Variable("lagging", Bits(self.cluster.node_names))] * eventual

    @cached_property
    def volume_variables(self) -> Sequence[Variable]:
        used = {name for g in self.groups for r in g.resources for name in r.writes_to}
        names = tuple(volume for volume in self.cluster.volumes if volume in used)
        return [Variable("volumes", Bits(names))] if names else []

    @cached_property
    def hour_variables(self) -> Sequence[Variable]:
        if not any(state.group.window for state in self.groups):
            return []
        return [Variable("hour", Enumeration(tuple(str(hour) for hour in range(HOURS))))]

    @property
    def variables(self) -> Iterator[Variable]:
        yield self.members_variable
        yield from self.paused_variables
        yield from self.lagging_variables
        yield from self.volume_variables
        yield from self.hour_variables
        for group in self.groups:
            yield from group.variables

    @property
    def members(self) -> Members:
        return self.members_variable.term

    @property
    def paused(self) -> Members:
        return self.paused_variables[0].term if self.paused_variables else self.sets.nothing

    @property
    def lagging(self) -> Members:
        return self.lagging_variables[0].term if self.lagging_variables else self.sets.nothing

    @cached_property
    def volume_names(self) -> tuple[str, ...]:
        sort = self.volume_variables[0].sort if self.volume_variables else None
        return sort.names if isinstance(sort, Bits) else ()

    @cached_property
    def needs_everyone(self) -> bool:
        """Whichever node is missing, the others have no quorum, whoever has the witness."""
        votes = self.cluster.votes
        others = sum(votes.nodes.values()) - min(votes.nodes.values())
        return others + votes.witness < votes.needed

    def told_of(self, nodes: Members) -> tuple[Instance, ...]:
        """What a proof may need to know of `nodes` to see whether they may run."""
        return (self.quorum.votes.some_are_missing(nodes),) if self.needs_everyone else ()

    def may_run(self, nodes: Members) -> Formula:
        """Rule Q1 for `nodes`, a working witness counting for them if they reach it; under Disk
        Only they need contact with the disk (rule Q3)."""
        return z3.And(nodes != 0, self.quorum.majority(nodes, self._reaches_witness(nodes)))

    def _reaches_witness(self, nodes: Members) -> Formula:
        witness = self.cluster.witness
        reached_by = self.sets.of(witness.reached_by if witness is not None else ())
        return meets(nodes, reached_by)

    @property
    def may_belong(self) -> Members:
        return self.sets.of(self.cluster.may_belong)

    def available(self, group: GroupState) -> Members:
        """The members that may take the group (rules G5, M6)."""
        return self.members & group.possible & ~self.paused

    def occupied(self, group: GroupState) -> Members:
        """The nodes on which a group is active, or is migrating to, that `group` keeps away from
        (rule G6)."""
        places = [self.sets.nothing]
        for other in self.rivals(group):
            places.append(self.sets.where(z3.Not(empty(other.active)), other.owner))
            places.append(self.sets.where(other.is_in(Phase.MIGRATING), other.target))
        return union(places)

    def avoided(self, group: GroupState) -> Members:
        """The nodes that `group` is not placed on if that can be: those that are occupied, and
        those where a group that it keeps away from is about to start."""
        about_to = [
            self.sets.where(z3.Not(empty(other.desired)), other.owner & self.members)
            for other in self.rivals(group)
        ]
        return union([self.occupied(group), *about_to])

    def rivals(self, group: GroupState) -> Sequence[GroupState]:
        """The groups that share an anti-affinity name with `group`."""
        return [g for g in self.groups if g is not group and g.group.avoids(group.group)]

    def choice(self, group: GroupState, nodes: Members) -> Members:
        """`nodes` without those to be avoided; if none is left, all of them, unless anti-affinity
        is enforced (rule G6)."""
        ignored = group.broken(ServiceDeviation.IGNORES_ANTI_AFFINITY)
        if not self.rivals(group) or ignored:
            return nodes
        free = nodes & ~self.avoided(group)
        if self.cluster.enforced_anti_affinity:
            return free
        return z3.If(empty(free), nodes, free)


def group_keys(groups: Sequence[Group]) -> dict[Group, str]:
    """What the names of variables and actions of each group begin or end with, of groups that are
    looked at together, in the order of the cluster."""
    keys = identifiers([group.name for group in groups])
    return {group: f"group.{key}" for group, key in zip(groups, keys, strict=True)}
