"""The cone of influence: which variables can matter to a question, and the rest filled in.

A change of a system returns its own undo: `cone` gives the smaller system, `completed` makes a run
of it a run of the whole again.
"""

from collections.abc import Iterable
from dataclasses import replace

from quorate.system import Action, Formula, Step, System, Trace
from quorate.system.interpreter import Interpreter
from quorate.system.terms import constants


def cone(system: System, formulas: Iterable[Formula]) -> System:
    """`system` without the variables on which neither the formulas nor any guard depends, directly
    or through updates. Its runs are those of `system`, with less said of each state."""
    own = {action.name: {v.name for v in action.inputs} for action in system.actions}
    matter = set(constants(*formulas))
    for action in system.actions:
        matter |= frozenset[str]().union(*action.guard_reads) - own[action.name]
    reads = {
        (action.name, name): made_of - own[action.name]
        for action in system.actions
        for name, made_of in action.update_reads.items()
    }
    coupled = [constants(formula) for formula in system.full_initial]
    while True:
        more = set[str]().union(
            *(r for (_, name), r in reads.items() if name in matter),
            *(together for together in coupled if together & matter),
        )
        if more <= matter:
            break
        matter |= more
    variables = tuple(v for v in system.variables if v.name in matter)
    left_out = {v.name for v in system.variables} - matter
    return replace(
        system,
        variables=variables,
        initial=tuple(f for f in system.initial if not constants(f) & left_out),
        actions=tuple(_narrowed(action, matter) for action in system.actions),
        lemmas=tuple(x for x in system.lemmas if not x.reads & left_out),
    )


def _narrowed(action: Action, matter: set[str]) -> Action:
    updates = {name: term for name, term in action.updates.items() if name in matter}
    inputs = {variable.name for variable in action.inputs}
    instances = tuple(i for i in action.instances if constants(i.formula) - inputs <= matter)
    return replace(action, updates=updates, instances=instances)


def completed(system: System, trace: Trace) -> Trace:
    """A run of the cone as a run of the whole. What was left out is computed from the first state,
    of which `trace.initial` must give every value."""
    interpreter = Interpreter(system)
    before, steps = trace.initial, []
    for step in trace.steps:
        before = interpreter.after(system.action[step.action], before, step.inputs)
        steps.append(Step(step.action, step.inputs, before))
    return Trace(trace.initial, tuple(steps), trace.loop_start)
