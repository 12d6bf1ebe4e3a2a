"""Explicit-state search, breadth first, on the plain interpreter: no solver.

Guards and updates are compiled to Python once. The choices of an action are tried one after the
other, and a part of the guard is asked as soon as the choices that it reads are made, so that most
combinations are never formed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod

import z3

from quorate.engines.contract import Remaining
from quorate.system import (
    Action,
    Always,
    Bits,
    Formula,
    HoldsTo,
    Lemma,
    Proved,
    Refuted,
    State,
    Step,
    System,
    Trace,
    Unknown,
    Value,
    Variable,
)
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
from quorate.system.terms import constants
from quorate.values import dataclass

ENGINE = "explicit"

_MOST_CHOICES = 1 << 16

_MOST_TRIED = 10_000
"""Values that are tried to meet first states. Where a set is free among many nodes there are too
many, and a solver finds one at once."""

_MOST_STEPS = 300

_Packed = tuple[Value, ...]


def search(  # noqa: PLR0917 - as every searcher, and how many states are too many
    system: System,
    claim: Always,
    deepest: int,
    remaining_seconds: Remaining,
    known: Sequence[Lemma] = (),  # noqa: ARG001 - it sees for itself what can be reached
    most_states: int | None = None,
) -> Proved | Refuted | HoldsTo | Unknown:
    """As `Searcher` says. Proved, when every state that can be reached was seen, by what was
    seen. It gives up where there are more than `most_states`, or more choices than `_MOST_CHOICES`
    to try for one of them."""
    graph = _Graph(system)
    if most_states is not None and graph.choices > _MOST_CHOICES:
        return Unknown("there may be too many choices to try", ENGINE)
    holds = evaluator([claim.formula], system.definitions)
    came_from: dict[_Packed, tuple[_Packed, str, Mapping[str, Value]] | None] = {}
    frontier = []
    for state in graph.initial():
        packed = graph.pack(state)
        came_from[packed] = None
        frontier.append(packed)
    depth = 0
    while True:
        for packed in frontier:
            if remaining_seconds() <= 0:
                return HoldsTo(depth - 1, ENGINE) if depth else Unknown("no time", ENGINE)
            if not holds(graph.unpack(packed))[0]:
                return Refuted(graph.trace(packed, came_from), ENGINE, shortest=True)
        if depth == deepest:
            return HoldsTo(depth, ENGINE)
        following = []
        for packed in frontier:
            if remaining_seconds() <= 0:
                return HoldsTo(depth, ENGINE)
            for action, inputs, state in graph.steps(graph.unpack(packed)):
                reached = graph.pack(state)
                if reached not in came_from:
                    came_from[reached] = (packed, action, inputs)
                    following.append(reached)
        if most_states is not None and len(came_from) > most_states:
            return HoldsTo(depth, ENGINE)
        if not following:
            return Proved((graph.one_of(came_from),), ENGINE)
        frontier = following
        depth += 1


@dataclass(frozen=True)
class Paths:
    """Runs of `system` along paths that somebody offers. What they share is compiled once."""

    system: System

    @cached_property
    def _graph(self) -> "_Graph":
        return _Graph(self.system)

    def follow(
        self, claim: Always, path: Sequence[str], remaining_seconds: Remaining
    ) -> Refuted | Unknown:
        """A run that takes the actions named in `path`, in this order, to a state that breaks the
        property: one whose steps all choose the same, if there is one, since paths mostly speak of
        one thing; else the first that is met when choices are tried in order. Nothing is said of
        other runs. Actions that choose a set of nodes are left to other engines, there are too many
        sets; and so are first states that are not met among `_MOST_TRIED` values, and paths on
        which more than `_MOST_STEPS` steps were tried: where several steps choose one of many, a
        solver finds the choices that go together."""
        actions = [self.system.action[name] for name in path]
        if any(isinstance(v.sort, Bits) for action in actions for v in action.inputs):
            return Unknown("an action of the path chooses a set", ENGINE)
        holds = evaluator([claim.formula], self.system.definitions)
        for same in (True, False):
            walk = _Walk(self._graph, actions, lambda state: not holds(state)[0], same)
            for initial in self._graph.initial(_MOST_TRIED):
                found = walk.led(initial, (), {}, remaining_seconds)
                if found is not None:
                    return Refuted(Trace(initial, found), ENGINE, shortest=False)
        return Unknown("no run along the path that was offered", ENGINE)


@dataclass
class _Walk:
    """Tries the choices of `actions`, one after the other; only such as are the `same` for all
    actions that have them, or any."""

    graph: "_Graph"
    actions: Sequence[Action]
    arrived: Callable[[State], bool]
    same: bool
    tried: int = 0

    def led(
        self,
        state: State,
        steps: tuple[Step, ...],
        chosen: Mapping[str, Value],
        remaining_seconds: Remaining,
    ) -> tuple[Step, ...] | None:
        """The steps that lead where the walk was to arrive; None if none do, or too many were
        tried."""
        self.tried += 1
        if remaining_seconds() <= 0 or self.tried > _MOST_STEPS:
            return None
        if len(steps) == len(self.actions):
            return steps if self.arrived(state) else None
        action = self.actions[len(steps)]
        for inputs, after in self.graph.steps_by(action, state, chosen if self.same else {}):
            taken = (*steps, Step(action.name, inputs, after))
            found = self.led(after, taken, {**chosen, **inputs}, remaining_seconds)
            if found is not None:
                return found
        return None


@dataclass(frozen=True)
class _Graph:
    """The states of a system and the steps between them."""

    system: System

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(variable.name for variable in self.system.variables)

    def pack(self, state: State) -> _Packed:
        return tuple(state[name] for name in self._names)

    def unpack(self, packed: _Packed) -> State:
        return dict(zip(self._names, packed, strict=True))

    def one_of(self, states: Iterable[_Packed]) -> Lemma:
        """That the state is one of these."""
        said = [
            z3.And(
                *(
                    v.term == v.sort.literal(x)
                    for v, x in zip(self.system.variables, state, strict=True)
                )
            )
            for state in states
        ]
        return Lemma(
            f"one of {len(said)} states", z3.Or(*said), written_out=bool(self.system.definitions)
        )

    @property
    def choices(self) -> int:
        """How many are tried at most for the first states, or for one step."""
        return max(one.count for one in (self._start, *self._choices.values()))

    def initial(self, most: int | None = None) -> Iterator[State]:
        """The first states; those that are met while `most` values are tried, all without it."""
        return self._start.made({}, most=most)

    @cached_property
    def _start(self) -> "_Choices":
        return _Choices(self.system, self.system.variables, self.system.full_initial)

    @cached_property
    def _choices(self) -> Mapping[str, "_Choices"]:
        return {
            action.name: _Choices(self.system, action.inputs, action.full_guard)
            for action in self.system.actions
        }

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(self.system)

    def steps(self, state: State) -> Iterator[tuple[str, Mapping[str, Value], State]]:
        """Every step from `state`: the action, its inputs, the state after it."""
        for action in self.system.actions:
            for inputs, after in self.steps_by(action, state):
                yield action.name, inputs, after

    def steps_by(
        self, action: Action, state: State, chosen: Mapping[str, Value] | None = None
    ) -> Iterator[tuple[Mapping[str, Value], State]]:
        """Every step by one action, with the inputs that are `chosen` already: its inputs, the
        state after it."""
        for inputs in self._choices[action.name].made(state, chosen or {}):
            yield inputs, self._interpreter.after(action, state, inputs)

    def trace(
        self,
        last: _Packed,
        came_from: Mapping[_Packed, tuple[_Packed, str, Mapping[str, Value]] | None],
    ) -> Trace:
        steps: list[Step] = []
        here = last
        while (origin := came_from[here]) is not None:
            before, action, inputs = origin
            steps.append(Step(action, inputs, self.unpack(here)))
            here = before
        return Trace(self.unpack(here), tuple(reversed(steps)))


@dataclass(frozen=True)
class _Choices:
    """The values of `variables` that satisfy `guard`, in a given state."""

    system: System
    variables: Sequence[Variable]
    guard: Sequence[Formula]

    @cached_property
    def _stages(self) -> Sequence[Callable[..., tuple[Value, ...]]]:
        """For each number of choices made, what can be asked of the guard then."""
        names = [variable.name for variable in self.variables]
        parts: list[list[Formula]] = [[] for _ in range(len(names) + 1)]
        for formula in self.guard:
            reads = constants(formula)
            parts[max((names.index(n) + 1 for n in reads if n in names), default=0)].append(formula)
        return [evaluator(stage, self.system.definitions) for stage in parts]

    @cached_property
    def _fixed(self) -> Mapping[str, Value]:
        """Variables that the guard simply gives a value, which then need not be tried out."""
        fixed: dict[str, Value] = {}
        for formula in self.guard:
            if z3.is_eq(formula):
                # z3 may turn an equation with a number round.
                for side, value in (formula.children(), reversed(formula.children())):
                    number = z3.simplify(value)
                    # Numbers have names too, as far as z3 is concerned.
                    if constants(side) and side.num_args() == 0 and z3.is_bv_value(number):
                        fixed[side.decl().name()] = number.as_long()
        return fixed

    @property
    def count(self) -> int:
        """How many choices there are at most."""
        free = (v for v in self.variables if v.name not in self._fixed)
        return prod(1 << v.term.size() if z3.is_bv(v.term) else 2 for v in free)

    def made(
        self,
        state: State,
        chosen: Mapping[str, Value] | None = None,
        most: int | None = None,
    ) -> Iterator[dict[str, Value]]:
        """Each choice that agrees with those `chosen` already, in order, as far as `most` values
        lead, tried all in all: one variable is chosen after the other, as long as the guard may
        still hold. A loop, since there may be more
        variables than Python has room for calls."""
        known, names = dict(state), [variable.name for variable in self.variables]
        if not all(self._stages[0](known)):
            return
        if not names:
            yield {}
            return
        before = chosen or {}
        trying, tried = [self._values(self.variables[0], before)], 0
        while trying and (most is None or tried < most):
            made = len(trying)
            value = next(trying[-1], None)
            if value is None:
                trying.pop()
                continue
            tried += 1
            known[names[made - 1]] = value
            if not all(self._stages[made](known)):
                continue
            if made == len(names):
                yield {name: known[name] for name in names}
            else:
                trying.append(self._values(self.variables[made], before))

    def _values(self, variable: Variable, chosen: Mapping[str, Value]) -> Iterator[Value]:
        if variable.name in chosen:
            return iter([chosen[variable.name]])
        if variable.name in self._fixed:
            return iter([self._fixed[variable.name]])
        return iter(variable.sort.values())
