"""The state of membership and quorum: the variables of the model, and how a trace reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import z3

from quorate.cluster import Cluster
from quorate.dynamics.assumptions import Assumptions
from quorate.dynamics.sets import Members
from quorate.system import Bits, Boolean, Enumeration, Integer, Term, Variable

NOBODY = "nobody"


@dataclass(frozen=True)
class MembershipState:
    """The variables, one a node where the plural is used.

    `up` the machine and its cluster service run, listening or in a cluster; `reach` the nodes that
    it reaches over the network, a symmetric relation that holds the node itself; `running` it is a
    member of a running cluster; `island` the lowest member of the island it is in, nobody while it
    is not running; `stored` the version of the configuration in its replica. `latest` is the
    newest version that was ever committed.

    With a witness: `sees` the node has a path to it; `witness_up`; `holder` the node that holds
    it; `tag` the version that the disk's copy or the share's tag stands for.

    `forced` the node's island was started by force and has not had a majority since. `watched` is
    a label that never changes and may be any: what holds of the watched island holds of all.
    `spent` counts the faults of each limited kind.
    """

    cluster: Cluster
    assumptions: Assumptions

    @cached_property
    def names(self) -> tuple[str, ...]:
        return self.cluster.node_names

    @cached_property
    def labels(self) -> Enumeration:
        return Enumeration((*self.names, NOBODY))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return variable_keys(self.names)

    def _per_node(self, what: str, sort: Boolean | Enumeration | Bits | Integer) -> list[Variable]:
        return [Variable(f"{what}.{key}", sort) for key in self.keys]

    @cached_property
    def up_variables(self) -> Sequence[Variable]:
        return self._per_node("up", Boolean())

    @cached_property
    def running_variables(self) -> Sequence[Variable]:
        return self._per_node("running", Boolean())

    @cached_property
    def island_variables(self) -> Sequence[Variable]:
        return self._per_node("island", self.labels)

    @cached_property
    def reach_variables(self) -> Sequence[Variable]:
        return self._per_node("reach", Bits(self.names))

    @cached_property
    def stored_variables(self) -> Sequence[Variable]:
        return self._per_node("stored", Integer())

    @cached_property
    def latest_variable(self) -> Variable:
        return Variable("latest", Integer())

    @cached_property
    def watched_variable(self) -> Variable:
        return Variable("watched", self.labels)

    @cached_property
    def sees_variables(self) -> Sequence[Variable | None]:
        """None for a node that was never connected to the witness."""
        witness = self.cluster.witness
        reached_by = witness.reached_by if witness is not None else ()
        return [
            Variable(f"sees.{key}", Boolean()) if name in reached_by else None
            for name, key in zip(self.names, self.keys, strict=True)
        ]

    @cached_property
    def witness_up_variable(self) -> Variable:
        return Variable("witness_up", Boolean())

    @cached_property
    def holder_variable(self) -> Variable:
        return Variable("holder", self.labels)

    @cached_property
    def tag_variable(self) -> Variable:
        return Variable("tag", Integer())

    @cached_property
    def forced_variables(self) -> Sequence[Variable]:
        return self._per_node("forced", Boolean()) if self.assumptions.force else ()

    @cached_property
    def spent_variables(self) -> dict[str, Variable]:
        """The counters of the limited kinds of fault, of `total`, and of `commits`."""
        faults = self.assumptions.faults
        budgets = {
            "crash": faults.crash,
            "partition": faults.partition,
            "isolation": faults.isolation,
            "link": faults.link,
            "witness": faults.witness,
            "path": faults.path,
            "site": faults.site,
            "total": faults.total,
            "commits": self.assumptions.commits,
        }
        return {kind: Variable(f"spent.{kind}", Integer()) for kind, budget in budgets.items() if budget}

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        witness: list[Variable] = []
        if self.cluster.witness is not None:
            witness = [
                self.witness_up_variable,
                self.holder_variable,
                self.tag_variable,
                *(variable for variable in self.sees_variables if variable is not None),
            ]
        return (
            *self.up_variables,
            *self.running_variables,
            *self.island_variables,
            *self.reach_variables,
            *self.stored_variables,
            self.latest_variable,
            self.watched_variable,
            *witness,
            *self.forced_variables,
            *self.spent_variables.values(),
        )

    @cached_property
    def nobody(self) -> Term:
        return z3.BitVecVal(len(self.names), self.labels.width)

    @cached_property
    def up(self) -> Members:
        return tuple(variable.term for variable in self.up_variables)

    @cached_property
    def running(self) -> Members:
        return tuple(variable.term for variable in self.running_variables)

    @cached_property
    def island(self) -> Sequence[Term]:
        return tuple(variable.term for variable in self.island_variables)

    @cached_property
    def reach(self) -> Sequence[Term]:
        return tuple(variable.term for variable in self.reach_variables)

    @cached_property
    def stored(self) -> Sequence[Term]:
        return tuple(variable.term for variable in self.stored_variables)

    @cached_property
    def sees(self) -> Members:
        return tuple(
            variable.term if variable is not None else z3.BoolVal(False)
            for variable in self.sees_variables
        )

    @cached_property
    def forced(self) -> Members:
        if not self.forced_variables:
            return tuple(z3.BoolVal(False) for _ in self.names)
        return tuple(variable.term for variable in self.forced_variables)

    @property
    def latest(self) -> Term:
        return self.latest_variable.term

    @property
    def watched(self) -> Term:
        return self.watched_variable.term

    @property
    def has_witness(self) -> bool:
        return self.cluster.witness is not None

    @cached_property
    def witness_up(self) -> Term:
        return self.witness_up_variable.term if self.has_witness else z3.BoolVal(False)

    @cached_property
    def holder(self) -> Term:
        return self.holder_variable.term if self.has_witness else self.nobody

    @cached_property
    def tag(self) -> Term:
        return self.tag_variable.term if self.has_witness else z3.IntVal(0)


def variable_keys(names: Sequence[str]) -> tuple[str, ...]:
    """A plain identifier for each name, so that certificates are legal SMT-LIB whatever the nodes
    are called: the name itself where it is plain, else its position."""
    return tuple(
        name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else f"#{index}"
        for index, name in enumerate(names)
    )
