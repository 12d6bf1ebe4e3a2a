"""A system as data, and back: the same to every solver, and written as the same data again."""

import json
from dataclasses import replace

import pytest
import z3

from corpus.toys import TOYS, action, counter, equal, jumper, not_at, number, twins
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Boolean,
    Ceases,
    Definition,
    EachStep,
    Integer,
    LeadsTo,
    Lemma,
    Property,
    Single,
    System,
    Theorem,
    Variable,
)
from quorate.system.reading import lemmas_of, property_of, system_of
from quorate.system.writing import Scribe

X, Y = number("x"), number("y")
DOUBLE = Definition("double", X, Integer(), 2 * z3.BV2Int(X.term))
SOME = Theorem("double is something", (X,), DOUBLE(X.term) >= 0)
MORE = Theorem("double of both is something", (X, Y), DOUBLE(X.term | Y.term) >= 0, (SOME(Y.term),))


def counting() -> System:
    """A counter with a definition, a theorem with a hint, choices, and inputs of one name that are
    of two sorts."""
    system = counter()
    count = system.variable["count"].term
    first, *others = system.actions
    by, wide = number("by"), number("by", 5)
    return replace(
        system,
        variables=(*system.variables, Variable("total", Integer())),
        actions=(
            replace(first, instances=(MORE(count, count + 1), SOME(count))),
            *others,
            Action(
                "add",
                ActionKind.OPERATOR,
                (by.term != 0, DOUBLE(by.term) < 6),
                {"count": count + by.term, "total": z3.Int("total") + DOUBLE(by.term) - 1},
                (by,),
                subject="by",
                choices={"by": z3.BitVecVal(1, 3)},
            ),
            Action("far", ActionKind.FAULT, (wide.term == 9,), {}, (wide,)),
        ),
        lemmas=(Lemma("one", count != 6, 2), Lemma("other", z3.Int("total") > 2)),
        definitions=(DOUBLE,),
    )


SYSTEMS = [*(case.system for case in TOYS), counting(), twins(equal())]


def through_json(data: object) -> object:
    return json.loads(json.dumps(data, ensure_ascii=False))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_a_system_is_read_back(system):
    data = Scribe().system(system)
    again = system_of(through_json(data))
    assert Scribe().system(again) == data
    assert again.variables == system.variables
    assert again.definitions == system.definitions
    assert again.lemmas == system.lemmas
    assert [a.inputs for a in again.actions] == [a.inputs for a in system.actions]
    for one, other in zip(again.actions, system.actions, strict=True):
        assert one.name == other.name
        assert one.kind == other.kind
        assert one.guard == other.guard
        assert dict(one.updates) == dict(other.updates)
        assert one.instances == other.instances
        assert dict(one.choices) == dict(other.choices)


COUNT = counter().variable["count"]
PROPERTIES: list[tuple[System, Property]] = [
    *((case.system, case.claim) for case in TOYS),
    (counting(), Always("with theorems", COUNT.term != 6, (MORE(COUNT.term, COUNT.term),))),
    (
        counting(),
        EachStep(
            "steps",
            {
                "add": COUNT.next == COUNT.term + number("by").term,
                "far": z3.And(number("by", 5).term == 9, COUNT.next == COUNT.term),
                "reset": COUNT.next == 0,
            },
        ),
    ),
    (
        counting(),
        LeadsTo(
            "it comes to 3",
            COUNT.term == 1,
            COUNT.term == 3,
            ("count", "add"),
            ("count",),
            z3.ULT(COUNT.term, 3),
            (~COUNT.term, z3.BitVecVal(0, 9)),
            (SOME(COUNT.term),),
        ),
    ),
    (counting(), Ceases("no end of it", ("count", "reset"), ("reset",), (COUNT.term,))),
]


@pytest.mark.parametrize(("system", "claim"), PROPERTIES, ids=lambda one: one.name)
def test_a_property_is_read_back(system, claim):
    data = Scribe().property(claim)
    again = property_of(through_json(data), system)
    assert Scribe().property(again) == data
    assert again == claim


def test_lemmas_are_read_back():
    system = counting()
    data = Scribe().lemmas(system.lemmas)
    assert lemmas_of(through_json(data), system) == system.lemmas


def test_sorts_are_read_back():
    sorts = (Boolean(), Bits(("a", "b")), Single(("a",)), Integer())
    variables = tuple(Variable(f"v{place}", sort) for place, sort in enumerate(sorts))
    system = System("sorts", variables, (), (action("stay", [], {}),))
    assert system_of(Scribe().system(system)).variables == variables


def test_two_theorems_of_one_name_are_refused():
    impostor = replace(SOME, statement=DOUBLE(X.term) >= 1)
    with pytest.raises(ValueError, match="two theorems have the name"):
        Scribe().property(Always("x", COUNT.term != 6, (SOME(COUNT.term), impostor(COUNT.term))))


def changed(path: list[str | int], value: object) -> object:
    data = through_json(Scribe().system(counting()))
    at = data
    for key in path[:-1]:
        at = at[key]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return data


DAMAGED = [
    *((f"without {key}", [key], ...) for key in Scribe().system(counting()) if key != "lemmas"),
    ("a sort of no kind", ["variables", 0, "sort"], "real"),
    ("an unknown variable", ["start", 0], "(= counter #b000)"),
    ("a number for a term", ["start", 0], 3),
    ("another sort", ["variables", 0, "sort"], "integer"),
    ("a kind of action that is none", ["actions", 0, "kind"], "weather"),
    ("an unknown theorem", ["actions", 0, "instances", 0, "theorem"], "none"),
    ("too few arguments", ["actions", 0, "instances", 0, "of"], ["count"]),
    ("arguments of another sort", ["actions", 0, "instances", 1, "of"], ["total"]),
    ("a stage that is none", ["lemmas", 0, "stage"], "2"),
    ("a list instead of an action", ["actions", 0], []),
    ("two variables of one name", ["variables", 1, "name"], "count"),
]


@pytest.mark.parametrize(
    ("path", "value"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED]
)
def test_damaged_data_is_refused(path, value):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        system_of(changed(path, value))


def test_a_claim_of_no_kind_is_refused():
    data = Scribe().property(not_at(jumper(), 3, "at"))
    with pytest.raises(ValueError, match="no kind"):
        property_of({**data, "kind": "never"}, jumper())
