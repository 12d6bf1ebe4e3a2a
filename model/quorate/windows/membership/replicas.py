"""Who stores which version of the configuration, where a version says which votes are in force.

Nodes that form count the votes of the newest version among them (wsfc.md 2.2, inferred). Of the
versions that were replaced the state keeps one, and a run chooses which: so a run in which nodes
form from any of them is a run of the model, up to the first step in which some do. Where force may
overrule the version of every node is kept (`ranks.py`).
"""

from collections.abc import Iterator, Mapping
from typing import assert_never

import z3

from quorate.counting.sets import Members, disjoint, meets
from quorate.system import Formula, Instance, Term
from quorate.windows.membership.changing import Changing, Earlier, Ranks
from quorate.windows.membership.quorum import InForce, Quorum
from quorate.windows.membership.ranks import (
    Version,
    counted_by,
    counted_in,
    either,
    newest,
    stored_by,
)
from quorate.windows.membership.state import MembershipState


def votes_of(state: MembershipState, island: Members) -> InForce | None:
    """The votes that a running island counts: those of the newest version that it has. Only force
    lets one run that has not the latest."""
    changing = state.changing
    if changing is None:
        return None
    match changing.history:
        case Earlier():
            return changing.in_force
        case Ranks() as ranks:
            return counted_in(ranks, state.islands, island)
        case other:
            assert_never(other)


def votes_at(state: MembershipState, place: int) -> InForce | None:
    """The votes that the island at a place counts."""
    changing = state.changing
    if changing is None:
        return None
    match changing.history:
        case Earlier():
            return changing.in_force
        case Ranks() as ranks:
            return ranks.counted[place].in_force
        case other:
            assert_never(other)


def ends_force(
    state: MembershipState,
    quorum: Quorum,
    votes: InForce | None,
    members: Members,
    holds: Formula,
) -> Formula:
    """An island that counts these votes has the majority with which the forced state ends (rule
    Q16)."""
    ends = quorum.by(votes).majority(members, holds)
    changing = state.changing
    if changing is None:
        return ends
    match changing.history:
        case Earlier():
            return ends
        case Ranks(by_configured=by_configured):
            configured = quorum.by(None).majority(members, holds)
            return z3.If(by_configured.term, configured, ends)
        case other:
            assert_never(other)


def replaced(
    state: MembershipState, island: Members, acceptors: Members, witness: Formula, votes: InForce
) -> Iterator[tuple[str, Term]]:
    """What follows when `acceptors` of an island store a new version by which `votes` are in force,
    and the witness if it accepts as well, beside that theirs is the latest: the version that they
    replace may be the one that is remembered."""
    changing = state.changing
    if changing is None:
        return
    match changing.history:
        case Earlier() as earlier:
            yield from changing.ballot.become(votes).items()
            yield from _remembered(state, changing, earlier, acceptors, witness)
        case Ranks() as ranks:
            # Whoever was overruled makes no change that is the latest.
            latest = meets(island, state.current)
            counted = either(latest, votes, changing.in_force)
            yield from changing.ballot.become(counted).items()
            version = newest(ranks, island).changed(votes)
            yield from stored_by(ranks, acceptors, version).items()
            places = [meets(place, island) for place in state.islands]
            yield from counted_by(ranks, places, votes).items()
        case other:
            assert_never(other)


def _remembered(
    state: MembershipState,
    changing: Changing,
    earlier: Earlier,
    acceptors: Members,
    witness: Formula,
) -> Iterator[tuple[str, Term]]:
    remember = earlier.remember.term
    kept = either(remember, changing.in_force, earlier.in_force)
    yield from earlier.ballot.become(kept).items()
    stored = z3.If(remember, state.current, earlier.stored.term) & ~acceptors
    yield earlier.stored.name, stored
    yield earlier.newer.name, z3.If(remember, acceptors, earlier.newer.term | acceptors)
    if earlier.on_witness is not None:
        had = z3.If(remember, state.witness_current, earlier.witness_stored)
        yield earlier.on_witness.stored.name, z3.And(had, z3.Not(witness))
        older = z3.And(earlier.witness_newer, z3.Not(remember))
        yield earlier.on_witness.newer.name, z3.Or(witness, older)


def changed(
    state: MembershipState, island: Members, acceptors: Members, witness: Formula
) -> Mapping[str, Term]:
    """Who has the latest version when `acceptors` of an island have stored a change, and the
    witness if it accepts: they, unless the island was overruled by force (rule Q15)."""
    current, on_witness = acceptors, witness
    if state.forced_marks is not None:
        latest = meets(island, state.current)
        current = z3.If(latest, acceptors, state.current)
        kept = z3.And(state.witness_current, z3.Not(witness))
        on_witness = z3.If(latest, witness, kept)
    found: dict[str, Term] = {state.current_variable.name: current}
    if state.witness is not None:
        found[state.witness.current.name] = on_witness
    return found


def given_latest(state: MembershipState, nodes: Members) -> Mapping[str, Term]:
    """What follows, where ranks are kept, when `nodes` are given the latest version: by a disk that
    they read, or by a member of their island that has it."""
    changing = state.changing
    if changing is None:
        return {}
    match changing.history:
        case Earlier():
            return {}
        case Ranks() as ranks:
            places = [meets(place, nodes) for place in state.islands]
            latest = Version(state.sets.nothing, state.current, changing.in_force)
            return {
                **stored_by(ranks, nodes, latest),
                **counted_by(ranks, places, changing.in_force),
            }
        case other:
            assert_never(other)


def given_theirs(state: MembershipState, nodes: Members, island: Members) -> Mapping[str, Term]:
    """The same when they are given the newest version of an island that they join or are in."""
    changing = state.changing
    if changing is None:
        return {}
    match changing.history:
        case Earlier():
            return {}
        case Ranks() as ranks:
            return stored_by(ranks, nodes, newest(ranks, island))
        case other:
            assert_never(other)


def learnt(state: MembershipState, updates: Mapping[str, Term]) -> Mapping[str, Term]:
    """What follows for the version that is remembered from these updates of a step that replaces
    none: whoever comes to have the latest has a newer one."""
    changing = state.changing
    if changing is None or isinstance(changing.history, Ranks):
        return {}
    earlier = changing.history
    found = dict[str, Term]()
    current = updates.get(state.current_variable.name)
    if current is not None:
        found[earlier.stored.name] = earlier.stored.term & ~current
        found[earlier.newer.name] = earlier.newer.term | current
    if state.witness is not None and earlier.on_witness is not None:
        written = updates.get(state.witness.current.name)
        if written is not None:
            found[earlier.on_witness.stored.name] = z3.And(earlier.witness_stored, z3.Not(written))
            found[earlier.on_witness.newer.name] = z3.Or(earlier.witness_newer, written)
    return found


def is_newest(state: MembershipState, earlier: Earlier, nodes: Members, holds: Formula) -> Formula:
    """Of all that `nodes` have stored, and the witness if they hold it, the version that is
    remembered is the newest."""
    has_it = meets(nodes, earlier.stored.term)
    if state.witness is not None and state.witness.kind.keeps_configuration:
        has_it = z3.Or(has_it, z3.And(holds, earlier.witness_stored))
    written = z3.And(holds, earlier.witness_newer)
    return z3.And(has_it, disjoint(nodes, earlier.newer.term), z3.Not(written))


def more_know(state: MembershipState, quorum: Quorum, nodes: Members) -> Iterator[Instance]:
    """Those who have newer versions than the remembered one have no fewer of its votes when `nodes`
    are among them."""
    if state.changing is not None and isinstance(state.changing.history, Earlier):
        earlier = state.changing.history
        newer = earlier.newer.term
        yield quorum.by(earlier.in_force).no_more(newer, newer | nodes)
