"""Nodes that fail or are stopped: one, all, or those of a site with the witness in it."""

from collections.abc import Sequence

import z3

from quorate.cluster import Site
from quorate.counting.sets import Members, meets, one, some, subset
from quorate.system import Action, ActionKind, Instance, Term
from quorate.windows.membership.disturbance import Disturbance, spent_by
from quorate.windows.membership.lasting import when_one_leaves
from quorate.windows.membership.leaving import Leaving
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import Regroup, World, one_group
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


def crash(state: MembershipState, quorum: Quorum) -> Disturbance:
    """A node fails, with all that runs on it."""
    node = state.node
    up = state.up & ~node.term
    world = World(up, state.paths, state.witness_up)
    regroup = Regroup(state, quorum, world, one_group(state, node.term))
    return Disturbance(
        Verb.CRASH,
        regroup,
        guard=[one(node.term), subset(node.term, state.up)],
        updates={state.up_variable.name: up},
        inputs=(node,),
        subject="node",
        instances=one_more_missing(state, quorum, node.term, regroup.parts[0].members),
    )


def one_more_missing(
    state: MembershipState, quorum: Quorum, node: Members, rest: Members
) -> Sequence[Instance]:
    """What `rest` has at least when `node` is missing as well as those that do not run."""
    votes, changing = quorum.votes, state.changing
    following = () if changing is None else when_one_leaves(state, quorum, changing, node)
    return [
        votes.one_more_is_one_more(~state.running, node),
        votes.subset_is_no_larger(~rest, ~state.running | node),
        votes.missing_cost_at_most(rest),
        *following,
    ]


def planned_stop(state: MembershipState, quorum: Quorum) -> Disturbance:
    """The operator stops the cluster service of a node, unless the rest needs it (rule Q9)."""
    node = state.node
    up = state.up & ~node.term
    world = World(up, state.paths, state.witness_up)
    leaving = Leaving(state, quorum)
    hit = one_group(state, node.term)
    regroup = Regroup(state, leaving.quorum_after, world, hit, leaving.all_store)
    return Disturbance(
        Verb.PLANNED_STOP,
        regroup,
        guard=[
            one(node.term),
            subset(node.term, state.running),
            *leaving.hands_over,
            leaving.rest_keeps_quorum,
        ],
        updates={state.up_variable.name: up, **leaving.updates(regroup)},
        inputs=(node, *leaving.inputs),
        subject="node",
        instances=one_more_missing(state, quorum, node.term, regroup.parts[0].members),
        always=tuple(leaving.instances),
        kind=ActionKind.OPERATOR,
    )


def power_failure(state: MembershipState) -> Action:
    """All nodes go down at once; the network and the witness are as they were."""
    nothing = state.sets.nothing
    updates: dict[str, Term] = {state.up_variable.name: nothing}
    updates |= {variable.name: nothing for variable in state.island_variables}
    if state.forced_marks is not None:
        updates |= {mark.name: z3.BoolVal(False) for mark in state.forced_marks.variables}
    if state.witness is not None:
        updates[state.witness.holder.name] = nothing
    spending = spent_by(state, Verb.POWER_FAILURE)
    return Action.of(
        Verb.POWER_FAILURE,
        ActionKind.FAULT,
        guard=(some(state.up), *spending.guard),
        updates={**updates, **spending.updates},
    )


def site_failure(state: MembershipState, quorum: Quorum, site: Site) -> Disturbance:
    """Everything in a site fails at once: its nodes and, if it stands there, the witness."""
    lost = state.sets.of(state.cluster.nodes_in(site.name))
    up = state.up & ~lost
    updates: dict[str, Term] = {state.up_variable.name: up}
    hit, witness_up, works = lost, state.witness_up, meets(state.up, lost)
    witness = state.cluster.witness
    if state.witness is not None and witness is not None and witness.site == site.name:
        hit, witness_up = lost | state.holder, z3.BoolVal(False)
        works = z3.Or(works, state.witness_up)
        updates[state.witness.up.name] = witness_up
    world = World(up, state.paths, witness_up)
    regroup = Regroup(state, quorum, world, one_group(state, hit))
    return Disturbance(
        Verb.SITE_FAILURE,
        regroup,
        guard=[works],
        updates=updates,
        instances=[quorum.votes.whole_blocks_count(regroup.parts[0].members)],
        about=site.name,
    )
