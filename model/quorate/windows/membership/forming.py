"""How nodes that listen form a cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

import z3

from quorate.counting.sets import Members, disjoint, empty, has, lowest, meets, some, subset
from quorate.system import Action, ActionKind, Formula, Instance, Term
from quorate.values import dataclass
from quorate.windows.membership.changing import Changing, Earlier, Ranks
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.ranks import Version, counted_by, either, newest, stored_by
from quorate.windows.membership.regroup import arbitration, first_free
from quorate.windows.membership.replicas import is_newest, learnt, more_know
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
        if state.forced_marks is not None:
            yield self.is_not_prevented

    @property
    def is_not_prevented(self) -> Formula:
        """Nobody among them was started with prevent quorum (rule Q17)."""
        return disjoint(self.members, self.state.prevented)

    @property
    def _contenders(self) -> Members:
        state = self.state
        free = z3.And(state.witness_up, empty(state.holder))
        return state.sets.where(free, self.members & state.paths)

    @property
    def has_quorum(self) -> Formula:
        """Their votes are enough (rules Q1, Q2); where votes change, those that the newest version
        among them says are in force."""
        members, holds = self.members, some(self.winner)
        changing = self.state.changing
        if changing is None:
            return self.quorum.may_form(members, holds)
        match changing.history:
            case Earlier() as earlier:
                latest = self.quorum.by(changing.in_force).may_form(members, holds)
                old = self.quorum.by(earlier.in_force).may_form(members, holds)
                newest_of_all = is_newest(self.state, earlier, members, holds)
                return z3.If(self.is_current, latest, z3.And(newest_of_all, old))
            case Ranks() as ranks:
                found = self._found(changing, ranks).votes
                return self.quorum.by(found).may_form(members, holds)
            case other:
                assert_never(other)

    def _found(self, changing: Changing, ranks: Ranks) -> Version:
        """The newest version that they have or read."""
        state, own = self.state, newest(ranks, self.members)
        return Version(
            z3.If(self.is_current, state.sets.nothing, own.above),
            z3.If(self.is_current, state.current, own.same),
            either(self.is_current, changing.in_force, own.votes),
        )

    def ranked(self, free: Sequence[Formula]) -> Mapping[str, Term]:
        """What follows where the version of every node is kept: all store the newest, and the
        island at the place that is free counts its votes."""
        changing = self.state.changing
        if changing is None or isinstance(changing.history, Earlier):
            return {}
        found = self._found(changing, changing.history)
        return {
            **stored_by(changing.history, self.members, found),
            **counted_by(changing.history, free, found.votes),
        }

    @property
    def overruled(self) -> Mapping[str, Term]:
        """What follows where force may overrule: all have what was forced if one of them has it."""
        marks, known = self.state.forced_marks, self.state.authoritative
        if marks is None:
            return {}
        has_it = z3.Or(meets(self.members, known), self.is_current)
        return {marks.authoritative.name: known | self.state.sets.where(has_it, self.members)}

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
        state, members = self.state, self.members
        quorum = self.quorum.by(state.in_force)
        return quorum.if_counted(
            *(quorum.share_none(members, island) for island in state.islands),
            quorum.share_none(members, state.current),
            quorum.no_more(state.current, state.current | members),
            *self._of_the_remembered,
        )

    @property
    def on_the_remembered(self) -> Mapping[str, Term]:
        """What becomes of the version that is remembered: whoever forms from it stores it."""
        changing = self.state.changing
        if changing is None or isinstance(changing.history, Ranks):
            return {}
        earlier, latest = changing.history, self.is_current
        stored, newer = earlier.stored.term, earlier.newer.term
        return {
            earlier.stored.name: z3.If(latest, stored & ~self.members, stored | self.members),
            earlier.newer.name: z3.If(latest, newer | self.members, newer),
        }

    @property
    def _of_the_remembered(self) -> Iterator[Instance]:
        """They do not meet with who has newer versions, if they form from the remembered one."""
        changing = self.state.changing
        if changing is not None and isinstance(changing.history, Earlier):
            earlier = self.quorum.by(changing.history.in_force)
            yield earlier.share_none(self.members, changing.history.newer.term)
            yield from more_know(self.state, self.quorum, self.members)


def form(state: MembershipState, quorum: Quorum) -> Action:
    """Nodes that listen, and reach each other but no running node (join comes first, rule Q6), form
    a cluster once their votes are enough."""
    side, winner, forming = state.side, state.winner, Forming(state, quorum)
    free = first_free(state.islands)
    updates: dict[str, Term] = {
        variable.name: z3.If(here, side.term, island)
        for variable, island, here in zip(state.island_variables, state.islands, free, strict=True)
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
        updates={
            **updates,
            **learnt(state, updates),
            **forming.on_the_remembered,
            **forming.ranked(free),
            **forming.overruled,
        },
        inputs=(side, winner) if state.witness is not None else (side,),
        subject="side",
        instances=forming.instances,
        choices={"side": state.may_belong, "winner": lowest(state.cabled)},
    )
