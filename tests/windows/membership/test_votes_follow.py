"""Votes that follow who runs: the model against a twin that forgets nothing, and the published
table of survivability against both."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_history import History, PlainHistory
from plain_votes import survives
from test_plain_twin import in_some_order, said, written

from corpus.random_clusters import clusters
from quorate.cluster import (
    Cluster,
    DiskOnly,
    DynamicVotes,
    Node,
    NodeAndCloudMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    StaticVotes,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.engines import bmc, induction
from quorate.inquiry.asking import proved, searched
from quorate.system import Action, Proved, Refuted, System, Value
from quorate.system.evaluate import evaluator
from quorate.windows.membership.assumptions import Assumptions
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.model import Membership
from quorate.windows.membership.properties import commits_build_on_latest, no_partition_in_time
from sweeping import examples

votes = st.sampled_from([1, 1, 1, 0])
NEWEST = WindowsVersion.WINDOWS_2025
versions = st.sampled_from([WindowsVersion.WINDOWS_2012_R2, NEWEST])


@settings(max_examples=examples(8), deadline=None)
@given(
    clusters(sizes=(2, 3, 3), votes=votes, cables=False).filter(
        lambda cluster: not isinstance(cluster.rule, DiskOnly)
    ),
    versions,
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=12),
)
def test_the_model_does_what_a_twin_that_forgets_nothing_does(cluster, version, first, picks):
    """In every state of a random run, one action is tried with all of its inputs."""
    known = NEWEST if cluster.rule == NodeAndCloudMajority() else version
    cluster, assumed = replace(cluster, version=known, dynamic_quorum=True), Assumptions()
    model, twin = Membership(cluster, assumed), PlainHistory(cluster, assumed)
    witness = cluster.witness
    firsts = twin.firsts(witness.reached_by[first % len(witness.reached_by)] if witness else None)
    now = firsts[first % len(firsts)]
    initial = evaluator([*model.system.full_initial], model.system.definitions)
    assert all(initial(told(model, now)))
    for which, choice in picks:
        for action in in_some_order(model.system.actions, which):
            possible = list(agreed(model, twin, action, now))
            if possible:
                break
        else:
            return
        now = possible[choice % len(possible)]


def agreed(model: Membership, twin: PlainHistory, action: Action, now: History) -> list[History]:
    """What the twin has after the action, for all inputs that are possible; fails where the model
    does not agree."""
    state, found = told(model, now), []
    guard = evaluator(list(action.full_guard), model.system.definitions)
    then = evaluator(list(action.updates.values()), model.system.definitions)
    for values in product(*(variable.sort.values() for variable in action.inputs)):
        chosen = {v.name: value for v, value in zip(action.inputs, values, strict=True)}
        words = {v.name: said(v, value) for v, value in zip(action.inputs, values, strict=True)}
        expected = twin.step(now, action.verb, action.about, **words)
        possible = all(guard({**state, **chosen}))
        assert possible == (expected is not None), (possible, action.name, words, now)
        if expected is not None:
            results = then({**state, **chosen})
            after = {**state, **dict(zip(action.updates, results, strict=True))}
            assert after == told(model, expected), (action.name, words, now)
            found.append(expected)
    return found


def told(model: Membership, now: History) -> dict[str, Value]:
    """The twin's situation in the model's variables."""
    names = model.cluster.node_names

    def bits(members: object) -> int:
        return sum(1 << names.index(name) for name in members)  # type: ignore[attr-defined]

    state = written(replace_votes(model), now.plain)
    state["voters"] = bits(now.ballot.voters)
    number = now.remembered
    configured = frozenset(node.name for node in model.cluster.nodes if node.votes)
    old = None if number is None else now.versions[number]
    state["earlier.voters"] = bits(configured if old is None else old.voters)
    has = {} if number is None else now.copies
    state["earlier.stored"] = bits(name for name in names if has.get(name) == number is not None)
    state["earlier.newer"] = bits(
        name for name in names if number is None or now.copies[name] > number
    )
    if model.cluster.witness is not None:
        state["witness_votes"] = now.ballot.witness
        state["earlier.witness_votes"] = old is not None and old.witness
        state["earlier.witness_stored"] = number is not None and now.tag == number
        state["earlier.witness_newer"] = number is None or now.tag > number
    assert state.keys() == model.system.variable.keys()
    return state


def replace_votes(model: Membership) -> Membership:
    """The same with static votes, which has the other variables."""
    return replace(model, cluster=replace(model.cluster, dynamic_quorum=False))


def of(nodes: int, *, witness: bool, version: WindowsVersion = NEWEST) -> Cluster:
    names = tuple("ABCDEFG"[:nodes])
    members = tuple(map(Node, names))
    if not witness:
        return Cluster("c", members, NodeMajority(), version=version)
    share = Witness("W", WitnessKind.FILE_SHARE, names)
    return Cluster("c", members, NodeAndFileShareMajority(), share, version=version)


def hour() -> float:
    return 3600.0


@pytest.mark.parametrize(
    ("guard", "deviation", "make_property", "shortest"),
    [
        ("before", Deviation.ADJUSTS_BY_A_MINORITY, no_partition_in_time, 4),
        ("after", Deviation.ADJUSTS_TO_A_MINORITY, commits_build_on_latest, 5),
    ],
)
def test_votes_change_by_a_majority_before_and_after(guard, deviation, make_property, shortest):
    """Without either a change is lost: A gives itself the only vote, and others form on the votes
    before; or one that has the only vote gives it to others, who know nothing of that."""
    model = Membership(of(3, witness=False, version=WindowsVersion.WINDOWS_2012_R2))
    for kept in (model, deviation.twin(model)):
        claim = make_property(kept)
        known = induction.inductive(kept.system, kept.system.offered, hour)
        holds = isinstance(proved(induction.prove, kept.system, claim, known, hour), Proved)
        assert holds is (kept is model), guard
    found = searched(bmc.search, kept.system, claim, shortest, hour)
    assert isinstance(found, Refuted)
    assert len(found.trace.steps) == shortest


PUBLISHED = {
    (2, False): ("50-50", "No", "No"),
    (2, True): ("Yes", "No", "No"),
    (3, False): ("Yes", "50-50", "No"),
    (3, True): ("Yes", "Yes", "No"),
    (4, False): ("Yes", "Yes", "50-50"),
    (4, True): ("Yes", "Yes", "Yes"),
    (5, False): ("Yes", "Yes", "Yes"),
    (5, True): ("Yes", "Yes", "Yes"),
}
"""Can survive one node failure, then another, two at once (wsfc.md 2.2)."""


@pytest.mark.parametrize(("nodes", "witness"), PUBLISHED)
def test_counting_by_hand_gives_the_published_table(nodes, witness):
    said_of = {frozenset({True}): "Yes", frozenset({False}): "No"}
    outcomes = [survives(nodes, losses, witness=witness) for losses in ((1,), (1, 1), (2,))]
    found = tuple(said_of.get(frozenset(each), "50-50") for each in outcomes)
    assert found == PUBLISHED[nodes, witness]


@pytest.mark.parametrize("version", WindowsVersion, ids=lambda version: version.value)
def test_votes_are_static_before_2012_and_wherever_they_are_made_so(version):
    before = version in {WindowsVersion.WINDOWS_2008, WindowsVersion.WINDOWS_2008_R2}
    cluster = of(3, witness=False, version=version)
    assert isinstance(cluster.vote_changes, StaticVotes if before else DynamicVotes)
    assert replace(cluster, dynamic_quorum=False).vote_changes == StaticVotes()


def texts(system: System) -> list[list[str]]:
    """What the guards are, as z3 writes it, which takes a part of the time that Python takes."""
    return [[part.sexpr() for part in action.full_guard] for action in system.actions]


def test_static_votes_are_the_case_in_which_nothing_is_added():
    """A 2008 cluster has the system of a newer one with dynamic quorum off."""
    old = of(3, witness=True, version=WindowsVersion.WINDOWS_2008)
    off = replace(of(3, witness=True), dynamic_quorum=False)
    one, other = (Membership(cluster).system for cluster in (old, off))
    assert one.variables == other.variables
    assert texts(one) == texts(other)
