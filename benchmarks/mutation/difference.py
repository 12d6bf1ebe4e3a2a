"""A run to a step in which a mutant and its system differ, so that nobody need believe that they
do: it is replayed without a solver."""

from collections.abc import Callable, Iterator

import z3

from mutation.limits import DEEPEST, PATIENCE
from mutation.runs import shows
from quorate.engines import bmc
from quorate.inquiry.asking import searched
from quorate.inquiry.inquire import Clock
from quorate.system import Action, EachStep, Formula, Lemma, Refuted, System, Term, Trace, Variable
from quorate.system.interpreter import Interpreter

Same = Callable[[System, System], Iterator[tuple[str, Formula]]]
"""Of actions of the first system, what is so of a step of theirs that the second has as well."""


def difference(system: System, mutant: System, known: tuple[Lemma, ...] = ()) -> str:
    """The actions of the shortest run of either whose last step is none of the other, or leads
    elsewhere there, and which of these it is; empty where none is found. Lemmas are `known` of the
    system. Its steps before the last are steps of both."""
    counts = zip(system.definitions, mutant.definitions, strict=True)
    if not all(one.body.eq(other.body) for one, other in counts):
        return "they count otherwise"
    elsewhere = _shortest(system, mutant, _leads_there, known)
    runs = [
        (_shortest(system, mutant, _has_it, known), "the mutant has no such step"),
        (_shortest(mutant, system, _has_it, ()), "only the mutant has such a step"),
        (elsewhere, f"other {_apart(mutant, elsewhere)}" if elsewhere is not None else ""),
    ]
    found = [(len(trace), _told(trace), what) for trace, what in runs if trace is not None]
    return ": ".join(min(found)[1:]) if found else ""


def _shortest(of: System, other: System, same: Same, known: tuple[Lemma, ...]) -> Trace | None:
    """A run of the one that ends in a step of which it is not so that the other has it too."""
    claim = EachStep("both are the same", dict(same(of, other)))
    if not claim.formulas:
        return None
    found = searched(bmc.search, of, claim, DEEPEST, Clock(PATIENCE).remaining, known)
    ends = isinstance(found, Refuted) and shows(of, found.trace, claim)
    return found.trace if isinstance(found, Refuted) and ends else None


def _has_it(of: System, other: System) -> Iterator[tuple[str, Formula]]:
    for action in of.actions:
        theirs = other.action.get(action.name)
        possible = _possible(theirs) if theirs is not None else z3.BoolVal(False)
        if not possible.eq(_possible(action)):
            yield action.name, possible


def _leads_there(of: System, other: System) -> Iterator[tuple[str, Formula]]:
    for action in of.actions:
        theirs = other.action.get(action.name)
        if theirs is None:
            continue
        ends = [v for v in of.variables if not _after(action, v).eq(_after(theirs, v))]
        if ends:
            there = z3.And(*(v.next == _after(theirs, v) for v in ends))
            yield action.name, z3.Implies(_possible(theirs), there)


def _possible(action: Action) -> Formula:
    return z3.And(*action.full_guard)


def _after(action: Action, variable: Variable) -> Term:
    return action.updates.get(variable.name, variable.term)


def _apart(mutant: System, trace: Trace) -> str:
    """The variables that the mutant leaves with other values after the last step."""
    last, before = trace.steps[-1], list(trace.states)[-2]
    there = Interpreter(mutant).after(mutant.action[last.action], before, last.inputs)
    return ", ".join(name for name, value in last.state.items() if there[name] != value)


def _told(trace: Trace) -> str:
    return ", ".join(step.action for step in trace.steps)
