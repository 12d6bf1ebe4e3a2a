"""The variables of one group, and the sets that follow from them.

Resources are bits, providers before dependents, so that what depends on what is one pass upwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import z3

from quorate.cluster import (
    Cluster,
    FailbackPolicy,
    Group,
    Migration,
    Resource,
    ResourceKind,
    RestartAction,
)
from quorate.counting.sets import Members, NodeSets, has, lowest, meets, some
from quorate.system import Bits, Boolean, Enumeration, Formula, Single, Term, Variable
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.conditions import Conditions, Detection, ServiceDeviation
from quorate.windows.membership.state import union

PHASES = (Phase.SERVING, Phase.MOVING, Phase.MIGRATING)


@dataclass(frozen=True)
class GroupState:
    """`key` is a plain identifier that the names of the variables begin with."""

    cluster: Cluster
    group: Group
    conditions: Conditions
    key: str

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

    def broken(self, deviation: ServiceDeviation) -> bool:
        return self.conditions.deviation is deviation

    # The variables.

    def _variable(self, name: str, sort: Bits | Single | Boolean | Enumeration) -> Variable:
        return Variable(f"{self.key}.{name}", sort)

    @cached_property
    def owner_variable(self) -> Variable:
        return self._variable("owner", Single(self.cluster.node_names))

    @cached_property
    def phase_variable(self) -> Variable:
        known = PHASES if self.moves_live else PHASES[:-1]
        return self._variable("phase", Enumeration(tuple(phase.value for phase in known)))

    @cached_property
    def target_variable(self) -> Variable:
        return self._variable("target", Single(self.cluster.node_names))

    @cached_property
    def wanted_variable(self) -> Variable:
        """The persistent state (rule G2): the last command to each resource."""
        return self._variable("wanted", Bits(self.names))

    @cached_property
    def online_variable(self) -> Variable:
        return self._variable("online", Bits(self.names))

    @cached_property
    def starting_variable(self) -> Variable:
        return self._variable("starting", Bits(self.names))

    @cached_property
    def stopping_variable(self) -> Variable:
        return self._variable("stopping", Bits(self.names))

    @cached_property
    def failed_variable(self) -> Variable:
        return self._variable("failed", Bits(self.names))

    @cached_property
    def failures_variables(self) -> Sequence[Variable]:
        """The resources that failed at least once, twice, ... in this period."""
        return [
            self._variable(f"failures.{count}", Bits(self.names))
            for count in range(1, max(self.tolerated) + 2)
        ]

    @cached_property
    def failovers_variable(self) -> Variable:
        """The failovers of this period in marks, one bit each, one more than are allowed."""
        marks = tuple(str(mark + 1) for mark in range(self.threshold + 1))
        return self._variable("failovers", Bits(marks))

    @cached_property
    def returned_variables(self) -> Sequence[Variable]:
        """Of a group that fails back, the preferred owners that became available since it last
        did."""
        if self.group.failback is FailbackPolicy.NEVER or not self.group.preferred_owners:
            return []
        return [self._variable("returned", Bits(self.cluster.node_names))]

    @cached_property
    def elsewhere_variables(self) -> Sequence[Variable]:
        """For each resource, the nodes on which it is active although the group is not run there
        by the cluster."""
        return [
            self._variable(f"elsewhere.{place}", Bits(self.cluster.node_names))
            for place in range(len(self.names))
        ]

    @cached_property
    def stale_variables(self) -> Sequence[Variable]:
        """With eventual detection, the nodes that go on believing that they own the group."""
        if self.conditions.detection is Detection.INSTANT:
            return []
        return [self._variable("stale", Bits(self.cluster.node_names))]

    @cached_property
    def pending_variables(self) -> Sequence[Variable]:
        """With eventual detection, the resources that are only coming online on nodes that go
        on."""
        return [self._variable("pending", Bits(self.names))] if self.stale_variables else []

    @cached_property
    def unwritten_variables(self) -> Sequence[Variable]:
        """Where something keeps data on a disk: the resources that hold data which is not written,
        and those whose data was lost in an orderly step."""
        if not self.writes:
            return []
        return [self._variable(name, Bits(self.names)) for name in ("unwritten", "lost")]

    @cached_property
    def memory_variables(self) -> Sequence[Variable]:
        """Where there are virtual machines: those that are saved, and those whose memory was lost
        in a planned move."""
        if not self.group.of_kind(ResourceKind.VIRTUAL_MACHINE):
            return []
        return [self._variable(name, Bits(self.names)) for name in ("saved", "forgotten")]

    @cached_property
    def asked_variables(self) -> Sequence[Variable]:
        """Where there is a network name: the addresses that a client knows."""
        named = self.group.of_kind(ResourceKind.NETWORK_NAME)
        return [self._variable("asked", Bits(self.names))] if named else []

    @cached_property
    def crammed_variables(self) -> Sequence[Variable]:
        """Where groups avoid each other: this one was placed beside one that it avoids although
        there was a better place."""
        return [self._variable("crammed", Boolean())] if self.group.anti_affinity else []

    @property
    def variables(self) -> Iterator[Variable]:
        yield self.owner_variable
        yield self.phase_variable
        yield self.target_variable
        yield self.wanted_variable
        yield self.online_variable
        yield self.starting_variable
        yield self.stopping_variable
        yield self.failed_variable
        yield from self.failures_variables
        yield self.failovers_variable
        yield from self.returned_variables
        yield from self.elsewhere_variables
        yield from self.stale_variables
        yield from self.pending_variables
        yield from self.unwritten_variables
        yield from self.memory_variables
        yield from self.asked_variables
        yield from self.crammed_variables

    # What the configuration says.

    @cached_property
    def threshold(self) -> int:
        """Rule G3; the default is one less than there are nodes."""
        configured = self.group.failover_threshold
        return len(self.cluster.nodes) - 1 if configured is None else configured

    @cached_property
    def tolerated(self) -> Sequence[int]:
        """How many failures of each resource are followed by a restart in place."""
        return [
            0 if resource.restart is RestartAction.NONE else resource.restart_threshold
            for resource in self.resources
        ]

    def where(self, condition: Mapping[str, bool]) -> Members:
        return self.sets.of(name for name, holds in condition.items() if holds)

    def of_kind(self, *kinds: ResourceKind) -> frozenset[str]:
        return frozenset(resource.name for resource in self.resources if resource.kind in kinds)

    @cached_property
    def possible(self) -> Members:
        return self.nodes.of(self.group.possible_owners(self.cluster.node_names))

    @property
    def writes(self) -> bool:
        """Something keeps data on a disk."""
        return bool(self.group.data)

    @cached_property
    def moves_live(self) -> bool:
        machines = self.group.of_kind(ResourceKind.VIRTUAL_MACHINE)
        return bool(machines) and self.group.migration is Migration.LIVE

    @cached_property
    def guarded(self) -> frozenset[str]:
        """What only one node can have at a time: disks by their reservation (rule M3), machines on
        shared volumes, and the configurations that these depend on, by the locks on their
        files."""
        locked = [
            machine
            for machine in self.group.of_kind(ResourceKind.VIRTUAL_MACHINE)
            if set(machine.writes_to) & set(self.cluster.volumes)
        ]
        below = frozenset[str]().union(*(self.group.below(machine.name) for machine in locked))
        configurations = self.of_kind(ResourceKind.VIRTUAL_MACHINE_CONFIGURATION) & below
        machines = frozenset(machine.name for machine in locked)
        return self.of_kind(ResourceKind.DISK) | machines | configurations

    # The sets that follow from the variables.

    @property
    def owner(self) -> Members:
        return self.owner_variable.term

    @property
    def target(self) -> Members:
        return self.target_variable.term

    @property
    def online(self) -> Members:
        return self.online_variable.term

    @property
    def starting(self) -> Members:
        return self.starting_variable.term

    @property
    def stopping(self) -> Members:
        return self.stopping_variable.term

    @property
    def failed(self) -> Members:
        return self.failed_variable.term

    @cached_property
    def active(self) -> Members:
        """What is online or on its way up or down."""
        return self.online | self.starting | self.stopping

    @cached_property
    def elsewhere(self) -> Sequence[Members]:
        return [variable.term for variable in self.elsewhere_variables]

    @property
    def stale(self) -> Members:
        return self.stale_variables[0].term if self.stale_variables else self.nodes.nothing

    def is_in(self, phase: Phase) -> Formula:
        if phase is Phase.MIGRATING and not self.moves_live:
            return z3.BoolVal(False)
        return self.phase_variable.term == PHASES.index(phase)

    def phase(self, phase: Phase) -> Term:
        return z3.BitVecVal(PHASES.index(phase), self.phase_variable.term.size())

    def holds(self, place: int, online: Members) -> Formula:
        """What the resource depends on is satisfied by `online` (rules R3, R4)."""
        resource = self.resources[place]
        clauses = [meets(online, self.sets.of(clause)) for clause in resource.depends_on.clauses]
        if self.broken(ServiceDeviation.DEPENDS_ON_ITSELF) and place == 0:
            clauses.append(has(online, len(self.resources) - 1))
        return z3.And(*clauses) if clauses else z3.BoolVal(True)

    def supported(self, online: Members) -> Members:
        """The resources whose dependencies are satisfied by `online`."""
        return gathered([self.holds(place, online) for place in range(len(self.names))])

    def local(self, node: Members) -> Members:
        """The resources that can be online on `node`: addresses only where their subnet is
        (wsfc.md 8)."""
        return gathered(
            [
                z3.BoolVal(True) if places is None else meets(node, self.nodes.of(places))
                for places in self.places
            ]
        )

    def _places(self, resource: Resource) -> tuple[str, ...] | None:
        nodes = self.cluster.nodes
        if resource.subnet is None or all(not node.subnets for node in nodes):
            return None
        return tuple(n.name for n in nodes if not n.subnets or resource.subnet in n.subnets)

    @cached_property
    def places(self) -> Sequence[tuple[str, ...] | None]:
        """For each resource the nodes on which it can be online, None for all."""
        return [self._places(resource) for resource in self.resources]

    @cached_property
    def has_places(self) -> bool:
        """Some resource can be online only on some nodes."""
        return any(places is not None for places in self.places)

    @cached_property
    def given_up(self) -> Members:
        """The failed resources that nothing restarts (RestartAction 0)."""
        never = {r.name: r.restart is RestartAction.NONE for r in self.resources}
        return self.failed & self.where(never)

    @cached_property
    def desired(self) -> Members:
        """What can and shall be online on the owner: what is wanted, can be there, was not given
        up, and depends on what is desired as well."""
        return self.standing(self.wanted_variable.term & self.local(self.owner) & ~self.given_up)

    @cached_property
    def hoped_for(self) -> Members:
        """What the operator's commands alone would have online."""
        return self.standing(self.wanted_variable.term)

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

    @cached_property
    def exhausted(self) -> Members:
        """The failed resources that failed more often than is tolerated (rule R6)."""
        parts = [
            self.failures_variables[count].term
            & self.where(
                {
                    name: tolerated == count
                    for name, tolerated in zip(self.names, self.tolerated, strict=True)
                }
            )
            for count in sorted(set(self.tolerated))
        ]
        return self.failed & union(parts)

    # Where the group goes (wsfc.md 5.2).

    @cached_property
    def _listed(self) -> Sequence[int]:
        """NodeList of rule G4, as places of nodes."""
        names = self.cluster.node_names
        return [names.index(name) for name in self.group.node_list(names)]

    def in_list_order(self, nodes: Members) -> Members:
        """`nodes` with the first of NodeList as the lowest bit."""
        return _bits([_bit(nodes, place) for place in self._listed])

    def _from_list(self, nodes: Members) -> Members:
        back = sorted(range(len(self._listed)), key=self._listed.__getitem__)
        return _bits([_bit(nodes, place) for place in back])

    def next_after(self, owner: Members, nodes: Members) -> Members:
        """The first of `nodes` after `owner` in NodeList, from the top again after its end."""
        listed, here = self.in_list_order(nodes), self.in_list_order(owner)
        if self.broken(ServiceDeviation.TAKES_LAST):
            return self._last_of(nodes)
        later = listed & ~(here | (here - 1))
        return self._from_list(z3.If(some(later), lowest(later), lowest(listed)))

    def _last_of(self, nodes: Members) -> Members:
        found = self.nodes.nothing
        for place in self._listed:
            here = self.nodes.of([self.cluster.node_names[place]])
            found = z3.If(has(nodes, place), here, found)
        return found

    def first_of(self, nodes: Members) -> Members:
        """The first of `nodes` in NodeList."""
        return self._from_list(lowest(self.in_list_order(nodes)))

    def better_than_owner(self, nodes: Members) -> Members:
        """The preferred owners among `nodes` that come before the owner in NodeList."""
        preferred = self.nodes.of(self.group.preferred_owners)
        before = self.in_list_order(self.owner) - 1
        return self._from_list(self.in_list_order(nodes & preferred) & before)


def gathered(conditions: Sequence[Formula]) -> Members:
    """The set whose members are those of the conditions that hold, the first being the lowest."""
    return _bits([z3.If(holds, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) for holds in conditions])


def _bit(nodes: Members, place: int) -> Term:
    return z3.Extract(place, place, nodes)


def _bits(lowest_first: Sequence[Term]) -> Members:
    highest_first = list(reversed(lowest_first))
    return z3.Concat(*highest_first) if len(highest_first) > 1 else highest_first[0]
