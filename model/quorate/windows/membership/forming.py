"""How nodes that listen form a cluster."""

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from quorate.counting.sets import Members, disjoint, empty, has, lowest, meets, some, subset
from quorate.system import Action, ActionKind, Formula, Instance, Term
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import arbitration, first_free
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True, eq=False)
class Forming:
    """The chosen nodes, `members`, form a cluster and `winner` of them gets the witness: when they
    may, and whether they start from the latest configuration.

    They start from the newest replica among them. A copy that the witness keeps is read as well; by
    its tag alone they must not start on a replica that is older (rule Q5). Where neither is the
    latest configuration the tag may be older or newer than theirs; the model does not know, and
    lets them start.
    """

    state: MembershipState
    quorum: Quorum

    @property
    def members(self) -> Members:
        return self.state.side.term

    @property
    def winner(self) -> Members:
        state = self.state
        return state.winner.term if state.witness is not None else state.sets.nothing

    @property
    def may(self) -> Iterator[Formula]:
        """The conjunction of these formulas."""
        state, members = self.state, self.members
        yield some(members)
        yield subset(members, state.up & state.may_belong)
        yield disjoint(members, state.running)
        for index, reach in enumerate(state.reach):
            within = z3.And(subset(members, reach), disjoint(state.running, reach))
            yield z3.Implies(has(members, index), within)
        if state.witness is not None:
            yield from arbitration(self._contenders, self.winner)
            if not state.witness.kind.keeps_configuration:
                yield self.tag_allows
        yield self.has_quorum
        yield z3.Or(*(empty(island) for island in state.islands))

    @property
    def _contenders(self) -> Members:
        state = self.state
        free = z3.And(state.witness_up, empty(state.holder))
        return state.sets.where(free, self.members & state.paths)

    @property
    def has_quorum(self) -> Formula:
        """Their votes are enough (rules Q1, Q2)."""
        return self.quorum.may_form(self.members, some(self.winner))

    @property
    def tag_allows(self) -> Formula:
        """The tag, if they hold the witness, is not newer than all of their replicas."""
        newer = z3.And(some(self.winner), self.state.witness_current)
        return z3.Implies(newer, self.own_is_current)

    @property
    def own_is_current(self) -> Formula:
        """The newest replica among them is the latest configuration."""
        return meets(self.members, self.state.current)

    @property
    def is_current(self) -> Formula:
        """They start from the latest configuration."""
        witness = self.state.witness
        if witness is None or not witness.kind.keeps_configuration:
            return self.own_is_current
        return z3.Or(self.own_is_current, z3.And(some(self.winner), self.state.witness_current))

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Two majorities meet: with what runs, and with who has the latest configuration."""
        votes = self.quorum.votes
        return self.quorum.if_counted(
            *(votes.disjoint_share_none(self.members, island) for island in self.state.islands),
            votes.disjoint_share_none(self.members, self.state.current),
            votes.subset_has_no_more(self.state.current, self.state.current | self.members),
        )


def form(state: MembershipState, quorum: Quorum) -> Action:
    """Nodes that listen, and reach each other but no running node (join comes first, rule Q6), form
    a cluster once their votes are enough."""
    side, winner, forming = state.side, state.winner, Forming(state, quorum)
    updates: dict[str, Term] = {
        variable.name: z3.If(free, side.term, island)
        for variable, island, free in zip(
            state.island_variables, state.islands, first_free(state.islands), strict=True
        )
    }
    updates[state.current_variable.name] = state.current | state.sets.where(
        forming.is_current, side.term
    )
    if state.witness is not None:
        taken = some(forming.winner)
        updates[state.witness.holder.name] = state.holder | forming.winner
        updates[state.witness.current.name] = z3.If(
            taken, forming.is_current, state.witness_current
        )
    return Action.of(
        Verb.FORM,
        ActionKind.CLUSTER,
        guard=tuple(forming.may),
        updates=updates,
        inputs=(side, winner) if state.witness is not None else (side,),
        subject="side",
        instances=forming.instances,
        choices={"side": state.may_belong, "winner": lowest(state.cabled)},
    )
