"""What a running island does when the world around it changes.

Membership follows the network in the same step (detection `instant`). A change leaves an island in
one or two parts, each fully connected (rule M2, wsfc.md 3.1). Then, in this order:

1. The witness is arbitrated: a holder that is alive and still in contact with it keeps it,
   otherwise any member of the island that reaches it may win it (wsfc.md 1.6). A part that has no
   quorum even with the witness does not keep it from a part that could use it.
2. Each part with quorum goes on; in a part without it the cluster service stops on every node
   (rule Q7), which also lets go of the witness.

A witness that was let go is taken by a step of its own (`forming.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import z3

from quorate.counting.sets import Members, empty, meets, some, subset
from quorate.system import Formula, Instance, Single, Term, Variable
from quorate.windows.membership.assumptions import Deviation
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.state import MembershipState, union


@dataclass(frozen=True)
class World:
    """What surrounds the islands after a change."""

    up: Members
    paths: Members
    witness_up: Formula


@dataclass(frozen=True)
class Split:
    """Which islands a change concerns, one formula each, and the sets whose members go separate
    ways. `counted` are the nodes whose votes a part counts, None for its own members; only a broken
    rule counts others."""

    concerned: Sequence[Formula]
    sides: Sequence[Members]
    counted: Sequence[Members | None]


@dataclass(frozen=True)
class Outcome:
    """What a regroup contributes to an action, and the members of each part."""

    guard: tuple[Formula, ...]
    updates: dict[str, Term]
    inputs: tuple[Variable, ...]
    instances: tuple[Instance, ...]
    parts: tuple[Members, ...]


@dataclass(frozen=True)
class _Part:
    """Members of an island that stay together, whether they have quorum, whether they go on."""

    members: Members
    quorate: Formula
    stays: Formula


def regroup(state: MembershipState, quorum: Quorum, world: World, split: Split) -> Outcome:
    """The one island that is concerned, if there is one, meets `world`; the guard refuses a change
    that concerns two (docs/semantics.md, "one island at a time")."""
    sets = state.sets
    island = union(
        [sets.where(c, members) for c, members in zip(split.concerned, state.islands, strict=True)]
    )
    forced = z3.Or(*(z3.And(c, f) for c, f in zip(split.concerned, state.forced, strict=True)))
    alive = island & world.up
    winner = Variable("winner", Single(state.names))
    holder = winner.term if state.has_witness else sets.nothing

    parts = []
    for side, counted in zip(split.sides, split.counted, strict=True):
        members = alive & side
        holds = _holds(state, quorum, world, holder, members)
        quorate = quorum.may_stay(members, holds, counted)
        if quorum.deviation is Deviation.STOPS_ON_ANY_LOSS:
            lost_witness = z3.And(meets(state.holder, island), empty(holder))
            quorate = z3.And(quorate, members == island, z3.Not(lost_witness))
        stays = z3.Or(quorate, z3.And(forced, some(members))) if state.forced_variables else quorate
        parts.append(_Part(members, quorate, stays))

    updates, guard = _place(state, split, parts, forced)
    guard += [z3.Not(z3.And(one, other)) for one, other in combinations(split.concerned, 2)]
    votes = quorum.votes
    instances: list[Instance] = []
    if state.spent_variables or state.forced_variables:
        # Who counts the missing needs them for a proof. Where the operator overrules the votes they
        # are redundant, but without them the search takes ten times as long.
        instances.append(votes.nobody_counts())
        instances += [votes.bounds(part.members) for part in parts]
        instances += [votes.all_are_missing(part.members) for part in parts]
    for one, other in combinations(parts, 2):
        instances += quorum.told(votes.disjoint_share_none(one.members, other.members))
        if state.spent_variables:
            instances.append(votes.cover_shares_all(one.members, other.members))
        instances.append(votes.one_is_in_one_side(holder, one.members, other.members))
    members = tuple(part.members for part in parts)
    if not state.has_witness:
        return Outcome(tuple(guard), updates, (), tuple(instances), members)

    running = union([updates[variable.name] for variable in state.island_variables])
    updates.update(_hand_over(state, winner.term & running))
    guard += arbitration(_contenders(state, quorum, world, members), winner.term)
    return Outcome(tuple(guard), updates, (winner,), tuple(instances), members)


def arbitration(contenders: Members, winner: Members) -> list[Formula]:
    """Any contender may win, and one does if there is one."""
    return [subset(winner, contenders), z3.Or(some(winner), empty(contenders))]


def first_free(islands: Sequence[Members]) -> list[Formula]:
    """For each place for an island, whether it is the first empty one."""
    return [
        z3.And(empty(island), *(some(earlier) for earlier in islands[:index]))
        for index, island in enumerate(islands)
    ]


def _place(
    state: MembershipState, split: Split, parts: Sequence[_Part], forced: Formula
) -> tuple[dict[str, Term], list[Formula]]:
    """Where the parts that go on are kept: the first in the island's own place, a second in the
    first place that is free."""
    sets = state.sets
    first = sets.where(parts[0].stays, parts[0].members)
    weak = z3.Not(parts[0].quorate)
    second, second_weak = sets.nothing, z3.BoolVal(False)
    guard: list[Formula] = []
    if len(parts) > 1:
        both = z3.And(parts[0].stays, parts[1].stays)
        first = z3.If(
            parts[0].stays, parts[0].members, sets.where(parts[1].stays, parts[1].members)
        )
        weak = z3.If(parts[0].stays, weak, z3.Not(parts[1].quorate))
        second, second_weak = sets.where(both, parts[1].members), z3.Not(parts[1].quorate)
        guard = [z3.Or(z3.Not(both), *(empty(island) for island in state.islands))]
    updates: dict[str, Term] = {}
    free = first_free(state.islands)
    for index, variable in enumerate(state.island_variables):
        other = (
            z3.If(free[index], second, state.islands[index]) if len(parts) > 1 else variable.term
        )
        updates[variable.name] = z3.If(split.concerned[index], first, other)
    for index, variable in enumerate(state.forced_variables):
        added = z3.And(free[index], some(second), forced, second_weak)
        other = z3.Or(added, state.forced[index])
        kept = z3.And(forced, weak, some(first))
        updates[variable.name] = z3.If(split.concerned[index], kept, other)
    return updates, guard


def _hand_over(state: MembershipState, holder: Members) -> dict[str, Term]:
    """The witness is held by `holder`, who writes what it knows to it."""
    return {
        state.holder_variable.name: holder,
        state.witness_current_variable.name: z3.If(
            empty(holder), state.witness_current, meets(holder, state.current)
        ),
    }


def _contenders(
    state: MembershipState, quorum: Quorum, world: World, parts: Sequence[Members]
) -> Members:
    """Who may hold the witness: its holder alone while it is alive and connected; but a part that
    has no quorum even with the witness stops at once, long before the arbitration of the others
    ends (20 to 60 s, wsfc.md 1.6), and leaves it to them."""
    sets = state.sets
    useless = union([sets.where(z3.Not(quorum.may_stay(p, z3.BoolVal(True))), p) for p in parts])
    connected = union(parts) & world.paths
    keeps = state.holder & world.up & world.paths & ~useless
    useful = connected & ~useless
    open_to = z3.If(some(keeps), keeps, z3.If(some(useful), useful, connected))
    return sets.where(world.witness_up, open_to)


def _holds(
    state: MembershipState, quorum: Quorum, world: World, winner: Members, members: Members
) -> Formula:
    if not state.has_witness:
        return z3.BoolVal(False)
    if quorum.deviation is Deviation.WITNESS_COUNTS_TWICE:
        return z3.And(world.witness_up, meets(members, world.paths))
    return meets(winner, members)


def one_group(state: MembershipState, hit: Members) -> Split:
    """The islands that `hit` touches stay whole, as far as they are up."""
    return Split([meets(island, hit) for island in state.islands], [state.sets.everything], [None])


def two_sides(state: MembershipState, hit: Members, side: Members) -> Split:
    """The islands that `hit` touches fall apart into `side` and the rest."""
    return Split([meets(island, hit) for island in state.islands], [side, ~side], [None, None])
