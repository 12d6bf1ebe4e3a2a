"""Certificates: proofs as SMT-LIB 2 obligations that any solver can check without us.

The obligations are built from the system and the invariant alone; no engine is imported.

A step speaks of defined functions, such as the votes of a set, by name only. What it may assume of
them are instances of theorems, and every theorem that is used is an obligation of its own, proved
from the definitions for all values. So an obligation that is unsatisfiable without the definitions
is unsatisfiable with them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import z3

from quorate.changes.opaque import opaque
from quorate.errors import EvidenceError
from quorate.system import (
    Action,
    Always,
    Ceases,
    Definition,
    EachStep,
    Formula,
    Instance,
    LeadsTo,
    Lemma,
    Property,
    System,
    Theorem,
    expanded,
)
from quorate.system.steps import after, of_step
from quorate.system.terms import constants


@dataclass(frozen=True)
class Obligation:
    """Formulas that must contradict each other. `instances` names the theorems that some of them
    are instances of; in what is `written_out` defined functions are replaced by what they mean."""

    name: str
    formulas: tuple[Formula, ...]
    instances: tuple[str, ...] = ()
    written_out: bool = False

    def to_smt2(self) -> str:
        # Not z3.SimpleSolver, which rewrites what it is told before it prints it.
        solver = z3.Solver()
        solver.add(*(_standard(formula) for formula in self.formulas))
        # A name may hold a line break, which would end the remark.
        remarks = [f"; {' '.join(self.name.split())}", "; expected: unsat"]
        remarks += [f"; uses an instance of the theorem: {name}" for name in self.instances]
        return "\n".join([*remarks, "(set-logic ALL)", _plain(solver.to_smt2())])


def invariant_obligations(system: System, invariant: Sequence[Lemma]) -> Iterator[Obligation]:
    """The invariant holds initially and no action leaves it, stage by stage."""
    for stage in sorted({lemma.stage for lemma in invariant}):
        yield from stage_obligations(system, invariant, stage)


def stage_obligations(
    system: System, invariant: Sequence[Lemma], stage: int
) -> Iterator[Obligation]:
    """The lemmas of `stage` hold initially and every action keeps them, where they and those of
    earlier stages hold before. An action that updates nothing of what they read keeps them as it
    is."""
    leaned_on = tuple(lemma for lemma in invariant if lemma.stage <= stage)
    own = tuple(lemma.formula for lemma in leaned_on if lemma.stage == stage)
    reads = _reads(lemma for lemma in leaned_on if lemma.stage == stage)
    definitions = system.definitions
    whole = z3.And(*own)
    yield Obligation(
        f"initiation of stage {stage}",
        tuple(expanded(definitions, part) for part in (*system.full_initial, z3.Not(whole))),
        written_out=True,
    )
    touching = [
        (action, _reads(leaned_on) | action.reads_after(reads))
        for action in system.actions
        if reads & action.updates.keys()
    ]
    used = [i for action, known in touching for i in action.instances_about(known)]
    yield from theorem_obligations(definitions, used)
    for action, known in touching:
        yield _consecution(system, action, known, leaned_on, stage)


def check_system(system: System) -> None:
    """Raises `EvidenceError` where a formula of the system reads what is neither a variable nor an
    input, so that a proof and a run could mean different things by it, or where there is no initial
    state, so that everything would be proved."""
    variables = system.variable.keys()
    _refuse_strange("the first state", constants(*system.initial) - variables)
    check_lemmas(system, system.lemmas)
    for action in system.actions:
        inputs = {variable.name for variable in action.inputs}
        _refuse_strange(f"the action {action.name!r}", action.reads - variables - inputs)
    solver = z3.SimpleSolver()
    solver.add(*(expanded(system.definitions, part) for part in system.full_initial))
    if solver.check() != z3.sat:
        raise EvidenceError("there is no initial state")


def check_lemmas(system: System, invariant: Iterable[Lemma]) -> None:
    """Raises `EvidenceError` where a lemma reads what is no variable of the system. An input would
    be taken for the input of each step, and the lemma be kept only by the steps of that choice."""
    for lemma in invariant:
        _refuse_strange(f"the lemma {lemma.name!r}", lemma.reads - system.variable.keys())


def check_claim(system: System, claim: Property) -> None:
    """Raises `EvidenceError` where the claim reads what is no variable of the system, or of a step
    what is none, nor its value after the step, nor an input; and where it speaks of no step, or of
    one by an action that the system does not have."""
    _refuse_strange("the property", constants(*_spoken(claim)) - system.variable.keys())
    if isinstance(claim, EachStep):
        if not claim.formulas:
            raise EvidenceError("the claim speaks of no step")
        there = {v.name for v in system.variables} | {f"{v.name}'" for v in system.variables}
        for name, formula in claim.formulas.items():
            if name not in system.action:
                raise EvidenceError(f"the claim speaks of an action that cannot happen: {name}")
            inputs = {variable.name for variable in system.action[name].inputs}
            place = f"what is claimed of {name!r}"
            _refuse_strange(place, constants(formula) - there - inputs)


def _refuse_strange(place: str, strange: frozenset[str]) -> None:
    if strange:
        raise EvidenceError(f"{place} reads what is not there: {', '.join(sorted(strange))}")


def _spoken(claim: Property) -> tuple[Formula, ...]:
    match claim:
        case Always():
            return (claim.formula,)
        case EachStep():
            return ()
        case LeadsTo():
            return (claim.trigger, claim.goal, claim.waiting, *claim.measure)
        case Ceases():
            return claim.measure


def claim_obligations(
    system: System, claim: Always, invariant: Sequence[Lemma]
) -> Iterator[Obligation]:
    """The invariant implies the property."""
    yield from theorem_obligations(system.definitions, claim.instances)
    instances = _formulas(claim.instances)
    lemmas = tuple(lemma.formula for lemma in invariant)
    yield Obligation(
        "implication", (*lemmas, *instances, z3.Not(claim.formula)), theorem_names(claim.instances)
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
        yield kept(f"each step of {action.name}", action, lemmas, then, ())


def kept(
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
        refuted = z3.Not(expanded(definitions, theorem.statement))
        yield Obligation(
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
        f"consecution of stage {stage} by {action.name}",
        (*before, *action.guard_about(known), *_formulas(instances), z3.Not(z3.And(*kept))),
        theorem_names(instances),
    )


def _reads(lemmas: Iterable[Lemma]) -> frozenset[str]:
    return frozenset[str]().union(*(lemma.reads for lemma in lemmas))


def _formulas(instances: Sequence[Instance]) -> tuple[Formula, ...]:
    return tuple(instance.formula for instance in instances)


def theorem_names(instances: Sequence[Instance]) -> tuple[str, ...]:
    """The theorems that these are instances of, each once."""
    return tuple(dict.fromkeys(instance.theorem.name for instance in instances))


def _standard(formula: Formula) -> Formula:
    """Without conjunctions and disjunctions of fewer than two parts, which z3 prints and SMT-LIB
    does not know."""
    stack, seen, pairs = [formula], set[int](), list[tuple[Formula, Formula]]()
    while stack:
        node = stack.pop()
        if node.get_id() in seen:
            continue
        seen.add(node.get_id())
        stack.extend(node.children())
        if (z3.is_and(node) or z3.is_or(node)) and node.num_args() < 2:
            alone = node.arg(0) if node.num_args() else z3.BoolVal(z3.is_and(node))
            pairs.append((node, alone))
    return _standard(z3.substitute(formula, *pairs)) if pairs else formula


_LOCAL = re.compile(r"""\|[^|]*\||"(?:[^"]|"")*"|[?$]x[0-9]+""")
"""What z3 binds with `let`; and what is quoted, where the same characters mean nothing."""


def _plain(script: str) -> str:
    """Without the solver's own remarks. What it binds is numbered as it appears, not by counters
    of its own, so that equal formulas are equal texts; different names stay different."""
    numbers: dict[str, str] = {}

    def renumbered(found: re.Match[str]) -> str:
        name = found[0]
        if name[0] not in "?$":
            return name
        return numbers.setdefault(name, f"{name[0]}x{len(numbers) + 1}")

    lines = [line for line in script.splitlines() if not line.startswith(";")]
    return _LOCAL.sub(renumbered, "\n".join(lines)) + "\n"
