"""What is claimed of a split into halves: that one of them goes on, and which.

Who has a vote, and who holds what, is said here again, and not asked of the rules.
"""

from typing import assert_never

import z3

from quorate.cluster import DynamicVotes, StaticVotes
from quorate.counting.sets import Members, at_most_one, disjoint, meets, some, subset, union
from quorate.system import EachStep, Formula, Sometimes, each_step
from quorate.windows.membership.claimed_cluster import claimed
from quorate.windows.membership.model import Membership
from quorate.windows.membership.verbs import Verb


def tie_is_broken(model: Membership) -> EachStep:
    """All runs well, the votes have followed, and the network between the two sites fails: exactly
    one of them goes on, as a whole, and the other stops (rules Q11, Q12). With a witness that one
    of the two still reaches it is the one that has it then; without one it is the one all of whose
    nodes have their vote, which is the one without the node of lower priority where the version
    obeys that."""
    state, witness = model.state, model.state.witness
    one, other = _sites(model)
    after = [variable.next for variable in state.island_variables]
    running = union(after)

    def wins(site: Members, rest: Members) -> Formula:
        return z3.And(z3.Or(*(island == site for island in after)), disjoint(running, rest))

    if witness is not None:
        reached = some(witness.paths.next)
        holds = [meets(witness.holder.next, site) for site in (one, other)]
    else:
        reached = z3.BoolVal(True)
        holds = [subset(site, _votes_in_force(model)) for site in (one, other)]
    first = z3.And(wins(one, other), holds[0], z3.Not(holds[1]))
    second = z3.And(wins(other, one), holds[1], z3.Not(holds[0]))
    side = state.side.term
    split = z3.Or(side == one, side == other)
    rule = z3.Implies(z3.And(_all_is_well(model), split, reached), z3.Or(first, second))
    rules = {Verb.PARTITION: rule}
    return each_step("tie-is-broken", model.system, rules, lacking=model.lacking)


def the_sites_are_apart(model: Membership) -> Sometimes:
    """All nodes are up, those of each site reach each other, and nobody reaches the other site."""
    state = model.state
    one, other = _sites(model)
    inside = [
        z3.If(meets(state.sets.of([name]), one), reach == one, reach == other)
        for name, reach in zip(state.names, state.reach, strict=True)
    ]
    return Sometimes(
        "all nodes are up, and the sites do not reach each other",
        z3.And(state.up == state.sets.everything, *inside),
    )


def _sites(model: Membership) -> tuple[Members, Members]:
    """The nodes of the two sites. requires: there are two, and each node is in one."""
    first, second = (site.name for site in model.cluster.sites if _nodes_in(model, site.name))
    sets = model.state.sets
    return sets.of(_nodes_in(model, first)), sets.of(_nodes_in(model, second))


def _nodes_in(model: Membership, site: str) -> tuple[str, ...]:
    return tuple(node.name for node in model.cluster.nodes if node.site == site)


def _votes_in_force(model: Membership) -> Members:
    changing = model.state.changing
    return changing.ballot.voters.term if changing is not None else model.state.sets.everything


def _all_is_well(model: Membership) -> Formula:
    """Everybody runs in one island, knows the newest configuration and reaches everybody, and the
    votes are an odd number: of an even number of nodes all and the witness, or all but one."""
    state, everyone = model.state, model.state.sets.everything
    well = [
        claimed(model).is_whole,
        z3.Or(*(island == everyone for island in state.islands)),
        state.current == everyone,
    ]
    voters, changing = _votes_in_force(model), state.changing
    if state.witness is None:
        well += [_gave_up(model, ~voters)]
    else:
        well += [voters == everyone, some(state.holder)]
        if changing is not None and changing.ballot.witness is not None:
            well.append(changing.ballot.witness.term)
    return z3.And(*well)


def _gave_up(model: Membership, without: Members) -> Formula:
    """One node has no vote: that of lower priority where the version obeys that."""
    match model.cluster.vote_changes:
        case DynamicVotes(lower_priority=str(name)):
            return without == model.state.sets.of([name])
        case DynamicVotes() | StaticVotes():
            return z3.And(some(without), at_most_one(without))
        case other:
            assert_never(other)
