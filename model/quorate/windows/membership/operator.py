"""What an operator may do against the rules."""

from collections.abc import Iterator, Mapping

import z3

from quorate.counting.sets import disjoint, empty, one, subset
from quorate.system import Action, ActionKind, Formula, Term, Variable
from quorate.values import dataclass
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import first_free
from quorate.windows.membership.replicas import keeps_track, replaced, votes_of
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True, eq=False)
class Overruling:
    """What a replica that outranks all others does to the votes in force, where they change: they
    are those that it says."""

    state: MembershipState

    @property
    def has_a_copy(self) -> Iterator[Formula]:
        """The node has the latest version, or the one that is remembered, which a run chooses."""
        changing = self.state.changing
        if changing is not None:
            node = self.state.node.term
            yield subset(node, self.state.current | changing.earlier.stored.term)
            yield from keeps_track(self.state, changing, node)

    @property
    def inputs(self) -> tuple[Variable, ...]:
        changing = self.state.changing
        return () if changing is None else (changing.remember,)

    @property
    def updates(self) -> Mapping[str, Term]:
        state, changing = self.state, self.state.changing
        if changing is None:
            return {}
        node = state.node.term
        own = votes_of(state, node) or changing.in_force
        return dict(replaced(state, changing, node, z3.BoolVal(False), own))


def force(state: MembershipState, quorum: Quorum) -> Action:
    """A listening node that reaches nobody who runs is started with forced quorum: it forms a
    cluster regardless of votes, and its replica outranks every other (rules Q15, Q16, wsfc.md 2.5;
    pitfalls P2 and P3 are sides that do not see each other)."""
    node = state.node
    updates: dict[str, Term] = {state.current_variable.name: node.term}
    overruling = Overruling(state)
    free = first_free(state.islands)
    for index, variable in enumerate(state.island_variables):
        updates[variable.name] = z3.If(free[index], node.term, state.islands[index])
    if state.forced_marks is not None:
        own = quorum.by(votes_of(state, node.term))
        weak = z3.Not(own.majority(node.term, z3.BoolVal(False)))
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
            *overruling.has_a_copy,
        ),
        updates={**updates, **overruling.updates},
        inputs=(node, *overruling.inputs),
        subject="node",
    )
