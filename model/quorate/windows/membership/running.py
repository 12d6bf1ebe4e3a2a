"""What a running island does by itself: it lets nodes join, takes the witness, and commits a
configuration."""

from dataclasses import dataclass

import z3

from quorate.counting.sets import Members, lowest, meets, one, some, subset, union
from quorate.system import Action, ActionKind, Formula, Instance, Term
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.state import MembershipState, WitnessVariables
from quorate.windows.membership.verbs import Verb


def chosen_members(state: MembershipState) -> Members:
    """The members of the island that a step chooses."""
    return union(
        [
            state.sets.where(state.island.term == index, island)
            for index, island in enumerate(state.islands)
        ]
    )


@dataclass(frozen=True, eq=False)
class Joining:
    """The chosen node joins the chosen island."""

    state: MembershipState

    @property
    def reached(self) -> Members:
        """Whom the node reaches."""
        return self.state.sets.picked(self.state.node.term, self.state.reach)

    @property
    def reaches_all(self) -> Formula:
        """It reaches every member (rule M2)."""
        return subset(chosen_members(self.state), self.reached)


def join(state: MembershipState, quorum: Quorum) -> Action:
    """A node that listens joins a running island all of whose members it reaches, and is given its
    configuration (rules Q4, Q6)."""
    node, place, votes = state.node, state.island, quorum.votes
    updates: dict[str, Term] = {}
    instances: list[Instance] = []
    for index, (variable, island) in enumerate(
        zip(state.island_variables, state.islands, strict=True)
    ):
        updates[variable.name] = island | state.sets.where(place.term == index, node.term)
        instances += quorum.if_counted(votes.subset_has_no_more(island, island | node.term))
    if state.forced_marks is not None:
        for index, mark in enumerate(state.forced_marks.variables):
            group = state.islands[index] | node.term
            ends = z3.And(place.term == index, quorum.majority(group, state.holds(group)))
            updates[mark.name] = z3.And(mark.term, z3.Not(ends))
    given = subset(chosen_members(state), state.current)
    updates[state.current_variable.name] = z3.If(
        given, state.current | node.term, state.current & ~node.term
    )
    current = state.current
    instances += quorum.if_counted(votes.subset_has_no_more(current, current | node.term))
    return Action.of(
        Verb.JOIN,
        ActionKind.CLUSTER,
        guard=(
            one(node.term),
            subset(node.term, state.up & ~state.running & state.may_belong),
            some(chosen_members(state)),
            Joining(state).reaches_all,
        ),
        updates=updates,
        inputs=(node, place),
        subject="node",
        instances=tuple(instances),
    )


def take_witness(state: MembershipState, quorum: Quorum, witness: WitnessVariables) -> Action:
    """A running node that reaches a witness which nobody holds takes it, and writes what it has
    stored to it."""
    node = state.node
    updates: dict[str, Term] = {
        witness.holder.name: node.term,
        witness.current.name: meets(node.term, state.current),
    }
    if state.forced_marks is not None:
        for mark, island in zip(state.forced_marks.variables, state.islands, strict=True):
            ends = z3.And(meets(island, node.term), quorum.majority(island, z3.BoolVal(True)))
            updates[mark.name] = z3.And(mark.term, z3.Not(ends))
    return Action.of(
        Verb.TAKE_WITNESS,
        ActionKind.CLUSTER,
        guard=(one(node.term), subset(node.term, state.may_take_witness)),
        updates=updates,
        inputs=(node,),
        subject="node",
        choices={"node": lowest(state.may_take_witness)},
    )


def commit(state: MembershipState, quorum: Quorum) -> Action:
    """A running island changes the configuration: every member stores it, and the witness if the
    island holds it, provided that a majority accepts (wsfc.md 1.4) or the island was forced."""
    place, members = state.island, chosen_members(state)
    holds = state.holds(members)
    may_commit = quorum.may_commit(members, holds)
    if state.forced_marks is not None:
        forced = z3.Or(*(z3.And(place.term == index, f) for index, f in enumerate(state.forced)))
        may_commit = z3.Or(may_commit, forced)
    updates: dict[str, Term] = {state.current_variable.name: members}
    if state.witness is not None:
        updates[state.witness.current.name] = holds
    return Action.of(
        Verb.COMMIT,
        ActionKind.CLUSTER,
        guard=(some(members), may_commit),
        updates=updates,
        inputs=(place,),
        subject="island",
    )
