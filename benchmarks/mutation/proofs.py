"""Which claims are proved of a system, and of its mutant no more.

To decide every claim of every mutant would take days. What must be shown of a mutant is what was
shown of the system, but for what speaks of the broken action; a claim is decided again only where
some of that is not met.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias, assert_never

import z3

from mutation.ground import Expected, Ground
from mutation.limits import ENOUGH, PATIENCE, PROOF
from quorate.changes.mutants import Mutant
from quorate.evidence.certificate import stage_obligations, step_obligations
from quorate.evidence.obligation import Obligation
from quorate.evidence.progress import progress_obligations
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.engines import Engines
from quorate.inquiry.inquire import Clock
from quorate.system import (
    Always,
    Ceases,
    EachStep,
    Formula,
    LeadsTo,
    Property,
    Proved,
    System,
)

NO_SEARCH = Engines(searchers=())

Obligations: TypeAlias = Callable[[System], Iterator[Obligation]]
"""What must be shown of a system."""


def lost_proofs(ground: Ground, mutant: Mutant) -> list[Expected]:
    """Claims that are proved of the whole system and no more of the mutant, those that are easily
    refuted first; a few of them if there are many."""
    clock = Clock(PROOF)
    inquiry = Inquiry(mutant.system, clock.remaining, NO_SEARCH)
    lost = list[Expected]()
    for one in _doubtful(ground, mutant):
        clock.restart()
        if not isinstance(inquiry.decide(one.property, one.claim.deepest), Proved):
            lost.append(one)
        if len(lost) == ENOUGH:
            break
    return lost


def _doubtful(ground: Ground, mutant: Mutant) -> list[Expected]:
    """Those whose proofs the mutant does not meet."""
    proved = [one for one in ground.expected if one.refutation is None]
    proved.sort(key=lambda one: not isinstance(one.property, Always))
    stages = sorted({lemma.stage for one in proved for lemma in one.proof})
    longest = max((one.proof for one in proved), key=len, default=())

    def of_stage(stage: int) -> Obligations:
        leaned_on = [lemma for lemma in longest if lemma.stage <= stage]
        return lambda system: stage_obligations(_only(system, mutant.action), leaned_on)

    broken = {stage for stage in stages if not _is_met(ground.system, mutant, of_stage(stage))}
    return [
        one
        for one in proved
        if any(lemma.stage in broken for lemma in one.proof)
        or not _is_met(ground.system, mutant, _of_steps(one, mutant.action))
    ]


def _only(system: System, action: str) -> System:
    return replace(system, actions=(system.action[action],))


def _of_steps(one: Expected, action: str) -> Obligations:
    """What is to be shown of steps of `action` where the claim is one about steps, or about what
    happens, or ceases, in the end."""
    asked = _about(one.property, action)
    match asked:
        case Always():
            return lambda _: iter(())
        case EachStep():
            return lambda system: step_obligations(system, asked, one.proof)
        case LeadsTo() | Ceases():
            return lambda system: progress_obligations(system, asked, one.proof)
        case _:
            assert_never(asked)


def _about(asked: Property, action: str) -> Property:
    """As much of the property as speaks of `action`. That some fair step is possible speaks of all
    of them."""
    match asked:
        case Always():
            return asked
        case EachStep(formulas=formulas):
            return replace(asked, formulas={n: f for n, f in formulas.items() if n == action})
        case LeadsTo(calm=calm, fair=fair):
            return replace(asked, calm=tuple(n for n in calm if n == action or n in fair))
        case Ceases(allowed=allowed, counted=counted):
            return replace(
                asked,
                allowed=tuple(n for n in allowed if n == action),
                counted=tuple(n for n in counted if n == action),
            )
        case _:
            assert_never(asked)


def _is_met(system: System, mutant: Mutant, obligations: Obligations) -> bool:
    """The mutant meets all that was not shown of the system already."""
    # z3 knows equal formulas by the same number, as long as they are kept.
    shown = list(obligations(system))
    known = {_numbers(obligation) for obligation in shown}
    return all(
        _numbers(obligation) in known or contradict(*obligation.formulas)
        for obligation in obligations(mutant.system)
    )


def _numbers(obligation: Obligation) -> tuple[int, ...]:
    return tuple(formula.get_id() for formula in obligation.formulas)


def contradict(*formulas: Formula) -> bool:
    """They are seen to contradict each other."""
    solver = z3.SimpleSolver()
    solver.set("timeout", int(1000 * PATIENCE))
    solver.add(*formulas)
    return bool(solver.check() == z3.unsat)
