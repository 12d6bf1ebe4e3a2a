"""What an operator may do against the rules."""

import z3

from quorate.counting.sets import disjoint, empty, one, subset
from quorate.system import Action, ActionKind, Term
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import first_free
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


def force(state: MembershipState, quorum: Quorum) -> Action:
    """A listening node that reaches nobody who runs is started with forced quorum: it forms a
    cluster regardless of votes, and its replica outranks every other (rules Q15, Q16, wsfc.md 2.5;
    pitfalls P2 and P3 are sides that do not see each other)."""
    node = state.node
    updates: dict[str, Term] = {state.current_variable.name: node.term}
    free = first_free(state.islands)
    for index, variable in enumerate(state.island_variables):
        updates[variable.name] = z3.If(free[index], node.term, state.islands[index])
    if state.forced_marks is not None:
        weak = z3.Not(quorum.majority(node.term, z3.BoolVal(False)))
        for index, mark in enumerate(state.forced_marks.variables):
            updates[mark.name] = z3.If(free[index], weak, mark.term)
    if state.witness is not None:
        updates[state.witness.current.name] = z3.BoolVal(False)
    return Action.of(
        Verb.FORCE,
        ActionKind.OPERATOR,
        guard=(
            one(node.term),
            subset(node.term, state.up & ~state.running),
            disjoint(state.running, state.sets.picked(node.term, state.reach)),
            z3.Or(*(empty(island) for island in state.islands)),
        ),
        updates=updates,
        inputs=(node,),
        subject="node",
    )
