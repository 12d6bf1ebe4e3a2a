"""Force where votes follow who runs: the model against a twin that keeps every version in order,
and the shortest run in which what was forced is lost, looked for by the twin alone."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from plain_force import Histories, PlainForce
from test_plain_twin import in_some_order, said, written

from corpus.random_clusters import assumptions, clusters
from quorate.cluster import (
    Cluster,
    DiskOnly,
    Node,
    NodeAndCloudMajority,
    NodeMajority,
    WindowsVersion,
)
from quorate.engines import bmc
from quorate.inquiry.asking import searched
from quorate.system import Action, Refuted, Value
from quorate.system.evaluate import evaluator
from quorate.windows.membership.forced import forced_side_wins_unprevented
from quorate.windows.membership.forced_properties import forced_side_wins
from quorate.windows.membership.model import Membership
from quorate.windows.membership.verbs import Verb

votes = st.sampled_from([1, 1, 1, 0])
NEWER = WindowsVersion.WINDOWS_2019
versions = st.sampled_from([WindowsVersion.WINDOWS_2012_R2, NEWER])


@settings(max_examples=15, deadline=None)
@given(
    clusters(sizes=(2, 2, 3), votes=votes, cables=False).filter(
        lambda cluster: not isinstance(cluster.rule, DiskOnly)
    ),
    versions,
    assumptions(force=True),
    st.integers(0, 7),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=9),
)
def test_the_model_does_what_a_twin_that_orders_all_versions_does(
    cluster, version, assumed, first, picks
):
    """In every state of a random run, one action is tried with all of its inputs."""
    known = NEWER if cluster.rule == NodeAndCloudMajority() else version
    cluster = replace(cluster, version=known, dynamic_quorum=True)
    model, twin = Membership(cluster, assumed), PlainForce(cluster, assumed)
    witness = cluster.witness
    firsts = twin.firsts(witness.reached_by[first % len(witness.reached_by)] if witness else None)
    now = firsts[first % len(firsts)]
    initial = evaluator([*model.system.full_initial], model.system.definitions)
    starts = all(initial(told(model, now)))
    assert starts
    compiled = dict[str, Compiled]()
    for which, choice in picks:
        for action in in_some_order(model.system.actions, which):
            if action.name not in compiled:
                compiled[action.name] = Compiled(model, action)
            possible = agreed(model, twin, action, compiled[action.name], now)
            if possible:
                break
        else:
            return
        now = possible[choice % len(possible)]


class Compiled:
    """An action as Python functions: its guard, and its updates."""

    def __init__(self, model: Membership, action: Action) -> None:
        definitions = model.system.definitions
        self.may = evaluator(list(action.full_guard), definitions)
        self.then = evaluator(list(action.updates.values()), definitions)


def agreed(
    model: Membership, twin: PlainForce, action: Action, compiled: Compiled, now: Histories
) -> list[Histories]:
    """What the twin has after the action, for all inputs that are possible; fails where the model
    does not agree."""
    state, found = told(model, now), []
    for values in product(*(variable.sort.values() for variable in action.inputs)):
        chosen = {v.name: value for v, value in zip(action.inputs, values, strict=True)}
        words = {v.name: said(v, value) for v, value in zip(action.inputs, values, strict=True)}
        expected = twin.step(now, action.verb, action.about, **words)
        possible = all(compiled.may({**state, **chosen}))
        assert possible == (expected is not None), (possible, action.name, words, now)
        if expected is not None:
            results = compiled.then({**state, **chosen})
            after = {**state, **dict(zip(action.updates, results, strict=True))}
            wanted = told(model, expected)
            assert after == wanted, (action.name, words, now)
            found.append(expected)
    return found


def told(model: Membership, now: Histories) -> dict[str, Value]:
    """The twin's situation in the model's variables."""
    names = model.cluster.node_names

    def bits(members: object) -> int:
        return sum(1 << names.index(name) for name in members)  # type: ignore[attr-defined]

    static = replace(model, cluster=replace(model.cluster, dynamic_quorum=False))
    state = written(static, now.plain)
    assert now.plain.current == {name for name in names if now.copies[name] == now.latest}
    state["force_ends_by_configured"] = now.by_configured
    ballots = {"": now.versions[now.latest]}
    ballots |= {f"island.{place}.": ballot for place, ballot in enumerate(now.counted, 1)}
    for prefix, ballot in ballots.items():
        state[f"{prefix}voters"] = bits(ballot.voters)
        if model.cluster.witness is not None:
            state[f"{prefix}witness_votes"] = ballot.witness
    own = {name: now.versions[now.copies[name]] for name in names}
    for name in names:
        state[f"stored.{name}"] = bits(own[name].voters)
        state[f"newer.{name}"] = bits(other for other in names if now.is_newer(other, name))
    if model.cluster.witness is not None:
        state["stored.witness_votes"] = bits(name for name in names if own[name].witness)
    variables = {variable.name for variable in model.system.variables}
    assert set(state) == variables
    return state


def of(nodes: int, version: WindowsVersion) -> Cluster:
    return Cluster("c", tuple(map(Node, "ABCD"[:nodes])), NodeMajority(), version=version)


def test_the_twin_loses_what_was_forced_in_as_many_steps():
    """It tries everything, one step after another, and looks whether a node that had what was
    forced has it no more."""
    cluster = of(2, WindowsVersion.WINDOWS_2019)
    assumed = forced_side_wins_unprevented(cluster).circumstances.assumptions
    model, twin = Membership(cluster, assumed), PlainForce(cluster, assumed)
    claim = forced_side_wins(model)
    found = searched(bmc.search, model.system, claim, 8, lambda: 3600.0)
    assert isinstance(found, Refuted)
    assert len(found.trace.steps) == lost_after(model, twin)


def lost_after(model: Membership, twin: PlainForce) -> int:
    waiting, seen = twin.firsts(None), set[object]()
    for steps in range(1, 9):
        after = list[Histories]()
        for now in waiting:
            for action in model.system.actions:
                for then in all_after(twin, action, now):
                    gone = now.plain.authoritative - then.plain.authoritative
                    if gone and action.verb is not Verb.FORCE:
                        return steps
                    key = tuple(sorted(told(model, then).items()))
                    if key not in seen:
                        seen.add(key)
                        after.append(then)
        waiting = after
    raise AssertionError("nothing is lost")


def all_after(twin: PlainForce, action: Action, now: Histories) -> list[Histories]:
    found = []
    for values in product(*(variable.sort.values() for variable in action.inputs)):
        words = {v.name: said(v, value) for v, value in zip(action.inputs, values, strict=True)}
        then = twin.step(now, action.verb, action.about, **words)
        if then is not None:
            found.append(then)
    return found
