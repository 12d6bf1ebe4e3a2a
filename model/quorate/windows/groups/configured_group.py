"""A group as its configuration says, as sets of resources and of nodes: what never changes.

Resources are bits, providers before dependents, so that what depends on what is one pass upwards.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeAlias, assert_never

import z3

from quorate.cluster import Cluster, Dependency, Group, Resource, ResourceKind
from quorate.counting.sets import Members, NodeSets, has, meets
from quorate.system import Formula, Single, Variable
from quorate.values import dataclass
from quorate.windows.groups.assumptions import Assumptions
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.node_list import NodeList
from quorate.windows.groups.situation import Phase

Needs: TypeAlias = Callable[[Group], tuple[Dependency, ...]]
"""What each resource of a group depends on, providers first."""


def as_configured(group: Group) -> tuple[Dependency, ...]:
    return tuple(resource.depends_on for resource in group.providers_first)


@dataclass(frozen=True)
class ConfiguredGroup:
    """`key` is a plain identifier that the names of the variables begin with; `needs` what each of
    `resources` depends on."""

    cluster: Cluster
    group: Group
    assumptions: Assumptions
    key: str
    needs: tuple[Dependency, ...]

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        return self.group.providers_first

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(resource.name for resource in self.resources)

    @cached_property
    def sets(self) -> NodeSets:
        """Sets of resources."""
        return NodeSets(self.names)

    @cached_property
    def nodes(self) -> NodeSets:
        """Sets of nodes."""
        return NodeSets(self.cluster.node_names)

    @property
    def resource(self) -> Variable:
        """The choice of a resource in one step."""
        return Variable("resource", Single(self.names))

    def that(self, condition: Callable[[Resource], bool]) -> Members:
        """The resources of which the condition is true."""
        return self.sets.of(r.name for r in self.resources if condition(r))

    def of_kind(self, *kinds: ResourceKind) -> frozenset[str]:
        return frozenset(resource.name for resource in self.resources if resource.kind in kinds)

    @cached_property
    def machines(self) -> tuple[Resource, ...]:
        return self.group.of_kind(ResourceKind.VIRTUAL_MACHINE)

    @cached_property
    def threshold(self) -> int:
        """Rule G3; the default is one less than there are nodes, or less where that is open."""
        configured = self.group.failover_threshold
        return len(self.cluster.nodes) - 1 if configured is None else configured

    @cached_property
    def threshold_is_open(self) -> bool:
        """Whether it matters which nodes its default is one less than."""
        return self.group.threshold_is_open(self.cluster.node_names)

    @cached_property
    def tolerated(self) -> Sequence[int]:
        """How many failures of each resource are followed by a restart in place."""
        return [r.restart_threshold if r.restart.restarts else 0 for r in self.resources]

    @property
    def fails_back(self) -> bool:
        """Rule F3; without preferred owners no node is better than another."""
        return self.group.failback.goes_back and bool(self.group.preferred_owners)

    @cached_property
    def moves_live(self) -> bool:
        return bool(self.machines) and self.group.migration.keeps_running

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The phases that the group can be in, in the order of the values of its variable."""
        return tuple(phase for phase in Phase if self._knows(phase))

    def _knows(self, phase: Phase) -> bool:
        match phase:
            case Phase.SERVING | Phase.MOVING:
                return True
            case Phase.MIGRATING:
                return self.moves_live
            case _:
                assert_never(phase)

    # Where it may be (wsfc.md 5.2).

    @cached_property
    def possible(self) -> Members:
        """The nodes that may own it (rule G5)."""
        return self.nodes.of(self.group.possible_owners(self.cluster.node_names))

    @property
    def is_restricted(self) -> bool:
        """Some node may not own it."""
        names = self.cluster.node_names
        return self.group.possible_owners(names) != names

    @cached_property
    def preferred(self) -> Members:
        return self.nodes.of(self.group.preferred_owners)

    @cached_property
    def node_list(self) -> NodeList:
        names = self.cluster.node_names
        return NodeList(names, self.group.node_list(names))

    @cached_property
    def confined(self) -> Sequence[tuple[str, ...] | None]:
        """For each resource the nodes on which it can be online, None for all: addresses only where
        their subnet is (wsfc.md 8)."""
        return [self._confined(resource) for resource in self.resources]

    def _confined(self, resource: Resource) -> tuple[str, ...] | None:
        nodes = self.cluster.nodes
        if resource.subnet is None or all(not node.subnets for node in nodes):
            return None
        return tuple(n.name for n in nodes if not n.subnets or resource.subnet in n.subnets)

    @cached_property
    def is_confined(self) -> bool:
        """Some resource can be online only on some nodes."""
        return any(nodes is not None for nodes in self.confined)

    def local(self, node: Members) -> Members:
        """The resources that can be online on `node`."""
        return gathered(
            [
                z3.BoolVal(True) if nodes is None else meets(node, self.nodes.of(nodes))
                for nodes in self.confined
            ]
        )

    @cached_property
    def guarded(self) -> frozenset[str]:
        """What only one node can have at a time: disks by their reservation (rule M3), machines on
        shared volumes, and the configurations that these depend on, by the locks on their
        files."""
        volumes = set(self.cluster.volumes)
        locked = {r.name for r in self.resources if r.kind.opens_files and volumes & {*r.writes_to}}
        below = frozenset[str]().union(*(self.group.below(machine) for machine in locked))
        configurations = self.of_kind(ResourceKind.VIRTUAL_MACHINE_CONFIGURATION) & below
        reserved = {r.name for r in self.resources if r.kind.is_reserved}
        return configurations | locked | reserved

    @property
    def is_reserved(self) -> bool:
        """Something of it can be had by one node only, and that is seen to."""
        return bool(self.guarded) and self.assumptions.reservation

    # What stands on what.

    @property
    def is_ordered(self) -> bool:
        """Some resource depends on another."""
        return any(need.clauses for need in self.needs)

    @cached_property
    def brought_with(self) -> Sequence[frozenset[str]]:
        """For each resource those that are brought online before it: all that it depends on, of
        alternatives each, and all that these depend on (rule R1)."""
        found = dict[str, frozenset[str]]()
        for resource in self.resources:
            providers = resource.depends_on.providers
            found[resource.name] = frozenset(providers).union(*(found[n] for n in providers))
        return [found[name] for name in self.names]

    def holds(self, place: int, online: Members) -> Formula:
        """What the resource depends on is satisfied by `online` (rules R3, R4)."""
        clauses = [meets(online, self.sets.of(clause)) for clause in self.needs[place].clauses]
        return z3.And(*clauses) if clauses else z3.BoolVal(True)

    def supported(self, online: Members) -> Members:
        """The resources whose dependencies are satisfied by `online`."""
        return gathered([self.holds(place, online) for place in range(len(self.names))])

    def standing(self, fine: Members) -> Members:
        """The largest part of `fine` that depends on nothing but itself."""
        found: list[Formula] = []
        for place, resource in enumerate(self.resources):
            clauses = [
                z3.Or(*(found[self.names.index(name)] for name in clause))
                for clause in resource.depends_on.clauses
            ]
            found.append(z3.And(has(fine, place), *clauses))
        return gathered(found)
