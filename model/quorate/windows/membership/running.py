"""What a running island does by itself: it lets nodes join, takes the witness, and commits a
configuration."""

from collections.abc import Iterator, Mapping
from typing import assert_never

import z3

from quorate.counting.sets import Members, lowest, meets, one, some, subset, union
from quorate.system import Action, ActionKind, Formula, Instance, Term, Variable
from quorate.values import dataclass
from quorate.windows.membership.assumptions import CommittedBy
from quorate.windows.membership.changing import Earlier, Ranks
from quorate.windows.membership.quorum import InForce, Quorum
from quorate.windows.membership.ranks import either
from quorate.windows.membership.replicas import (
    changed,
    ends_force,
    given_latest,
    given_theirs,
    learnt,
    more_know,
    replaced,
    votes_at,
    votes_of,
)
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


def own_island(state: MembershipState, node: Members) -> Members:
    """The members of the island that `node` is in."""
    return union([state.sets.where(meets(island, node), island) for island in state.islands])


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


def _first_that_runs(state: MembershipState) -> Term:
    """The place of the first island that runs, or the last place."""
    *earlier, last = map(state.island.sort.literal, range(len(state.islands)))
    place = last
    for index, members in reversed(list(zip(earlier, state.islands, strict=False))):
        place = z3.If(some(members), index, place)
    return place


def join(state: MembershipState, quorum: Quorum) -> Action:
    """A node that listens joins a running island all of whose members it reaches, and is given the
    newest configuration that they have (rules Q4, Q6)."""
    node, place, counted = state.node, state.island, quorum.by(state.in_force)
    updates: dict[str, Term] = {}
    instances: list[Instance] = []
    for index, (variable, island) in enumerate(
        zip(state.island_variables, state.islands, strict=True)
    ):
        updates[variable.name] = island | state.sets.where(place.term == index, node.term)
        instances += quorum.if_counted(counted.no_more(island, island | node.term))
    if state.forced_marks is not None:
        for index, mark in enumerate(state.forced_marks.variables):
            group = state.islands[index] | node.term
            own = votes_at(state, index)
            enough = ends_force(state, quorum, own, group, state.holds(group))
            ends = z3.And(place.term == index, enough)
            updates[mark.name] = z3.And(mark.term, z3.Not(ends))
    island = chosen_members(state)
    given = meets(island, state.current)
    updates[state.current_variable.name] = z3.If(
        given, state.current | node.term, state.current & ~node.term
    )
    if state.forced_marks is not None:
        marks, known = state.forced_marks, state.authoritative
        updates[marks.authoritative.name] = z3.If(
            meets(island, known), known | node.term, known & ~node.term
        )
        updates[marks.prevented.name] = state.prevented & ~node.term
    current = state.current
    instances += quorum.if_counted(counted.no_more(current, current | node.term))
    instances += more_know(state, quorum, node.term)
    return Action.of(
        Verb.JOIN,
        ActionKind.CLUSTER,
        guard=(
            one(node.term),
            subset(node.term, state.up & ~state.running & state.may_belong),
            some(chosen_members(state)),
            Joining(state).reaches_all,
        ),
        updates={
            **updates,
            **learnt(state, updates),
            **_joining_the_remembered(state, given),
            **given_theirs(state, node.term, island),
        },
        inputs=(node, place),
        subject="node",
        instances=tuple(instances),
        choices={
            "node": lowest(state.up & ~state.running & state.may_belong),
            "island": _first_that_runs(state),
        },
    )


def _joining_the_remembered(state: MembershipState, given: Formula) -> Mapping[str, Term]:
    """Whoever joins an island that has not the latest version is given the one it was formed
    from."""
    if state.changing is None or isinstance(state.changing.history, Ranks):
        return {}
    earlier, node = state.changing.history, state.node.term
    stored, newer = earlier.stored.term, earlier.newer.term
    return {
        earlier.stored.name: z3.If(given, stored & ~node, stored | node),
        earlier.newer.name: z3.If(given, newer | node, newer & ~node),
    }


def take_witness(state: MembershipState, quorum: Quorum, witness: WitnessVariables) -> Action:
    """A running node that reaches a witness which nobody holds takes it, and writes what it has
    stored to it. Where it reads it first, what the witness remembers is not lost, and the node is
    given it, by the disk or, of a share, by a member of its island that has it."""
    node = state.node
    knows = meets(node.term, state.current)
    updates: dict[str, Term] = {witness.holder.name: node.term, witness.current.name: knows}
    instances = tuple[Instance, ...]()
    reader = state.sets.nothing
    if state.assumptions.witness_is_read:
        given = state.witness_current
        if not witness.kind.keeps_configuration:
            given = z3.And(given, meets(own_island(state, node.term), state.current))
        updates[witness.current.name] = z3.Or(state.witness_current, knows)
        reader = state.sets.where(given, node.term)
        more = state.current | reader
        updates[state.current_variable.name] = more
        updates |= given_latest(state, reader)
        if state.forced_marks is not None:
            theirs = state.sets.where(given, own_island(state, node.term))
            updates[state.forced_marks.authoritative.name] = state.authoritative | theirs
        counted = quorum.by(state.in_force)
        instances = (
            *quorum.if_counted(counted.no_more(state.current, more)),
            *more_know(state, quorum, more),
        )
    if state.forced_marks is not None:
        for index, mark in enumerate(state.forced_marks.variables):
            island, own = state.islands[index], votes_at(state, index)
            if own is not None and state.in_force is not None:
                own = either(some(reader), state.in_force, own)
            enough = ends_force(state, quorum, own, island, z3.BoolVal(True))
            ends = z3.And(meets(island, node.term), enough)
            updates[mark.name] = z3.And(mark.term, z3.Not(ends))
    return Action.of(
        Verb.TAKE_WITNESS,
        ActionKind.CLUSTER,
        guard=(one(node.term), subset(node.term, state.may_take_witness)),
        updates={**updates, **learnt(state, updates)},
        inputs=(node,),
        subject="node",
        instances=instances,
        choices={"node": lowest(state.may_take_witness)},
    )


@dataclass(frozen=True, eq=False)
class Committing:
    """Members of the chosen island accept a change of the configuration. A witness that one of them
    holds accepts with it."""

    state: MembershipState
    quorum: Quorum

    @property
    def acceptors(self) -> Members:
        return self.state.side.term

    @property
    def witness_accepts(self) -> Formula:
        return self.state.holds(self.acceptors)

    @property
    def is_valid(self) -> Formula:
        """They are a majority (wsfc.md 1.4)."""
        own = self.quorum.by(votes_of(self.state, chosen_members(self.state)))
        return own.may_commit(self.acceptors, self.witness_accepts)

    @property
    def forced(self) -> Formula:
        """Their island was started by force, and has had no majority since."""
        state = self.state
        return z3.Or(*(z3.And(state.island.term == i, f) for i, f in enumerate(state.forced)))

    @property
    def may(self) -> Iterator[Formula]:
        """The conjunction of these formulas."""
        state, members = self.state, chosen_members(self.state)
        yield some(self.acceptors)
        match state.assumptions.committed_by:
            case CommittedBy.MAJORITY:
                yield subset(self.acceptors, members)
            case CommittedBy.ALL:
                yield self.acceptors == members
            case _:
                assert_never(state.assumptions.committed_by)
        yield self.is_valid if state.forced_marks is None else z3.Or(self.is_valid, self.forced)

    def updates(self, votes: InForce | None) -> Mapping[str, Term]:
        """They store the change, by which `votes` are in force where votes change."""
        state, island = self.state, chosen_members(self.state)
        found = dict(changed(state, island, self.acceptors, self.witness_accepts))
        if votes is not None:
            found |= replaced(state, island, self.acceptors, self.witness_accepts, votes)
        return found

    @property
    def inputs(self) -> tuple[Variable, ...]:
        changing = self.state.changing
        chosen = (self.state.island, self.state.side)
        return chosen if changing is None else (*chosen, *changing.remember)

    @property
    def instances(self) -> tuple[Instance, ...]:
        """They meet with who has the latest."""
        state, acceptors = self.state, self.acceptors
        quorum = self.quorum.by(state.in_force)
        return quorum.if_counted(
            quorum.share_none(acceptors, state.current),
            *more_know(state, self.quorum, acceptors),
        )


def commit(state: MembershipState, quorum: Quorum) -> Action:
    """A running island changes the configuration: a majority accepts the change, and stores it; or
    anybody, where the island was started by force. Other members do not have it yet."""
    committing = Committing(state, quorum)
    return Action.of(
        Verb.COMMIT,
        ActionKind.CLUSTER,
        guard=tuple(committing.may),
        updates=committing.updates(votes_of(state, chosen_members(state))),
        inputs=committing.inputs,
        subject="island",
        instances=committing.instances,
    )


def catch_up(state: MembershipState, quorum: Quorum) -> Action:
    """A member that has not got the newest configuration of its island is given it by one that has
    it; when that is done is not documented. A witness that it holds has it then too."""
    node = state.node
    island = own_island(state, node.term)
    given = state.sets.where(meets(island, state.current), node.term)
    lacks = _lacks_the_newest(state, island)
    more = state.current | (node.term if lacks is None else given)
    updates: dict[str, Term] = {state.current_variable.name: more}
    if state.witness is not None:
        held = state.holds(node.term if lacks is None else given)
        updates[state.witness.current.name] = z3.Or(state.witness_current, held)
    behind = [subset(node.term, state.running & ~state.current), meets(island, state.current)]
    return Action.of(
        Verb.CATCH_UP,
        ActionKind.CLUSTER,
        guard=(
            one(node.term),
            *(behind if lacks is None else [subset(node.term, state.running), lacks]),
        ),
        updates={
            **updates,
            **learnt(state, updates),
            **given_theirs(state, node.term, island),
        },
        inputs=(node,),
        subject="node",
        instances=quorum.if_counted(
            quorum.by(state.in_force).no_more(state.current, more),
            *more_know(state, quorum, more),
        ),
    )


def _lacks_the_newest(state: MembershipState, island: Members) -> Formula | None:
    """Another member of its island has a newer version than the chosen node, where the version of
    every node is kept."""
    changing = state.changing
    if changing is None:
        return None
    match changing.history:
        case Earlier():
            return None
        case Ranks(newer=newer):
            above = state.sets.picked(state.node.term, [v.term for v in newer])
            return meets(above, island)
        case other:
            assert_never(other)
