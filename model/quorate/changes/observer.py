"""Questions about steps as questions about states.

The system is extended by an observer, a variable that says whether the last step was one that
breaks the property; a search for a shortest run to such a state then is a search for a shortest run
that ends with such a step. As in `lasso.py`, a change of a system returns its own undo.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import z3

from quorate.engines import bmc
from quorate.system import (
    Action,
    Always,
    Boolean,
    EachStep,
    HoldsTo,
    Lemma,
    Refuted,
    Step,
    System,
    Trace,
    Unknown,
    Variable,
)
from quorate.system.steps import of_step

_BROKEN = Variable("!broken", Boolean())


def search(
    system: System,
    claim: EachStep,
    deepest: int,
    remaining_seconds: Callable[[], float],
    known: Sequence[Lemma] = (),
) -> Refuted | HoldsTo | Unknown:
    """A shortest run, of at most `deepest` steps, whose last step breaks the property; otherwise as
    `bmc.search`, which looks for it."""
    observed = Observed(system, claim)
    found = bmc.search(observed.system, observed.never, deepest, remaining_seconds, known)
    if isinstance(found, Refuted):
        return replace(found, trace=observed.undone(found.trace))
    return found


@dataclass(frozen=True)
class Observed:
    """`whole` extended so that a run that breaks `claim` is one to a state that breaks `never`."""

    whole: System
    claim: EachStep

    @property
    def never(self) -> Always:
        return Always(self.claim.name, z3.Not(_BROKEN.term))

    @cached_property
    def system(self) -> System:
        return replace(
            self.whole,
            variables=(*self.whole.variables, _BROKEN),
            initial=(*self.whole.initial, z3.Not(_BROKEN.term)),
            actions=tuple(map(self._watched, self.whole.actions)),
        )

    def _watched(self, action: Action) -> Action:
        if action.name not in self.claim.formulas:
            return action
        kept = of_step(self.whole, action, self.claim.formulas[action.name])
        return replace(action, updates={**action.updates, _BROKEN.name: z3.Not(kept)})

    def undone(self, trace: Trace) -> Trace:
        """The run without the observer."""
        names = [variable.name for variable in self.whole.variables]
        states = [{name: state[name] for name in names} for state in trace.states]
        steps = (Step(s.action, s.inputs, t) for s, t in zip(trace.steps, states[1:], strict=True))
        return Trace(states[0], tuple(steps))
