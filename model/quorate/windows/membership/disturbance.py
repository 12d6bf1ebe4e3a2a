"""What disturbs islands: a step of a fault, or of an operator who takes something down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import combinations

import z3

from quorate.counting.marks import full, marks_are, one_mark_more
from quorate.counting.sets import empty, has, some
from quorate.system import Action, ActionKind, Formula, Instance, Term, Variable
from quorate.values import dataclass
from quorate.windows.membership.adjusting import unsettled
from quorate.windows.membership.assumptions import FAULTS, UNLIMITED
from quorate.windows.membership.regroup import Regroup
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True, eq=False)
class Disturbance:
    """A change of the world, and the `regroup` that follows it in the same step. `instances` matter
    only where faults are counted, and to the search where the operator overrules the votes; those
    that are `always` in any case."""

    verb: Verb
    regroup: Regroup
    guard: Sequence[Formula]
    updates: Mapping[str, Term] = field(default_factory=dict)
    inputs: tuple[Variable, ...] = ()
    subject: str | None = None
    instances: Sequence[Instance] = ()
    about: str = ""
    always: Sequence[Instance] = ()
    kind: ActionKind = ActionKind.FAULT

    @cached_property
    def action(self) -> Action:
        state, regroup = self.regroup.state, self.regroup
        spending = spent_by(state, self.verb)
        return Action.of(
            self.verb,
            self.kind,
            guard=(*self.guard, *spending.guard, *regroup.guard),
            updates={**regroup.updates, **self.updates, **spending.updates},
            inputs=(*self.inputs, *regroup.inputs),
            subject=self.subject,
            instances=(
                *(self.instances if state.needs_each_vote else ()),
                *self.always,
                *regroup.instances,
            ),
            about=self.about,
        )


@dataclass(frozen=True)
class Spending:
    """What the budget of a fault adds to a step of it."""

    guard: tuple[Formula, ...] = ()
    updates: Mapping[str, Term] = field(default_factory=dict)


def spent_by(state: MembershipState, verb: Verb) -> Spending:
    """A fault spends from the budget of its kind, in its turn where the kinds are in order, and
    waits until the cluster has settled where that is assumed. Where several are limited together
    there is one more only while the cluster runs where somebody reaches it."""
    settled = tuple(_settled(state)) if state.assumptions.settled else ()
    spent = state.spent
    counter = spent.counters.get(verb) if spent is not None else None
    if spent is None or counter is None:
        # Who may stop nodes as often as he likes does not wait.
        return Spending(() if verb is Verb.PLANNED_STOP else settled)
    assumed = state.assumptions
    guard = [z3.Not(full(counter.term)), *settled]
    if assumed.in_order:
        guard.append(its_turn(spent.counters, verb, assumed.in_order))
    if assumed.at_most is not UNLIMITED:
        goes_on = some(state.running & ~state.isolated)
        guard += [z3.Not(so_many(spent.counters, assumed.at_most)), goes_on]
    return Spending(tuple(guard), {counter.name: one_mark_more(counter.term)})


def _settled(state: MembershipState) -> Iterator[Formula]:
    """The cluster has done all that it does about the fault before."""
    yield empty(state.may_take_witness)
    if state.changing is not None:
        yield z3.Not(unsettled(state, state.changing))


def its_turn(counters: Mapping[Verb, Variable], verb: Verb, order: Sequence[str]) -> Formula:
    """All that comes before one of the places of `verb` has happened, and it has not."""
    return z3.Or(
        *(
            z3.And(
                *(
                    marks_are(counter.term, order[:place].count(FAULTS[other]))
                    for other, counter in counters.items()
                )
            )
            for place, kind in enumerate(order)
            if kind == FAULTS[verb]
        )
    )


def so_many(counters: Mapping[Verb, Variable], number: int) -> Formula:
    """At least `number` faults have happened, of whatever kinds."""
    marks = [has(c.term, mark) for c in counters.values() for mark in range(c.term.size())]
    return z3.Or(*(z3.And(*chosen) for chosen in combinations(marks, number)))
