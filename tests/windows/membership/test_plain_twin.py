"""The model's interpreter against the dumb twin, state by state: guards and results."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import z3
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_membership import Plain, PlainMembership

from corpus.random_clusters import assumptions, clusters
from quorate.system import (
    Action,
    ActionKind,
    Bits,
    Boolean,
    Enumeration,
    Single,
    Value,
    Variable,
)
from quorate.system.evaluate import evaluator
from quorate.windows.membership.assumptions import Assumptions
from quorate.windows.membership.model import Membership

LONGEST = 14


@settings(max_examples=40, deadline=None)
@given(
    clusters(sizes=(1, 2, 3, 3, 4)),
    assumptions(),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=LONGEST),
)
def test_the_model_does_what_the_plain_twin_does(cluster, assumed, first_holder, picks):
    """In every state of a random run, one action is tried with all of its inputs."""
    model, twin = Membership(cluster, assumed), PlainMembership(cluster, assumed)
    assert {(a.verb, a.about) for a in model.system.actions} == twin.events()
    witness = cluster.witness
    holder = witness.reached_by[first_holder % len(witness.reached_by)] if witness else None
    now = twin.first(holder)
    state = written(model, now)
    assert evaluator([z3.And(*model.system.full_initial)], model.system.definitions)(state) == (
        True,
    )
    compiled = {action.name: Compiled(model, action) for action in model.system.actions}
    for which, choice in picks:
        for action in in_some_order(model.system.actions, which):
            possible = list(compiled[action.name].agreed(twin, state, now))
            if possible:
                break
        else:
            return
        state, now = possible[choice % len(possible)]


@settings(max_examples=20, deadline=None)
@given(clusters(sizes=(1, 2, 3)))
def test_a_run_starts_with_any_holder_who_has_a_cable_and_no_other(cluster):
    model, twin = Membership(cluster, Assumptions()), PlainMembership(cluster, Assumptions())
    initial = evaluator([z3.And(*model.system.full_initial)], model.system.definitions)
    for holder in (None, *cluster.node_names):
        if holder is not None and cluster.witness is None:
            continue
        (starts,) = initial(written(model, twin.first(holder)))
        assert starts == (holder in twin.cabled if cluster.witness else holder is None)


def in_some_order(actions: Sequence[Action], which: int) -> list[Action]:
    """Beginning anywhere; for an odd `which` with what is no fault, since a run of nothing but
    faults soon has nothing left to do."""
    turned = [actions[(which // 2 + turn) % len(actions)] for turn in range(len(actions))]
    return sorted(turned, key=lambda a: a.kind is ActionKind.FAULT) if which % 2 else turned


class Compiled:
    """An action of the model as Python functions."""

    def __init__(self, model: Membership, action: Action) -> None:
        self.model, self.action = model, action
        definitions = model.system.definitions
        self.may = evaluator([z3.And(*action.full_guard)], definitions)
        self.then = evaluator(list(action.updates.values()), definitions)

    def agreed(
        self, twin: PlainMembership, state: Mapping[str, Value], now: Plain
    ) -> Iterator[tuple[Mapping[str, Value], Plain]]:
        """The states after the action, for all inputs that are possible; fails where the twin does
        not agree."""
        inputs = self.action.inputs
        for values in product(*(variable.sort.values() for variable in inputs)):
            chosen = {v.name: value for v, value in zip(inputs, values, strict=True)}
            told = {v.name: said(v, value) for v, value in zip(inputs, values, strict=True)}
            expected = twin.step(now, self.action.verb, self.action.about, **told)
            (possible,) = self.may({**state, **chosen})
            assert possible == (expected is not None), (self.action.name, told, now)
            if expected is None:
                continue
            results = self.then({**state, **chosen})
            after = {**state, **dict(zip(self.action.updates, results, strict=True))}
            assert after == written(self.model, expected), (self.action.name, told, now)
            yield after, expected


def said(variable: Variable, value: Value) -> Any:
    """An input in the twin's words."""
    match variable.sort:
        case Single(names):
            return next((name for bit, name in enumerate(names) if value >> bit & 1), None)
        case Bits(names):
            return frozenset(name for bit, name in enumerate(names) if value >> bit & 1)
        case Boolean():
            return bool(value)
        case Enumeration(names) if variable.name == "island":
            assert len(names) in (2, 3)
            return value
        case Enumeration(names):
            return names[value]
    raise AssertionError(variable)


def written(model: Membership, now: Plain) -> dict[str, Value]:
    """The twin's situation in the model's variables."""
    names = model.cluster.node_names

    def bits(members: Any) -> int:
        return sum(1 << names.index(name) for name in members)

    state: dict[str, Value] = {"up": bits(now.up), "current": bits(now.current)}
    for name in names:
        state[f"reach.{name}"] = bits(other for other in names if now.linked(name, other))
    for number, island in enumerate(now.islands, 1):
        state[f"island.{number}"] = bits(island)
    if model.assumptions.force:
        state |= {f"forced.{number}": forced for number, forced in enumerate(now.forced, 1)}
        state["authoritative"] = bits(now.authoritative)
        state["prevented"] = bits(now.prevented)
    else:
        assert not any(now.forced)
    if model.cluster.witness is not None:
        state["witness.up"] = now.witness_up
        state["witness.paths"] = bits(now.paths)
        state["witness.holder"] = bits([now.holder] if now.holder is not None else [])
        state["witness.current"] = now.witness_current
    if "isolation" in dict(now.spent):
        state["cut_off"] = bits(now.isolated)
    state |= {f"spent.{kind}": (1 << count) - 1 for kind, count in now.spent}
    assert state.keys() == model.system.variable.keys()
    return state
