"""Any system that the language admits is the same to every engine and to whoever checks it: small
systems of all sorts, whose names are chosen to be mistaken for something else."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import z3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quorate.engines import bmc, explicit
from quorate.evidence.binding import Bound, bound
from quorate.evidence.rebuild import Proof
from quorate.evidence.recheck import Z3, recheck
from quorate.inquiry.decide import Inquiry
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Boolean,
    EachStep,
    Enumeration,
    Formula,
    HoldsTo,
    Proved,
    Refuted,
    Single,
    System,
    Term,
    Unknown,
    Variable,
)
from quorate.system.smtlib import Writer
from sweeping import examples

DEEPEST = 6

NAMES = """
x x' x@0 x@1 !x !mode !seen !action !breaks !broken !number0 bv true and not let Int |x| v v[0] x.y
function0 t0 argument k!0 k!1 %x1 ?x1 values len None lambda x? 0 é ; " \\
"""

spoken = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
names = st.one_of(
    st.sampled_from(NAMES.split()),
    st.text(
        st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=3
    ),
)
sorts = st.sampled_from(
    [
        Boolean(),
        Bits(("a",)),
        Bits(("a", "b")),
        Single(("a", "b")),
        Single(("a", "b", "c")),
        Enumeration(("one", "two", "three")),
        Enumeration(("one",)),
    ]
)


@dataclass(frozen=True)
class Draws:
    """Draws terms about some variables."""

    draw: Callable[[st.SearchStrategy], object]
    variables: Sequence[Variable]

    def formula(self, depth: int = 2) -> Formula:
        choice = self.draw(st.integers(0, 5 if depth else 2))
        variable = self.draw(st.sampled_from(self.variables))
        if choice <= 2 and isinstance(variable.sort, Boolean):
            return variable.term
        if choice <= 2:
            other = self.value(variable, depth - 1)
            return [variable.term == other, variable.term != other, z3.ULT(variable.term, other)][
                choice
            ]
        parts = [self.formula(depth - 1) for _ in range(2)]
        return [z3.And(*parts), z3.Or(*parts), z3.Implies(*parts)][choice - 3]

    def value(self, like: Variable, depth: int = 2) -> Term:
        """A value for a variable of this sort."""
        if isinstance(like.sort, Boolean):
            return self.formula(depth - 1) if depth > 0 else z3.BoolVal(self.draw(st.booleans()))
        width = like.term.size()
        alike = [v.term for v in self.variables if z3.is_bv(v.term) and v.term.size() == width]
        literal = z3.BitVecVal(self.draw(st.integers(0, (1 << width) - 1)), width)
        if depth <= 0 or not alike:
            return literal
        one = self.draw(st.sampled_from([*alike, literal]))
        other = self.value(like, depth - 1)
        made = [
            one,
            one & other,
            one | other,
            ~one,
            one + other,
            z3.If(self.formula(0), one, other),
        ]
        return self.draw(st.sampled_from(made))


@st.composite
def systems(draw) -> System:
    count = draw(st.integers(1, 2))
    chosen = draw(st.lists(names, min_size=count + 2, max_size=count + 2, unique=True))
    variables = tuple(Variable(name, draw(sorts)) for name in chosen[:count])
    actions = []
    for name in draw(st.lists(names, min_size=1, max_size=2, unique=True)):
        called = draw(st.lists(st.sampled_from(chosen[count:]), max_size=1))
        inputs = tuple(Variable(one, draw(sorts)) for one in called)
        said = Draws(draw, (*variables, *inputs))
        guard = tuple(said.formula() for _ in range(draw(st.integers(0, 2))))
        updated = draw(st.lists(st.sampled_from(variables), unique_by=lambda v: v.name))
        updates = {v.name: said.value(v) for v in updated}
        actions.append(Action(name, ActionKind.CLUSTER, guard, updates, inputs))
    initial = tuple(v.term == Draws(draw, (v,)).value(v, 0) for v in variables)
    loose = draw(st.integers(0, count))
    try:
        return System("hostile", variables, initial[loose:], tuple(actions))
    except ValueError:
        # Names that cannot be told apart are refused.
        assume(False)
        raise


@st.composite
def claims(draw) -> tuple[System, Always]:
    system = draw(systems())
    return system, Always("claim", Draws(draw, system.variables).formula())


def hour() -> float:
    return 3600.0


def keeps_to_sorts(system: System) -> bool:
    """No update leads out of the values of a sort, as far as runs go; otherwise a search without
    sorts and one with them see different things."""
    said = explicit.search(system, in_sorts(system), 99, hour)
    return not isinstance(said, Refuted)


def in_sorts(system: System) -> Always:
    return Always("sorts", z3.And(*(v.domain for v in system.variables if v.domain is not None)))


usual = settings(
    max_examples=examples(50),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@usual
@given(claims())
def test_all_engines_find_the_same(asked: tuple[System, Always]) -> None:
    system, claim = asked
    assume(keeps_to_sorts(system))
    seen = explicit.search(system, claim, 99, hour)
    inquiry = Inquiry(system, hour)
    decided = inquiry.decide(claim, DEEPEST)
    if z3.Solver().check(*system.full_initial) == z3.unsat:
        assert isinstance(decided, Unknown)
        return
    searched = bmc.search(system, claim, DEEPEST, hour)
    match seen:
        case Refuted(trace=trace):
            for found in (searched, decided):
                assert isinstance(found, Refuted if len(trace) <= DEEPEST else HoldsTo)
                assert not isinstance(found, Refuted) or len(found.trace) == len(trace)
        case _:
            assert isinstance(seen, Proved)
            assert searched == HoldsTo(DEEPEST, bmc.ENGINE)
            assert isinstance(decided, HoldsTo | Proved)
            certified(inquiry.bound, claim, seen)


def certified(asked: Bound, claim: Always, proof: Proved) -> None:
    """What was seen is a proof, to whoever reads it from its text."""
    again = bound(asked.text)
    texts = [one.to_smt2(Writer()) for one in Proof.of(asked, claim, proof).owed()]
    assert [one.to_smt2(Writer()) for one in Proof.of(again, claim, proof).owed()] == texts
    with tempfile.TemporaryDirectory() as folder:
        for one in Proof.of(again, claim, proof).owed():
            path = Path(folder) / "f.smt2"
            path.write_bytes(one.to_smt2(Writer()).encode())
            assert recheck(path, Z3, 60) == one.expected


@usual
@given(claims())
def test_a_question_about_steps_is_the_same_to_all(asked: tuple[System, Always]) -> None:
    """Every step of every action keeps a formula that holds before."""
    system, claim = asked
    assume(keeps_to_sorts(system))
    after = z3.substitute(claim.formula, *((v.term, v.next) for v in system.variables))
    steps = EachStep("steps", {a.name: z3.Implies(claim.formula, after) for a in system.actions})
    decided = Inquiry(system, hour).decide(steps, DEEPEST)
    stays = explicit.search(system, claim, 99, hour)
    begins = z3.Solver()
    begins.add(*system.full_initial, z3.Not(claim.formula))
    if z3.Solver().check(*system.full_initial) == z3.unsat:
        assert isinstance(decided, Unknown)
    elif begins.check() == z3.unsat and isinstance(stays, Refuted) and len(stays.trace) <= DEEPEST:
        assert isinstance(decided, Refuted)
        assert len(decided.trace) == len(stays.trace)
