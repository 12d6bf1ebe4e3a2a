"""Bounded model checking: shortest counterexamples, one depth after the other.

The unrolling is incremental: depth k keeps all that was learned at depth k - 1. Invariants that
were proved before, and the theorems that actions carry, are said of every step, so that the search
does not run into what cannot be reached.

Of a large system the numbers that formulas speak of are not defined at first: what theorems say of
them is mostly enough to find that there is no run. A run that is found is run on the interpreter,
and where it goes wrong the numbers of that moment are defined that had other values than their
definitions give.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any

import z3

from quorate.changes.bits import Application, InBits
from quorate.engines.contract import Remaining
from quorate.engines.finite import Numbers
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Formula,
    HoldsTo,
    Lemma,
    Refuted,
    Single,
    State,
    Step,
    System,
    Term,
    Trace,
    Unknown,
    Value,
)
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
from quorate.system.variables import concrete
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
        return _searched(_Unrolling(system, claim, known), deepest, remaining_seconds)
    except TypeError as error:
        return Unknown(f"the search gave up: {error}", ENGINE)


def _searched(
    unrolling: "_Unrolling", deepest: int, remaining_seconds: Remaining
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
    unrolling = _Unrolling(system, claim, ())
    for name in path:
        unrolling.deepen(only=name)
    if unrolling.ask(remaining_seconds) == z3.sat:
        return Refuted(unrolling.trace(), ENGINE, shortest=False)
    return Unknown("no run along the path that was offered", ENGINE)


def _finite_solver() -> Any:
    """All is bits, which z3's solver for finite domains hands to a SAT solver."""
    solver = z3.SolverFor("QF_FD")
    solver.set("simplify.delay", _MANY_CONFLICTS)
    return solver


@dataclass
class _Unrolling:
    """The runs of a certain length, as one formula that grows.

    What is said of one step is put together once; each depth is a renaming of it.
    """

    system: System
    claim: Always
    known: Sequence[Lemma]
    solver: Any = field(default_factory=_finite_solver)
    depth: int = 0
    _met: set[tuple[int, int]] = field(default_factory=set)
    _loose: dict[int, dict[int, Application]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._say(self._in_bits(self.system.full_initial), 0)
        self._say(self._invariants, 0)

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.system.definitions)

    def _in_bits(self, formulas: Iterable[Formula]) -> InBits:
        return self._numbers.all_of(formulas)

    @cached_property
    def _invariants(self) -> InBits:
        return self._in_bits(lemma.formula for lemma in self.known)

    def _step(self, actions: Sequence[Action]) -> InBits:
        """One step by one of `actions`: over the state before, the inputs, which actions share by
        name, the number of the action that is taken, and the state after."""
        chosen = self._chosen
        results: dict[str, Term] = {v.name: v.term for v in self.system.variables}
        said: list[Formula] = []
        for action in actions:
            taken = chosen == self._number_of[action.name]
            said += [z3.Implies(taken, part) for part in action.full_guard]
            said += [instance.formula for instance in action.instances]
            for name, term in action.updates.items():
                results[name] = z3.If(taken, term, results[name])
        said += [v.next == results[v.name] for v in self.system.variables]
        said.append(z3.Or(*(chosen == self._number_of[action.name] for action in actions)))
        return self._in_bits(said)

    @cached_property
    def _number_of(self) -> dict[str, int]:
        return {action.name: number for number, action in enumerate(self.system.actions)}

    @cached_property
    def _chosen(self) -> Term:
        return z3.BitVec(self._free("!action"), max(1, (len(self.system.actions) - 1).bit_length()))

    @cached_property
    def _breaking(self) -> Formula:
        """Whether the last state is asked to break the claim."""
        return z3.Bool(self._free("!breaks"))

    @cached_property
    def _number(self) -> str:
        return self._free("!number")

    def _free(self, name: str) -> str:
        """A name that begins no name of the system."""
        inputs = (v.name for action in self.system.actions for v in action.inputs)
        taken = (*self.system.variable, *inputs)
        while any(other.startswith(name) for other in taken):
            name = f"!{name}"
        return name

    @cached_property
    def _any_step(self) -> InBits:
        return self._step(self.system.actions)

    @cached_property
    def _breaks(self) -> InBits:
        said = [instance.formula for instance in self.claim.instances]
        return self._in_bits([*said, z3.Implies(self._breaking, z3.Not(self.claim.formula))])

    def _say(self, said: InBits, depth: int) -> None:
        """Adds what is said, of `depth`. The numbers in it are defined at once in a small system,
        in which that costs little and each run has to be the simplest one."""
        loose, new = self._loose.setdefault(depth, {}), list[Formula]()
        for application in said.applications:
            identity = application.number.get_id()
            if (depth, identity) not in self._met:
                self._met.add((depth, identity))
                if self._is_small:
                    new.append(self._defined(application))
                else:
                    loose[identity] = application
        self.solver.add(self._at_depth(z3.And(said.formula, *new), depth))

    def _defined(self, application: Application) -> Formula:
        return application.number == self._numbers.meaning(application)

    def _at_depth(self, formula: Formula, depth: int) -> Formula:
        """`formula` said of `depth`: a state is renamed by its own depth, the state after a step by
        the next, all else by the step's."""
        pairs = [(term, _at(term.decl().name(), depth, term)) for term in self._own]
        pairs += [
            (term, _at(f"{self._number}{place}", depth, term))
            for place, term in enumerate(self._numbers.constants)
        ]
        pairs += [(v.next, _at(v.name, depth + 1, v.term)) for v in self.system.variables]
        return z3.substitute(formula, *pairs)

    @cached_property
    def _own(self) -> list[Term]:
        # Actions share inputs by name and sort: one name may stand for sets of different things.
        inputs = {
            (v.name, v.term.sort().sexpr()): v.term
            for action in self.system.actions
            for v in action.inputs
        }
        states = [variable.term for variable in self.system.variables]
        return [*states, *inputs.values(), self._chosen, self._breaking]

    def deepen(self, only: str | None = None) -> None:
        """One more step, by any action, or by the one that is named."""
        step = self._any_step if only is None else self._step([self.system.action[only]])
        self._say(step, self.depth)
        self.depth += 1
        self._say(self._invariants, self.depth)

    def ask(self, remaining_seconds: Remaining) -> Any:
        """Is there a run of this length whose last state breaks the property? The answer's model is
        read by `trace`."""
        self._say(self._breaks, self.depth)
        if self.depth == 0 or self._is_small:
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
        last = _at(self._chosen.decl().name(), self.depth - 1, self._chosen)
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

    def _used(self, depth: int, model: Any) -> Sequence[Application]:
        """The numbers that decide whether what happens at a depth may: what is said of other
        actions is true of any."""
        said = [*self.system.full_initial, self.claim.formula]
        if depth < self.depth:
            action = self._action(depth, model)
            said += [*action.full_guard, *action.updates.values()]
        return self._numbers.applications(said)

    def _action(self, depth: int, model: Any) -> Action:
        chosen = _at(self._chosen.decl().name(), depth, self._chosen)
        return self.system.actions[int(_value(model, chosen))]

    def _chosen_sets(self, model: Any, last: int) -> Sequence[Formula]:
        """That each step, to the one from the `last` depth, chooses the sets that it chooses in the
        model."""
        kept = []
        for depth in range(min(last + 1, self.depth)):
            for variable in self._action(depth, model).inputs:
                if isinstance(variable.sort, Bits):
                    term = _at(variable.name, depth, variable.term)
                    kept.append(term == _value(model, term))
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

    def _is_right(self, application: Application, depth: int, model: Any) -> bool:
        """Whether the model gives a number the value that its definition gives."""
        defined = self._at_depth(self._defined(application), depth)
        return bool(z3.is_true(model.eval(defined, model_completion=True)))

    @cached_property
    def _is_small(self) -> bool:
        return sum(_width(variable.term) for variable in self.system.variables) <= _SMALL

    @property
    def _asked(self) -> Formula:
        return _at(self._breaking.decl().name(), self.depth, self._breaking)

    def simplest(self, remaining_seconds: Remaining) -> Trace:
        """Of the runs that were asked for, one in which the operator does as little as can be, late
        steps before early ones, so that nothing is told that has nothing to do with the cause; of
        these the one that takes at each step the first action there
        is, in the order of the system, with the least inputs; so it does not depend on the moods of
        a solver. For large systems the run that was found, since looking for it takes long."""
        model = self.solver.model()
        if not self._is_small:
            return self._trace(model)
        fixed = [self._asked]
        model = self._without_operator(model, fixed, remaining_seconds)
        for variable in self.system.variables:
            if isinstance(variable.sort, Single):
                first = _at(variable.name, 0, variable.term)
                model = self._least(model, first, fixed, remaining_seconds)
        for depth in range(self.depth):
            chosen = _at(self._chosen.decl().name(), depth, self._chosen)
            model = self._least(model, chosen, fixed, remaining_seconds)
            for variable in self._action(depth, model).inputs:
                term = _at(variable.name, depth, variable.term)
                model = self._least(model, term, fixed, remaining_seconds)
        return self._trace(model)

    def _without_operator(
        self, model: Any, fixed: list[Formula], remaining_seconds: Remaining
    ) -> Any:
        """A model in which each step that need not be the operator's is not; which these are joins
        `fixed`."""
        orders = [n for n, a in enumerate(self.system.actions) if a.kind is ActionKind.OPERATOR]
        for depth in reversed(range(self.depth)):
            chosen = _at(self._chosen.decl().name(), depth, self._chosen)
            other = z3.And(*(chosen != number for number in orders))
            if int(_value(model, chosen)) in orders:
                if self._check([*fixed, other], remaining_seconds) != z3.sat:
                    continue
                model = self.solver.model()
            fixed.append(other)
        return model

    def _least(
        self, model: Any, term: Term, fixed: list[Formula], remaining_seconds: Remaining
    ) -> Any:
        """A model with the least value of a term that goes with `fixed`, which it joins."""
        for bit in reversed(range(_width(term))):
            off = z3.Extract(bit, bit, term) == 0 if z3.is_bv(term) else z3.Not(term)
            if int(_value(model, term)) >> bit & 1:
                if self._check([*fixed, off], remaining_seconds) != z3.sat:
                    fixed.append(z3.Not(off))
                    continue
                model = self.solver.model()
            fixed.append(off)
        return model

    def trace(self) -> Trace:
        """The run that the last answer found."""
        return self._trace(self.solver.model())

    def _trace(self, model: Any) -> Trace:
        def read(term: Term, depth: int) -> Value:
            return _value(model, _at(term.decl().name(), depth, term))

        steps = []
        for depth in range(self.depth):
            action = self.system.actions[int(read(self._chosen, depth))]
            inputs = {v.name: read(v.term, depth) for v in action.inputs}
            state = {v.name: read(v.term, depth + 1) for v in self.system.variables}
            steps.append(Step(action.name, inputs, state))
        initial = {v.name: read(v.term, 0) for v in self.system.variables}
        return Trace(initial, tuple(steps))


_SMALL = 400
"""Bits of a state up to which the simplest run is looked for, and no question is cut in parts."""

_FEW_CONFLICTS = 3_000
_MANY_CONFLICTS = 10_000
"""When the SAT solver begins to simplify its clauses. Most is settled before that pays."""
_ALL_CONFLICTS = 2**32 - 1


def _width(term: Term) -> int:
    return int(term.size()) if z3.is_bv(term) else 1


def _at(name: str, depth: int, like: Term) -> Term:
    return z3.Const(f"{name}@{depth}", like.sort())


def _value(model: Any, term: Term) -> Value:
    return concrete(model.eval(term, model_completion=True))
