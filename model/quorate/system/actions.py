"""Actions: what can happen in one step."""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TypeVar

from quorate.system.definitions import Instance
from quorate.system.terms import constants_of_each
from quorate.system.variables import Formula, Term, Variable
from quorate.values import dataclass

_Said = TypeVar("_Said")


class Verb(enum.Enum):
    """What an action does, in one word of a closed set: a family derives its own set from this one,
    which is empty, and the value of a member is the word as people read it."""


class ActionKind(enum.Enum):
    """Whose step it is. Fairness and fault budgets speak of kinds."""

    FAULT = "fault"
    REPAIR = "repair"
    CLUSTER = "cluster"
    OPERATOR = "operator"


def action_name(verb: Verb, about: str = "") -> str:
    """What an action is called that is named after its verb and what it is about."""
    return f"{verb.value}: {about}" if about else str(verb.value)


@dataclass(frozen=True)
class Action:
    """A guarded update.

    `guard` is a conjunction; the step is possible for every choice of `inputs` that satisfies it.
    A variable that `updates` does not name keeps its value. `subject` is the input that names the
    node or the set concerned, if there is one. `instances` are theorems about the terms of this
    step, for a solver that does not look into definitions. `choices` are values for all inputs with
    which the step is possible whenever it is possible at all; nobody trusts that they are, it only
    lets a proof of progress succeed. `verb` and `about` say as values what `name` says in words, so
    that nobody has to read the name; `Action.of` makes the name of them.
    """

    name: str
    kind: ActionKind
    guard: tuple[Formula, ...]
    updates: Mapping[str, Term]
    inputs: tuple[Variable, ...] = ()
    subject: str | None = None
    instances: tuple[Instance, ...] = ()
    choices: Mapping[str, Term] = field(default_factory=dict)
    verb: Verb | None = None
    about: str = ""

    @classmethod
    def of(  # noqa: PLR0917 - the parts of an action, in their order
        cls,
        verb: Verb,
        kind: ActionKind,
        guard: tuple[Formula, ...],
        updates: Mapping[str, Term],
        inputs: tuple[Variable, ...] = (),
        subject: str | None = None,
        instances: tuple[Instance, ...] = (),
        choices: Mapping[str, Term] | None = None,
        about: str = "",
    ) -> "Action":
        """An action that is named after its verb and what it is about."""
        return cls(
            action_name(verb, about),
            kind,
            guard,
            updates,
            inputs,
            subject,
            instances,
            choices or {},
            verb,
            about,
        )

    @cached_property
    def full_guard(self) -> tuple[Formula, ...]:
        """The guard together with the domains of the inputs."""
        domains = tuple(v.domain for v in self.inputs if v.domain is not None)
        return domains + self.guard

    @cached_property
    def _read(self) -> Sequence[frozenset[str]]:
        """The names of what each formula and term of the action speaks of."""
        told = (instance.formula for instance in self.instances)
        return constants_of_each(
            [*self.full_guard, *told, *self.updates.values(), *self.choices.values()]
        )

    @property
    def reads(self) -> frozenset[str]:
        """The names of all that the action speaks of, inputs included."""
        return frozenset[str]().union(*self._read)

    @property
    def guard_reads(self) -> Sequence[frozenset[str]]:
        """For each part of the full guard the names of what it speaks of."""
        return self._read[: len(self.full_guard)]

    @cached_property
    def update_reads(self) -> Mapping[str, frozenset[str]]:
        """For each variable that is updated the names of what its new value is made of."""
        before = len(self.full_guard) + len(self.instances)
        return dict(zip(self.updates, self._read[before:], strict=False))

    def reads_after(self, names: frozenset[str]) -> frozenset[str]:
        """The names of what a formula that speaks of `names` speaks of when it is said of the state
        after this action, in terms of the state before it and the inputs."""
        updated = names & self.update_reads.keys()
        return (names - updated).union(*(self.update_reads[name] for name in updated))

    def guard_about(self, names: frozenset[str]) -> tuple[Formula, ...]:
        """The parts of the full guard that speak of nothing but `names` and the inputs."""
        return tuple(self._about(names, self.full_guard, self._read))

    def instances_about(self, names: frozenset[str]) -> tuple[Instance, ...]:
        """The theorems that speak of nothing but `names` and the inputs."""
        return tuple(self._about(names, self.instances, self._read[len(self.full_guard) :]))

    def _about(
        self, names: frozenset[str], said: Iterable[_Said], reads: Sequence[frozenset[str]]
    ) -> Iterator[_Said]:
        known = names.union(variable.name for variable in self.inputs)
        return (one for one, read in zip(said, reads, strict=False) if read <= known)
