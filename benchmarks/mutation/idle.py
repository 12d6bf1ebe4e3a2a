"""Why a mutant does nothing that the system does not do, as far as that is proved."""

from typing import assert_never

import z3

from mutation.ground import Ground
from mutation.matching import ELSEWHERE, has_them_anyway
from mutation.proofs import contradict
from quorate.changes.mutants import Dropped, Mutant


def idle(ground: Ground, mutant: Mutant) -> str:
    """In words; empty where it is not proved."""
    system = ground.system
    action, broken = system.action[mutant.action], mutant.system.action[mutant.action]
    before = [*ground.invariant, *map(ground.defined, broken.full_guard)]
    match mutant.part.dropped:
        case Dropped.UPDATE:
            moved = [system.variable[n].term != action.updates[n] for n in mutant.updates]
            same = contradict(*before, ground.defined(z3.Or(*moved)))
            return "it never changes anything" if same else ""
        case Dropped.GUARD:
            outside = [*before, ground.defined(z3.Not(z3.And(*mutant.guard)))]
            if contradict(*outside):
                return "implied by the rest"
            moved = [system.variable[name].term != term for name, term in action.updates.items()]
            same = contradict(*outside, ground.defined(z3.Or(*moved)))
            if same:
                return "without it also steps that change nothing"
            return ELSEWHERE if has_them_anyway(ground, mutant) else ""
        case Dropped.HELPER:
            raise ValueError("what is dropped is no part of an action")
        case _:
            assert_never(mutant.part.dropped)
