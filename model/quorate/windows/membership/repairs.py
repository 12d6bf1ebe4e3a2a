"""What comes back: nodes, the network, the witness. No island changes by a repair alone; nodes then
join or form in steps of their own."""

from collections.abc import Mapping

import z3

from quorate.counting.sets import disjoint, has, some, subset
from quorate.system import Action, ActionKind, Term
from quorate.windows.membership.state import MembershipState, WitnessVariables
from quorate.windows.membership.verbs import Verb


def restart(state: MembershipState) -> Action:
    """Nodes come back with the replica that they had; their service listens (rule Q8)."""
    side = state.side
    return Action.of(
        Verb.RESTART,
        ActionKind.REPAIR,
        guard=(some(side.term), disjoint(side.term, state.up)),
        updates={state.up_variable.name: state.up | side.term, **_started(state)},
        inputs=(side,),
        subject="side",
    )


def _started(state: MembershipState) -> Mapping[str, Term]:
    """Whoever comes back is started as usual, unless the operator sees to it that he is prevented
    from forming; how long one that gave way by itself stays so is not documented."""
    marks = state.forced_marks
    if marks is None or state.assumptions.prevents:
        return {}
    return {marks.prevented.name: state.prevented & ~state.side.term}


def heal(state: MembershipState) -> Action:
    """The connections among a set of nodes are whole again."""
    side = state.side
    healed = [
        reach | state.sets.where(has(side.term, index), side.term)
        for index, reach in enumerate(state.reach)
    ]
    return Action.of(
        Verb.HEAL,
        ActionKind.REPAIR,
        guard=(z3.Or(*(new != old for new, old in zip(healed, state.reach, strict=True))),),
        updates={v.name: new for v, new in zip(state.reach_variables, healed, strict=True)},
        inputs=(side,),
        subject="side",
    )


def witness_return(state: MembershipState, witness: WitnessVariables) -> Action:
    """The witness works again, with what was last written to it."""
    return Action.of(
        Verb.WITNESS_RETURN,
        ActionKind.REPAIR,
        guard=(z3.Not(state.witness_up),),
        updates={witness.up.name: z3.BoolVal(True)},
    )


def path_return(state: MembershipState, witness: WitnessVariables) -> Action:
    """Nodes reach the witness again."""
    side = state.side
    return Action.of(
        Verb.PATH_RETURN,
        ActionKind.REPAIR,
        guard=(some(side.term), subset(side.term, state.cabled & ~state.paths)),
        updates={witness.paths.name: state.paths | side.term},
        inputs=(side,),
        subject="side",
    )
