"""Bounded model checking: shortest counterexamples, one depth after the other.

The unrolling is incremental: depth k keeps all that was learned at depth k - 1. Invariants that
were proved before, and the theorems that actions carry, are said of every step, so that the search
does not run into what cannot be reached.

Of a large system the numbers that formulas speak of are not defined at first: what theorems say of
them is mostly enough to find that there is no run. A run that is found is run on the interpreter,
and where it goes wrong the numbers of that moment are defined that had other values than their
definitions give.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import z3

from quorate.engines.contract import Remaining
from quorate.engines.unrolling import Unrolling, at, value, width
from quorate.system import (
    ActionKind,
    Always,
    Bits,
    Formula,
    HoldsTo,
    Lemma,
    Refuted,
    Single,
    State,
    System,
    Term,
    Trace,
    Unknown,
    Value,
)
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
from quorate.values import dataclass

ENGINE = "bmc"


def search(
    system: System,
    claim: Always,
    deepest: int,
    remaining_seconds: Remaining,
    known: Sequence[Lemma] = (),
) -> Refuted | HoldsTo | Unknown:
    """As `Searcher` says."""
    try:
        return _searched(_Search(system, claim, known), deepest, remaining_seconds)
    except TypeError as error:
        return Unknown(f"the search gave up: {error}", ENGINE)


def _searched(
    unrolling: "_Search", deepest: int, remaining_seconds: Remaining
) -> Refuted | HoldsTo | Unknown:
    finished = -1
    for depth in range(deepest + 1):
        if depth > 0:
            unrolling.deepen()
        answer = unrolling.ask(remaining_seconds)
        if answer == z3.sat:
            return Refuted(unrolling.simplest(remaining_seconds), ENGINE, shortest=True)
        if answer == z3.unknown or remaining_seconds() <= 0:
            break
        finished = depth
    if finished < 0:
        return Unknown("the time given was not enough for the initial states", ENGINE)
    return HoldsTo(finished, ENGINE)


def follow(
    system: System, claim: Always, path: Sequence[str], remaining_seconds: Remaining
) -> Refuted | Unknown:
    """A run that takes the actions named in `path`, in this order, to a state that breaks the
    property. Nothing is said of other runs: the run need not be a shortest one."""
    unrolling = _Search(system, claim, ())
    for name in path:
        unrolling.deepen(only=name)
    if unrolling.ask(remaining_seconds) == z3.sat:
        return Refuted(unrolling.trace(), ENGINE, shortest=False)
    return Unknown("no run along the path that was offered", ENGINE)


@dataclass
class _Search(Unrolling):
    """Asks for a run of the length that was reached whose last state breaks the claim."""

    def ask(self, remaining_seconds: Remaining) -> Any:
        """Is there a run of this length whose last state breaks the property? The answer's model is
        read by `trace`."""
        self._say(self._breaks, self.depth)
        if self.depth == 0 or self.is_small:
            answer = self._check([self._asked], remaining_seconds)
        else:
            answer = self._ask_by_last_action(remaining_seconds)
        if answer == z3.unsat:
            self.solver.add(z3.Not(self._asked))
        return answer

    def _ask_by_last_action(self, remaining_seconds: Remaining) -> Any:
        """Of a large system it is asked for one last action after the other, those of the operator
        first, which need a reason and so settle most. Each is given few conflicts at first, and
        those that are left ten times as many in the next round: how long a SAT solver looks for a
        run is a matter of luck, and one that is soon found is enough."""
        last = at(self._chosen.decl().name(), self.depth - 1, self._chosen)
        left = sorted(
            range(len(self.system.actions)),
            key=lambda number: self.system.actions[number].kind is not ActionKind.OPERATOR,
        )
        conflicts = _FEW_CONFLICTS
        while left and remaining_seconds() > 0:
            self.solver.set("max_conflicts", conflicts)
            for number in tuple(left):
                answer = self._check([self._asked, last == number], remaining_seconds)
                if answer == z3.sat:
                    self.solver.set("max_conflicts", _ALL_CONFLICTS)
                    return answer
                if answer == z3.unsat:
                    left.remove(number)
                    self.solver.add(z3.Implies(self._asked, last != number))
            conflicts = min(10 * conflicts, _ALL_CONFLICTS)
        self.solver.set("max_conflicts", _ALL_CONFLICTS)
        return z3.unknown if left else z3.unsat

    def _check(self, formulas: Sequence[Formula], remaining_seconds: Remaining) -> Any:
        kept: Sequence[Formula] = ()
        while True:
            self.solver.set("timeout", max(1, int(remaining_seconds() * 1000)))
            answer = self.solver.check(*formulas, *kept)
            if answer == z3.sat:
                model = self.solver.model()
                depth = self._goes_wrong(model)
                if depth is None:
                    return answer
                self._define_more(model, depth)
                # With the sets that were chosen the numbers follow, and most sets will do.
                kept = self._chosen_sets(model, depth)
            elif kept:
                kept = ()
            else:
                return answer

    def _define_more(self, model: Any, depth: int) -> None:
        """Defines the numbers on which a depth depends that have other values in the model than
        their definitions give. Raises `TypeError` where all are right, though the model is of no
        run."""
        loose = self._loose[depth]
        used = {application.number.get_id() for application in self._used(depth, model)}
        wrong = [
            application
            for identity, application in loose.items()
            if identity in used and not self._is_right(application, depth, model)
        ]
        if not wrong:
            raise TypeError("a run that was found is none, and no number is wrong in it")
        for application in wrong:
            del loose[application.number.get_id()]
            self.solver.add(self._at_depth(self._defined(application), depth))

    def _chosen_sets(self, model: Any, last: int) -> Sequence[Formula]:
        """That each step, to the one from the `last` depth, chooses the sets that it chooses in the
        model."""
        kept = []
        for depth in range(min(last + 1, self.depth)):
            for variable in self._action(depth, model).inputs:
                if isinstance(variable.sort, Bits):
                    term = at(variable.name, depth, variable.term)
                    kept.append(term == value(model, term))
        return kept

    def _goes_wrong(self, model: Any) -> int | None:
        """The first depth at which the model's run is not as the system says; None of one that
        breaks the claim, and where all numbers are defined."""
        if not any(self._loose.values()):
            return None
        trace = self._trace(model)
        if self._interpreter.not_initial(trace.initial) is not None:
            return 0
        before = trace.initial
        for depth, step in enumerate(trace.steps):
            action = self.system.action[step.action]
            if self._interpreter.refusal(action, before, step.inputs) is not None:
                return depth
            if self._interpreter.after(action, before, step.inputs) != step.state:
                return depth
            before = step.state
        return self.depth if self._claimed(before)[0] else None

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(self.system)

    @cached_property
    def _claimed(self) -> Callable[[State], tuple[Value, ...]]:
        return evaluator([self.claim.formula], self.system.definitions)

    def simplest(self, remaining_seconds: Remaining) -> Trace:
        """Of the runs that were asked for, one in which the operator does as little as can be, late
        steps before early ones, so that nothing is told that has nothing to do with the cause; of
        these the one that takes at each step the first action there
        is, in the order of the system, with the least inputs; so it does not depend on the moods of
        a solver. For large systems the run that was found, since looking for it takes long."""
        model = self.solver.model()
        if not self.is_small:
            return self._trace(model)
        fixed = [self._asked]
        model = self._without_operator(model, fixed, remaining_seconds)
        for variable in self.system.variables:
            if isinstance(variable.sort, Single):
                first = at(variable.name, 0, variable.term)
                model = self._least(model, first, fixed, remaining_seconds)
        for depth in range(self.depth):
            chosen = at(self._chosen.decl().name(), depth, self._chosen)
            model = self._least(model, chosen, fixed, remaining_seconds)
            for variable in self._action(depth, model).inputs:
                term = at(variable.name, depth, variable.term)
                model = self._least(model, term, fixed, remaining_seconds)
        return self._trace(model)

    def _without_operator(
        self, model: Any, fixed: list[Formula], remaining_seconds: Remaining
    ) -> Any:
        """A model in which each step that need not be the operator's is not; which these are joins
        `fixed`."""
        orders = [n for n, a in enumerate(self.system.actions) if a.kind is ActionKind.OPERATOR]
        for depth in reversed(range(self.depth)):
            chosen = at(self._chosen.decl().name(), depth, self._chosen)
            other = z3.And(*(chosen != number for number in orders))
            if int(value(model, chosen)) in orders:
                if self._check([*fixed, other], remaining_seconds) != z3.sat:
                    continue
                model = self.solver.model()
            fixed.append(other)
        return model

    def _least(
        self, model: Any, term: Term, fixed: list[Formula], remaining_seconds: Remaining
    ) -> Any:
        """A model with the least value of a term that goes with `fixed`, which it joins."""
        for bit in reversed(range(width(term))):
            off = z3.Extract(bit, bit, term) == 0 if z3.is_bv(term) else z3.Not(term)
            if int(value(model, term)) >> bit & 1:
                if self._check([*fixed, off], remaining_seconds) != z3.sat:
                    fixed.append(z3.Not(off))
                    continue
                model = self.solver.model()
            fixed.append(off)
        return model


_FEW_CONFLICTS = 3_000

_ALL_CONFLICTS = 2**32 - 1
