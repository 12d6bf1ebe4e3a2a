"""Whether every step that a mutant has, and its system has not, is a step of the system all the
same, of the same action about something else or of another one, or changes nothing."""

from collections.abc import Iterator
from itertools import islice, product

import z3

from mutation.ground import Ground
from mutation.limits import WAYS
from mutation.proofs import contradict
from quorate.changes.mutants import Mutant
from quorate.system import Action, Formula, System, Term

ELSEWHERE = "without it only steps that the system has as well"


def has_them_anyway(ground: Ground, mutant: Mutant) -> bool:
    """From every state with the invariant the mutant's new steps lead where a step of the system
    leads, or nowhere. The same action is asked first, and none that has too many inputs."""
    system = ground.system
    whole, broken = system.action[mutant.action], mutant.system.action[mutant.action]
    new = [*ground.invariant, *map(ground.defined, broken.full_guard)]
    new.append(ground.defined(z3.Not(z3.And(*mutant.guard))))
    after = {name: ground.defined(term) for name, term in _after(system, broken).items()}
    apart = {v.name: v.term for v in broken.inputs}
    others = [action for action in system.actions if action is not whole]
    still = z3.And(*(system.variable[name].term == term for name, term in after.items()))
    for actions in ([whole], [whole, *others]):
        same = [still, *(way for action in actions for way in _ways(ground, action, after, apart))]
        if contradict(*new, z3.Not(z3.Or(*same))):
            return True
    return False


def _after(system: System, action: Action) -> dict[str, Term]:
    """The value of every variable after a step."""
    return {v.name: action.updates.get(v.name, v.term) for v in system.variables}


def _ways(
    ground: Ground, action: Action, after: dict[str, Term], apart: dict[str, Term]
) -> Iterator[Formula]:
    """For each choice of its inputs that the action leads where `after` says. The inputs of the
    mutant, which have the same names, are kept apart."""
    fresh = [(term, z3.FreshConst(term.sort(), name)) for name, term in apart.items()]
    back = [(other, term) for term, other in fresh]
    reached = [
        ground.defined(term) == z3.substitute(after[name], *fresh)
        for name, term in _after(ground.system, action).items()
    ]
    step = z3.And(*map(ground.defined, action.full_guard), *reached)
    values = product(*(variable.sort.values() for variable in action.inputs))
    chosen = list(islice(values, WAYS + 1))
    for choice in chosen if len(chosen) <= WAYS else ():
        told = [
            (variable.term, variable.sort.literal(value))
            for variable, value in zip(action.inputs, choice, strict=True)
        ]
        yield z3.substitute(z3.substitute(step, *told) if told else step, *back)
