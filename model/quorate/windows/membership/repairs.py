"""What comes back: nodes, the network, the witness. No island changes by a repair alone; nodes then
join or form in steps of their own."""

from collections.abc import Iterator

import z3

from quorate.counting.sets import disjoint, has, some, subset
from quorate.system import Action, ActionKind, Bits, Variable
from quorate.windows.membership.state import MembershipState


def repair_actions(state: MembershipState) -> Iterator[Action]:
    if not state.assumptions.repairs:
        return
    yield _restart(state)
    if len(state.names) > 1:
        yield _heal(state)
    if state.has_witness:
        yield _witness_return(state)
        yield _path_return(state)


def _some_nodes(state: MembershipState) -> Variable:
    return Variable("side", Bits(state.names))


def _restart(state: MembershipState) -> Action:
    """Nodes come back with the replica that they had; their service listens (rule Q8)."""
    side = _some_nodes(state)
    return Action(
        name="restart",
        kind=ActionKind.REPAIR,
        guard=(some(side.term), disjoint(side.term, state.up)),
        updates={state.up_variable.name: state.up | side.term},
        inputs=(side,),
        subject="side",
    )


def _heal(state: MembershipState) -> Action:
    """The connections among a set of nodes are whole again."""
    side = _some_nodes(state)
    healed = [
        reach | state.sets.where(has(side.term, index), side.term)
        for index, reach in enumerate(state.reach)
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
    """The witness works again, with what was last written to it."""
    return Action(
        name="witness return",
        kind=ActionKind.REPAIR,
        guard=(z3.Not(state.witness_up),),
        updates={state.witness_up_variable.name: z3.BoolVal(True)},
    )


def _path_return(state: MembershipState) -> Action:
    """Nodes reach the witness again."""
    side = _some_nodes(state)
    return Action(
        name="path return",
        kind=ActionKind.REPAIR,
        guard=(some(side.term), subset(side.term, state.cabled & ~state.paths)),
        updates={state.paths_variable.name: state.paths | side.term},
        inputs=(side,),
        subject="side",
    )
