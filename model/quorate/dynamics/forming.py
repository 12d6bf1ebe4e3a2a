"""What the cluster service does by itself: form, join, and commit a configuration."""

from collections.abc import Iterator

import z3

from quorate.cluster import WitnessKind
from quorate.dynamics.assumptions import Deviation
from quorate.dynamics.quorum import Quorum
from quorate.dynamics.regroup import one_of
from quorate.dynamics.sets import Members, as_bits, bits_of, disjoint_facts, lowest, select, some, subset_facts
from quorate.dynamics.state import MembershipState
from quorate.system import Action, ActionKind, Bits, Formula, Term, Variable


def forming_actions(state: MembershipState, quorum: Quorum) -> Iterator[Action]:
    if state.assumptions.forms_and_joins:
        if quorum.deviation is not Deviation.DOES_NOT_LISTEN:
            yield _form(state, quorum)
        yield _join(state, quorum)
    if state.assumptions.commits != 0:
        yield _commit(state, quorum)


def _form(state: MembershipState, quorum: Quorum) -> Action:
    """Nodes that listen, and reach each other but no running node (join comes first, rule Q6), form
    a cluster once their votes are enough.

    They start from the newest replica among them, that of `source`. With a disk witness its copy is
    read as well; with a file share they must not start on a replica older than its tag (rule Q5).
    """
    side = Variable("side", Bits(state.names))
    source = Variable("source", state.labels)
    members = bits_of(side.term)
    size = len(state.names)
    running_bits = as_bits(state.running)
    guard: list[Formula] = [side.term != 0]
    for index, member in enumerate(members):
        guard.append(z3.Implies(member, state.up[index]))
        guard.append(z3.Implies(member, z3.Not(state.running[index])))
    newest = select(state.stored, source.term, z3.IntVal(0))
    guard.append(select(members, source.term, z3.BoolVal(False)))
    guard.extend(
        z3.Implies(member, stored <= newest)
        for member, stored in zip(members, state.stored, strict=True)
    )
    for member, reach in zip(members, state.reach, strict=True):
        guard.append(z3.Implies(member, side.term & ~reach == 0))
        guard.append(z3.Implies(member, running_bits & reach == 0))

    inputs = [side, source]
    updates: dict[str, Term] = {}
    holds: Formula = z3.BoolVal(False)
    version = newest
    if state.has_witness:
        winner = Variable("winner", state.labels)
        inputs.append(winner)
        free = z3.And(state.witness_up, state.holder == state.nobody)
        able = [z3.And(m, sees, free) for m, sees in zip(members, state.sees, strict=True)]
        guard.extend(one_of(winner.term, able, state.nobody))
        holds = winner.term != state.nobody
        version = _version_with_witness(state, quorum, newest, holds, guard)
        updates[state.holder_variable.name] = z3.If(holds, winner.term, state.holder)
        updates[state.tag_variable.name] = z3.If(holds, version, state.tag)
        if quorum.deviation is Deviation.WITNESS_COUNTS_TWICE:
            holds = z3.And(
                state.witness_up,
                some([z3.And(m, sees) for m, sees in zip(members, state.sees, strict=True)]),
            )
    guard.append(quorum.may_form(members, holds))

    label = lowest(members, state.nobody)
    for index, member in enumerate(members):
        updates[state.running_variables[index].name] = z3.Or(state.running[index], member)
        updates[state.island_variables[index].name] = z3.If(member, label, state.island[index])
        updates[state.stored_variables[index].name] = z3.If(member, version, state.stored[index])
    newest_replicas = [stored >= state.latest for stored in state.stored]
    return Action(
        name="form",
        kind=ActionKind.CLUSTER,
        guard=tuple(guard),
        updates=updates,
        inputs=tuple(inputs),
        subject="side",
        facts=(
            *disjoint_facts(members, state.running),
            *disjoint_facts(members, newest_replicas),
            *subset_facts(z3.BoolVal(True), members, [updates[v.name] for v in state.running_variables]),
            *_newest_facts(state, updates, version),
        ),
    )


def _version_with_witness(
    state: MembershipState, quorum: Quorum, newest: Term, holds: Formula, guard: list[Formula]
) -> Term:
    """The version that a forming island starts from. With a file share its tag is a guard, with a
    disk its copy is a source."""
    witness = state.cluster.witness
    if witness is not None and witness.kind is WitnessKind.FILE_SHARE:
        if quorum.deviation is not Deviation.SHARE_TAG_IGNORED:
            guard.append(z3.Implies(holds, newest >= state.tag))
        return newest
    if quorum.deviation is Deviation.DISK_COPY_IGNORED:
        return newest
    return z3.If(z3.And(holds, state.tag > newest), state.tag, newest)


def _join(state: MembershipState, quorum: Quorum) -> Action:
    """A node that listens joins a running island all of whose members it reaches, and is given its
    configuration (rules Q4, Q6)."""
    node, island = Variable("node", state.labels), Variable("island", state.labels)
    joins = [node.term == index for index in range(len(state.names))]
    members = _members(state, island.term)
    group = [z3.Or(member, joining) for member, joining in zip(members, joins, strict=True)]
    reach = select(state.reach, node.term, z3.BitVecVal(0, len(state.names)))
    label = lowest(group, state.nobody)
    version = select(state.stored, island.term, z3.IntVal(0))
    updates: dict[str, Term] = {}
    for index, joining in enumerate(joins):
        updates[state.running_variables[index].name] = z3.Or(state.running[index], joining)
        updates[state.island_variables[index].name] = z3.If(
            group[index], label, state.island[index]
        )
        if quorum.deviation is not Deviation.JOINER_KEEPS_REPLICA:
            updates[state.stored_variables[index].name] = z3.If(
                joining, version, state.stored[index]
            )
    if state.has_witness:
        takes = z3.And(
            state.witness_up,
            state.holder == state.nobody,
            select(state.sees, node.term, z3.BoolVal(False)),
        )
        updates[state.holder_variable.name] = z3.If(takes, node.term, state.holder)
        updates[state.tag_variable.name] = z3.If(takes, version, state.tag)
    if state.forced_variables:
        holds = _holds_witness(state, members)
        forced = z3.And(
            select(state.forced, island.term, z3.BoolVal(False)),
            z3.Not(quorum.may_stay(group, holds)),
        )
        for index, variable in enumerate(state.forced_variables):
            updates[variable.name] = z3.If(group[index], forced, state.forced[index])
    running = [updates[variable.name] for variable in state.running_variables]
    return Action(
        name="join",
        kind=ActionKind.CLUSTER,
        guard=(
            select(state.up, node.term, z3.BoolVal(False)),
            z3.Not(select(state.running, node.term, z3.BoolVal(True))),
            _is_island(state, island.term),
            as_bits(members) & ~reach == 0,
        ),
        updates=updates,
        inputs=(node, island),
        subject="node",
        facts=(*subset_facts(z3.BoolVal(True), state.running, running), *_newest_facts(state, updates, version)),
    )


def _newest_facts(
    state: MembershipState, updates: dict[str, Term], version: Term
) -> Iterator[Formula]:
    """Whoever has the latest configuration keeps it when `version`, which replaces some replicas,
    is the latest."""
    after = [
        updates.get(variable.name, variable.term) >= state.latest
        for variable in state.stored_variables
    ]
    return subset_facts(version >= state.latest, [stored >= state.latest for stored in state.stored], after)


def _commit(state: MembershipState, quorum: Quorum) -> Action:
    """A running island changes the configuration: every member stores it, and the witness if the
    island holds it, provided that a majority accepts (wsfc.md 1.4)."""
    island = Variable("island", state.labels)
    members = _members(state, island.term)
    holds = _holds_witness(state, members)
    version = state.latest + 1
    updates: dict[str, Term] = {state.latest_variable.name: version}
    for variable, stored, member in zip(
        state.stored_variables, state.stored, members, strict=True
    ):
        updates[variable.name] = z3.If(member, version, stored)
    if state.has_witness:
        updates[state.tag_variable.name] = z3.If(holds, version, state.tag)
    guard: list[Formula] = [_is_island(state, island.term)]
    forced = select(state.forced, island.term, z3.BoolVal(False))
    may_commit = quorum.may_commit(members, holds)
    guard.append(z3.Or(may_commit, forced) if state.forced_variables else may_commit)
    counter = state.spent_variables.get("commits")
    if counter is not None:
        guard.append(counter.term < state.assumptions.commits)
        updates[counter.name] = counter.term + 1
    return Action(
        name="commit",
        kind=ActionKind.CLUSTER,
        guard=tuple(guard),
        updates=updates,
        inputs=(island,),
        subject="island",
        facts=tuple(
            subset_facts(
                z3.BoolVal(True),
                members,
                [updates[variable.name] >= version for variable in state.stored_variables],
            )
        ),
    )


def _members(state: MembershipState, island: Term) -> Members:
    return [z3.And(r, label == island) for r, label in zip(state.running, state.island, strict=True)]


def _is_island(state: MembershipState, island: Term) -> Formula:
    """`island` is the label of a running island; labels are members."""
    return z3.And(
        select(state.running, island, z3.BoolVal(False)),
        select(state.island, island, state.nobody) == island,
    )


def _holds_witness(state: MembershipState, members: Members) -> Formula:
    return select(members, state.holder, z3.BoolVal(False))
