"""The state of the cluster that groups ride on: its members, and every group's own state.

What membership and quorum make of the network is reduced here to one set: the members of the one
island that runs. That there is at most one is proved of the model of membership; which sets follow
each other is what that model allows (docs/semantics.md).
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import z3

from quorate.cluster import Cluster, Group
from quorate.counting.sets import Members, NodeSets, meets
from quorate.system import Bits, Formula, Instance, Single, Variable
from quorate.values import dataclass
from quorate.windows.groups.assumptions import Assumptions
from quorate.windows.groups.configured_group import Needs, as_configured
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.surroundings import Hour, Volumes
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.state import identifiers

CHOSEN_NODE = "node"
"""What the input is called that chooses a node in one step."""


@dataclass(frozen=True)
class GroupsState:
    """`members` the nodes that run the cluster; `paused`, where there is an operator, those that
    take no groups (rule M6); `stale`, with eventual detection, nodes that were cut off and go on;
    `volumes` the shared volumes that groups keep data on; `hour`, where a group fails back in a
    window. `needs` says what resources depend on."""

    cluster: Cluster
    assumptions: Assumptions
    needs: Needs = as_configured

    @cached_property
    def sets(self) -> NodeSets:
        return NodeSets(self.cluster.node_names)

    @cached_property
    def quorum(self) -> Quorum:
        return Quorum(self.cluster)

    @cached_property
    def groups(self) -> Sequence[GroupState]:
        chosen = [g for g in self.cluster.groups if g.name in self.assumptions.groups]
        return [
            GroupState(self.cluster, group, self.assumptions, key, self.needs(group))
            for group, key in group_keys(chosen).items()
        ]

    @property
    def node(self) -> Variable:
        """The choice of a node in one step."""
        return Variable(CHOSEN_NODE, Single(self.cluster.node_names))

    @cached_property
    def members_variable(self) -> Variable:
        return Variable("members", Bits(self.cluster.node_names))

    @cached_property
    def paused_variable(self) -> Variable | None:
        return (
            Variable("paused", Bits(self.cluster.node_names)) if self.assumptions.operator else None
        )

    @cached_property
    def stale_variable(self) -> Variable | None:
        late = self.assumptions.detection.leaves_stale_nodes
        return Variable("stale", Bits(self.cluster.node_names)) if late else None

    @cached_property
    def volumes(self) -> Volumes | None:
        used = {name for group in self.groups for name in group.group.data}
        names = tuple(volume for volume in self.cluster.volumes if volume in used)
        return Volumes(names) if names else None

    @cached_property
    def hour(self) -> Hour | None:
        return Hour() if any(group.group.window for group in self.groups) else None

    @property
    def variables(self) -> Iterator[Variable]:
        yield self.members_variable
        if self.paused_variable is not None:
            yield self.paused_variable
        if self.stale_variable is not None:
            yield self.stale_variable
        if self.volumes is not None:
            yield self.volumes.variable
        if self.hour is not None:
            yield self.hour.variable
        for group in self.groups:
            yield from group.variables

    @property
    def members(self) -> Members:
        return self.members_variable.term

    @property
    def paused(self) -> Members:
        return self.sets.nothing if self.paused_variable is None else self.paused_variable.term

    @property
    def stale(self) -> Members:
        return self.sets.nothing if self.stale_variable is None else self.stale_variable.term

    @cached_property
    def needs_everyone(self) -> bool:
        """Whichever node is missing, the others have no quorum, whoever has the witness."""
        if self.cluster.votes_change:
            return False
        votes = self.cluster.votes
        others = sum(votes.nodes.values()) - min(votes.nodes.values())
        return others + votes.witness < votes.needed

    def theorems_about(self, nodes: Members) -> tuple[Instance, ...]:
        """What a proof may need to know of `nodes` to see whether they may run."""
        return (self.quorum.votes.some_are_missing(nodes),) if self.needs_everyone else ()

    def may_run(self, nodes: Members) -> Formula:
        """Rule Q1 for `nodes`, a working witness counting for them if they reach it; under Disk
        Only they need contact with the disk (rule Q3). Where votes follow who runs, any may be
        enough by what went before (rules Q10 to Q14); an outage is always possible besides."""
        if self.cluster.votes_change:
            return nodes != 0
        return z3.And(nodes != 0, self.quorum.majority(nodes, self._reaches_witness(nodes)))

    def _reaches_witness(self, nodes: Members) -> Formula:
        witness = self.cluster.witness
        reached_by = self.sets.of(witness.reached_by if witness is not None else ())
        return meets(nodes, reached_by)

    @property
    def may_belong(self) -> Members:
        return self.sets.of(self.cluster.may_belong)


def group_keys(groups: Sequence[Group]) -> dict[Group, str]:
    """What the names of variables and actions of each group begin or end with, of groups that are
    looked at together, in the order of the cluster."""
    keys = identifiers([group.name for group in groups])
    return {group: f"group.{key}" for group, key in zip(groups, keys, strict=True)}
