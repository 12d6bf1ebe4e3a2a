"""What the cluster service does by itself: form, join, take the witness, commit a configuration."""

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from quorate.counting.sets import Members, disjoint, empty, has, lowest, meets, one, some, subset
from quorate.system import (
    Action,
    ActionKind,
    Bits,
    Enumeration,
    Formula,
    Instance,
    Single,
    Term,
    Variable,
)
from quorate.windows.membership.assumptions import Deviation
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import arbitration, first_free
from quorate.windows.membership.state import MembershipState


def forming_actions(state: MembershipState, quorum: Quorum) -> Iterator[Action]:
    if state.assumptions.restarts:
        if quorum.deviation is not Deviation.DOES_NOT_LISTEN:
            yield _form(state, quorum)
        yield _join(state, quorum)
    if state.has_witness and quorum.deviation is not Deviation.LEAVES_WITNESS:
        yield _take_witness(state, quorum)
    if state.assumptions.commits:
        yield _commit(state, quorum)


@dataclass(frozen=True)
class Forming:
    """`members` form a cluster and `winner` of them gets the witness: when they may, and whether
    they start from the latest configuration.

    They start from the newest replica among them. With a disk witness its copy is read as well;
    with a file share they must not start on a replica older than its tag (rule Q5). Where neither
    is the latest configuration the share's tag may be older or newer than theirs; the model does
    not know, and lets them start.
    """

    state: MembershipState
    quorum: Quorum
    members: Members
    winner: Members

    @property
    def may(self) -> Iterator[Formula]:
        """The conjunction of these formulas."""
        state, members = self.state, self.members
        yield some(members)
        yield subset(members, state.up & _may_belong(state, self.quorum))
        yield disjoint(members, state.running)
        for index, reach in enumerate(state.reach):
            within = z3.And(subset(members, reach), disjoint(state.running, reach))
            yield z3.Implies(has(members, index), within)
        if state.has_witness:
            yield from arbitration(self.contenders, self.winner)
        if state.is_share and self.quorum.deviation is not Deviation.SHARE_TAG_IGNORED:
            newer = z3.And(some(self.winner), state.witness_current)
            yield z3.Implies(newer, meets(members, state.current))
        yield self.quorum.may_form(members, self.counts_witness)

    @property
    def contenders(self) -> Members:
        state = self.state
        free = z3.And(state.witness_up, empty(state.holder))
        return state.sets.where(free, self.members & state.paths)

    @property
    def counts_witness(self) -> Formula:
        if self.quorum.deviation is Deviation.WITNESS_COUNTS_TWICE:
            return z3.And(self.state.witness_up, meets(self.members, self.state.paths))
        return some(self.winner)

    @property
    def is_current(self) -> Formula:
        """They start from the latest configuration."""
        state = self.state
        own = meets(self.members, state.current)
        if (
            not state.has_witness
            or state.is_share
            or self.quorum.deviation is Deviation.DISK_COPY_IGNORED
        ):
            return own
        return z3.Or(own, z3.And(some(self.winner), state.witness_current))

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Two majorities meet: with what runs, and with who has the latest configuration."""
        votes = self.quorum.votes
        return self.quorum.told(
            *(votes.disjoint_share_none(self.members, island) for island in self.state.islands),
            votes.disjoint_share_none(self.members, self.state.current),
            votes.subset_has_no_more(self.state.current, self.state.current | self.members),
        )


def _form(state: MembershipState, quorum: Quorum) -> Action:
    """Nodes that listen, and reach each other but no running node (join comes first, rule Q6), form
    a cluster once their votes are enough."""
    side = Variable("side", Bits(state.names))
    winner = Variable("winner", Single(state.names))
    holder = winner.term if state.has_witness else state.sets.nothing
    forming = Forming(state, quorum, side.term, holder)
    updates: dict[str, Term] = {
        variable.name: z3.If(free, side.term, island)
        for variable, island, free in zip(
            state.island_variables, state.islands, first_free(state.islands), strict=True
        )
    }
    updates[state.current_variable.name] = state.current | state.sets.where(
        forming.is_current, side.term
    )
    if state.has_witness:
        takes = some(holder)
        updates[state.holder_variable.name] = state.holder | holder
        updates[state.witness_current_variable.name] = z3.If(
            takes, forming.is_current, state.witness_current
        )
    return Action(
        name="form",
        kind=ActionKind.CLUSTER,
        guard=(*forming.may, z3.Or(*(empty(island) for island in state.islands))),
        updates=updates,
        inputs=(side, winner) if state.has_witness else (side,),
        subject="side",
        instances=forming.instances,
        choices={"side": state.may_belong, "winner": lowest(state.cabled)},
    )


def _may_belong(state: MembershipState, quorum: Quorum) -> Members:
    ignored = quorum.deviation is Deviation.JOINS_WITHOUT_DISK
    return state.sets.everything if ignored else state.may_belong


def _place_of(state: MembershipState) -> Variable:
    """Which of the islands that may run at once."""
    numbers = range(1, state.assumptions.clusters + 1)
    return Variable("island", Enumeration(tuple(f"island {number}" for number in numbers)))


def _join(state: MembershipState, quorum: Quorum) -> Action:
    """A node that listens joins a running island all of whose members it reaches, and is given its
    configuration (rules Q4, Q6)."""
    node, place = Variable("node", Single(state.names)), _place_of(state)
    reach = state.sets.picked(node.term, state.reach)
    members, updates = state.sets.nothing, dict[str, Term]()
    instances: list[Instance] = []
    for index, (variable, island) in enumerate(
        zip(state.island_variables, state.islands, strict=True)
    ):
        chosen = place.term == index
        members = members | state.sets.where(chosen, island)
        updates[variable.name] = island | state.sets.where(chosen, node.term)
        instances += quorum.told(quorum.votes.subset_has_no_more(island, island | node.term))
    lasting = quorum.deviation is Deviation.FORCED_FOR_EVER
    for index, variable in enumerate(() if lasting else state.forced_variables):
        group = state.islands[index] | node.term
        ends = z3.And(place.term == index, quorum.majority(group, state.holds(group)))
        updates[variable.name] = z3.And(variable.term, z3.Not(ends))
    given = subset(members, state.current)
    if quorum.deviation is not Deviation.JOINER_KEEPS_REPLICA:
        updates[state.current_variable.name] = z3.If(
            given, state.current | node.term, state.current & ~node.term
        )
        current = state.current
        instances += quorum.told(quorum.votes.subset_has_no_more(current, current | node.term))
    return Action(
        name="join",
        kind=ActionKind.CLUSTER,
        guard=(
            one(node.term),
            subset(node.term, state.up & ~state.running & _may_belong(state, quorum)),
            some(members),
            meets(members, reach)
            if quorum.deviation is Deviation.JOINS_STRANGERS
            else subset(members, reach),
        ),
        updates=updates,
        inputs=(node, place),
        subject="node",
        instances=tuple(instances),
    )


def _take_witness(state: MembershipState, quorum: Quorum) -> Action:
    """A running node that reaches a witness which nobody holds takes it, and writes what it has
    stored to it."""
    node = Variable("node", Single(state.names))
    updates: dict[str, Term] = {
        state.holder_variable.name: node.term,
        state.witness_current_variable.name: meets(node.term, state.current),
    }
    lasting = quorum.deviation is Deviation.FORCED_FOR_EVER
    forced = () if lasting else state.forced_variables
    for variable, island in zip(forced, state.islands, strict=False):
        ends = z3.And(meets(island, node.term), quorum.majority(island, z3.BoolVal(True)))
        updates[variable.name] = z3.And(variable.term, z3.Not(ends))
    return Action(
        name="take witness",
        kind=ActionKind.CLUSTER,
        guard=(one(node.term), subset(node.term, state.may_take_witness)),
        updates=updates,
        inputs=(node,),
        subject="node",
        choices={"node": lowest(state.may_take_witness)},
    )


def _commit(state: MembershipState, quorum: Quorum) -> Action:
    """A running island changes the configuration: every member stores it, and the witness if the
    island holds it, provided that a majority accepts (wsfc.md 1.4) or the island was forced."""
    place = _place_of(state)
    members, forced = state.sets.nothing, z3.BoolVal(False)
    for index, island in enumerate(state.islands):
        chosen = place.term == index
        members = members | state.sets.where(chosen, island)
        forced = z3.Or(forced, z3.And(chosen, state.forced[index]))
    holds = state.holds(members)
    may_commit = quorum.may_commit(members, holds)
    updates: dict[str, Term] = {state.current_variable.name: members}
    if state.has_witness:
        updates[state.witness_current_variable.name] = holds
    return Action(
        name="commit",
        kind=ActionKind.CLUSTER,
        guard=(some(members), z3.Or(may_commit, forced) if state.forced_variables else may_commit),
        updates=updates,
        inputs=(place,),
        subject="island",
    )
