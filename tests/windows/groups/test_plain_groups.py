"""The model's interpreter against the dumb twin of groups, state by state: every step that either
knows, and what comes of it."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import z3
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_groups import Choices, Plain, PlainGroup, PlainGroups

from corpus.random_groups import random_clusters_with_groups
from quorate.cluster import (
    QUORUM_RULES,
    Cluster,
    Dependency,
    Group,
    Node,
    NodeMajority,
    Resource,
    ResourceKind,
    WindowsVersion,
    Witness,
    bundles,
)
from quorate.system import ActionKind, Bits, Enumeration, Single, State, Value, Variable
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.incidents import Crashes, OneDrain, OneFailure
from quorate.windows.groups.model import Groups
from quorate.windows.groups.situation import Counted, Phase, ResourceState
from quorate.windows.membership.state import identifiers
from sweeping import examples

EXAMPLES = examples(25)
RUNS = 4
LONGEST = 14
NEAR = 30
STATES = {
    "online": ResourceState.ONLINE,
    "starting": ResourceState.ONLINE_PENDING,
    "stopping": ResourceState.OFFLINE_PENDING,
    "failed": ResourceState.FAILED,
}
INCIDENTS = (Crashes(1), Crashes(2), OneFailure(), OneDrain())
PHASES = (Phase.SERVING, Phase.MOVING, Phase.MIGRATING)


@st.composite
def clusters_with_groups(draw: st.DrawFn) -> Cluster:
    """Two or three nodes with any votes and witness; machines may use a disk of the other group."""
    cluster = draw(random_clusters_with_groups().filter(lambda c: len(c.nodes) < 4))
    first = cluster.groups[0]
    disks = [r.name for r in first.resources if r.kind is ResourceKind.DISK]
    if disks and len(cluster.groups) > 1 and draw(st.booleans()):
        second = cluster.groups[1]
        resources = tuple(
            replace(r, writes_to=(*r.writes_to, disks[0]))
            if r.kind is ResourceKind.VIRTUAL_MACHINE and not r.writes_to
            else r
            for r in second.resources
        )
        cluster = replace(cluster, groups=(first, replace(second, resources=resources)))
    votes = draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))
    rule = draw(st.sampled_from(QUORUM_RULES))
    if rule.witness_kind is None:
        nodes = tuple(
            replace(n, votes=max(v, int(n is cluster.nodes[0])))
            for n, v in zip(cluster.nodes, votes, strict=False)
        )
        return replace(cluster, nodes=nodes)
    nodes = tuple(replace(n, votes=v) for n, v in zip(cluster.nodes, votes, strict=False))
    reached = draw(st.sets(st.sampled_from(cluster.node_names), min_size=1))
    paths = tuple(name for name in cluster.node_names if name in reached)
    witness = Witness("witness", rule.witness_kind, paths)
    static = {"version": WindowsVersion.WINDOWS_2016, "dynamic_quorum": False}
    return replace(cluster, nodes=nodes, rule=rule, witness=witness, **static)


@st.composite
def assumptions_for(draw: st.DrawFn, cluster: Cluster) -> Assumptions:
    """All groups, or only those that have to be looked at together."""
    together = map(cluster.with_providers, bundles(cluster.groups))
    chosen = draw(st.sampled_from([cluster.groups, *together]))
    return Assumptions(
        tuple(group.name for group in chosen),
        draw(st.sampled_from(Detection)),
        operator=draw(st.booleans()),
        reservation=draw(st.sampled_from([True, True, False])),
        incident=draw(st.sampled_from([None, None, None, *INCIDENTS])),
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data(), clusters_with_groups())
def test_the_model_of_groups_does_what_the_plain_twin_does(data, cluster):
    """Along random runs, in every state, both know the same steps, which lead to the same."""
    pair = Pair(cluster, data.draw(assumptions_for(cluster)))
    counted = data.draw(st.sampled_from(Counted))
    first = pair.twin.start(data.draw(st.integers(0, 23)), counted)
    assert pair.starts(pair.written(first)), first
    for seed in data.draw(st.lists(st.integers(0, 10**6), min_size=RUNS, max_size=RUNS)):
        pair.walk(first, Random(seed))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data(), clusters_with_groups())
def test_the_two_agree_in_all_states_that_are_near_the_first(data, cluster):
    """Breadth first, as far as a few dozen states go."""
    pair = Pair(cluster, data.draw(assumptions_for(cluster)))
    first = pair.twin.start(0, data.draw(st.sampled_from(Counted)))
    seen, waiting = {first}, deque([(pair.written(first), first)])
    while waiting:
        known = pair.agreed(*waiting.popleft())
        for state, now in known.values():
            if now not in seen and len(seen) < NEAR:
                seen.add(now)
                waiting.append((state, now))


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(st.data(), clusters_with_groups())
def test_the_two_start_in_the_same_states(data, cluster):
    pair = Pair(cluster, data.draw(assumptions_for(cluster)))
    now = pair.twin.start(data.draw(st.integers(0, 23)))
    assert pair.starts(pair.written(now)), now


def test_a_machine_does_not_run_at_the_start_when_its_disk_cannot():
    """The disk needs an address in a subnet that the owner is not in. Nobody said that the machine
    depends on the disk."""
    address = Resource("ip", ResourceKind.ADDRESS, subnet="south")
    disk = Resource("disk", ResourceKind.DISK, Dependency((("ip",),)))
    machine = Resource("vm", ResourceKind.VIRTUAL_MACHINE, writes_to=("disk",))
    nodes = (Node("A", subnets=("north",)), Node("B", subnets=("north", "south")))
    cluster = Cluster(
        "c",
        nodes,
        NodeMajority(),
        groups=(Group("G", (address, disk, machine)),),
        version=WindowsVersion.WINDOWS_2008,
    )
    pair = Pair(cluster, Assumptions(("G",)))
    first = pair.twin.start(0)
    assert not first.groups[0].active
    assert pair.starts(pair.written(first))


class Pair:
    """The model of a cluster and its twin."""

    def __init__(self, cluster: Cluster, assumptions: Assumptions) -> None:
        self.model = Groups(cluster, assumptions)
        self.twin = PlainGroups(cluster, assumptions)
        self.system = self.model.system
        self.interpreter = Interpreter(self.system)
        self.kind = {action.name: action.kind for action in self.system.actions}
        names = [group.name for group in self.twin.groups]
        self.keys = dict(zip(names, identifiers(names), strict=True))
        self._initial = evaluator([z3.And(*self.system.full_initial)], self.system.definitions)

    def starts(self, state: State) -> bool:
        return bool(self._initial(state)[0])

    def walk(self, first: Plain, random: Random) -> None:
        """One random run. Three times out of four the cluster does something, if it has something
        to do, since among all that may fail and be ordered it would never get anything done."""
        state, now = self.written(first), first
        for _ in range(LONGEST):
            known = self.agreed(state, now)
            if not known:
                return
            calm = [step for step in known if self.kind[step[0]] is ActionKind.CLUSTER]
            offered = calm if calm and random.randrange(4) else list(known)
            name = random.choice(sorted({name for name, _ in offered}))
            step = random.choice(sorted(step for step in offered if step[0] == name))
            state, now = known[step]
        self.agreed(state, now)

    def agreed(
        self, state: State, now: Plain
    ) -> dict[tuple[str, Choices], tuple[dict[str, Value], Plain]]:
        """The steps from this state and where they lead; fails where the two disagree."""
        mine = dict(self.model_steps(state))
        told = [(self.keyed(name), choices, then) for name, choices, then in self.twin.steps(now)]
        twins = {(name, choices): then for name, choices, then in told}
        assert len(twins) == len(told)
        assert mine.keys() == twins.keys(), (now, mine.keys() ^ twins.keys())
        for step, after in mine.items():
            assert self.compared(after) == self.written(twins[step]), (step, now)
        return {step: (after, twins[step]) for step, after in mine.items()}

    def model_steps(self, state: State) -> Iterator[tuple[tuple[str, Choices], dict[str, Value]]]:
        for action in self.system.actions:
            names = [variable.name for variable in action.inputs]
            for values in product(*(variable.sort.values() for variable in action.inputs)):
                inputs = dict(zip(names, values, strict=True))
                if self.interpreter.refusal(action, state, inputs) is None:
                    said = tuple((v.name, one_of(v, inputs[v.name])) for v in action.inputs)
                    yield (action.name, said), self.interpreter.after(action, state, inputs)

    def keyed(self, name: str) -> str:
        """The twin's "start: SQL" by the name that the model gives it."""
        verb, found, group = name.partition(": ")
        return f"{verb}: group.{self.keys[group]}" if found else name

    def compared(self, state: Mapping[str, Value]) -> dict[str, Value]:
        """Where a group goes means something only while it is on its way."""
        serving = PHASES.index(Phase.SERVING)
        targets = {
            f"group.{key}.target"
            for key in self.keys.values()
            if state[f"group.{key}.phase"] == serving
        }
        return {name: 0 if name in targets else value for name, value in state.items()}

    def written(self, now: Plain) -> dict[str, Value]:
        """The twin's situation in the model's variables."""
        state: dict[str, Value] = {}
        for variable in self.system.variables:
            group_key, place, own = variable.name.removeprefix("group.").partition(".")
            if place:
                (number,) = (i for i, k in enumerate(self.keys.values()) if k == group_key)
                state[variable.name] = self._of_group(now.groups[number], variable, own)
                continue
            match variable.name:
                case "members":
                    state["members"] = bits(variable, now.members)
                case "paused":
                    state["paused"] = bits(variable, now.paused)
                case "stale":
                    state["stale"] = bits(variable, now.stale)
                case "volumes":
                    state["volumes"] = bits(variable, now.volumes)
                case "hour":
                    state["hour"] = now.hour
        assert state.keys() == self.system.variable.keys()
        return state

    def _of_group(self, state: PlainGroup, variable: Variable, own: str) -> Value:
        what, _, number = own.partition(".")
        match what:
            case "owner":
                return bits(variable, [state.owner])
            case "phase":
                return PHASES.index(state.phase)
            case "target":
                return bits(variable, [state.target] if state.target else [])
            case "failures":
                often = [n for n, times in state.failures if times >= int(number)]
                return bits(variable, often)
            case "counted":
                return list(Counted).index(state.counted or Counted.NODES)
            case "failovers":
                return (1 << state.failovers) - 1
            case "stale_activity":
                (group,) = (g for g in self.model.state.groups if own_name(g.key, variable) == own)
                name = group.names[int(number)]
                return bits(variable, [node for node, active in state.stale if active == name])
            case _ if what in STATES:
                return bits(variable, state.are(STATES[what]))
        return bits(variable, getattr(state, what))


def own_name(key: str, variable: Variable) -> str:
    return variable.name.removeprefix(f"{key}.")


def bits(variable: Variable, chosen: Any) -> int:
    match variable.sort:
        case Bits(names) | Single(names):
            return sum(1 << names.index(name) for name in set(chosen))
    raise AssertionError(variable)


def one_of(variable: Variable, value: Value) -> str:
    match variable.sort:
        case Single(names):
            return next((n for bit, n in enumerate(names) if value >> bit & 1), "nobody")
        case Enumeration(names):
            return names[value]
    raise AssertionError(variable)
