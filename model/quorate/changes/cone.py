"""The cone of influence: which variables can matter to a question, and the rest filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import z3

from quorate.changes.change import Change
from quorate.system import Action, Always, Formula, Lemma, Step, System, Trace, Value
from quorate.system.interpreter import Interpreter
from quorate.system.terms import constants
from quorate.system.variables import concrete


def cone(system: System, claim: Always, known: Sequence[Lemma] = ()) -> Change:
    """The same question about what of `system` it depends on; `known` are invariants that whoever
    answers wants to lean on. The way back fills in the rest of each state, and an invariant of the
    part is one of the whole."""
    spoken_of = (
        claim.formula,
        *(instance.formula for instance in claim.instances),
        *(lemma.formula for lemma in known),
    )
    return Change(narrowed(system, spoken_of), claim, run=partial(completed, system))


def narrowed(system: System, formulas: Iterable[Formula]) -> System:
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
    """A run of a part of `system` as a run of the whole, which begins in a state that agrees with
    what the part says of it. Raises `TypeError` where there is none."""
    interpreter = Interpreter(system)
    before = initial = _first(system, trace.initial)
    steps = []
    for step in trace.steps:
        before = interpreter.after(system.action[step.action], before, step.inputs)
        steps.append(Step(step.action, step.inputs, before))
    return Trace(initial, tuple(steps), trace.loop_start)


def _first(system: System, seen: Mapping[str, Value]) -> dict[str, Value]:
    """An initial state of the whole that agrees with what was seen of it."""
    if len(seen) == len(system.variables):
        return dict(seen)
    solver = z3.SimpleSolver()
    solver.add(*system.full_initial)
    for variable in system.variables:
        if variable.name in seen:
            solver.add(variable.term == variable.sort.literal(seen[variable.name]))
    if solver.check() != z3.sat:
        raise TypeError("the initial formulas leave no state")
    model = solver.model()
    return {v.name: concrete(model.eval(v.term, model_completion=True)) for v in system.variables}
