"""Who stores which version of the configuration, where a version says which votes are in force.

Nodes that form count the votes of the newest version among them (wsfc.md 2.2, inferred). Of the
versions that were replaced the state keeps one, and a run chooses which: so a run in which nodes
form from any of them is a run of the model, up to the first step in which some do.
"""

from collections.abc import Iterator, Mapping

import z3

from quorate.counting.sets import Members, disjoint, meets
from quorate.system import Formula, Instance, Term
from quorate.windows.membership.changing import Changing
from quorate.windows.membership.quorum import InForce, Quorum
from quorate.windows.membership.state import MembershipState


def votes_of(state: MembershipState, island: Members) -> InForce | None:
    """The votes that a running island counts: those of the newest version that it has. Only force
    lets one run that has not the latest."""
    changing = state.changing
    if changing is None or state.forced_marks is None:
        return state.in_force
    latest, earlier = changing.in_force, changing.earlier.in_force
    return either(meets(island, state.current), latest, earlier)


def either(condition: Formula, one: InForce, other: InForce) -> InForce:
    """The one votes where the condition holds, else the other."""
    return InForce(
        z3.If(condition, one.voters, other.voters), z3.If(condition, one.witness, other.witness)
    )


def replaced(
    state: MembershipState, changing: Changing, acceptors: Members, witness: Formula, votes: InForce
) -> Iterator[tuple[str, Term]]:
    """What follows when `acceptors` store a new version, and the witness if it accepts as well,
    beside that theirs is the latest: `votes` are in force, and the version that they replace may be
    the one that is remembered."""
    earlier, remember = changing.earlier, changing.remember.term
    yield from changing.ballot.become(votes).items()
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


def keeps_track(state: MembershipState, changing: Changing, members: Members) -> Iterator[Formula]:
    """With force another island may run beside `members`, who replace the latest version: that is
    then remembered if the other runs on it, and else what the other runs on."""
    if state.forced_marks is not None:
        other = state.running & ~members
        known = changing.remember.term == meets(other, state.current)
        yield z3.Or(other == 0, known)


def learnt(state: MembershipState, updates: Mapping[str, Term]) -> Mapping[str, Term]:
    """What follows for the version that is remembered from these updates of a step that replaces
    none: whoever comes to have the latest has a newer one."""
    changing = state.changing
    if changing is None:
        return {}
    earlier = changing.earlier
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


def is_newest(
    state: MembershipState, changing: Changing, nodes: Members, holds: Formula
) -> Formula:
    """Of all that `nodes` have stored, and the witness if they hold it, the version that is
    remembered is the newest."""
    earlier = changing.earlier
    has_it = meets(nodes, earlier.stored.term)
    if state.witness is not None and state.witness.kind.keeps_configuration:
        has_it = z3.Or(has_it, z3.And(holds, earlier.witness_stored))
    written = z3.And(holds, earlier.witness_newer)
    return z3.And(has_it, disjoint(nodes, earlier.newer.term), z3.Not(written))


def more_know(state: MembershipState, quorum: Quorum, nodes: Members) -> Iterator[Instance]:
    """Those who have newer versions than the remembered one have no fewer of its votes when `nodes`
    are among them."""
    if state.changing is not None:
        earlier = state.changing.earlier
        newer = earlier.newer.term
        yield quorum.by(earlier.in_force).no_more(newer, newer | nodes)
