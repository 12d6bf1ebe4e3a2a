"""What an operator may do against the rules."""

from collections.abc import Iterator

import z3

from quorate.dynamics.quorum import Quorum
from quorate.dynamics.sets import select
from quorate.dynamics.state import MembershipState
from quorate.system import Action, ActionKind, Term, Variable


def operator_actions(state: MembershipState, quorum: Quorum) -> Iterator[Action]:
    if state.assumptions.force:
        yield _force(state, quorum)


def _force(state: MembershipState, quorum: Quorum) -> Action:
    """A listening node is started with forced quorum: it forms a cluster regardless of votes, and
    its replica outranks every other (rules Q15, Q16, wsfc.md 2.5)."""
    node = Variable("node", state.labels)
    alone = [node.term == index for index in range(len(state.names))]
    version = state.latest + 1
    takes = z3.And(
        state.witness_up,
        state.holder == state.nobody,
        select(state.sees, node.term, z3.BoolVal(False)),
    )
    updates: dict[str, Term] = {state.latest_variable.name: version}
    forced = z3.Not(quorum.may_stay(alone, takes))
    for index, chosen in enumerate(alone):
        updates[state.running_variables[index].name] = z3.Or(state.running[index], chosen)
        updates[state.island_variables[index].name] = z3.If(
            chosen, node.term, state.island[index]
        )
        updates[state.stored_variables[index].name] = z3.If(chosen, version, state.stored[index])
        updates[state.forced_variables[index].name] = z3.If(chosen, forced, state.forced[index])
    if state.has_witness:
        updates[state.holder_variable.name] = z3.If(takes, node.term, state.holder)
        updates[state.tag_variable.name] = z3.If(takes, version, state.tag)
    return Action(
        name="force",
        kind=ActionKind.OPERATOR,
        guard=(
            select(state.up, node.term, z3.BoolVal(False)),
            z3.Not(select(state.running, node.term, z3.BoolVal(True))),
        ),
        updates=updates,
        inputs=(node,),
        subject="node",
    )
