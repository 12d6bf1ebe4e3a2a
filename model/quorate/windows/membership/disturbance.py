"""What disturbs islands: a step of a fault, or of an operator who takes something down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import z3

from quorate.counting.marks import full, one_mark_more
from quorate.counting.sets import empty
from quorate.system import Action, ActionKind, Formula, Instance, Term, Variable
from quorate.windows.membership.regroup import Regroup
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True, eq=False)
class Disturbance:
    """A change of the world, and the `regroup` that follows it in the same step. `instances` matter
    only where faults are counted."""

    verb: Verb
    regroup: Regroup
    guard: Sequence[Formula]
    updates: Mapping[str, Term] = field(default_factory=dict)
    inputs: tuple[Variable, ...] = ()
    subject: str | None = None
    instances: Sequence[Instance] = ()
    about: str = ""
    kind: ActionKind = ActionKind.FAULT

    @cached_property
    def action(self) -> Action:
        state, regroup = self.regroup.state, self.regroup
        spending = spent_by(state, self.verb) if self.kind is ActionKind.FAULT else Spending()
        return Action.of(
            self.verb,
            self.kind,
            guard=(*self.guard, *spending.guard, *regroup.guard),
            updates={**self.updates, **regroup.updates, **spending.updates},
            inputs=(*self.inputs, *regroup.inputs),
            subject=self.subject,
            instances=(*(self.instances if state.spent is not None else ()), *regroup.instances),
            about=self.about,
        )


@dataclass(frozen=True)
class Spending:
    """What the budget of a fault adds to a step of it."""

    guard: tuple[Formula, ...] = ()
    updates: Mapping[str, Term] = field(default_factory=dict)


def spent_by(state: MembershipState, verb: Verb) -> Spending:
    """A fault spends from the budget of its kind, and waits until the cluster has settled where
    that is assumed."""
    settled = (empty(state.may_take_witness),) if state.assumptions.settled else ()
    counter = state.spent.counters.get(verb) if state.spent is not None else None
    if counter is None:
        return Spending(settled)
    left = z3.Not(full(counter.term))
    return Spending((left, *settled), {counter.name: one_mark_more(counter.term)})
