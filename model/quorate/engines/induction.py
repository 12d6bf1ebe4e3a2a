"""Unbounded proof by induction over the lemmas that the model's author offers.

Lemmas that fail, initially or by some action, are dropped until the rest, together with the
property, is inductive. One action is looked at at a time, and one lemma: a lemma none of whose
variables the action updates needs no check, and a guard that reads variables of which no lemma
speaks is left out, which allows more steps and so is sound for a proof.
"""

from collections.abc import Callable

import z3

from quorate.system import Action, Always, Formula, Lemma, Proved, System, Unknown
from quorate.system.constants import constants
from quorate.system.steps import after

ENGINE = "induction"


def prove(
    system: System, claim: Always, remaining_seconds: Callable[[], float]
) -> Proved | Unknown:
    """Proved with an inductive invariant that contains the property, or Unknown with the reason."""
    goal = Lemma(claim.name, claim.formula)
    kept = [goal, *system.lemmas]
    initial = _solver(remaining_seconds())
    initial.add(*system.full_initial)
    for lemma in list(kept):
        if not _refuted_by(initial, lemma.formula):
            if lemma is goal:
                return Unknown("the property is not seen to hold initially", ENGINE)
            kept.remove(lemma)
    speak_of = {lemma.name: constants(lemma.formula) for lemma in kept}
    settled: set[str] = set()
    while len(settled) < len(system.actions):
        action = next(a for a in system.actions if a.name not in settled)
        lost = _lost_by(system, action, claim, kept, speak_of, remaining_seconds)
        if goal in lost:
            return Unknown(f"the property is not inductive under {action.name!r}", ENGINE)
        if remaining_seconds() <= 0:
            return Unknown("the time given was not enough for induction", ENGINE)
        if lost:
            kept = [lemma for lemma in kept if lemma not in lost]
            settled.clear()
        else:
            settled.add(action.name)
    return Proved(tuple(kept), ENGINE)


def _lost_by(
    system: System,
    action: Action,
    claim: Always,
    kept: list[Lemma],
    speak_of: dict[str, frozenset[str]],
    remaining_seconds: Callable[[], float],
) -> list[Lemma]:
    touched = [lemma for lemma in kept if speak_of[lemma.name] & action.updates.keys()]
    if not touched:
        return []
    known = frozenset[str]().union(*(speak_of[lemma.name] for lemma in kept))
    free = {variable.name for variable in action.inputs}
    solver = _solver(remaining_seconds())
    solver.add(*(lemma.formula for lemma in kept))
    solver.add(*(part for part in action.full_guard if constants(part) - free <= known))
    solver.add(*action.facts, *claim.facts)
    solver.add(*(after(system, action, fact) for fact in claim.facts))
    return [
        lemma
        for lemma in touched
        if not _refuted_by(solver, after(system, action, lemma.formula))
    ]


def _refuted_by(solver: z3.SimpleSolver, formula: Formula) -> bool:
    """Does what `solver` knows contradict the negation of `formula`?"""
    solver.push()
    solver.add(z3.Not(formula))
    answer = solver.check()
    solver.pop()
    return bool(answer == z3.unsat)


def _solver(seconds: float) -> z3.SimpleSolver:
    solver = z3.SimpleSolver()
    solver.set("timeout", max(1, int(seconds * 1000)))
    return solver
