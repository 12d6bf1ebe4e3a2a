"""Broken twins: a system with one rule of some of its actions rewritten.

A rule is a term that the model has a function for. Terms that are built alike are the same to z3,
so a rule is found wherever it stands, in guards, updates and choices, by building it once more.
What is rewritten is always a part of named actions; a rewriting that finds nothing to rewrite is
refused, since a twin that is no other system than the original shows nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import z3

from quorate.system import Action, Formula, System, Term, Variable, Verb, actions_of

Rule = tuple[Term, Term]
"""A rule as it is, and what stands in its place."""


def as_it_is(system: System) -> System:
    """No rewriting."""
    return system


def without(system: System, *verbs: Verb, about: str | None = None) -> System:
    """`system` without its actions of these verbs. Raises `ValueError` where there is none."""
    dropped = actions_of(system, *verbs, about=about)
    if not dropped:
        raise ValueError(f"there is nothing to leave out: {_listed(verbs)}")
    kept = tuple(action for action in system.actions if action not in dropped)
    return replace(system, actions=kept)


def instead(
    system: System, *rules: Rule, verbs: Iterable[Verb], about: str | None = None
) -> System:
    """`system` with each rule replaced in its actions of these verbs. Raises `ValueError` for a
    rule that stands in none of them."""
    found = [False] * len(rules)

    def rewritten(term: Term) -> Term:
        for place, (rule, other) in enumerate(rules):
            new = z3.substitute(term, (rule, other))
            found[place] |= not new.eq(term)
            term = new
        return term

    def rewrite(action: Action) -> Action:
        return replace(
            action,
            guard=tuple(map(rewritten, action.guard)),
            updates={name: rewritten(term) for name, term in action.updates.items()},
            choices={name: rewritten(term) for name, term in action.choices.items()},
        )

    chosen = tuple(verbs)
    result = _each(system, chosen, about, rewrite)
    if not all(found):
        rule = rules[found.index(False)][0]
        raise ValueError(f"a rule stands nowhere in {_listed(chosen)}: {_shown(rule)}")
    return result


def with_guard(
    system: System, *guard: Formula, verbs: Iterable[Verb], about: str | None = None
) -> System:
    """`system` with more to be asked before a step of these verbs."""
    return _each(system, tuple(verbs), about, lambda a: replace(a, guard=(*a.guard, *guard)))


def with_updates(
    system: System, updates: dict[str, Term], *, verbs: Iterable[Verb], about: str | None = None
) -> System:
    """`system` with these variables updated as said by the actions of these verbs."""
    return _each(
        system, tuple(verbs), about, lambda a: replace(a, updates={**a.updates, **updates})
    )


def without_updates(
    system: System, *names: str, verbs: Iterable[Verb], about: str | None = None
) -> System:
    """`system` with these variables left as they are by the actions of these verbs. Raises
    `ValueError` for a name that none of them updates."""
    chosen = tuple(verbs)
    for name in names:
        if not any(name in action.updates for action in actions_of(system, *chosen, about=about)):
            raise ValueError(f"{name!r} is not updated by {_listed(chosen)}")

    def dropped(action: Action) -> Action:
        kept = {name: term for name, term in action.updates.items() if name not in names}
        return replace(action, updates=kept)

    return _each(system, chosen, about, dropped)


def anything(system: System, verb: Verb, about: str | None = None) -> System:
    """`system` in which a step of this verb is possible at any time and leaves any state behind: it
    breaks whatever a rule about such steps says."""
    free = {v.name: Variable(f"{v.name}?", v.sort) for v in system.variables}

    def unbound(action: Action) -> Action:
        return replace(
            action,
            guard=(),
            updates={name: variable.term for name, variable in free.items()},
            inputs=(*action.inputs, *free.values()),
            instances=(),
            choices={},
        )

    return _each(system, (verb,), about, unbound)


def _each(
    system: System, verbs: tuple[Verb, ...], about: str | None, change: Callable[[Action], Action]
) -> System:
    chosen = {action.name for action in actions_of(system, *verbs, about=about)}
    missing = [verb for verb in verbs if not actions_of(system, verb, about=about)]
    if missing:
        raise ValueError(f"there is nothing to rewrite: {_listed(missing)}")
    return replace(
        system,
        actions=tuple(change(a) if a.name in chosen else a for a in system.actions),
    )


def _listed(verbs: Iterable[Verb]) -> str:
    return ", ".join(repr(verb.value) for verb in verbs)


def _shown(term: Term) -> str:
    return " ".join(term.sexpr().split())[:200]
