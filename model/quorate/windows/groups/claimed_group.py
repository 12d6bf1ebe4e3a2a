"""A group as claims speak of it: its variables, and what its configuration says, put together a
second time.

Whoever judges shares no rule with whoever is judged: what guards and updates ask of the
configuration is asked here again, from its plain values. Names are those of the rules, so that a
claim reads like one.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import z3

from quorate.cluster import (
    Cluster,
    Dependency,
    Group,
    Resource,
    ResourceKind,
    RestartAction,
)
from quorate.counting.sets import Members, NodeSets, disjoint, empty, has, meets, some, union
from quorate.system import Formula, Term
from quorate.values import dataclass
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.group_variables import GroupVariables
from quorate.windows.groups.situation import Phase

NAMING = (ResourceKind.ADDRESS, ResourceKind.NETWORK_NAME)
"""What clients reach a group by; it holds no data."""


@dataclass(frozen=True)
class ClaimedGroup:
    """What is said of one group alone; where it may be among the others is in
    `claimed_place.py`."""

    variables: GroupVariables

    @property
    def cluster(self) -> Cluster:
        return self.variables.cluster

    @property
    def group(self) -> Group:
        return self.variables.group

    @property
    def key(self) -> str:
        return self.variables.key

    @property
    def names(self) -> tuple[str, ...]:
        """Of the resources, in the order of their bits."""
        return self.variables.names

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        by_name = {resource.name: resource for resource in self.group.resources}
        return tuple(by_name[name] for name in self.names)

    @property
    def sets(self) -> NodeSets:
        """Sets of resources."""
        return self.variables.sets

    @property
    def nodes(self) -> NodeSets:
        """Sets of nodes."""
        return self.variables.nodes

    # Its variables.

    @property
    def resource(self) -> Members:
        """The resource that a step chooses."""
        return self.variables.resource.term

    @property
    def owner(self) -> Members:
        return self.variables.owner_variable.term

    @property
    def target(self) -> Members:
        return self.variables.target_variable.term

    @property
    def wanted(self) -> Members:
        return self.variables.wanted_variable.term

    @property
    def driven(self) -> Members:
        """What is to be online until the group starts anew; after that, what is wanted."""
        driven = self.variables.driven_variable
        return self.wanted if driven is None else driven.term

    @property
    def online(self) -> Members:
        return self.variables.online_variable.term

    @property
    def starting(self) -> Members:
        return self.variables.starting_variable.term

    @property
    def stopping(self) -> Members:
        return self.variables.stopping_variable.term

    @property
    def failed(self) -> Members:
        return self.variables.failed_variable.term

    @cached_property
    def active(self) -> Members:
        """What runs, or may still do so."""
        return self.online | self.starting | self.stopping

    @cached_property
    def stale_activity(self) -> Sequence[Members]:
        """For each resource, the nodes on which it is active although the cluster does not run the
        group there."""
        return [variable.term for variable in self.variables.stale_activity_variables]

    def is_in(self, phase: Phase) -> Formula:
        return self._is(self.variables.phase_variable.term, phase)

    def will_be_in(self, phase: Phase) -> Formula:
        """After the step."""
        return self._is(self.variables.phase_variable.next, phase)

    def _is(self, value: Term, phase: Phase) -> Formula:
        phases = self.variables.phases
        return value == phases.index(phase) if phase in phases else z3.BoolVal(False)

    # What its configuration says.

    def that(self, condition: Callable[[Resource], bool]) -> Members:
        """The resources of which the condition is true."""
        return self.sets.of(r.name for r in self.resources if condition(r))

    def of_kind(self, kind: ResourceKind) -> frozenset[str]:
        return frozenset(r.name for r in self.resources if r.kind is kind)

    @cached_property
    def possible(self) -> Members:
        """The nodes that every resource may be on (rule G5)."""
        limits = [r.possible_owners for r in self.resources if r.possible_owners is not None]
        names = self.cluster.node_names
        return self.nodes.of(name for name in names if all(name in limit for limit in limits))

    @cached_property
    def preferred(self) -> Members:
        return self.nodes.of(self.group.preferred_owners)

    @cached_property
    def node_order(self) -> Sequence[str]:
        """The nodes in the order in which they are tried: those that are preferred first, the
        others as they are declared (rule G4)."""
        preferred = list(self.group.preferred_owners)
        return preferred + [n for n in self.cluster.node_names if n not in preferred]

    @cached_property
    def failovers_allowed(self) -> int:
        """In one period (rule G3): what is configured, or one less than there are nodes."""
        configured = self.group.failover_threshold
        return configured if configured is not None else len(self.cluster.nodes) - 1

    def tolerated(self, resource: Resource) -> int:
        """How many failures in one period are followed by a restart in place (rule R6)."""
        return 0 if resource.restart is RestartAction.NONE else resource.restart_threshold

    def failed_too_often(self, place: int) -> Formula:
        """The resource failed more often in this period than is followed by a restart."""
        times = self.variables.failures_variables[self.tolerated(self.resources[place])]
        return has(times.term, place)

    def local(self, node: Members) -> Members:
        """The resources that can be online on `node`: addresses only in their subnet, as far as
        subnets are known (wsfc.md 8)."""
        known = any(member.subnets for member in self.cluster.nodes)
        return gathered(
            [
                z3.BoolVal(True)
                if resource.subnet is None or not known
                else meets(node, self._with_subnet(resource.subnet))
                for resource in self.resources
            ]
        )

    def _with_subnet(self, subnet: str) -> Members:
        nodes = self.cluster.nodes
        return self.nodes.of(n.name for n in nodes if not n.subnets or subnet in n.subnets)

    # What stands on what (rules R3, R4).

    def holds(self, place: int, online: Members) -> Formula:
        """Of each clause of alternatives that the resource needs one is among `online`."""
        need: Dependency = self.variables.needs[place]
        found = [meets(online, self.sets.of(clause)) for clause in need.clauses]
        return z3.And(*found) if found else z3.BoolVal(True)

    def supported(self, online: Members) -> Members:
        """The resources of which all that they need is among `online`."""
        return gathered([self.holds(place, online) for place in range(len(self.names))])

    @cached_property
    def needed_by_chosen(self) -> Members:
        """All that the resource that a step chooses stands on, alternatives included."""
        found = [self._if_chosen(name, self._stands_on(name)) for name in self.names]
        return union([self.sets.nothing, *found])

    @cached_property
    def needing_chosen(self) -> Members:
        """All that stands on the resource that a step chooses."""
        above = {n: {m for m in self.names if n in self._stands_on(m)} for n in self.names}
        return union([self.sets.nothing, *(self._if_chosen(n, above[n]) for n in self.names)])

    def _if_chosen(self, name: str, others: Iterable[str]) -> Members:
        chosen = has(self.resource, self.names.index(name))
        return self.sets.where(chosen, self.sets.of(others))

    def _stands_on(self, name: str) -> set[str]:
        by_name = {resource.name: resource for resource in self.resources}
        below, waiting = set[str](), [name]
        while waiting:
            clauses = by_name[waiting.pop()].depends_on.clauses
            more = {other for clause in clauses for other in clause} - below
            below |= more
            waiting += sorted(more)
        return below

    @cached_property
    def hoped_for(self) -> Members:
        """What is wanted and was not taken offline with something else, down to what needs
        nothing."""
        return self._reaching_down(self.wanted & self.driven)

    @cached_property
    def wanted_here(self) -> Members:
        """Of what is wanted and driven to be online, that which the place allows on the owner."""
        return self._reaching_down(self.wanted & self.driven & self.local(self.owner))

    @cached_property
    def desired(self) -> Members:
        """Of what is to be online, that which can be on the owner: it can be there, nothing gave it
        up, and the same holds of what it needs."""
        given_up = self.failed & self.that(lambda r: r.restart is RestartAction.NONE)
        return self._reaching_down(self.driven & self.local(self.owner) & ~given_up)

    def _reaching_down(self, fine: Members) -> Members:
        """What is fine down to what needs nothing."""
        can = dict[str, Formula]()
        for place, resource in enumerate(self.resources):
            needs = [z3.Or(*(can[n] for n in clause)) for clause in resource.depends_on.clauses]
            can[resource.name] = z3.And(has(fine, place), *needs)
        return gathered([can[name] for name in self.names])

    # Whom clients reach (wsfc.md 8).

    @cached_property
    def addresses(self) -> Members:
        return self.sets.of(self.of_kind(ResourceKind.ADDRESS))

    @cached_property
    def network_names(self) -> Members:
        return self.sets.of(self.of_kind(ResourceKind.NETWORK_NAME))

    @cached_property
    def answers(self) -> Formula:
        """The owner answers for a name of the group: it and an address are online."""
        return z3.And(meets(self.online, self.network_names), some(self.online & self.addresses))

    @cached_property
    def naming(self) -> frozenset[str]:
        """The addresses and network names."""
        return frozenset[str]().union(*map(self.of_kind, NAMING))

    @cached_property
    def stale_answering(self) -> Members:
        """The nodes on which an address or a name is active although the cluster does not run the
        group there."""
        active = zip(self.names, self.stale_activity, strict=True)
        chosen = [nodes for name, nodes in active if name in self.naming]
        return union([self.nodes.nothing, *chosen])


def apart(one: ClaimedGroup, other: ClaimedGroup) -> Formula:
    """The two are not active on one node."""
    return z3.Or(empty(one.active), empty(other.active), disjoint(one.owner, other.owner))
