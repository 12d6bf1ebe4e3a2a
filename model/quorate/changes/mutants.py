"""Mutants: a system with one part of a guard dropped, or one update.

They ask of what is claimed of a system what broken twins ask of it rule by rule, but of everything
that stands in the system and not only of what somebody thought of: a part that nobody misses is
either no rule, or a rule that nothing is claimed about. A mutant has the actions of the system by
name, kind and inputs, so whatever can be asked of the one can be asked of the other.
"""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import z3

from quorate.changes.conjuncts import conjuncts
from quorate.changes.parts_in_words import Vocabulary, Wording
from quorate.system import Action, Formula, System
from quorate.values import dataclass


class Dropped(enum.Enum):
    """What a mutant is without."""

    GUARD = "guard"
    UPDATE = "update"
    HELPER = "helper"
    """A part of a function that rules are made with; these mutants are made of its source, and not
    of a system."""


class Part(NamedTuple):
    """What was dropped, in words that are the same for every system of a family: of the actions of
    which verb, and which part of them."""

    verb: str
    dropped: Dropped
    words: str

    @property
    def title(self) -> str:
        return f"{self.dropped.value}: {self.words}"


@dataclass(frozen=True)
class Mutant:
    """`system` with the action of the name `action` broken. `guard` are the parts of its guard that
    were dropped, `updates` the variables that are not updated. `whole` says that all that is told
    in the words of `part` was dropped, and not one of several."""

    action: str
    part: Part
    system: System
    guard: tuple[Formula, ...] = ()
    updates: tuple[str, ...] = ()
    whole: bool = True


def mutants(system: System, vocabulary: Vocabulary | None = None) -> Iterator[Mutant]:
    """Every action without one part of its guard or without one of its updates, but for those that
    are syntactically as before. What is told in the same words, as what is said of every node, is
    one part; an update is dropped for each of them alone as well, for that is another state of
    affairs."""
    for action in system.actions:
        broken = _Broken(system, action, vocabulary or Vocabulary())
        yield from broken.without_guards()
        yield from broken.without_updates()


@dataclass(frozen=True)
class _Broken:
    """The mutants of one action."""

    system: System
    action: Action
    vocabulary: Vocabulary

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.system, self.action, self.vocabulary)

    def without_guards(self) -> Iterator[Mutant]:
        guard = [part for formula in self.action.guard for part in conjuncts(formula)]
        for words, places in _alike(self._guard_words(guard)):
            rest = tuple(part for place, part in enumerate(guard) if place not in places)
            yield Mutant(
                self.action.name,
                self._part(Dropped.GUARD, words),
                self._system(replace(self.action, guard=rest)),
                guard=tuple(guard[place] for place in places),
            )

    def without_updates(self) -> Iterator[Mutant]:
        updates = self.action.updates
        names = [
            name
            for name, term in updates.items()
            if not z3.simplify(term).eq(self.system.variable[name].term)
        ]
        for words, places in _alike([self._wording.variable(name) for name in names]):
            alone = [[place] for place in places] if len(places) > 1 else []
            for some in (places, *alone):
                chosen = tuple(names[place] for place in some)
                kept = {name: term for name, term in updates.items() if name not in chosen}
                yield Mutant(
                    self.action.name,
                    self._part(Dropped.UPDATE, words),
                    self._system(replace(self.action, updates=kept)),
                    updates=chosen,
                    whole=some is places,
                )

    def _part(self, dropped: Dropped, words: str) -> Part:
        verb = self.action.verb
        return Part(str(verb.value) if verb is not None else self.action.name, dropped, words)

    def _system(self, broken: Action) -> System:
        actions = (broken if a.name == broken.name else a for a in self.system.actions)
        return replace(self.system, actions=tuple(actions))

    def _guard_words(self, guard: Sequence[Formula]) -> Iterator[str]:
        """What each part is told as, empty for one that says nothing here; numbered where two that
        are not the same are told alike although nothing tells them apart."""
        exact, seen = Wording(self.system, self.action), list[str]()
        for part in guard:
            seen.append(exact.formula(part))
            alike = seen.count(seen[-1])
            again = f" ({alike})" if alike > 1 else ""
            says_nothing = z3.is_true(z3.simplify(part))
            yield "" if says_nothing else self._wording.formula(part) + again


def _alike(words: Iterator[str] | Sequence[str]) -> Iterator[tuple[str, Sequence[int]]]:
    """Everything that is told, once, with all its places."""
    told = list(words)
    for one in dict.fromkeys(filter(None, told)):
        yield one, [place for place, other in enumerate(told) if other == one]
