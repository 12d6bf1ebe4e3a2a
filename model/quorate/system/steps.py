"""Formulas about one step of a system: what holds before it, said of the state after it."""

from collections.abc import Mapping

import z3

from quorate.system.actions import Action
from quorate.system.systems import System
from quorate.system.variables import Formula, Term


def after(system: System, action: Action, formula: Formula) -> Formula:
    """`formula`, which speaks of a state, said of the state after `action`, in terms of the state
    before it and the inputs. Needs no next-state copies and no frame axioms."""
    return z3.substitute(
        formula, *((system.variable[name].term, term) for name, term in action.updates.items())
    )


def of_step(system: System, action: Action, formula: Formula) -> Formula:
    """`formula`, which speaks of a step by the states before and after it, said of a step of
    `action`, in terms of the state before it and the inputs."""
    pairs = [(v.next, action.updates.get(v.name, v.term)) for v in system.variables]
    return z3.substitute(formula, *pairs)


def may_take(action: Action, choices: Mapping[str, Term]) -> Formula:
    """`action` is possible with these choices, one for each of its inputs."""
    pairs = [(variable.term, choices[variable.name]) for variable in action.inputs]
    return z3.substitute(z3.And(*action.full_guard), *pairs)


def possible(action: Action) -> Formula:
    """`action` is possible with the choices that it names. Where it names none for an input this is
    false, whatever else there is."""
    if any(variable.name not in action.choices for variable in action.inputs):
        return z3.BoolVal(False)
    return may_take(action, action.choices)
