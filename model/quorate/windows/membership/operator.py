"""What an operator may do against the rules, and what follows from it when the sides meet again."""

from collections.abc import Mapping

import z3

from quorate.counting.sets import Members, disjoint, empty, meets, one, some, subset
from quorate.system import Action, ActionKind, Formula, Term
from quorate.windows.membership.changing import Earlier
from quorate.windows.membership.quorum import InForce, Quorum
from quorate.windows.membership.ranks import Version, counted_by, newest, stored_by
from quorate.windows.membership.regroup import first_free
from quorate.windows.membership.replicas import ends_force
from quorate.windows.membership.running import chosen_members
from quorate.windows.membership.state import ForcedMarks, MembershipState
from quorate.windows.membership.verbs import Verb


def force(state: MembershipState, quorum: Quorum, marks: ForcedMarks) -> Action:
    """A listening node that reaches nobody who runs is started with forced quorum: it forms a
    cluster regardless of votes, and its replica outranks every other (rules Q15, Q16, wsfc.md 2.5;
    pitfalls P2 and P3 are sides that do not see each other). Where it is assumed the operator does
    so only while nothing runs, and starts all others with prevent quorum (rule Q17)."""
    node = state.node
    updates: dict[str, Term] = {state.current_variable.name: node.term}
    free = first_free(state.islands)
    for index, variable in enumerate(state.island_variables):
        updates[variable.name] = z3.If(free[index], node.term, state.islands[index])
    own = _votes_of_a_copy(state, node.term)
    weak = z3.Not(ends_force(state, quorum, own, node.term, z3.BoolVal(False)))
    for index, mark in enumerate(marks.variables):
        updates[mark.name] = z3.If(free[index], weak, mark.term)
    updates[marks.authoritative.name] = node.term
    prevents = state.assumptions.prevents
    others = ~node.term if prevents else state.prevented & ~node.term
    updates[marks.prevented.name] = others
    if state.witness is not None:
        updates[state.witness.current.name] = z3.BoolVal(False)
    return Action.of(
        Verb.FORCE,
        ActionKind.OPERATOR,
        guard=(
            one(node.term),
            subset(node.term, state.up & ~state.running),
            disjoint(state.running, state.sets.picked(node.term, state.reach)),
            z3.Or(*(empty(island) for island in state.islands)),
            *((empty(state.running),) if prevents else ()),
        ),
        updates={**updates, **_outranks(state, node.term, free)},
        inputs=(node,),
        subject="node",
    )


def _votes_of_a_copy(state: MembershipState, node: Members) -> InForce | None:
    """The votes that the replica of the node says are in force."""
    changing = state.changing
    if changing is None or isinstance(changing.history, Earlier):
        return state.in_force
    return newest(changing.history, node).votes


def _outranks(state: MembershipState, node: Members, free: list[Formula]) -> Mapping[str, Term]:
    """Where the version of every node is kept: that of the node is newer than all others, and its
    island counts the votes that it says."""
    changing = state.changing
    if changing is None or isinstance(changing.history, Earlier):
        return {}
    votes = newest(changing.history, node).votes
    nobody = state.sets.nothing
    return {
        **changing.ballot.become(votes),
        **stored_by(changing.history, node, Version(nobody, nobody, votes)),
        **counted_by(changing.history, free, votes),
    }


def give_way(state: MembershipState, marks: ForcedMarks) -> Action:
    """An island that was overruled by force, and a member of which reaches one that runs on what
    was forced, restarts its service with prevent quorum, so that it can only join (rule Q18)."""
    island = chosen_members(state)
    forced_side = state.running & state.authoritative
    sees = [
        z3.And(meets(bit, island), meets(reach, forced_side))
        for bit, reach in zip(_bits(state), state.reach, strict=True)
    ]
    updates: dict[str, Term] = {}
    for index, variable in enumerate(state.island_variables):
        gives_way = state.island.term == index
        updates[variable.name] = z3.If(gives_way, state.sets.nothing, variable.term)
        mark = marks.variables[index]
        updates[mark.name] = z3.And(mark.term, z3.Not(gives_way))
    updates[marks.prevented.name] = state.prevented | island
    if state.witness is not None:
        updates[state.witness.holder.name] = state.holder & ~island
    return Action.of(
        Verb.GIVE_WAY,
        ActionKind.CLUSTER,
        guard=(some(island), disjoint(island, state.authoritative), z3.Or(*sees)),
        updates=updates,
        inputs=(state.island,),
        subject="island",
        choices={"island": _first_overruled(state)},
    )


def _bits(state: MembershipState) -> list[Members]:
    return [state.sets.of([name]) for name in state.names]


def _first_overruled(state: MembershipState) -> Term:
    """The place of the first island that runs on what was overruled, or the last place."""
    *earlier, last = map(state.island.sort.literal, range(len(state.islands)))
    place = last
    for index, members in reversed(list(zip(earlier, state.islands, strict=False))):
        overruled = z3.And(some(members), disjoint(members, state.authoritative))
        place = z3.If(overruled, index, place)
    return place
