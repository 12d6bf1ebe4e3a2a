"""What must be checked to believe that something happens, or stops happening, in the end.

A measure is a tuple of sets. It shrinks when the first set in which it differs loses members and
gains none; sets being finite, nothing shrinks for ever. For `LeadsTo`: as long as the goal is not
reached every calm step keeps or shrinks the measure, a fair step shrinks it, and some fair step is
possible; so a run that ignores none of them for ever reaches the goal. For `Ceases`: every allowed
step keeps or shrinks it, a counted one shrinks it.
"""

from collections.abc import Iterator, Sequence

import z3

from quorate.errors import EvidenceError
from quorate.evidence.certificate import kept, theorem_names, theorem_obligations, touches
from quorate.evidence.obligation import Exemption, Obligation, Role
from quorate.system import Action, Ceases, Formula, LeadsTo, Lemma, Progress, System, Term
from quorate.system.steps import after, possible
from quorate.system.terms import constants


def progress_obligations(
    system: System, claim: Progress, invariant: Sequence[Lemma]
) -> Iterator[Obligation]:
    """The obligations that, with those of the invariant, imply the claim. Raises `EvidenceError`
    for an action that the system does not have, or that is fair or counted without being one that
    may happen."""
    lemmas = tuple(lemma.formula for lemma in invariant)
    match claim:
        case LeadsTo():
            yield from _leads_to(system, claim, lemmas)
        case Ceases():
            yield from _ceases(system, claim, lemmas)


def _leads_to(system: System, claim: LeadsTo, lemmas: tuple[Formula, ...]) -> Iterator[Obligation]:
    actions = _actions(system, claim.calm, claim.fair)
    used = [*claim.instances, *(i for action in actions for i in action.instances)]
    yield from theorem_obligations(system.definitions, used)
    told = tuple(instance.formula for instance in claim.instances)
    names = theorem_names(claim.instances)
    waits = (*lemmas, *told, claim.waiting, z3.Not(claim.goal))
    yield Obligation(
        Role.PROGRESS,
        "the trigger begins the waiting",
        (*lemmas, *told, claim.trigger, z3.Not(z3.Or(claim.goal, claim.waiting))),
        names,
    )
    yield Obligation(
        Role.PROGRESS,
        "some fair step is possible",
        (*waits, *(z3.Not(possible(system.action[name])) for name in claim.fair)),
        names,
    )
    reads = _measured(claim)
    for action in actions:
        if not _must_shrink(claim, action, reads):
            continue
        shrinks = shrinking(system, action, claim.measure, strictly=action.name in claim.fair)
        then = z3.Or(
            after(system, action, claim.goal),
            z3.And(after(system, action, claim.waiting), shrinks),
        )
        name = f"progress by {action.name}"
        yield kept(Role.PROGRESS, name, action, waits, then, claim.instances)


def _ceases(system: System, claim: Ceases, lemmas: tuple[Formula, ...]) -> Iterator[Obligation]:
    actions = _actions(system, claim.allowed, claim.counted)
    used = [instance for action in actions for instance in action.instances]
    yield from theorem_obligations(system.definitions, used)
    reads = _measured(claim)
    for action in actions:
        if _must_shrink(claim, action, reads):
            counted = action.name in claim.counted
            shrinks = shrinking(system, action, claim.measure, strictly=counted)
            yield kept(Role.PROGRESS, f"progress by {action.name}", action, lemmas, shrinks, ())


def exemptions(system: System, claim: Progress) -> Iterator[Exemption]:
    """The actions that leave the measure and the waiting as they are, and need not do more."""
    reads = _measured(claim)
    for name in claim.calm if isinstance(claim, LeadsTo) else claim.allowed:
        if not _must_shrink(claim, system.action[name], reads):
            because = "it is not counted on, and changes nothing that is measured"
            yield Exemption(f"progress by {name}", because)


def _measured(claim: Progress) -> frozenset[str]:
    """The names of what an action must change for there to be something to show of it, unless it is
    counted on."""
    match claim:
        case LeadsTo():
            return constants(claim.goal, claim.waiting, *claim.measure)
        case Ceases():
            return constants(*claim.measure)


def _must_shrink(claim: Progress, action: Action, reads: frozenset[str]) -> bool:
    """There is something to show of `action`; `reads` is what is measured."""
    match claim:
        case LeadsTo():
            return action.name in claim.fair or touches(action, reads)
        case Ceases():
            return action.name in claim.counted or touches(action, reads)


def _actions(system: System, names: Sequence[str], chosen: Sequence[str]) -> list[Action]:
    strange = sorted((set(names) - system.action.keys()) | (set(chosen) - set(names)))
    if strange:
        raise EvidenceError(f"the claim counts on actions that cannot happen: {strange[0]}")
    return [system.action[name] for name in names]


def shrinking(
    system: System, action: Action, measure: Sequence[Term], *, strictly: bool
) -> Formula:
    """The measure after the action is smaller, or else the same unless `strictly`."""
    result = z3.BoolVal(not strictly)
    for now in reversed(measure):
        then = after(system, action, now)
        less = z3.And(then & ~now == 0, then != now)
        result = z3.Or(less, z3.And(then == now, result))
    return result
