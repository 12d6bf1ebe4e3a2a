"""Certificates: proofs as SMT-LIB 2 obligations that any solver can check without us.

The judge builds the obligations from the system and the invariant alone, whole and unsliced, and
decides each in a fresh solver. It imports no engine.

A step speaks of defined functions, such as the votes of a set, by name only. What it may assume of
them are instances of theorems, and every theorem that is used is an obligation of its own, proved
from the definitions for all values. So an obligation that is unsatisfiable without the definitions
is unsatisfiable with them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import z3

from quorate.errors import EvidenceError
from quorate.system import (
    Action,
    Always,
    Definition,
    Formula,
    Instance,
    Lemma,
    System,
    Theorem,
    expanded,
)
from quorate.system.steps import after


@dataclass(frozen=True)
class Obligation:
    """Formulas that must contradict each other. `instances` names the theorems that some of them
    are instances of."""

    name: str
    formulas: tuple[Formula, ...]
    instances: tuple[str, ...] = ()

    def to_smt2(self) -> str:
        solver = z3.SimpleSolver()
        solver.add(*self.formulas)
        remarks = [f"; {self.name}", "; expected: unsat"]
        remarks += [f"; uses an instance of the theorem: {name}" for name in self.instances]
        return "\n".join([*remarks, "(set-logic ALL)", _plain(solver.to_smt2())])


def invariant_obligations(system: System, invariant: Sequence[Lemma]) -> Iterator[Obligation]:
    """The invariant holds initially and no action leaves it."""
    whole = z3.And(*(lemma.formula for lemma in invariant))
    definitions = system.definitions
    yield Obligation(
        "initiation",
        tuple(expanded(definitions, part) for part in (*system.full_initial, z3.Not(whole))),
    )
    used = [instance.theorem for action in system.actions for instance in action.instances]
    yield from _theorems(definitions, used)
    for action in system.actions:
        yield _consecution(system, action, whole)


def claim_obligations(
    system: System, claim: Always, invariant: Sequence[Lemma]
) -> Iterator[Obligation]:
    """The invariant implies the property."""
    used = [instance.theorem for instance in claim.instances]
    yield from _theorems(system.definitions, used)
    instances = _formulas(claim.instances)
    lemmas = tuple(lemma.formula for lemma in invariant)
    yield Obligation(
        "implication", (*lemmas, *instances, z3.Not(claim.formula)), _names(claim.instances)
    )


def check(obligations: Iterable[Obligation], remaining_seconds: Callable[[], float]) -> None:
    """Raises `EvidenceError` unless every obligation is unsatisfiable."""
    for obligation in obligations:
        solver = z3.SimpleSolver()
        solver.set("timeout", max(1, int(remaining_seconds() * 1000)))
        solver.add(*obligation.formulas)
        answer = solver.check()
        if answer != z3.unsat:
            raise EvidenceError(f"the obligation {obligation.name!r} was {answer}, not unsat")


def _theorems(definitions: Sequence[Definition], used: Iterable[Theorem]) -> Iterator[Obligation]:
    for theorem in {theorem.name: theorem for theorem in used}.values():
        statement = expanded(definitions, theorem.statement)
        if theorem.hints:
            yield Obligation(
                f"hints of the theorem: {theorem.name}", (z3.Not(z3.And(*theorem.hints)),)
            )
        yield Obligation(f"theorem: {theorem.name}", (*theorem.hints, z3.Not(statement)))


def _consecution(system: System, action: Action, whole: Formula) -> Obligation:
    return Obligation(
        f"consecution by {action.name}",
        (
            whole,
            *action.full_guard,
            *_formulas(action.instances),
            z3.Not(after(system, action, whole)),
        ),
        _names(action.instances),
    )


def _formulas(instances: Sequence[Instance]) -> tuple[Formula, ...]:
    return tuple(instance.formula for instance in instances)


def _names(instances: Sequence[Instance]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(instance.theorem.name for instance in instances))


def _plain(script: str) -> str:
    """Without the solver's own remarks."""
    lines = script.splitlines()
    return "\n".join(line for line in lines if not line.startswith(";")) + "\n"
