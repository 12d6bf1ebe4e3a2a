"""What fails of the witness: itself, or a node's path to it."""

import z3

from quorate.counting.sets import one, subset
from quorate.windows.membership.disturbance import Disturbance
from quorate.windows.membership.lasting import nobody_leaves
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import Regroup, World, one_group
from quorate.windows.membership.state import MembershipState, WitnessVariables
from quorate.windows.membership.verbs import Verb


def witness_failure(
    state: MembershipState, quorum: Quorum, witness: WitnessVariables
) -> Disturbance:
    """The witness itself fails: for a disk, the disk is gone until it comes back."""
    gone, votes = z3.BoolVal(False), quorum.votes
    world = World(state.up, state.paths, gone)
    return Disturbance(
        Verb.WITNESS_FAILURE,
        Regroup(state, quorum, world, one_group(state, state.holder)),
        guard=[state.witness_up],
        updates={witness.up.name: gone},
        instances=[
            votes.cover_shares_all(state.running, ~state.running),
            votes.bounds(~state.running),
            votes.missing_cost_at_most(state.running),
            *nobody_leaves(state, quorum),
        ],
    )


def path_failure(state: MembershipState, quorum: Quorum, witness: WitnessVariables) -> Disturbance:
    """One node loses its path to the witness."""
    node = state.node
    paths = state.paths & ~node.term
    world = World(state.up, paths, state.witness_up)
    regroup = Regroup(state, quorum, world, one_group(state, state.holder & node.term))
    return Disturbance(
        Verb.PATH_FAILURE,
        regroup,
        guard=[one(node.term), subset(node.term, state.paths)],
        updates={witness.paths.name: paths},
        inputs=(node,),
        subject="node",
        instances=[
            quorum.votes.missing_cost_at_most(state.running),
            *nobody_leaves(state, quorum),
        ],
    )
