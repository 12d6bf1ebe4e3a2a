"""What can fail, and what an operator takes down: the steps after which an island must regroup."""

from collections.abc import Iterator, Mapping, Sequence

import z3

from quorate.cluster import Site
from quorate.counting.sets import Members, empty, has, meets, one, some, subset
from quorate.system import (
    Action,
    ActionKind,
    Bits,
    Enumeration,
    Formula,
    Instance,
    Single,
    Term,
    Variable,
)
from quorate.windows.membership.assumptions import Deviation
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import Outcome, Split, World, one_group, regroup, two_sides
from quorate.windows.membership.state import MembershipState

BOTH, INSIDE, OUTSIDE = range(3)
SHARE_SIDES = Enumeration(("both sides", "the side cut off", "the other side"))


def fault_actions(state: MembershipState, quorum: Quorum) -> Iterator[Action]:
    """Every fault that the assumptions allow, and the planned stop of a node."""
    faults = state.assumptions.faults
    if faults.crash != 0:
        yield _crash(state, quorum)
    if faults.power != 0:
        yield _power_failure(state)
    if faults.site != 0:
        for site in state.cluster.sites:
            yield _site_failure(state, quorum, site)
    if len(state.names) > 1:
        yield from _network_faults(state, quorum)
    if state.has_witness and faults.witness != 0:
        yield _witness_failure(state, quorum)
    if state.has_witness and faults.path != 0:
        yield _path_failure(state, quorum)
    if state.assumptions.planned_stop:
        yield _planned_stop(state, quorum)


def _network_faults(state: MembershipState, quorum: Quorum) -> Iterator[Action]:
    faults = state.assumptions.faults
    if faults.partition != 0:
        yield _partition(state, quorum)
    if faults.isolation != 0:
        yield _isolation(state, quorum)
    if faults.link != 0:
        yield _link_failure(state, quorum)


def _fault(
    state: MembershipState,
    name: str,
    kind: str,
    outcome: Outcome,
    *,
    guard: Sequence[Formula],
    updates: Mapping[str, Term],
    inputs: Sequence[Variable] = (),
    subject: str | None = None,
    instances: Sequence[Instance] = (),
) -> Action:
    """A change of the world and the regroup that follows it in the same step; it spends from the
    budget of its kind. `instances` matter only where budgets are counted."""
    spent_guard: list[Formula] = []
    spent: dict[str, Term] = {}
    counter = state.spent_variables.get(kind)
    if counter is not None:
        spent_guard.append(z3.Not(has(counter.term, counter.term.size() - 1)))
        spent[counter.name] = one_mark_more(counter.term)
    if state.assumptions.settled:
        spent_guard.append(empty(state.may_take_witness))
    return Action(
        name=name,
        kind=ActionKind.FAULT,
        guard=(*guard, *spent_guard, *outcome.guard),
        updates={**updates, **outcome.updates, **spent},
        inputs=(*inputs, *outcome.inputs),
        subject=subject,
        instances=(*(instances if state.spent_variables else ()), *outcome.instances),
    )


def one_mark_more(marks: Term) -> Term:
    """A counter in marks, after one more."""
    width, mark = marks.size(), z3.BitVecVal(1, 1)
    return z3.Concat(z3.Extract(width - 2, 0, marks), mark) if width > 1 else mark


def _one_more_missing(
    state: MembershipState, quorum: Quorum, node: Members, rest: Members
) -> Sequence[Instance]:
    """What `rest` has at least when `node` is missing as well as those that do not run."""
    votes = quorum.votes
    return [
        votes.one_more_is_one_more(~state.running, node),
        votes.subset_is_no_larger(~rest, ~state.running | node),
        votes.missing_cost_at_most(rest),
    ]


def _node(state: MembershipState, name: str = "node") -> Variable:
    return Variable(name, Single(state.names))


def _crash(state: MembershipState, quorum: Quorum) -> Action:
    """A node fails, with all that runs on it."""
    node = _node(state)
    up = state.up & ~node.term
    world = World(up, state.paths, state.witness_up)
    outcome = regroup(state, quorum, world, one_group(state, node.term))
    return _fault(
        state,
        "crash",
        "crash",
        outcome,
        guard=[one(node.term), subset(node.term, state.up)],
        updates={state.up_variable.name: up},
        inputs=[node],
        subject="node",
        instances=_one_more_missing(state, quorum, node.term, outcome.parts[0]),
    )


def _planned_stop(state: MembershipState, quorum: Quorum) -> Action:
    """The operator stops the cluster service of a node; refused where the rest of its island would
    lose quorum (rule Q9, wsfc.md 1.5). The guard asks before any arbitration: the witness counts
    if the rest holds it, or could hold it."""
    node = _node(state)
    up = state.up & ~node.term
    split = one_group(state, node.term)
    rest = state.sets.nothing
    for concerned, island in zip(split.concerned, state.islands, strict=True):
        rest = rest | state.sets.where(concerned, island & ~node.term)
    open_to = z3.Or(empty(state.holder), meets(state.holder, rest | node.term))
    can_hold = z3.And(state.witness_up, meets(rest, state.paths), open_to)
    unasked = quorum.deviation is Deviation.STOPS_WITHOUT_ASKING
    may_go = [] if unasked else [quorum.may_stay(rest, can_hold)]
    world = World(up, state.paths, state.witness_up)
    outcome = regroup(state, quorum, world, split)
    return Action(
        name="planned stop",
        kind=ActionKind.OPERATOR,
        guard=(
            one(node.term),
            subset(node.term, state.running),
            *may_go,
            *outcome.guard,
        ),
        updates={state.up_variable.name: up, **outcome.updates},
        inputs=(node, *outcome.inputs),
        subject="node",
        instances=outcome.instances,
    )


def _power_failure(state: MembershipState) -> Action:
    """All nodes go down at once; the network and the witness are as they were."""
    nothing = state.sets.nothing
    updates: dict[str, Term] = {state.up_variable.name: nothing}
    updates.update({variable.name: nothing for variable in state.island_variables})
    updates.update({variable.name: z3.BoolVal(False) for variable in state.forced_variables})
    if state.has_witness:
        updates[state.holder_variable.name] = nothing
    outcome = Outcome((), {}, (), (), ())
    return _fault(state, "power failure", "power", outcome, guard=[some(state.up)], updates=updates)


def _site_failure(state: MembershipState, quorum: Quorum, site: Site) -> Action:
    """Everything in a site fails at once: its nodes and, if it stands there, the witness."""
    lost = state.sets.of(state.cluster.nodes_in(site.name))
    up = state.up & ~lost
    updates: dict[str, Term] = {state.up_variable.name: up}
    hit, witness_up, works = lost, state.witness_up, meets(state.up, lost)
    witness = state.cluster.witness
    if witness is not None and witness.site == site.name:
        hit, witness_up = lost | state.holder, z3.BoolVal(False)
        works = z3.Or(works, state.witness_up)
        updates[state.witness_up_variable.name] = witness_up
    world = World(up, state.paths, witness_up)
    outcome = regroup(state, quorum, world, one_group(state, hit))
    return _fault(
        state,
        f"site failure of {site.name}",
        "site",
        outcome,
        guard=[works],
        updates=updates,
        instances=[quorum.votes.whole_sites_count(outcome.parts[0])],
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


def _partition(state: MembershipState, quorum: Quorum) -> Action:
    """A set of nodes is cut off from all others. A file share is reached over the same network, so
    it may end up on one side; a disk has cables of its own."""
    side = Variable("side", Bits(state.names))
    inputs = [side]
    updates = _apart(state, side.term)
    paths = state.paths
    hit = side.term
    if state.is_share:
        where = Variable("share", SHARE_SIDES)
        inputs.append(where)
        kept = z3.If(where.term == INSIDE, side.term, ~side.term)
        paths = state.paths & z3.If(where.term == BOTH, state.sets.everything, kept)
        updates[state.paths_variable.name] = paths
        hit = hit | (state.holder & ~paths)
    world = World(state.up, paths, state.witness_up)
    return _fault(
        state,
        "partition",
        "partition",
        regroup(state, quorum, world, two_sides(state, hit, side.term)),
        guard=[some(side.term), some(~side.term)],
        updates=updates,
        inputs=inputs,
        subject="side",
    )


def _isolation(state: MembershipState, quorum: Quorum) -> Action:
    """One node is cut off from all others, and from a file share as well."""
    node = _node(state)
    updates = _apart(state, node.term)
    paths = state.paths
    if state.is_share:
        paths = paths & ~node.term
        updates[state.paths_variable.name] = paths
    updates.update({v.name: v.term | node.term for v in state.cut_off_variables})
    world = World(state.up, paths, state.witness_up)
    outcome = regroup(state, quorum, world, two_sides(state, node.term, node.term))
    return _fault(
        state,
        "isolation",
        "isolation",
        outcome,
        guard=[one(node.term), subset(node.term, state.up)],
        updates=updates,
        inputs=[node],
        subject="node",
        instances=[
            *_one_more_missing(state, quorum, node.term, outcome.parts[1]),
            quorum.votes.one_has_at_most(outcome.parts[0]),
        ],
    )


def _link_failure(state: MembershipState, quorum: Quorum) -> Action:
    """The connection between two nodes fails while both still reach the others. If they are in one
    island it drops one of them, `node`; either may be dropped (rule M2)."""
    node, peer = _node(state), _node(state, "peer")
    island = state.sets.nothing
    concerned = []
    for members in state.islands:
        together = z3.And(meets(members, node.term), meets(members, peer.term))
        concerned.append(together)
        island = island | state.sets.where(together, members)
    counted = island & ~peer.term if quorum.deviation is Deviation.COUNTS_NEIGHBOURS else None
    split = Split(concerned, [node.term, ~node.term], [counted, None])
    world = World(state.up, state.paths, state.witness_up)
    return _fault(
        state,
        "link failure",
        "link",
        regroup(state, quorum, world, split),
        guard=[
            one(node.term),
            one(peer.term),
            node.term != peer.term,
            meets(state.sets.picked(node.term, state.reach), peer.term),
        ],
        updates=_cut(state, node.term, peer.term),
        inputs=[node, peer],
        subject="node",
    )


def _witness_failure(state: MembershipState, quorum: Quorum) -> Action:
    """The witness itself fails: for a disk, the disk is gone until it comes back."""
    gone = z3.BoolVal(False)
    world = World(state.up, state.paths, gone)
    return _fault(
        state,
        "witness failure",
        "witness",
        regroup(state, quorum, world, one_group(state, state.holder)),
        guard=[state.witness_up],
        updates={state.witness_up_variable.name: gone},
        instances=[
            quorum.votes.cover_shares_all(state.running, ~state.running),
            quorum.votes.bounds(~state.running),
        ],
    )


def _path_failure(state: MembershipState, quorum: Quorum) -> Action:
    """One node loses its path to the witness."""
    node = _node(state)
    paths = state.paths & ~node.term
    world = World(state.up, paths, state.witness_up)
    hit = state.holder & node.term
    return _fault(
        state,
        "path failure",
        "path",
        regroup(state, quorum, world, one_group(state, hit)),
        guard=[one(node.term), subset(node.term, state.paths)],
        updates={state.paths_variable.name: paths},
        inputs=[node],
        subject="node",
    )
