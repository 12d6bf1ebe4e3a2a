"""What says nothing, or not the same to everybody, is refused before anybody is asked."""

from dataclasses import replace

import pytest
import z3

from corpus.toys import action, counter, not_at, number
from quorate.errors import EvidenceError
from quorate.evidence.wellformed import WellFormed
from quorate.inquiry.decide import Inquiry
from quorate.system import (
    Action,
    Always,
    Bits,
    Boolean,
    Ceases,
    Definition,
    EachStep,
    Enumeration,
    Integer,
    LeadsTo,
    Lemma,
    Property,
    Sometimes,
    System,
    Theorem,
    Unknown,
    Variable,
)

COUNT = number("count")
X = number("x")
DOUBLE = Definition("double", X, Integer(), 2 * z3.BV2Int(X.term))
WIDE = number("count", 4).term
"""Of the name of a variable, and another sort."""

STRANGE = z3.Bool("strange")
QUANTIFIED = z3.ForAll([X.term], X.term == COUNT.term)
CLAIM = not_at(counter(), 7)


def with_action(**changes: object) -> System:
    first, *others = counter().actions
    return replace(counter(), actions=(replace(first, **changes), *others))


def told(theorem: Theorem, argument: object = COUNT.term) -> System:
    return replace(with_action(instances=(theorem(argument),)), definitions=(DOUBLE,))


def defined(body: object, parameter: Variable = X) -> System:
    return replace(counter(), definitions=(Definition("f", parameter, Integer(), body),))


LIE = Theorem("lie", (X,), DOUBLE(X.term) >= 0)

SYSTEMS: dict[str, tuple[System, str]] = {
    "a start about nothing": (replace(counter(), initial=(STRANGE,)), "not there: strange"),
    "a start of another sort": (replace(counter(), initial=(WIDE == 0,)), "under another sort"),
    "a start that is no formula": (replace(counter(), initial=(COUNT.term,)), "neither true nor"),
    "a start that is no term": (replace(counter(), initial=(True,)), "no term"),
    "a guard of another sort": (with_action(guard=(WIDE == 0,)), "under another sort"),
    "a guard over all": (with_action(guard=(QUANTIFIED,)), "does not have quantifiers"),
    "a remainder": (with_action(guard=(z3.BV2Int(COUNT.term) % 2 == 0,)), "does not have 'mod'"),
    "a string": (with_action(guard=(z3.StringVal("a") == z3.StringVal("b"),)), "does not have"),
    "an unknown function": (with_action(guard=(DOUBLE(COUNT.term) > 2,)), "have 'double'"),
    "an input of another action": (with_action(guard=(number("by").term == 0,)), "there: by"),
    "the state after": (with_action(guard=(COUNT.next == 0,)), "not there: count'"),
    "a value of another sort": (with_action(updates={"count": WIDE}), "under another sort"),
    "a wide value": (with_action(updates={"count": z3.BitVecVal(1, 4)}), "of another sort"),
    "a definition that reads the state": (
        defined(z3.BV2Int(X.term) + z3.BV2Int(COUNT.term)),
        "the definition of 'f' reads what is not there: count",
    ),
    "a definition of another sort": (defined(X.term), "of another sort"),
    "a second definition that reads the state": (
        replace(
            counter(),
            definitions=(DOUBLE, replace(DOUBLE, name="f", body=z3.BV2Int(COUNT.term))),
        ),
        "the definition of 'f' reads what is not there: count",
    ),
    "a definition by itself": (
        defined(z3.Function("f", X.term.sort(), z3.IntSort())(X.term)),
        "does not have 'f'",
    ),
    "a theorem about the state": (
        told(Theorem("lie", (X,), DOUBLE(COUNT.term) == DOUBLE(X.term))),
        "the theorem 'lie' reads what is not there: count",
    ),
    "a theorem of other sorts": (told(LIE, number("count", 4).term), "under another sort"),
    "a theorem of a wide set": (told(LIE, z3.BitVecVal(1, 4)), "of other sorts"),
    "a hint about the state": (
        told(replace(LIE, hints=(Theorem("hint", (X,), X.term == X.term)(COUNT.term),))),
        "the theorem 'lie' reads what is not there: count",
    ),
    "a lemma of another sort": (
        replace(counter(), lemmas=(Lemma("wide", WIDE == 0),)),
        "the lemma 'wide' reads under another sort than it has: count",
    ),
    "a second lemma of another sort": (
        replace(counter(), lemmas=(Lemma("fine", COUNT.term != 7), Lemma("wide", WIDE == 0))),
        "the lemma 'wide' reads under another sort than it has: count",
    ),
    "a lemma that writes out nothing": (
        replace(counter(), lemmas=(Lemma("out", COUNT.term != 7, written_out=True),)),
        "the lemma 'out' writes out functions where none is defined",
    ),
    "nowhere to start": (
        replace(counter(), initial=(COUNT.term == 0, COUNT.term == 1)),
        "'a first state exists' was unsat, not sat",
    ),
}


@pytest.mark.parametrize(("system", "why"), SYSTEMS.values(), ids=SYSTEMS)
def test_a_system_that_says_nothing_is_unknown_to_everybody(system: System, why: str) -> None:
    inquiry = Inquiry(system, lambda: 60.0)
    premise = Sometimes("six", COUNT.term == 6)
    for verdict in (
        inquiry.decide(CLAIM, 6),
        inquiry.refute(CLAIM, 6),
        inquiry.reach(premise, ("count",), 6),
    ):
        assert isinstance(verdict, Unknown)
        assert why in verdict.reason


STEP = {"count": COUNT.next != COUNT.term}
ENDS = LeadsTo(
    "ends", z3.BoolVal(True), COUNT.term == 0, ("count",), ("count",), z3.BoolVal(True), ()
)

CLAIMS: dict[str, tuple[Property, str]] = {
    "nothing there": (Always("x", STRANGE), "reads what is not there: strange"),
    "another sort": (Always("x", WIDE != 7), "under another sort than it has: count"),
    "a quantifier": (Always("x", QUANTIFIED), "does not have quantifiers"),
    "no formula": (Always("x", COUNT.term), "neither true nor false"),
    "a function": (Always("x", DOUBLE(COUNT.term) < 9), "have 'double'"),
    "a theorem": (Always("x", z3.BoolVal(True), (LIE(COUNT.term),)), "have 'double'"),
    "the state after": (Always("x", COUNT.next != 7), "not there: count'"),
    "no step": (EachStep("x", {}), "speaks of no step"),
    "another step": (EachStep("x", {"fly": STEP["count"]}), "cannot happen: fly"),
    "a step of another sort": (
        EachStep("x", {"count": number("count'", 4).term != 7}),
        "under another sort than it has: count'",
    ),
    "a step of an input": (EachStep("x", {"count": number("by").term == 1}), "not there: by"),
    "an end of another sort": (replace(ENDS, goal=WIDE == 0), "under another sort"),
    "a trigger of another sort": (replace(ENDS, trigger=WIDE == 0), "under another sort"),
    "a waiting of another sort": (replace(ENDS, waiting=WIDE == 0), "under another sort"),
    "an end by a theorem": (replace(ENDS, instances=(LIE(COUNT.term),)), "have 'double'"),
    "a measure of numbers": (replace(ENDS, measure=(z3.BV2Int(COUNT.term),)), "made of sets"),
    "an end by another": (replace(ENDS, calm=("count", "fly")), "cannot happen: fly"),
    "a measure of nothing": (Ceases("x", ("count",), (), (STRANGE,)), "not there: strange"),
    "a pause of another": (Ceases("x", ("count", "fly"), (), ()), "cannot happen: fly"),
}


@pytest.mark.parametrize(("claim", "why"), CLAIMS.values(), ids=CLAIMS)
def test_a_claim_that_says_nothing_is_unknown_to_everybody(claim: Property, why: str) -> None:
    inquiry = Inquiry(counter(), lambda: 60.0)
    for verdict in (inquiry.decide(claim, 6), inquiry.refute(claim, 6)):
        assert isinstance(verdict, Unknown)
        assert why in verdict.reason


def test_a_lemma_may_be_written_out_where_a_function_is_defined() -> None:
    fine = Lemma("fine", COUNT.term != 7)
    WellFormed(counter()).check_lemmas((fine,))
    for lemma in (fine, replace(fine, written_out=True)):
        WellFormed(replace(counter(), definitions=(DOUBLE,))).check_lemmas((lemma,))


def test_a_lemma_about_an_input_is_refused() -> None:
    chosen = Lemma("chosen", number("by").term == 1)
    with pytest.raises(EvidenceError, match="'chosen' reads what is not there: by"):
        WellFormed(counter()).check_lemmas((chosen,))


def test_inputs_of_one_name_may_be_of_different_sorts() -> None:
    by, wide = number("by"), number("by", 5)
    add = action("add", [by.term == 1], {"count": COUNT.term + by.term}, (by,))
    skip = action("skip", [wide.term == 9], {}, (wide,))
    system = replace(counter(), actions=(*counter().actions, add, skip))
    WellFormed(system).check_system()
    crossed = replace(add, guard=(wide.term == 9,))
    with pytest.raises(EvidenceError, match="'add' reads under another sort than it has: by"):
        WellFormed(replace(system, actions=(*counter().actions, crossed, skip))).check_system()


def test_a_choice_may_be_named_for_an_input_that_is_not_there() -> None:
    WellFormed(with_action(choices={"nobody": COUNT.term})).check_system()


REFUSED: dict[str, dict[str, object]] = {
    "an empty name": {"variables": (Variable("", Boolean()),)},
    "a zero in a name": {"variables": (Variable("a\0b", Boolean()),)},
    "a name of the state after": {"variables": (X, number("x'"))},
    "a function named like a variable": {
        "variables": (X,),
        "definitions": (DOUBLE, replace(DOUBLE, name="x")),
    },
    "a function named like the state after": {
        "variables": (X,),
        "definitions": (replace(DOUBLE, name="x'"),),
    },
    "a set of nothing": {"variables": (Variable("none", Bits(())),)},
    "one of nothing": {"variables": (Variable("none", Enumeration(())),)},
    "a function of nothing": {
        "variables": (X,),
        "definitions": (replace(DOUBLE, parameter=Variable("none", Bits(()))),),
    },
}


@pytest.mark.parametrize("parts", REFUSED.values(), ids=REFUSED)
def test_a_system_refuses_names_and_sorts_that_cannot_be_told_apart(
    parts: dict[str, object],
) -> None:
    with pytest.raises(ValueError, match=r"name|nothing"):
        System("refused", initial=(), actions=(), **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["x'", "", "double", "x"])
def test_an_action_refuses_inputs_of_such_names(name: str) -> None:
    go = Action("go", action("go", [], {}).kind, (), {}, (Variable(name, Boolean()),))
    with pytest.raises(ValueError, match="name"):
        System("refused", (X,), (), (go,), (), (DOUBLE,))


# Where there are several of anything, each is looked at.

ON, BY, HOW = Variable("on", Boolean()), number("by"), Variable("how", Boolean())
LESS = Theorem("less", (X, Variable("y", Boolean())), z3.Or(z3.Bool("y"), DOUBLE(X.term) >= 0))
ADD = Action(
    "add",
    counter().actions[0].kind,
    (COUNT.term != 7, z3.Implies(HOW.term, BY.term != 0)),
    {"count": COUNT.term + BY.term, "on": HOW.term},
    (BY, HOW),
    instances=(LIE(BY.term), LESS(COUNT.term, HOW.term)),
    choices={"by": COUNT.term, "how": ON.term},
)
STRANGER = Theorem("stranger", (X,), STRANGE)


def two_of_all(**changes: object) -> System:
    """Everything there is in twos; `changes` are of the action."""
    return System(
        "two of all",
        (COUNT, ON),
        (COUNT.term == 0, z3.Not(ON.term)),
        (replace(ADD, **changes), action("rest", [COUNT.term == 7], {})),
        (),
        (DOUBLE,),
    )


SAID = {
    "add": z3.Implies(
        z3.And(ON.term, HOW.term), z3.Or(ON.next, COUNT.next == COUNT.term + BY.term)
    ),
    "rest": COUNT.next == COUNT.term,
}


def test_what_says_something_is_accepted() -> None:
    well = WellFormed(two_of_all())
    well.check_system()
    well.check_claim(EachStep("x", SAID))
    well.check_claim(
        LeadsTo(
            "x",
            ON.term,
            COUNT.term == 7,
            ("add", "rest"),
            ("add",),
            z3.BoolVal(True),
            (COUNT.term, ~COUNT.term),
            (LIE(COUNT.term), LESS(COUNT.term, ON.term)),
        )
    )


SECONDS: dict[str, tuple[dict[str, object], str]] = {
    "a guard": ({"guard": (ON.term, COUNT.term)}, "'add' says what is neither true nor false"),
    "a guard of nothing": ({"guard": (ON.term, STRANGE)}, "'add' reads what is not there: strange"),
    "a guard that is no term": ({"guard": (ON.term, True)}, "'add' holds what is no term"),
    "a first guard": ({"guard": (COUNT.term, ON.term)}, "'add' says what is neither true nor"),
    "a value": (
        {"updates": {"count": COUNT.term, "on": COUNT.term}},
        "'add' gives 'on' a value of another sort",
    ),
    "a choice": (
        {"choices": {"by": COUNT.term, "how": COUNT.term}},
        "a choice of 'add' gives 'how' a value of another sort",
    ),
    "a first choice": (
        {"choices": {"by": ON.term, "how": ON.term}},
        "a choice of 'add' gives 'by' a value of another sort",
    ),
    "a choice by an input": (
        {"choices": {"by": BY.term}},
        "a choice of 'add' reads what is not there: by",
    ),
    "a theorem": (
        {"instances": (LIE(COUNT.term), STRANGER(COUNT.term))},
        "the theorem 'stranger' reads what is not there: strange",
    ),
    "a theorem of two wide sets": (
        {"instances": (LESS(z3.BitVecVal(0, 4), HOW.term),)},
        "'add' says the theorem 'less' of other sorts",
    ),
    "a theorem of two sets": (
        {"instances": (LESS(COUNT.term, COUNT.term),)},
        "'add' says the theorem 'less' of other sorts",
    ),
    "a hint": (
        {"instances": (replace(LIE, hints=(LIE(X.term), STRANGER(X.term)))(COUNT.term),)},
        "the theorem 'stranger' reads what is not there: strange",
    ),
}


@pytest.mark.parametrize(("changes", "why"), SECONDS.values(), ids=SECONDS)
def test_the_second_of_several_is_looked_at_as_the_first(
    changes: dict[str, object], why: str
) -> None:
    with pytest.raises(EvidenceError, match=why):
        WellFormed(two_of_all(**changes)).check_system()


IN_THE_END = Ceases("x", ("add", "rest"), ("add",), (COUNT.term,))
SECOND_CLAIMS: dict[str, tuple[Property, str]] = {
    "a step": (
        EachStep("x", {**SAID, "rest": STRANGE}),
        "what is claimed of 'rest' reads what is not there: strange",
    ),
    "a step of another's input": (
        EachStep("x", {**SAID, "rest": HOW.term}),
        "what is claimed of 'rest' reads what is not there: how",
    ),
    "a fair step": (
        LeadsTo("x", *[ON.term] * 2, ("add",), ("add", "fly"), ON.term, ()),
        "an action that cannot happen: fly",
    ),
    "a counted step": (replace(IN_THE_END, counted=("add", "fly")), "that cannot happen: fly"),
    "a measure": (replace(IN_THE_END, measure=(COUNT.term, ON.term)), "not made of sets"),
    "two that are strange": (
        replace(IN_THE_END, measure=(z3.BitVec("b", 3), z3.BitVec("a", 3))),
        "the measure reads what is not there: a, b",
    ),
    "one that is strange and one of another sort": (
        replace(IN_THE_END, measure=(z3.BitVec("a", 3), WIDE)),
        "the measure reads under another sort than it has: count$",
    ),
}


@pytest.mark.parametrize(("claim", "why"), SECOND_CLAIMS.values(), ids=SECOND_CLAIMS)
def test_the_second_of_several_that_are_claimed_is_looked_at(claim: Property, why: str) -> None:
    with pytest.raises(EvidenceError, match=why):
        WellFormed(two_of_all()).check_claim(claim)
