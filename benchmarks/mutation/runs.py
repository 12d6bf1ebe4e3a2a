"""Runs of mutants: those that break a claim, and those that are not there any more."""

from collections.abc import Sequence

import z3

from mutation.ground import Expected, Ground
from mutation.limits import DEEPEST, PATIENCE, SEARCH
from quorate.changes.mutants import Mutant
from quorate.engines import bmc
from quorate.errors import EvidenceError
from quorate.evidence.replay import replay_refutation
from quorate.inquiry.asking import searched
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.inquire import Clock
from quorate.system import Always, Property, Refuted, System, Trace


def shows(system: System, trace: Trace, asked: Property) -> bool:
    """The trace is a run of the system that breaks the property."""
    try:
        replay_refutation(system, trace, asked)
    except EvidenceError:
        return False
    return True


def takes(trace: Trace, action: str) -> bool:
    return any(step.action == action for step in trace.steps)


def broken_run(mutant: Mutant, lost: Sequence[Expected]) -> str:
    """The claim that a run of the mutant breaks, and in how many steps, as far as one is found."""
    known = Inquiry(mutant.system, Clock(PATIENCE).remaining).known
    for one in lost:
        deepest, seconds = min(DEEPEST, one.claim.deepest), Clock(SEARCH).remaining
        found = searched(bmc.search, mutant.system, one.property, deepest, seconds, known)
        if isinstance(found, Refuted) and shows(mutant.system, found.trace, one.property):
            return f"{one.claim.name} in {len(found.trace)}"
    return ""


def missed(ground: Ground, mutant: Mutant) -> str:
    """The premise that the mutant does not reach, or the claim that it does not refute although it
    should. A run in which its action does not happen is one of the mutant's as well."""
    clock = Clock(PATIENCE)
    inquiry, reached = Inquiry(mutant.system, clock.remaining), set[str]()
    for one in ground.expected:
        clock.restart()
        claim = one.claim
        if one.refutation is not None and takes(one.refutation, mutant.action):
            shown = shows(mutant.system, one.refutation, one.property)
            if not shown and not isinstance(inquiry.refute(one.property, claim.deepest), Refuted):
                return f"{claim.name} is not refuted"
        if one.premise is not None and takes(one.premise, mutant.action):
            premise = claim.make_premise(ground.model)
            if premise.name in reached:
                continue
            shown = shows(mutant.system, one.premise, Always("never", z3.Not(premise.formula)))
            if not shown and not isinstance(
                inquiry.reach(premise, claim.path, claim.deepest), Refuted
            ):
                return f"no premise of {claim.name}"
            reached.add(premise.name)
    return ""
