"""What must be checked to believe a proof by an invariant.

The obligations are built from the system and the invariant alone; no engine is imported.

A step speaks of defined functions, such as the votes of a set, by name only. What it may assume of
them are instances of theorems, and every theorem that is used is an obligation of its own, proved
from the definitions for all values. So an obligation that is unsatisfiable without the definitions
is unsatisfiable with them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import z3

from quorate.changes.opaque import opaque
from quorate.errors import EvidenceError
from quorate.evidence.obligation import Exemption, Obligation, Role
from quorate.system import (
    Action,
    Always,
    Definition,
    EachStep,
    Formula,
    Instance,
    Lemma,
    System,
    Theorem,
    expanded,
)
from quorate.system.steps import after, of_step


def start_obligation(system: System) -> Obligation:
    """There is a state to start from. Where there is none, everything is true of all runs."""
    return Obligation(
        Role.START,
        "a first state exists",
        tuple(expanded(system.definitions, part) for part in system.full_initial),
        written_out=True,
        satisfiable=True,
    )


def stage_obligations(system: System, leaned_on: Sequence[Lemma]) -> Iterator[Obligation]:
    """The lemmas of the last stage hold initially and every action keeps them, where they and those
    of earlier stages hold before."""
    stage = max(lemma.stage for lemma in leaned_on)
    own = tuple(lemma.formula for lemma in leaned_on if lemma.stage == stage)
    reads = _reads(lemma for lemma in leaned_on if lemma.stage == stage)
    definitions = system.definitions
    whole = z3.And(*own)
    yield Obligation(
        Role.INITIATION,
        f"initiation of stage {stage}",
        tuple(expanded(definitions, part) for part in (*system.full_initial, z3.Not(whole))),
        written_out=True,
    )
    if any(lemma.written_out for lemma in leaned_on if lemma.stage == stage):
        touching = [action for action in system.actions if touches(action, reads)]
        yield from (_seen_through(system, action, leaned_on, stage) for action in touching)
        return
    yield from _by_theorems(system, leaned_on, stage, reads)


def _by_theorems(
    system: System, leaned_on: Sequence[Lemma], stage: int, reads: frozenset[str]
) -> Iterator[Obligation]:
    """What a step may assume of defined functions are theorems."""
    touching = [
        (action, _reads(leaned_on) | action.reads_after(reads))
        for action in system.actions
        if touches(action, reads)
    ]
    used = [i for action, known in touching for i in action.instances_about(known)]
    yield from theorem_obligations(system.definitions, used)
    for action, known in touching:
        yield _consecution(system, action, known, leaned_on, stage)


def touches(action: Action, reads: frozenset[str]) -> bool:
    """The action may change what a formula says that reads no more than `reads`."""
    return not reads.isdisjoint(action.updates)


def exemptions(system: System, invariant: Sequence[Lemma]) -> Iterator[Exemption]:
    """For each stage the actions that keep its lemmas as they are."""
    for stage in sorted({lemma.stage for lemma in invariant}):
        reads = _reads(lemma for lemma in invariant if lemma.stage == stage)
        for action in system.actions:
            if not touches(action, reads):
                yield Exemption(
                    f"consecution of stage {stage} by {action.name}",
                    "it changes nothing that the lemmas of the stage speak of",
                )


def claim_obligations(
    system: System, claim: Always, invariant: Sequence[Lemma]
) -> Iterator[Obligation]:
    """The invariant implies the property."""
    lemmas = tuple(lemma.formula for lemma in invariant)
    if any(lemma.written_out for lemma in invariant):
        told = (*lemmas, z3.Not(claim.formula))
        meant = tuple(expanded(system.definitions, formula) for formula in told)
        yield Obligation(Role.IMPLICATION, "implication", meant, written_out=True)
        return
    yield from theorem_obligations(system.definitions, claim.instances)
    instances = _formulas(claim.instances)
    yield Obligation(
        Role.IMPLICATION,
        "implication",
        (*lemmas, *instances, z3.Not(claim.formula)),
        theorem_names(claim.instances),
    )


def step_obligations(
    system: System, claim: EachStep, invariant: Sequence[Lemma]
) -> Iterator[Obligation]:
    """Where the invariant holds, every step that the property speaks of satisfies it."""
    actions = [system.action[name] for name in claim.formulas]
    yield from theorem_obligations(system.definitions, [i for a in actions for i in a.instances])
    lemmas = tuple(lemma.formula for lemma in invariant)
    for action in actions:
        then = of_step(system, action, claim.formulas[action.name])
        yield kept(Role.EACH_STEP, f"each step of {action.name}", action, lemmas, then, ())


def kept(  # noqa: PLR0917 - the parts of a step, in their order
    role: Role,
    name: str,
    action: Action,
    before: tuple[Formula, ...],
    then: Formula,
    instances: Sequence[Instance],
) -> Obligation:
    """Where `before` holds, a step of `action` makes `then` true, which speaks of the state before
    it; `instances` are theorems that `before` holds already."""
    told = tuple(instance.formula for instance in action.instances)
    return Obligation(
        role,
        name,
        (*before, *action.full_guard, *told, z3.Not(then)),
        theorem_names((*instances, *action.instances)),
    )


def theorem_obligations(
    definitions: Sequence[Definition], used: Iterable[Instance]
) -> Iterator[Obligation]:
    """The theorems of the instances, each once, with those that their hints are instances of. A
    theorem with hints must follow from what these say of the numbers, whatever the numbers are."""
    waiting, seen = [instance.theorem for instance in used], dict[str, Theorem]()
    while waiting:
        theorem = waiting.pop()
        if theorem.name in seen:
            if theorem != seen[theorem.name]:
                raise EvidenceError(f"two theorems have the name {theorem.name!r}")
            continue
        seen[theorem.name] = theorem
        waiting += {hint.theorem.name: hint.theorem for hint in theorem.hints}.values()
        yield _theorem_obligation(tuple(definitions), theorem)


@lru_cache(maxsize=256)
def _theorem_obligation(definitions: tuple[Definition, ...], theorem: Theorem) -> Obligation:
    """Every claim about a system leans on the same theorems."""
    refuted = z3.Not(expanded(definitions, theorem.statement))
    return Obligation(
        Role.THEOREM,
        f"theorem: {theorem.name}",
        opaque(*_formulas(theorem.hints), refuted) if theorem.hints else (refuted,),
        theorem_names(theorem.hints),
        written_out=True,
    )


def _consecution(
    system: System, action: Action, known: frozenset[str], leaned_on: Sequence[Lemma], stage: int
) -> Obligation:
    """Parts of the guard that read what is not `known`, which is what a lemma or a new value speaks
    of, are left out, and such theorems. That allows more steps, so it can only make the obligation
    harder to meet."""
    before = tuple(lemma.formula for lemma in leaned_on)
    kept = [after(system, action, lemma.formula) for lemma in leaned_on if lemma.stage == stage]
    instances = action.instances_about(known)
    return Obligation(
        Role.CONSECUTION,
        f"consecution of stage {stage} by {action.name}",
        (*before, *action.guard_about(known), *_formulas(instances), z3.Not(z3.And(*kept))),
        theorem_names(instances),
    )


def _seen_through(
    system: System, action: Action, leaned_on: Sequence[Lemma], stage: int
) -> Obligation:
    """The same with what defined functions mean."""
    before = (lemma.formula for lemma in leaned_on)
    kept = [after(system, action, lemma.formula) for lemma in leaned_on if lemma.stage == stage]
    told = (*before, *action.full_guard, z3.Not(z3.And(*kept)))
    return Obligation(
        Role.CONSECUTION,
        f"consecution of stage {stage} by {action.name}",
        tuple(expanded(system.definitions, formula) for formula in told),
        written_out=True,
    )


def _reads(lemmas: Iterable[Lemma]) -> frozenset[str]:
    return frozenset[str]().union(*(lemma.reads for lemma in lemmas))


def _formulas(instances: Sequence[Instance]) -> tuple[Formula, ...]:
    return tuple(instance.formula for instance in instances)


def theorem_names(instances: Sequence[Instance]) -> tuple[str, ...]:
    """The theorems that these are instances of, each once."""
    return tuple(dict.fromkeys(instance.theorem.name for instance in instances))
