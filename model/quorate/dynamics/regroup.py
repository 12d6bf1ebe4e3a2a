"""What a running island does when the world around it changes.

Membership follows the network in the same step (detection `instant`). A change leaves an island in
one or two parts, each fully connected (rule M2, wsfc.md 3.1). Then, in this order:

1. The witness is arbitrated: a holder that is alive and still in contact with it keeps it,
   otherwise any member of a part that reaches it may win it (wsfc.md 1.6).
2. Each part with quorum goes on; in a part without it the cluster service stops on every node
   (rule Q7), which also lets go of the witness.
3. A witness that was let go is taken by some node that still runs and reaches it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import z3

from quorate.dynamics.assumptions import Deviation
from quorate.dynamics.quorum import Quorum
from quorate.dynamics.sets import Members, disjoint_facts, lowest, select, some, subset_facts
from quorate.dynamics.state import MembershipState
from quorate.system import Formula, Term, Variable


@dataclass(frozen=True)
class World:
    """What surrounds the islands after a change."""

    up: Members
    sees: Members
    witness_up: Formula


@dataclass(frozen=True)
class Outcome:
    """What a regroup contributes to an action."""

    guard: tuple[Formula, ...]
    updates: dict[str, Term]
    inputs: tuple[Variable, ...]
    facts: tuple[Formula, ...]


@dataclass(frozen=True)
class _Part:
    """Members of the island that stay together, whether they hold the witness after arbitration,
    whether they have quorum, and whether they go on."""

    members: Members
    holds: Formula
    quorate: Formula
    stays: Formula
    label: Term


def regroup(
    state: MembershipState,
    quorum: Quorum,
    world: World,
    island: Term,
    sides: Sequence[Members],
    counts: Sequence[Members | None],
) -> Outcome:
    """The island labelled `island` meets `world`; those of its members that are in sides[0] and
    those in sides[1] go separate ways. `counts` are the nodes whose votes each part counts, None
    for its own members; only a broken rule counts others.

    Where `island` is nobody's label, no service stops and only the witness is arbitrated.
    """
    group = [z3.And(r, label == island) for r, label in zip(state.running, state.island, strict=True)]
    others = [z3.And(r, label != island) for r, label in zip(state.running, state.island, strict=True)]
    alive = [z3.And(member, up) for member, up in zip(group, world.up, strict=True)]
    forced = some([z3.And(member, f) for member, f in zip(group, state.forced, strict=True)])
    winner = Variable("winner", state.labels)

    parts = []
    for side, counted in zip(sides, counts, strict=True):
        members = [z3.And(member, within) for member, within in zip(alive, side, strict=True)]
        holds = _holds(state, quorum, world, winner.term, members)
        quorate = quorum.may_stay(members, holds, counted)
        stays = z3.Or(quorate, forced) if state.forced_variables else quorate
        parts.append(_Part(members, holds, quorate, stays, lowest(members, state.nobody)))

    running = [
        z3.Or(other, *(z3.And(part.members[index], part.stays) for part in parts))
        for index, other in enumerate(others)
    ]
    updates: dict[str, Term] = {}
    for index, variable in enumerate(state.running_variables):
        updates[variable.name] = running[index]
        label = state.nobody
        for part in parts:
            label = z3.If(z3.And(part.members[index], part.stays), part.label, label)
        label = z3.If(others[index], state.island[index], label)
        updates[state.island_variables[index].name] = label
    for index, variable in enumerate(state.forced_variables):
        updates[variable.name] = z3.Or(
            z3.And(others[index], state.forced[index]),
            *(z3.And(part.members[index], forced, z3.Not(part.quorate)) for part in parts),
        )
    facts = [*subset_facts(z3.Not(some(group)), state.running, running)]
    for part in parts:
        facts.extend(subset_facts(part.stays, part.members, running))
    for one, other_part in combinations(parts, 2):
        facts.extend(disjoint_facts(one.members, other_part.members))
    if not state.has_witness:
        return Outcome((), updates, (), tuple(facts))

    successor = Variable("successor", state.labels)
    let_go = z3.Or(
        *(z3.And(_contains(part.members, winner.term), z3.Not(part.stays)) for part in parts)
    )
    heirs = [
        z3.And(on, sees, world.witness_up, let_go)
        for on, sees in zip(running, world.sees, strict=True)
    ]
    updates[state.holder_variable.name] = z3.If(let_go, successor.term, winner.term)
    updates[state.tag_variable.name] = select(state.stored, successor.term, state.tag)
    guard = (
        *_arbitrate(state, world, winner.term, alive),
        *one_of(successor.term, heirs, state.nobody),
    )
    return Outcome(guard, updates, (winner, successor), tuple(facts))


def one_of(label: Term, candidates: Members, nobody: Term) -> tuple[Formula, ...]:
    """`label` is one of the candidates, and nobody's if there is none."""
    return (
        *(z3.Implies(label == index, able) for index, able in enumerate(candidates)),
        z3.Implies(label == nobody, z3.Not(some(candidates))),
    )


def _arbitrate(
    state: MembershipState, world: World, winner: Term, alive: Members
) -> tuple[Formula, ...]:
    keeps = [
        z3.And(state.holder == index, state.running[index], up, sees, world.witness_up)
        for index, (up, sees) in enumerate(zip(world.up, world.sees, strict=True))
    ]
    kept = some(keeps)
    able = [
        z3.Or(keep, z3.And(z3.Not(kept), member, sees, world.witness_up))
        for keep, member, sees in zip(keeps, alive, world.sees, strict=True)
    ]
    return one_of(winner, able, state.nobody)


def _holds(
    state: MembershipState, quorum: Quorum, world: World, winner: Term, members: Members
) -> Formula:
    if not state.has_witness:
        return z3.BoolVal(False)
    if quorum.deviation is Deviation.WITNESS_COUNTS_TWICE:
        return some(
            [z3.And(m, sees, world.witness_up) for m, sees in zip(members, world.sees, strict=True)]
        )
    return _contains(members, winner)


def _contains(members: Members, label: Term) -> Formula:
    return some([z3.And(member, label == index) for index, member in enumerate(members)])
