"""Certificates: proofs as SMT-LIB 2 obligations that any solver can check without us.

The judge builds the obligations from the system and the invariant alone, whole and unsliced, and
decides each in a fresh solver. It imports no engine.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import z3

from quorate.errors import EvidenceError
from quorate.system import Always, Formula, Lemma, System
from quorate.system.steps import after


@dataclass(frozen=True)
class Obligation:
    """Formulas that must contradict each other."""

    name: str
    formulas: tuple[Formula, ...]

    def to_smt2(self) -> str:
        solver = z3.SimpleSolver()
        solver.add(*self.formulas)
        return f"; {self.name}\n; expected: unsat\n{solver.to_smt2()}"


def obligations(
    system: System, claim: Always, invariant: Sequence[Lemma]
) -> Iterator[Obligation]:
    """Initiation, consecution by each action, implication, and the validity of every fact that an
    obligation leans on."""
    whole = z3.And(*(lemma.formula for lemma in invariant))
    yield Obligation("initiation", (*system.full_initial, z3.Not(whole)))
    if claim.facts:
        yield Obligation("facts of the property", (z3.Not(z3.And(*claim.facts)),))
    for action in system.actions:
        if action.facts:
            yield Obligation(f"facts of {action.name}", (z3.Not(z3.And(*action.facts)),))
        facts_after = [after(system, action, fact) for fact in claim.facts]
        yield Obligation(
            f"consecution by {action.name}",
            (
                whole,
                *action.full_guard,
                *action.facts,
                *claim.facts,
                *facts_after,
                z3.Not(after(system, action, whole)),
            ),
        )
    yield Obligation("implication", (whole, z3.Not(claim.formula)))


def check(
    system: System,
    claim: Always,
    invariant: Sequence[Lemma],
    remaining_seconds: Callable[[], float],
) -> None:
    """Raises `EvidenceError` unless every obligation is unsatisfiable."""
    for obligation in obligations(system, claim, invariant):
        solver = z3.SimpleSolver()
        solver.set("timeout", max(1, int(remaining_seconds() * 1000)))
        solver.add(*obligation.formulas)
        answer = solver.check()
        if answer != z3.unsat:
            raise EvidenceError(f"the obligation {obligation.name!r} was {answer}, not unsat")


def write(directory: Path, system: System, claim: Always, invariant: Sequence[Lemma]) -> None:
    """Writes one file an obligation; each file appears whole or not at all."""
    directory.mkdir(parents=True, exist_ok=True)
    for stale in directory.glob("*.smt2"):
        stale.unlink()
    for number, obligation in enumerate(obligations(system, claim, invariant)):
        plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in obligation.name)[:60]
        target = directory / f"{number:02d}-{plain}.smt2"
        draft = target.with_suffix(".part")
        draft.write_text(obligation.to_smt2(), encoding="utf-8")
        draft.replace(target)


def recheck_file(path: Path, seconds: float) -> str:
    """What a fresh z3 says of an obligation: 'unsat' when it holds. Raises `EvidenceError` for a
    file that is no SMT-LIB."""
    solver = z3.SimpleSolver()
    solver.set("timeout", max(1, int(seconds * 1000)))
    try:
        solver.add(z3.parse_smt2_string(path.read_text(encoding="utf-8")))
    except (z3.Z3Exception, UnicodeDecodeError) as error:
        raise EvidenceError(f"{path}: not an SMT-LIB 2 file") from error
    return str(solver.check())
