"""Questions about runs without end as questions about finite ones.

A run that goes round for ever is a finite one that comes back to a state it was in. The system is
extended by a copy of its state, kept at the moment that a loop begins, and by what has to be
remembered of the loop; a shortest run to a state that equals the copy then is a shortest lasso.
Of a system with finitely many states a property of such runs is proved when there is no lasso.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import z3

from quorate.changes.change import Change
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Boolean,
    Ceases,
    Enumeration,
    Formula,
    LeadsTo,
    Progress,
    Step,
    System,
    Term,
    Trace,
    Variable,
)
from quorate.system.steps import possible
from quorate.values import dataclass

_BEFORE, _CALM, _LOOP = range(3)
_MODE = Variable("!mode", Enumeration(("before", "calm", "loop")))
_SEEN = Variable("!seen", Boolean())
_CALM_BEGINS, _LOOP_BEGINS = "!calm begins", "!loop begins"


def lassos(system: System, claim: Progress) -> Change:
    """`system` extended so that a lasso against `claim` is a finite run, and the claim that there
    is none. An invariant of it has no way back, since it speaks of the copies as well."""
    extended = _Lassos(system, claim)
    return Change(
        extended.system,
        extended.none,
        run=extended.undone,
        invariant=None,
        marks=extended.marks,
        of="lassos",
    )


@dataclass(frozen=True)
class _Lassos:
    """The extended system, and what is asked of it: `none`."""

    whole: System
    claim: Progress

    @property
    def marks(self) -> int:
        """The steps that only mark a place."""
        return 2 if isinstance(self.claim, LeadsTo) else 1

    @cached_property
    def _copies(self) -> Sequence[tuple[Variable, Variable]]:
        return [(v, Variable(f"!{v.name}", v.sort)) for v in self.whole.variables]

    @cached_property
    def none(self) -> Always:
        back = [variable.term == copy.term for variable, copy in self._copies]
        return Always(
            self.claim.name, z3.Not(z3.And(self._in(_LOOP), _SEEN.term, self._open, *back))
        )

    @cached_property
    def system(self) -> System:
        names = {_MODE.name: _MODE, _SEEN.name: _SEEN}
        return replace(
            self.whole,
            variables=(
                *self.whole.variables,
                *(copy for _, copy in self._copies),
                *names.values(),
            ),
            initial=(
                *self.whole.initial,
                self._in(_BEFORE),
                z3.Not(_SEEN.term),
                *(copy.term == variable.term for variable, copy in self._copies),
            ),
            actions=(*self._marking(), *map(self._extended, self.whole.actions)),
            lemmas=(),
        )

    def _marking(self) -> Sequence[Action]:
        claim = self.claim
        begins: list[Action] = []
        before = _BEFORE
        if isinstance(claim, LeadsTo):
            guard = (self._in(_BEFORE), claim.trigger, self._open)
            begins.append(_mark(_CALM_BEGINS, guard, {_MODE.name: self._mode(_CALM)}))
            before = _CALM
        updates = {copy.name: variable.term for variable, copy in self._copies}
        updates |= {_MODE.name: self._mode(_LOOP), _SEEN.name: self._ignores_nothing}
        begins.append(_mark(_LOOP_BEGINS, (self._in(before), self._open), updates))
        return begins

    def _extended(self, action: Action) -> Action:
        """The action, kept out of where it may not happen, and what is seen of it in a loop."""
        claim = self.claim
        seen = self._ignores_nothing
        if isinstance(claim, LeadsTo):
            if action.name not in claim.calm:
                return replace(action, guard=(*action.guard, self._in(_BEFORE)))
            guard = (z3.Or(self._in(_BEFORE), self._open),)
            counts = action.name in claim.fair
        else:
            if action.name not in claim.allowed:
                return replace(action, guard=(*action.guard, self._in(_BEFORE)))
            guard, counts = (z3.BoolVal(True),), action.name in claim.counted
        if counts:
            seen = z3.BoolVal(True)
        in_loop = z3.And(self._in(_LOOP), seen)
        updates = {**action.updates, _SEEN.name: z3.Or(_SEEN.term, in_loop)}
        return replace(action, guard=(*action.guard, *guard), updates=updates)

    @cached_property
    def _open(self) -> Formula:
        """The goal is not reached."""
        return z3.Not(self.claim.goal) if isinstance(self.claim, LeadsTo) else z3.BoolVal(True)

    @cached_property
    def _ignores_nothing(self) -> Formula:
        """No fair action is possible, so that none is ignored."""
        if isinstance(self.claim, Ceases):
            return z3.BoolVal(False)
        fair = [possible(self.whole.action[name]) for name in self.claim.fair]
        return z3.Not(z3.Or(*fair)) if fair else z3.BoolVal(True)

    def _mode(self, mode: int) -> Term:
        return _MODE.sort.literal(mode)

    def _in(self, mode: int) -> Formula:
        return _MODE.term == self._mode(mode)

    def undone(self, trace: Trace) -> Trace:
        """The run without marks and copies."""
        steps: list[Step] = []
        loop_start = 0
        for step in trace.steps:
            if step.action == _LOOP_BEGINS:
                loop_start = len(steps)
            elif step.action != _CALM_BEGINS:
                state = {v.name: step.state[v.name] for v in self.whole.variables}
                steps.append(Step(step.action, step.inputs, state))
        initial = {v.name: trace.initial[v.name] for v in self.whole.variables}
        return Trace(initial, tuple(steps), loop_start)


def _mark(name: str, guard: tuple[Formula, ...], updates: dict[str, Term]) -> Action:
    return Action(name, ActionKind.CLUSTER, guard, updates)
