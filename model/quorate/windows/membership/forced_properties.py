"""What is claimed of what was forced: when force ends, and which side wins.

Votes, and who reaches whom, are asked of `claimed_cluster.py` and of the variables, and not of the
rules.
"""

import z3

from quorate.counting.sets import Members, disjoint, some, subset
from quorate.system import (
    ActionKind,
    Always,
    EachStep,
    Formula,
    LeadsTo,
    Sometimes,
    actions_of,
    each_step,
)
from quorate.windows.membership.claimed_cluster import claimed
from quorate.windows.membership.model import Membership
from quorate.windows.membership.verbs import Verb


def force_ends(model: Membership) -> Always:
    """An island counts as started by force only while it has no majority (rules Q15, Q16)."""
    cluster, state = claimed(model), model.state
    ended = [
        z3.Or(z3.Not(forced), z3.And(some(island), z3.Not(cluster.ends_force(place))))
        for place, (forced, island) in enumerate(zip(state.forced, state.islands, strict=True))
    ]
    return Always("force-ends", z3.And(*ended))


def forced_side_wins(model: Membership) -> EachStep:
    """Whoever has what was forced keeps it, or a change of it, until the operator forces again
    (rules Q15, Q17)."""
    marks = model.state.forced_marks
    kept = (
        z3.BoolVal(True)
        if marks is None
        else subset(marks.authoritative.term, marks.authoritative.next)
    )
    rules = {verb: kept for verb in Verb if verb is not Verb.FORCE}
    return each_step("forced-side-wins", model.system, rules, lacking=model.lacking)


def a_node_was_overruled(model: Membership) -> Sometimes:
    """An island runs on what was forced, and a node is up that has something else."""
    state, known = model.state, model.state.authoritative
    return Sometimes(
        "an island runs on what was forced, and a node is up that was overruled",
        z3.And(some(state.running & known), some(state.up & ~known)),
    )


def overruled_side_gives_way(model: Membership) -> LeadsTo:
    """Once everything is back and both sides run, in the end only the one that was forced does,
    provided that the other does not put it off for ever to restart its service (rule Q18)."""
    state, apart = model.state, _both_run(model)
    wrong = [_is_overruled(model, island) for island in state.islands]
    measure = z3.BitVecVal(0, len(wrong))
    for place, overruled in enumerate(wrong):
        bit = z3.BitVecVal(1 << place, len(wrong))
        measure |= z3.If(overruled, bit, z3.BitVecVal(0, len(wrong)))
    return LeadsTo(
        "overruled-side-gives-way",
        trigger=apart,
        goal=z3.Not(z3.Or(*wrong)),
        calm=tuple(a.name for a in model.system.actions if a.kind is ActionKind.CLUSTER),
        fair=tuple(action.name for action in actions_of(model.system, Verb.GIVE_WAY)),
        waiting=apart,
        measure=(measure,),
    )


def both_sides_run(model: Membership) -> Sometimes:
    """Everything is back, and one island runs on what was forced and another one does not."""
    return Sometimes("everything is back and both sides run", _both_run(model))


def _both_run(model: Membership) -> Formula:
    state = model.state
    overruled = [_is_overruled(model, island) for island in state.islands]
    forced = some(state.running & state.authoritative)
    return z3.And(claimed(model).is_whole, forced, z3.Or(*overruled))


def _is_overruled(model: Membership, island: Members) -> Formula:
    """The island runs, and none of it has what was forced."""
    return z3.And(some(island), disjoint(island, model.state.authoritative))


def an_island_is_forced(model: Membership) -> Sometimes:
    """An island runs that was started by force."""
    return Sometimes("an island runs that was started by force", z3.Or(*model.state.forced))
