"""What fails of the network: a set of nodes, one node or one connection is cut off."""

from typing import assert_never

import z3

from quorate.cluster import WayOfIsolated
from quorate.counting.sets import Members, has, meets, one, some, subset
from quorate.system import Enumeration, Term, Variable
from quorate.windows.membership.disturbance import Disturbance
from quorate.windows.membership.faults import one_more_missing
from quorate.windows.membership.halves import of_halves
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import Regroup, Split, World, two_sides
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb

BOTH, INSIDE, OUTSIDE = range(3)
SHARE_SIDES = Enumeration(("both sides", "the side cut off", "the other side"))
"""Where a witness on the network is when it is cut in two."""


CLOUD_WAYS = Enumeration(("lost", "kept"))
"""What becomes of the way to the cloud of a node that is cut off from all others."""


def partition(state: MembershipState, quorum: Quorum) -> Disturbance:
    """A set of nodes is cut off from all others. A witness that is reached over the same network
    may end up on one side; one with cables of its own is where it was."""
    side, inputs = state.side, [state.side]
    updates, paths, hit = _apart(state, side.term), state.paths, side.term
    if state.witness is not None and state.witness.kind.reached_over_network:
        where = Variable("share", SHARE_SIDES)
        inputs.append(where)
        kept = z3.If(where.term == INSIDE, side.term, ~side.term)
        paths = state.paths & z3.If(where.term == BOTH, state.sets.everything, kept)
        updates[state.witness.paths.name] = paths
        hit = hit | (state.holder & ~paths)
    world = World(state.up, paths, state.witness_up)
    regroup = Regroup(state, quorum, world, two_sides(state, hit, side.term))
    return Disturbance(
        Verb.PARTITION,
        regroup,
        guard=[some(side.term), some(~side.term)],
        updates=updates,
        inputs=tuple(inputs),
        subject="side",
        always=tuple(of_halves(state, quorum, [part.members for part in regroup.parts])),
    )


def isolation(state: MembershipState, quorum: Quorum) -> Disturbance:
    """One node is cut off from all others, and from a witness on the network as well; whether it
    still reaches a cloud is open."""
    node, inputs = state.node, [state.node]
    updates, paths = _apart(state, node.term), state.paths
    if state.witness is not None:
        match state.witness.kind.way_of_isolated:
            case WayOfIsolated.KEPT:
                pass
            case WayOfIsolated.LOST:
                paths = paths & ~node.term
                updates[state.witness.paths.name] = paths
            case WayOfIsolated.OPEN:
                way = Variable("cloud", CLOUD_WAYS)
                inputs.append(way)
                paths = z3.If(way.term == 0, paths & ~node.term, paths)
                updates[state.witness.paths.name] = paths
            case _:
                assert_never(state.witness.kind.way_of_isolated)
    if state.isolated_variable is not None:
        updates[state.isolated_variable.name] = state.isolated | node.term
    world = World(state.up, paths, state.witness_up)
    regroup = Regroup(state, quorum, world, two_sides(state, node.term, node.term))
    alone, rest = regroup.parts
    return Disturbance(
        Verb.ISOLATION,
        regroup,
        guard=[one(node.term), subset(node.term, state.up)],
        updates=updates,
        inputs=tuple(inputs),
        subject="node",
        instances=[
            *one_more_missing(state, quorum, node.term, rest.members),
            quorum.votes.one_has_at_most(alone.members),
        ],
    )


def link_failure(state: MembershipState, quorum: Quorum) -> Disturbance:
    """The connection between two nodes fails while both still reach the others. If they are in one
    island it drops one of them, `node`; either may be dropped (rule M2)."""
    node, peer = state.node.term, state.peer.term
    together = [z3.And(meets(island, node), meets(island, peer)) for island in state.islands]
    world = World(state.up, state.paths, state.witness_up)
    regroup = Regroup(state, quorum, world, Split(together, [node, ~node]))
    dropped, rest = regroup.parts
    return Disturbance(
        Verb.LINK_FAILURE,
        regroup,
        guard=[
            one(node),
            one(peer),
            node != peer,
            meets(state.sets.picked(node, state.reach), peer),
        ],
        updates=_cut(state, node, peer),
        inputs=(state.node, state.peer),
        subject="node",
        instances=[
            *one_more_missing(state, quorum, node, rest.members),
            quorum.votes.one_has_at_most(dropped.members),
        ],
    )


def _apart(state: MembershipState, side: Members) -> dict[str, Term]:
    """Every connection between `side` and the rest fails."""
    rest = ~side
    return {
        variable.name: reach & z3.If(has(side, index), side, rest)
        for index, (variable, reach) in enumerate(
            zip(state.reach_variables, state.reach, strict=True)
        )
    }


def _cut(state: MembershipState, node: Members, peer: Members) -> dict[str, Term]:
    """The connection between two nodes fails."""
    nothing = state.sets.nothing
    return {
        variable.name: reach
        & ~z3.If(has(node, index), peer, z3.If(has(peer, index), node, nothing))
        for index, (variable, reach) in enumerate(
            zip(state.reach_variables, state.reach, strict=True)
        )
    }
