"""The state of membership and quorum: the variables of the model."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import assert_never

import z3

from quorate.cluster import Cluster, DynamicVotes, StaticVotes, WitnessKind
from quorate.counting.sets import Members, NodeSets, empty, meets, union
from quorate.system import Bits, Boolean, Enumeration, Formula, Single, Variable
from quorate.values import dataclass
from quorate.windows.membership.assumptions import FAULTS, UNLIMITED, Assumptions
from quorate.windows.membership.changing import Changing, Ranks
from quorate.windows.membership.quorum import InForce
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class WitnessVariables:
    """A witness of a `kind`. `up` it works; `paths` the nodes that have a working path to it;
    `holder` the node that holds it; `current` whether the disk's copy, or what the share's tag
    stands for, is the latest configuration."""

    kind: WitnessKind
    up: Variable
    paths: Variable
    holder: Variable
    current: Variable

    @property
    def variables(self) -> tuple[Variable, ...]:
        return (self.up, self.paths, self.holder, self.current)


@dataclass(frozen=True)
class ForcedMarks:
    """For each island whether it was started by force and has had no majority since.

    `authoritative` are the nodes whose replica is what the last forced start made to count, or a
    change of that; all where nobody was forced. `prevented` were started with prevent quorum, and
    may join and not form (rule Q17)."""

    variables: tuple[Variable, ...]
    authoritative: Variable
    prevented: Variable

    @property
    def all_variables(self) -> tuple[Variable, ...]:
        return (*self.variables, self.authoritative, self.prevented)


@dataclass(frozen=True)
class Spent:
    """How many faults of each kind whose number is limited have happened, in marks: one bit a
    fault."""

    counters: Mapping[Verb, Variable]


@dataclass(frozen=True)
class MembershipState:
    """The variables. Sets of nodes are bit-vectors (`sets.py`).

    `up` the nodes whose machine and cluster service are there, listening or in a cluster; `reach`,
    one set a node, whom it reaches over the network: a symmetric relation that holds the node
    itself; `islands` the sets of nodes that run the cluster together, empty where none does;
    `current` the nodes whose replica is the latest configuration that was committed.

    Each there or not as a whole: `witness`; `forced_marks`, where the operator may force quorum;
    `spent`, where faults are counted; `isolated_variable`, where isolations are, the nodes that
    were isolated. The terms of what is not there say that nobody holds the witness, no island is
    forced and no node isolated.
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
    def current_variable(self) -> Variable:
        return Variable("current", Bits(self.names))

    @cached_property
    def witness(self) -> WitnessVariables | None:
        if self.cluster.witness is None:
            return None
        return WitnessVariables(
            self.cluster.witness.kind,
            up=Variable("witness.up", Boolean()),
            paths=Variable("witness.paths", Bits(self.names)),
            holder=Variable("witness.holder", Single(self.names)),
            current=Variable("witness.current", Boolean()),
        )

    @cached_property
    def forced_marks(self) -> ForcedMarks | None:
        if not self.assumptions.force:
            return None
        numbers = range(1, self.assumptions.clusters + 1)
        return ForcedMarks(
            tuple(Variable(f"forced.{number}", Boolean()) for number in numbers),
            authoritative=Variable("authoritative", Bits(self.names)),
            prevented=Variable("prevented", Bits(self.names)),
        )

    @cached_property
    def changing(self) -> Changing | None:
        match self.cluster.vote_changes:
            case StaticVotes():
                return None
            case DynamicVotes() as rule:
                there = self.cluster.witness is not None
                return Changing.named(rule, self.names, witness=there, ranks=self._ranks)
            case other:
                assert_never(other)

    @property
    def _ranks(self) -> Ranks | None:
        """The version of every node, where force may overrule."""
        if not self.assumptions.force:
            return None
        keys, there = identifiers(self.names), self.cluster.witness is not None
        return Ranks.named(self.names, keys, self.assumptions.clusters, witness=there)

    @property
    def in_force(self) -> InForce | None:
        """The votes that count by the latest configuration, None for those that are configured."""
        return self.changing.in_force if self.changing is not None else None

    @cached_property
    def isolated_variable(self) -> Variable | None:
        counted = self.spent is not None and Verb.ISOLATION in self.spent.counters
        return Variable("cut_off", Bits(self.names)) if counted else None

    @cached_property
    def spent(self) -> Spent | None:
        budgets = self.assumptions.budgets
        counters = {
            verb: Variable(f"spent.{kind}", Bits(tuple(str(mark + 1) for mark in range(budget))))
            for verb, kind in FAULTS.items()
            if (budget := budgets[kind]) is not UNLIMITED and budget > 0
        }
        return Spent(counters) if counters else None

    @property
    def needs_each_vote(self) -> bool:
        """Whether steps say of votes more than that two majorities meet: proofs need it where
        faults are counted, and searches where the operator overrules the votes."""
        return self.spent is not None or self.forced_marks is not None

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        return tuple(self._variables())

    def _variables(self) -> Iterator[Variable]:
        yield self.up_variable
        yield from self.reach_variables
        yield from self.island_variables
        if self.forced_marks is not None:
            yield from self.forced_marks.all_variables
        yield self.current_variable
        if self.witness is not None:
            yield from self.witness.variables
        if self.changing is not None:
            yield from self.changing.variables
        if self.isolated_variable is not None:
            yield self.isolated_variable
        if self.spent is not None:
            yield from self.spent.counters.values()

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
        if self.forced_marks is None:
            return [z3.BoolVal(False)] * self.assumptions.clusters
        return [variable.term for variable in self.forced_marks.variables]

    @property
    def authoritative(self) -> Members:
        """The nodes that have what was forced, or that nobody overruled."""
        marks = self.forced_marks
        return self.sets.everything if marks is None else marks.authoritative.term

    @property
    def prevented(self) -> Members:
        return self.sets.nothing if self.forced_marks is None else self.forced_marks.prevented.term

    @cached_property
    def running(self) -> Members:
        """The nodes that are in some island."""
        return union(self.islands)

    @property
    def current(self) -> Members:
        return self.current_variable.term

    @cached_property
    def cabled(self) -> Members:
        """The nodes that were ever connected to the witness."""
        witness = self.cluster.witness
        return self.sets.of(witness.reached_by if witness is not None else ())

    @property
    def witness_up(self) -> Formula:
        return self.witness.up.term if self.witness is not None else z3.BoolVal(False)

    @property
    def paths(self) -> Members:
        return self.witness.paths.term if self.witness is not None else self.sets.nothing

    @property
    def holder(self) -> Members:
        return self.witness.holder.term if self.witness is not None else self.sets.nothing

    @property
    def witness_current(self) -> Formula:
        return self.witness.current.term if self.witness is not None else z3.BoolVal(False)

    @property
    def reads_tag(self) -> bool:
        """Who wins the witness while it runs compares its configuration with a tag. Where nothing
        changes the configuration, and nobody overrules one by force, no tag is newer."""
        witness, assumed = self.witness, self.assumptions
        tagged = witness is not None and not witness.kind.keeps_configuration
        newer = self.changes_configuration or assumed.force
        return tagged and assumed.witness_is_read and newer

    @property
    def changes_configuration(self) -> bool:
        """A running island commits changes of the configuration; of the votes if of nothing else,
        where they follow who runs."""
        follow = self.changing is not None and self.assumptions.votes_follow
        return self.assumptions.commits or follow

    @property
    def isolated(self) -> Members:
        variable = self.isolated_variable
        return variable.term if variable is not None else self.sets.nothing

    @property
    def may_belong(self) -> Members:
        """The nodes that may join or form a cluster: under Disk Only those in contact with the disk
        (rule Q3), else all."""
        if not self.cluster.rule.needs_witness_to_belong:
            return self.sets.everything
        return self.sets.where(self.witness_up, self.paths)

    @property
    def first_members(self) -> Members:
        """Who runs at the start: everybody, under Disk Only everybody with a cable to the disk."""
        if not self.cluster.rule.needs_witness_to_belong:
            return self.sets.everything
        return self.cabled

    @cached_property
    def may_take_witness(self) -> Members:
        """The running nodes that reach a witness which nobody holds."""
        free = z3.And(self.witness_up, empty(self.holder))
        return self.sets.where(free, self.running & self.paths)

    def holds(self, members: Members) -> Formula:
        """One of `members` holds the witness."""
        return meets(self.holder, members) if self.witness is not None else z3.BoolVal(False)

    # What a step may choose.

    @cached_property
    def node(self) -> Variable:
        """The node concerned."""
        return Variable("node", Single(self.names))

    @cached_property
    def peer(self) -> Variable:
        """The other end of a connection."""
        return Variable("peer", Single(self.names))

    @cached_property
    def side(self) -> Variable:
        """The nodes concerned."""
        return Variable("side", Bits(self.names))

    @cached_property
    def winner(self) -> Variable:
        """The node that gets the witness."""
        return Variable("winner", Single(self.names))

    @cached_property
    def island(self) -> Variable:
        """Which of the islands that may run at once."""
        numbers = range(1, self.assumptions.clusters + 1)
        return Variable("island", Enumeration(tuple(f"island {number}" for number in numbers)))


def identifiers(names: Sequence[str]) -> tuple[str, ...]:
    """A plain identifier for each name, so that certificates are legal SMT-LIB whatever the nodes
    are called: the name itself where it is plain, else its position."""
    return tuple(
        name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else f"#{index}"
        for index, name in enumerate(names)
    )
