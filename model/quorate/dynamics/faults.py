"""What can fail, and what an operator takes down: the steps after which an island must regroup."""

from collections.abc import Iterator, Mapping, Sequence

import z3

from quorate.dynamics.assumptions import Deviation
from quorate.dynamics.quorum import Quorum
from quorate.dynamics.regroup import World, regroup
from quorate.dynamics.sets import Members, as_bits, bits_of, select, some
from quorate.dynamics.state import MembershipState
from quorate.cluster import WitnessKind
from quorate.system import Action, ActionKind, Bits, Enumeration, Formula, Term, Variable

BOTH, INSIDE, OUTSIDE = range(3)
WITNESS_SIDES = Enumeration(("both sides", "the side cut off", "the other side"))


def fault_actions(state: MembershipState, quorum: Quorum) -> Iterator[Action]:
    """Every fault that the assumptions allow, and the planned stop of a node."""
    faults = state.assumptions.faults
    if faults.crash != 0:
        yield _crash(state, quorum)
    if faults.site != 0:
        for site in state.cluster.sites:
            if state.cluster.nodes_in(site.name):
                yield _site_failure(state, quorum, site.name)
    if faults.partition != 0:
        yield _partition(state, quorum)
    if faults.isolation != 0:
        yield _isolation(state, quorum)
    if faults.link != 0:
        yield _link_failure(state, quorum)
    if state.has_witness and faults.witness != 0:
        yield _witness_failure(state, quorum)
    if state.has_witness and faults.path != 0:
        yield _path_failure(state, quorum)
    if state.assumptions.planned_stop:
        yield _planned_stop(state, quorum)


def _everyone(state: MembershipState) -> Members:
    return [z3.BoolVal(True)] * len(state.names)


def _fault(
    state: MembershipState,
    quorum: Quorum,
    name: str,
    budget: str | None,
    *,
    guard: Sequence[Formula],
    updates: Mapping[str, Term],
    world: World,
    island: Term,
    sides: Sequence[Members],
    counts: Sequence[Members | None] | None = None,
    inputs: Sequence[Variable] = (),
    subject: str | None = None,
    kind: ActionKind = ActionKind.FAULT,
) -> Action:
    """A change of the world and the regroup that follows it in the same step."""
    outcome = regroup(
        state, quorum, world, island, sides, counts if counts is not None else [None] * len(sides)
    )
    spent_guard, spent = _spend(state, budget)
    return Action(
        name=name,
        kind=kind,
        guard=(*guard, *spent_guard, *outcome.guard),
        updates={**updates, **outcome.updates, **spent},
        inputs=(*inputs, *outcome.inputs),
        subject=subject,
        facts=outcome.facts,
    )


def _spend(state: MembershipState, budget: str | None) -> tuple[list[Formula], dict[str, Term]]:
    faults = state.assumptions.faults
    guard: list[Formula] = []
    updates: dict[str, Term] = {}
    for kind in (budget, "total"):
        if budget is not None and kind is not None and kind in state.spent_variables:
            limit = getattr(faults, kind)
            counter = state.spent_variables[kind]
            guard.append(counter.term < limit)
            updates[counter.name] = counter.term + 1
    return guard, updates


def _label(state: MembershipState, name: str) -> Variable:
    return Variable(name, state.labels)


def _a_node(state: MembershipState, label: Term) -> Formula:
    return label != state.nobody


def _crash(state: MembershipState, quorum: Quorum) -> Action:
    """A node fails, with all that runs on it."""
    node = _label(state, "node")
    up = [z3.And(up, node.term != index) for index, up in enumerate(state.up)]
    return _fault(
        state,
        quorum,
        "crash",
        "crash",
        guard=[select(state.up, node.term, z3.BoolVal(False))],
        updates={v.name: term for v, term in zip(state.up_variables, up, strict=True)},
        world=World(up, state.sees, state.witness_up),
        island=select(state.island, node.term, state.nobody),
        sides=[_everyone(state)],
        inputs=[node],
        subject="node",
    )


def _planned_stop(state: MembershipState, quorum: Quorum) -> Action:
    """The operator stops the cluster service of a node; refused where the rest of its island would
    lose quorum (rule Q9, wsfc.md 1.5). The guard asks before any arbitration: the witness counts
    if the rest reaches it."""
    node = _label(state, "node")
    island = select(state.island, node.term, state.nobody)
    up = [z3.And(up, node.term != index) for index, up in enumerate(state.up)]
    rest = [
        z3.And(running, label == island, node.term != index)
        for index, (running, label) in enumerate(zip(state.running, state.island, strict=True))
    ]
    can_hold = z3.And(
        state.witness_up,
        some([z3.And(member, sees) for member, sees in zip(rest, state.sees, strict=True)]),
        select([label == island for label in state.island], state.holder, z3.BoolVal(True)),
    )
    return _fault(
        state,
        quorum,
        "planned stop",
        None,
        guard=[
            select(state.running, node.term, z3.BoolVal(False)),
            quorum.may_stay(rest, can_hold),
        ],
        updates={v.name: term for v, term in zip(state.up_variables, up, strict=True)},
        world=World(up, state.sees, state.witness_up),
        island=island,
        sides=[_everyone(state)],
        inputs=[node],
        subject="node",
        kind=ActionKind.OPERATOR,
    )


def _site_failure(state: MembershipState, quorum: Quorum, site: str) -> Action:
    """Everything in a site fails at once: its nodes and, if it stands there, the witness."""
    lost = set(state.cluster.nodes_in(site))
    island = _label(state, "island")
    up = [
        z3.BoolVal(False) if name in lost else up
        for name, up in zip(state.names, state.up, strict=True)
    ]
    inside = [name in lost for name in state.names]
    witness = state.cluster.witness
    with_witness = witness is not None and witness.site == site
    witness_up = z3.BoolVal(False) if with_witness else state.witness_up
    updates = {v.name: t for v, t, gone in zip(state.up_variables, up, inside, strict=True) if gone}
    if with_witness:
        updates[state.witness_up_variable.name] = witness_up
    hit = [
        z3.And(running, z3.Or(z3.BoolVal(gone), z3.And(z3.BoolVal(with_witness), state.holder == i)))
        for i, (running, gone) in enumerate(zip(state.running, inside, strict=True))
    ]
    standing = [up for up, gone in zip(state.up, inside, strict=True) if gone]
    return _fault(
        state,
        quorum,
        f"site failure of {site}",
        "site",
        guard=[z3.Or(*standing), *_the_island_of(state, island.term, hit)],
        updates=updates,
        world=World(up, state.sees, witness_up),
        island=island.term,
        sides=[_everyone(state)],
        inputs=[island],
    )


def _the_island_of(state: MembershipState, island: Term, members: Members) -> Sequence[Formula]:
    """All running `members` are in one island and `island` is its label; nobody's if there are
    none. What hits several islands at once is a sequence of such steps."""
    return [
        *(
            z3.Implies(z3.And(member, running), label == island)
            for member, running, label in zip(members, state.running, state.island, strict=True)
        ),
        z3.Or(
            island == state.nobody,
            some([z3.And(m, running) for m, running in zip(members, state.running, strict=True)]),
        ),
    ]


def _cut(state: MembershipState, side: Term) -> dict[str, Term]:
    """Every connection between the set and the other nodes fails."""
    return {
        variable.name: reach & z3.If(inside, side, ~side)
        for variable, reach, inside in zip(
            state.reach_variables, state.reach, bits_of(side), strict=True
        )
    }


def _partition(state: MembershipState, quorum: Quorum) -> Action:
    """A set of nodes is cut off from all others. A file share is reached over the same network, so
    it may end up on one side; a disk has cables of its own."""
    side = Variable("side", Bits(state.names))
    island = _label(state, "island")
    inside = bits_of(side.term)
    inputs = [side, island]
    sees = state.sees
    witness = state.cluster.witness
    if witness is not None and witness.kind is WitnessKind.FILE_SHARE:
        where = Variable("witness_side", WITNESS_SIDES)
        inputs.append(where)
        sees = [
            z3.And(
                s,
                z3.Or(where.term == BOTH, z3.If(within, where.term == INSIDE, where.term == OUTSIDE)),
            )
            for s, within in zip(sees, inside, strict=True)
        ]
    updates = _cut(state, side.term)
    updates.update(_sees_updates(state, sees))
    hit = [
        z3.Or(within, z3.And(state.holder == index, z3.Not(s)))
        for index, (within, s) in enumerate(zip(inside, sees, strict=True))
    ]
    every = (1 << len(state.names)) - 1
    return _fault(
        state,
        quorum,
        "partition",
        "partition",
        guard=[
            side.term != 0,
            side.term != every,
            *_the_island_of(state, island.term, hit),
        ],
        updates=updates,
        world=World(state.up, sees, state.witness_up),
        island=island.term,
        sides=[inside, [z3.Not(within) for within in inside]],
        inputs=inputs,
        subject="side",
    )


def _isolation(state: MembershipState, quorum: Quorum) -> Action:
    """One node is cut off from all others, and from a file share as well."""
    node = _label(state, "node")
    alone = [node.term == index for index in range(len(state.names))]
    witness = state.cluster.witness
    sees = state.sees
    if witness is not None and witness.kind is WitnessKind.FILE_SHARE:
        sees = [z3.And(s, z3.Not(cut)) for s, cut in zip(sees, alone, strict=True)]
    updates = _cut(state, as_bits(alone))
    updates.update(_sees_updates(state, sees))
    return _fault(
        state,
        quorum,
        "isolation",
        "isolation",
        guard=[_a_node(state, node.term), select(state.up, node.term, z3.BoolVal(False))],
        updates=updates,
        world=World(state.up, sees, state.witness_up),
        island=select(state.island, node.term, state.nobody),
        sides=[alone, [z3.Not(cut) for cut in alone]],
        inputs=[node],
        subject="node",
    )


def _link_failure(state: MembershipState, quorum: Quorum) -> Action:
    """The connection between two nodes fails while both still reach the others. An island of the
    two splits: one of them, either, is dropped (rule M2)."""
    node, peer = _label(state, "node"), _label(state, "peer")
    count_of = len(state.names)
    dropped = [node.term == index for index in range(count_of)]
    other = [peer.term == index for index in range(count_of)]
    dropped_bits, other_bits = as_bits(dropped), as_bits(other)
    updates = {
        variable.name: reach & ~z3.If(is_node, other_bits, z3.If(is_peer, dropped_bits, 0))
        for variable, reach, is_node, is_peer in zip(
            state.reach_variables, state.reach, dropped, other, strict=True
        )
    }
    own_island = select(state.island, node.term, state.nobody)
    together = own_island == select(state.island, peer.term, state.nobody)
    island = z3.If(together, own_island, state.nobody)
    counted: Members | None = None
    if quorum.deviation is Deviation.COUNTS_NEIGHBOURS:
        counted = [
            z3.And(running, label == island, peer.term != index)
            for index, (running, label) in enumerate(zip(state.running, state.island, strict=True))
        ]
    return _fault(
        state,
        quorum,
        "link failure",
        "link",
        guard=[
            _a_node(state, node.term),
            _a_node(state, peer.term),
            node.term != peer.term,
            select(state.reach, node.term, z3.BitVecVal(0, count_of)) & other_bits != 0,
        ],
        updates=updates,
        world=World(state.up, state.sees, state.witness_up),
        island=island,
        sides=[dropped, [z3.Not(out) for out in dropped]],
        counts=[counted, None],
        inputs=[node, peer],
        subject="node",
    )


def _witness_failure(state: MembershipState, quorum: Quorum) -> Action:
    """The witness itself fails: for a disk, the disk is gone until it comes back."""
    return _fault(
        state,
        quorum,
        "witness failure",
        "witness",
        guard=[state.witness_up],
        updates={state.witness_up_variable.name: z3.BoolVal(False)},
        world=World(state.up, state.sees, z3.BoolVal(False)),
        island=select(state.island, state.holder, state.nobody),
        sides=[_everyone(state)],
    )


def _path_failure(state: MembershipState, quorum: Quorum) -> Action:
    """One node loses its path to the witness."""
    node = _label(state, "node")
    sees = [z3.And(s, node.term != index) for index, s in enumerate(state.sees)]
    island = z3.If(
        state.holder == node.term,
        select(state.island, node.term, state.nobody),
        state.nobody,
    )
    return _fault(
        state,
        quorum,
        "path failure",
        "path",
        guard=[select(state.sees, node.term, z3.BoolVal(False))],
        updates=_sees_updates(state, sees),
        world=World(state.up, sees, state.witness_up),
        island=island,
        sides=[_everyone(state)],
        inputs=[node],
        subject="node",
    )


def _sees_updates(state: MembershipState, sees: Members) -> dict[str, Term]:
    return {
        variable.name: term
        for variable, term in zip(state.sees_variables, sees, strict=True)
        if variable is not None
    }
