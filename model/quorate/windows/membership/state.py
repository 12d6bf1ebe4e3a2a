"""The state of membership and quorum: the variables of the model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import z3

from quorate.cluster import Cluster, DiskOnly, WitnessKind
from quorate.counting.sets import Members, NodeSets, empty, meets
from quorate.system import Bits, Boolean, Formula, Single, Variable
from quorate.windows.membership.assumptions import UNLIMITED, Assumptions


@dataclass(frozen=True)
class MembershipState:
    """The variables. Sets of nodes are bit-vectors (`sets.py`).

    `up` the nodes whose machine and cluster service are there, listening or in a cluster; `reach`,
    one set a node, whom it reaches over the network: a symmetric relation that holds the node
    itself; `islands` the sets of nodes that run the cluster together, empty where none does, and
    `forced` whether an island was started by force and has had no majority since; `current` the
    nodes whose replica is the latest configuration that was committed.

    With a witness: `witness_up`; `paths` the nodes that have a working path to it; `holder` the
    node that holds it; `witness_current` whether the disk's copy, or what the share's tag stands
    for, is the latest configuration.

    `cut_off`, where isolations are counted, the nodes that were isolated.

    `spent` counts the faults of each kind whose number is limited, in marks: one bit a fault.
    """

    cluster: Cluster
    assumptions: Assumptions

    @cached_property
    def names(self) -> tuple[str, ...]:
        return self.cluster.node_names

    @cached_property
    def sets(self) -> NodeSets:
        return NodeSets(self.names)

    @cached_property
    def up_variable(self) -> Variable:
        return Variable("up", Bits(self.names))

    @cached_property
    def reach_variables(self) -> Sequence[Variable]:
        return [Variable(f"reach.{key}", Bits(self.names)) for key in identifiers(self.names)]

    @cached_property
    def island_variables(self) -> Sequence[Variable]:
        return [
            Variable(f"island.{number}", Bits(self.names))
            for number in range(1, self.assumptions.clusters + 1)
        ]

    @cached_property
    def forced_variables(self) -> Sequence[Variable]:
        """Empty where the operator does not force quorum."""
        numbers = range(1, self.assumptions.clusters + 1) if self.assumptions.force else ()
        return [Variable(f"forced.{number}", Boolean()) for number in numbers]

    @cached_property
    def current_variable(self) -> Variable:
        return Variable("current", Bits(self.names))

    @cached_property
    def witness_up_variable(self) -> Variable:
        return Variable("witness.up", Boolean())

    @cached_property
    def paths_variable(self) -> Variable:
        return Variable("witness.paths", Bits(self.names))

    @cached_property
    def holder_variable(self) -> Variable:
        return Variable("witness.holder", Single(self.names))

    @cached_property
    def witness_current_variable(self) -> Variable:
        return Variable("witness.current", Boolean())

    @property
    def cut_off_variables(self) -> Sequence[Variable]:
        """One variable where isolations are counted, else none."""
        counted = "isolation" in self.spent_variables
        return [Variable("cut_off", Bits(self.names))] if counted else []

    @property
    def cut_off(self) -> Members:
        return self.cut_off_variables[0].term if self.cut_off_variables else self.sets.nothing

    @cached_property
    def spent_variables(self) -> dict[str, Variable]:
        """The counters, by the kind of fault."""
        budgets = self.assumptions.faults.budgets()
        return {
            kind: Variable(f"spent.{kind}", Bits(tuple(str(mark + 1) for mark in range(budget))))
            for kind, budget in budgets.items()
            if budget is not UNLIMITED and budget > 0
        }

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        return tuple(self._variables())

    def _variables(self) -> Iterator[Variable]:
        yield self.up_variable
        yield from self.reach_variables
        yield from self.island_variables
        yield from self.forced_variables
        yield self.current_variable
        if self.has_witness:
            yield self.witness_up_variable
            yield self.paths_variable
            yield self.holder_variable
            yield self.witness_current_variable
        yield from self.cut_off_variables
        yield from self.spent_variables.values()

    @property
    def up(self) -> Members:
        return self.up_variable.term

    @cached_property
    def reach(self) -> Sequence[Members]:
        return [variable.term for variable in self.reach_variables]

    @cached_property
    def islands(self) -> Sequence[Members]:
        return [variable.term for variable in self.island_variables]

    @cached_property
    def forced(self) -> Sequence[Formula]:
        if not self.forced_variables:
            return [z3.BoolVal(False)] * self.assumptions.clusters
        return [variable.term for variable in self.forced_variables]

    @cached_property
    def running(self) -> Members:
        """The nodes that are in some island."""
        return union(self.islands)

    @property
    def current(self) -> Members:
        return self.current_variable.term

    @property
    def has_witness(self) -> bool:
        return self.cluster.witness is not None

    @property
    def is_share(self) -> bool:
        """The witness remembers a tag only, and is reached over the network."""
        witness = self.cluster.witness
        return witness is not None and witness.kind is WitnessKind.FILE_SHARE

    @cached_property
    def cabled(self) -> Members:
        """The nodes that were ever connected to the witness."""
        witness = self.cluster.witness
        return self.sets.of(witness.reached_by if witness is not None else ())

    @property
    def witness_up(self) -> Formula:
        return self.witness_up_variable.term if self.has_witness else z3.BoolVal(False)

    @property
    def paths(self) -> Members:
        return self.paths_variable.term if self.has_witness else self.sets.nothing

    @property
    def holder(self) -> Members:
        return self.holder_variable.term if self.has_witness else self.sets.nothing

    @property
    def witness_current(self) -> Formula:
        return self.witness_current_variable.term if self.has_witness else z3.BoolVal(False)

    @property
    def may_belong(self) -> Members:
        """The nodes that may join or form a cluster: under Disk Only those in contact with the disk
        (rule Q3), else all."""
        if not isinstance(self.cluster.rule, DiskOnly):
            return self.sets.everything
        return self.sets.where(self.witness_up, self.paths)

    @cached_property
    def may_take_witness(self) -> Members:
        """The running nodes that reach a witness which nobody holds."""
        free = z3.And(self.witness_up, empty(self.holder))
        return self.sets.where(free, self.running & self.paths)

    def holds(self, members: Members) -> Formula:
        """One of `members` holds the witness."""
        return meets(self.holder, members) if self.has_witness else z3.BoolVal(False)


def union(sets: Sequence[Members]) -> Members:
    """The union of one or more sets."""
    return reduce(lambda left, right: left | right, sets)


def identifiers(names: Sequence[str]) -> tuple[str, ...]:
    """A plain identifier for each name, so that certificates are legal SMT-LIB whatever the nodes
    are called: the name itself where it is plain, else its position."""
    return tuple(
        name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else f"#{index}"
        for index, name in enumerate(names)
    )
