"""What comes back: nodes, the network, the witness. No island changes by a repair alone; nodes then
join or form in steps of their own."""

from collections.abc import Iterator

import z3

from quorate.dynamics.regroup import one_of
from quorate.dynamics.sets import bits_of, select
from quorate.dynamics.state import MembershipState
from quorate.system import Action, ActionKind, Bits, Variable


def repair_actions(state: MembershipState) -> Iterator[Action]:
    faults = state.assumptions.faults
    if not faults.repairs:
        return
    yield _restart(state)
    yield _heal(state)
    if state.has_witness:
        yield _witness_return(state)
        yield _path_return(state)


def _restart(state: MembershipState) -> Action:
    """A node comes back with the replica that it had; its service listens (rule Q8)."""
    node = Variable("node", state.labels)
    return Action(
        name="restart",
        kind=ActionKind.REPAIR,
        guard=(z3.Not(select(state.up, node.term, z3.BoolVal(True))),),
        updates={
            variable.name: z3.Or(up, node.term == index)
            for index, (variable, up) in enumerate(zip(state.up_variables, state.up, strict=True))
        },
        inputs=(node,),
        subject="node",
    )


def _heal(state: MembershipState) -> Action:
    """The connections among a set of nodes are whole again."""
    side = Variable("side", Bits(state.names))
    healed = [
        z3.If(inside, reach | side.term, reach)
        for inside, reach in zip(bits_of(side.term), state.reach, strict=True)
    ]
    return Action(
        name="heal",
        kind=ActionKind.REPAIR,
        guard=(z3.Or(*(new != old for new, old in zip(healed, state.reach, strict=True))),),
        updates={v.name: new for v, new in zip(state.reach_variables, healed, strict=True)},
        inputs=(side,),
        subject="side",
    )


def _witness_return(state: MembershipState) -> Action:
    """The witness works again; a running node that reaches it takes it and writes what it has
    stored to it."""
    winner = Variable("winner", state.labels)
    able = [z3.And(running, sees) for running, sees in zip(state.running, state.sees, strict=True)]
    return Action(
        name="witness return",
        kind=ActionKind.REPAIR,
        guard=(z3.Not(state.witness_up), *one_of(winner.term, able, state.nobody)),
        updates={
            state.witness_up_variable.name: z3.BoolVal(True),
            state.holder_variable.name: winner.term,
            state.tag_variable.name: select(state.stored, winner.term, state.tag),
        },
        inputs=(winner,),
        subject="winner",
    )


def _path_return(state: MembershipState) -> Action:
    """A node reaches the witness again, and takes it if it runs and nobody holds it."""
    node = Variable("node", state.labels)
    takes = z3.And(
        select(state.running, node.term, z3.BoolVal(False)),
        state.witness_up,
        state.holder == state.nobody,
    )
    updates = {
        variable.name: z3.Or(sees, node.term == index)
        for index, (variable, sees) in enumerate(
            zip(state.sees_variables, state.sees, strict=True)
        )
        if variable is not None
    }
    updates[state.holder_variable.name] = z3.If(takes, node.term, state.holder)
    updates[state.tag_variable.name] = z3.If(
        takes, select(state.stored, node.term, state.tag), state.tag
    )
    connected = [
        z3.Not(variable.term) if variable is not None else z3.BoolVal(False)
        for variable in state.sees_variables
    ]
    return Action(
        name="path return",
        kind=ActionKind.REPAIR,
        guard=(select(connected, node.term, z3.BoolVal(False)),),
        updates=updates,
        inputs=(node,),
        subject="node",
    )
