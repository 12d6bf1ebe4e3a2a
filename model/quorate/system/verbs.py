"""Actions by what they do: rules are written about verbs, not about names of actions."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from quorate.system.actions import Action, Verb
from quorate.system.properties import EachStep
from quorate.system.systems import System
from quorate.system.variables import Formula

_OfFamily = TypeVar("_OfFamily", bound=Verb)


def actions_of(system: System, *verbs: Verb, about: str | None = None) -> tuple[Action, ...]:
    """The actions of these verbs, in the order of the system; all of them, or those that are
    `about` one thing, or about nothing in particular."""
    wanted = {about, ""} if about is not None else None
    return tuple(
        action
        for action in system.actions
        if action.verb in verbs and (wanted is None or action.about in wanted)
    )


def each_step(
    name: str,
    system: System,
    rules: Mapping[_OfFamily, Formula],
    *,
    lacking: Collection[Verb] = (),
    about: str | None = None,
) -> EachStep:
    """The property that every step of each verb satisfies the verb's rule.

    `lacking` are the verbs of which the system has no action, which its model knows from the
    configuration. Raises `ValueError` for a rule about a verb of which there is no action although
    it is not said to be lacking, so that no rule is dropped by mistake; and for one that is said to
    be lacking and is there.
    """
    formulas: dict[str, Formula] = {}
    for verb, formula in rules.items():
        actions = actions_of(system, verb, about=about)
        if bool(actions) == (verb in lacking):
            there = "is there, and is said to be lacking" if actions else "is not there"
            raise ValueError(f"{name} speaks of {verb.value!r}, which {there}")
        formulas |= {action.name: formula for action in actions}
    return EachStep(name, formulas)
