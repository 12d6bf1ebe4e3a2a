"""The variables of one group. What only some groups have is a part, there or not as a whole."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from quorate.cluster import ResourceKind
from quorate.system import Bits, Enumeration, Single, Variable
from quorate.values import dataclass
from quorate.windows.groups.configured_group import ConfiguredGroup
from quorate.windows.groups.situation import Counted


@dataclass(frozen=True)
class Writes:
    """What something of the group keeps on a disk: `unwritten`, the resources that hold data which
    is not written, and `lost`, those whose data was lost in an orderly step."""

    unwritten: Variable
    lost: Variable


@dataclass(frozen=True)
class Memory:
    """The memory of virtual machines: `saved`, the machines that are saved on disk, and
    `forgotten`, those whose memory was lost in a planned move."""

    saved: Variable
    forgotten: Variable


@dataclass(frozen=True)
class StaleRun:
    """With eventual detection: `owners`, the nodes that go on believing that they own the group,
    and `starting`, the resources that are only coming online on such nodes."""

    owners: Variable
    starting: Variable


@dataclass(frozen=True)
class GroupVariables(ConfiguredGroup):
    """`variables` are all of them, in the order in which the system has them."""

    def _variable(self, name: str, sort: Bits | Single | Enumeration) -> Variable:
        return Variable(f"{self.key}.{name}", sort)

    def _resources(self, name: str) -> Variable:
        return self._variable(name, Bits(self.names))

    def _nodes(self, name: str) -> Variable:
        return self._variable(name, Bits(self.cluster.node_names))

    def _node(self, name: str) -> Variable:
        return self._variable(name, Single(self.cluster.node_names))

    @cached_property
    def owner_variable(self) -> Variable:
        return self._node("owner")

    @cached_property
    def phase_variable(self) -> Variable:
        return self._variable("phase", Enumeration(tuple(phase.value for phase in self.phases)))

    @cached_property
    def target_variable(self) -> Variable:
        """Where a planned move or a failback goes."""
        return self._node("target")

    @cached_property
    def wanted_variable(self) -> Variable:
        """The persistent state (rule G2): the last command to each resource."""
        return self._resources("wanted")

    @cached_property
    def driven_variable(self) -> Variable | None:
        """Where an operator commands and something depends on something: what is driven to be
        online. That is what is wanted, until a command to one resource reaches others as well
        (rules R1, R2), and again once the group starts anew (rule G2)."""
        commanded = self.assumptions.operator and any(self.brought_with)
        return self._resources("driven") if commanded else None

    @cached_property
    def online_variable(self) -> Variable:
        return self._resources("online")

    @cached_property
    def starting_variable(self) -> Variable:
        return self._resources("starting")

    @cached_property
    def stopping_variable(self) -> Variable:
        return self._resources("stopping")

    @cached_property
    def failed_variable(self) -> Variable:
        return self._resources("failed")

    @cached_property
    def failures_variables(self) -> Sequence[Variable]:
        """The resources that failed at least once, twice, ... in this period, as often as makes a
        difference to any."""
        counts = range(1, max(self.tolerated) + 2)
        return [self._resources(f"failures.{count}") for count in counts]

    @property
    def ever_failed(self) -> Variable:
        """The resources that failed at least once in this period."""
        return self.failures_variables[0]

    @cached_property
    def failovers_variable(self) -> Variable:
        """The failovers of this period in marks, one bit each, one more than are allowed."""
        marks = tuple(str(mark + 1) for mark in range(self.threshold + 1))
        return self._variable("failovers", Bits(marks))

    @cached_property
    def counted(self) -> Variable | None:
        """Where it is open and matters: which nodes the failover threshold is one less than. It
        never changes."""
        if not self.threshold_is_open:
            return None
        return self._variable("counted", Enumeration(tuple(which.value for which in Counted)))

    @cached_property
    def returned(self) -> Variable | None:
        """Of a group that fails back, the preferred owners that became available since it last
        did."""
        return self._nodes("returned") if self.fails_back else None

    @cached_property
    def stale_activity_variables(self) -> Sequence[Variable]:
        """For each resource, the nodes on which it is active although the cluster does not run the
        group there."""
        return [self._nodes(f"stale_activity.{place}") for place in range(len(self.names))]

    @cached_property
    def stale_run(self) -> StaleRun | None:
        if not self.assumptions.detection.leaves_stale_nodes:
            return None
        return StaleRun(self._nodes("stale_owners"), self._resources("stale_starting"))

    @cached_property
    def writes(self) -> Writes | None:
        """Where something keeps data on a disk."""
        if not self.group.data:
            return None
        return Writes(self._resources("unwritten"), self._resources("lost"))

    @cached_property
    def memory(self) -> Memory | None:
        """Where there are virtual machines."""
        if not self.machines:
            return None
        return Memory(self._resources("saved"), self._resources("forgotten"))

    @cached_property
    def asked(self) -> Variable | None:
        """Where there is a network name: the addresses that a client knows."""
        named = self.of_kind(ResourceKind.NETWORK_NAME)
        return self._resources("asked") if named else None

    @property
    def variables(self) -> Iterator[Variable]:
        yield self.owner_variable
        yield self.phase_variable
        yield self.target_variable
        yield self.wanted_variable
        if self.driven_variable is not None:
            yield self.driven_variable
        yield self.online_variable
        yield self.starting_variable
        yield self.stopping_variable
        yield self.failed_variable
        yield from self.failures_variables
        yield self.failovers_variable
        if self.counted is not None:
            yield self.counted
        if self.returned is not None:
            yield self.returned
        yield from self.stale_activity_variables
        if self.stale_run is not None:
            yield from (self.stale_run.owners, self.stale_run.starting)
        if self.writes is not None:
            yield from (self.writes.unwritten, self.writes.lost)
        if self.memory is not None:
            yield from (self.memory.saved, self.memory.forgotten)
        if self.asked is not None:
            yield self.asked
