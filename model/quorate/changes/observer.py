"""Questions about steps as questions about states.

The system is extended by an observer, a variable that says whether the last step was one that
breaks the property; a run to such a state is a run that ends with such a step.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import z3

from quorate.changes.change import Change
from quorate.system import (
    Action,
    Always,
    Boolean,
    EachStep,
    Formula,
    Lemma,
    Step,
    System,
    Trace,
    Variable,
)
from quorate.system.steps import of_step


def observed(system: System, claim: EachStep) -> Change:
    """`system` with an observer, and the claim that it never sees the property broken. An invariant
    of it that implies this is one of `system` where nothing is seen broken."""
    broken = Variable(_unused(system), Boolean())
    return Change(
        replace(
            system,
            variables=(*system.variables, broken),
            initial=(*system.initial, z3.Not(broken.term)),
            actions=tuple(
                _watched(system, action, claim.formulas, broken) for action in system.actions
            ),
        ),
        Always(claim.name, z3.Not(broken.term)),
        run=partial(_unobserved, system),
        invariant=partial(_unbroken, broken),
    )


def _unused(system: System) -> str:
    """A name that nothing in the system has."""
    inputs = {variable.name for action in system.actions for variable in action.inputs}
    taken = inputs.union(system.variable, (made.name for made in system.definitions))
    name = "!broken"
    while name in taken or f"{name}'" in taken or name.removesuffix("'") in taken:
        name = f"!{name}"
    return name


def _watched(
    system: System, action: Action, formulas: Mapping[str, Formula], broken: Variable
) -> Action:
    """The action, and what the observer sees of it. What it is not asked to watch it leaves as it
    is: a run ends with the first step that is broken."""
    if action.name not in formulas:
        return action
    kept = of_step(system, action, formulas[action.name])
    return replace(action, updates={**action.updates, broken.name: z3.Not(kept)})


def _unobserved(system: System, trace: Trace) -> Trace:
    """The run without the observer."""
    names = [variable.name for variable in system.variables]
    states = [{name: state[name] for name in names} for state in trace.states]
    steps = (Step(s.action, s.inputs, t) for s, t in zip(trace.steps, states[1:], strict=True))
    return Trace(states[0], tuple(steps))


def _unbroken(broken: Variable, invariant: tuple[Lemma, ...]) -> tuple[Lemma, ...]:
    """Since it implies that nothing is seen broken, it is kept by every step as it is where nothing
    is; and every step to such a state satisfies the property."""
    false = z3.BoolVal(False)
    return tuple(
        Lemma(lemma.name, z3.substitute(lemma.formula, (broken.term, false)), lemma.stage)
        for lemma in invariant
        if not lemma.formula.eq(z3.Not(broken.term))
    )
