"""Unbounded proof by induction over the lemmas that the model's author offers.

Lemmas that fail, initially or by some action, are dropped until the rest is inductive; a property
is proved when the rest implies it, or when it is inductive together with the rest. One action is
looked at at a time: a lemma none of whose variables the action updates needs no check, and a guard
that reads variables of which neither a lemma nor a new value speaks is left out, which allows more
steps and so is sound for a proof. Defined functions are not looked into: a step is told of them
what its theorems say.
"""

from collections.abc import Sequence
from typing import Any

import z3

from quorate.engines.contract import Remaining
from quorate.system import Action, Always, Lemma, Proved, System, Unknown, expanded
from quorate.system.steps import after
from quorate.values import dataclass

ENGINE = "induction"


def sufficient(
    offered: Sequence[Lemma], claim: Always, remaining_seconds: Remaining
) -> tuple[Lemma, ...]:
    """As `Sufficiency` says."""
    for stage in sorted({lemma.stage for lemma in offered}):
        lemmas = tuple(lemma for lemma in offered if lemma.stage <= stage)
        if _implied(claim, lemmas, remaining_seconds):
            return lemmas
    return ()


def inductive(
    system: System, offered: Sequence[Lemma], remaining_seconds: Remaining
) -> tuple[Lemma, ...]:
    """The largest part of `offered` that holds initially and is kept by every action, as far as the
    solver sees in the time given; empty if the time runs out."""
    kept = _initially(system, offered, remaining_seconds)
    known: list[Lemma] = []
    for stage in sorted({lemma.stage for lemma in kept}):
        more = _stable(system, known, [x for x in kept if x.stage == stage], remaining_seconds)
        if more is None:
            return ()
        known += more
    return tuple(known)


def _stable(
    system: System,
    known: Sequence[Lemma],
    kept: list[Lemma],
    remaining_seconds: Remaining,
) -> list[Lemma] | None:
    """What of `kept` every action keeps, `known` being invariants; None if the time runs out."""
    settled: set[str] = set()
    queries = {action.name: _Step(system, action) for action in system.actions}
    while len(settled) < len(system.actions):
        if remaining_seconds() <= 0:
            return None
        name = next(action.name for action in system.actions if action.name not in settled)
        lost = queries[name].lost(known, kept, remaining_seconds)
        if lost:
            kept = [lemma for lemma in kept if lemma.name not in {x.name for x in lost}]
            settled.clear()
        else:
            settled.add(name)
    return kept


def prove(
    system: System,
    claim: Always,
    known: Sequence[Lemma],
    remaining_seconds: Remaining,
) -> Proved | Unknown:
    """Proved with an inductive invariant that implies the property, or Unknown with the reason.
    `known` is what `inductive` made of the system's lemmas."""
    if _implied(claim, known, remaining_seconds):
        return Proved(tuple(known), ENGINE)
    goal = Lemma(claim.name, claim.formula, max((x.stage for x in system.lemmas), default=0))
    with_goal = inductive(system, [goal, *system.offered], remaining_seconds)
    if any(lemma is goal for lemma in with_goal):
        return Proved(with_goal, ENGINE)
    if remaining_seconds() <= 0:
        return Unknown("the time given was not enough for induction", ENGINE)
    return Unknown("the property is not inductive with the lemmas that the model offers", ENGINE)


def _implied(
    claim: Always,
    known: Sequence[Lemma],
    remaining_seconds: Remaining,
) -> bool:
    """Do the lemmas imply the property, without a look into definitions?"""
    solver = _solver(remaining_seconds())
    solver.add(*(lemma.formula for lemma in known))
    solver.add(*(instance.formula for instance in claim.instances))
    solver.add(z3.Not(claim.formula))
    return bool(solver.check() == z3.unsat)


def _initially(
    system: System, offered: Sequence[Lemma], remaining_seconds: Remaining
) -> list[Lemma]:
    solver = _solver(remaining_seconds())
    solver.add(*(expanded(system.definitions, part) for part in system.full_initial))
    formulas = [expanded(system.definitions, lemma.formula) for lemma in offered]
    if _contradicts(solver, z3.Not(z3.And(*formulas))):
        return list(offered)
    return [
        lemma
        for lemma, formula in zip(offered, formulas, strict=True)
        if _contradicts(solver, z3.Not(formula))
    ]


@dataclass(frozen=True)
class _Step:
    """The question which lemmas `action` breaks; the solver is kept between rounds."""

    system: System
    action: Action

    def lost(
        self,
        invariants: Sequence[Lemma],
        kept: Sequence[Lemma],
        remaining_seconds: Remaining,
    ) -> list[Lemma]:
        """Those of `kept` that the action is not seen to keep, all of them holding before."""
        candidates = [lemma for lemma in kept if lemma.reads & self.action.updates.keys()]
        if not candidates:
            return []
        before = [lemma.formula for lemma in (*invariants, *kept)]
        left = {lemma: after(self.system, self.action, lemma.formula) for lemma in candidates}
        known = frozenset[str]().union(
            *(lemma.reads for lemma in (*invariants, *kept)),
            *(self.action.reads_after(lemma.reads) for lemma in candidates),
        )
        solver = _solver(remaining_seconds())
        solver.add(*before)
        solver.add(*self.action.guard_about(known))
        solver.add(*(instance.formula for instance in self.action.instances_about(known)))
        lost: list[Lemma] = []
        while left:
            solver.push()
            solver.add(z3.Not(z3.And(*left.values())))
            answer = solver.check()
            broken = _broken(solver, left) if answer == z3.sat else []
            solver.pop()
            if answer == z3.unsat:
                return lost
            if not broken:
                broken = [
                    lemma for lemma, then in left.items() if not _contradicts(solver, z3.Not(then))
                ]
                return [*lost, *broken]
            lost += broken
            left = {lemma: then for lemma, then in left.items() if lemma not in broken}
        return lost


def _broken(solver: Any, left: dict[Lemma, Any]) -> list[Lemma]:
    """The lemmas that the solver's model breaks."""
    model = solver.model()
    return [
        lemma
        for lemma, then in left.items()
        if z3.is_false(model.eval(then, model_completion=True))
    ]


def _contradicts(solver: Any, *formulas: Any) -> bool:
    """Does what `solver` knows contradict the formulas?"""
    solver.push()
    solver.add(*formulas)
    answer = solver.check()
    solver.pop()
    return bool(answer == z3.unsat)


def _solver(seconds: float) -> Any:
    solver = z3.SimpleSolver()
    solver.set("timeout", max(1, int(seconds * 1000)))
    return solver
