"""Random small clusters with groups: what the engines may not disagree on, and runs without end
against a graph of all states."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, product

import networkx as nx
import z3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from corpus.cases import of_states
from corpus.random_groups import SUBNETS, random_groups
from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeMajority,
    WindowsVersion,
)
from quorate.engines import bmc, explicit, induction
from quorate.errors import EvidenceError
from quorate.evidence.judge import Judge
from quorate.evidence.progress import progress_obligations
from quorate.evidence.replay import replay, replay_refutation
from quorate.inquiry.asking import searched
from quorate.system import (
    Always,
    Ceases,
    EachStep,
    Formula,
    HoldsTo,
    LeadsTo,
    Progress,
    Proved,
    Refuted,
    State,
    System,
    Value,
)
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
from quorate.system.steps import possible
from quorate.windows.groups import availability_properties as availability
from quorate.windows.groups import data_properties, failover_properties, properties
from quorate.windows.groups import memory_properties as memories
from quorate.windows.groups import progress_properties as endings
from quorate.windows.groups import step_properties as step_rules
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.deviations import Deviation
from quorate.windows.groups.incidents import Crashes, Incident, OneDrain, OneFailure
from quorate.windows.groups.model import Groups

SWEEP = int(os.environ.get("QUORATE_EXAMPLES", "0"))
"""Set the variable for a deeper sweep, of so many examples a test."""
STATES = 1500
"""How many states the explicit search may look at. Its depth follows from it."""
DEEPEST = 5
TOO_LARGE = HealthCheck.filter_too_much
"""Many models have more states than a test has time for, and are given up."""

INCIDENTS = (Crashes(1), OneFailure(), OneDrain())
Make = Callable[[Groups, str], Always | EachStep]


def hour() -> float:
    return 3600.0


def fuel(states: int) -> Callable[[], float]:
    """A clock that runs out after so many questions: a bound that no machine's speed changes."""
    ticks = count(states, -1)
    return lambda: float(next(ticks))


@st.composite
def small_clusters(draw: st.DrawFn, most: int = 3, groups: int = 2) -> Cluster:
    """Two nodes, now and then three, with at most so many resources and groups in all."""
    names = draw(st.sampled_from(["AB", "AB", "AB", "ABC"]))
    volumes = draw(st.sampled_from([(), (), ("V1",)]))
    placed = draw(st.booleans())
    nodes = [Node(name, subnets=SUBNETS if placed else ()) for name in names]
    if placed:
        nodes[0] = replace(nodes[0], subnets=SUBNETS[:1])
    found = draw(random_groups(names, volumes))[:groups]
    kept: list[Group] = []
    for group in found:
        # What a resource depends on comes before it, so the first ones can stand alone.
        room = most - sum(len(other.resources) for other in kept) - (len(found) - len(kept) - 1)
        if room > 0:
            few = group.resources[: draw(st.integers(1, room))]
            kept.append(replace(group, resources=few))
    return Cluster(
        "random",
        tuple(nodes),
        NodeMajority(),
        groups=tuple(kept),
        volumes=volumes,
        fencing=draw(st.booleans()),
        enforced_anti_affinity=draw(st.booleans()),
        version=WindowsVersion.WINDOWS_2008,
    )


def model_of(
    cluster: Cluster,
    deviation: Deviation | None = None,
    detection: Detection = Detection.INSTANT,
    *,
    operator: bool = True,
    incident: Incident | None = None,
) -> Groups:
    names = tuple(group.name for group in cluster.groups)
    model = Groups(cluster, Assumptions(names, detection, operator=operator, incident=incident))
    return deviation.twin(model) if deviation is not None else model


@st.composite
def any_rules(draw: st.DrawFn, model: Groups) -> Groups:
    """The model, or a broken twin of it: of a rule that has a part in it."""
    deviation = draw(st.sampled_from([None, None, None, *Deviation]))
    try:
        return deviation.twin(model) if deviation is not None else model
    except ValueError:
        return model


@st.composite
def small_models(draw: st.DrawFn) -> Groups:
    """A small cluster, under any assumptions, with the real rules or one of them broken."""
    of = draw(small_clusters())
    detection, operator = draw(st.sampled_from(Detection)), draw(st.booleans())
    return draw(any_rules(model_of(of, detection=detection, operator=operator)))


def claims_about(model: Groups, name: str) -> list[Always | EachStep]:
    """Every property that says something of the group."""
    group = model.placed(name).group
    makes: list[Make] = [
        properties.acyclic,
        properties.online_needs_dependencies,
        properties.offline_in_reverse,
        properties.one_owner,
        properties.right_owner,
        properties.threshold_respected,
        properties.no_dual_activity,
        step_rules.failover_needs_cause,
        step_rules.restarts_limited,
        step_rules.paused_takes_nothing,
        step_rules.drain_empties,
        step_rules.next_owner,
        step_rules.moves_arrive,
        memories.failures_counted,
        memories.commands_remembered,
    ]
    if group.returned is not None:
        makes += [step_rules.failback_by_policy, step_rules.returns_remembered]
        makes.append(memories.failback_needs_cause)
    if group.writes is not None:
        makes.append(data_properties.no_lost_write)
    if group.group.anti_affinity:
        makes.append(properties.anti_affinity)
    if group.memory is not None:
        makes += [
            properties.vm_has_disk,
            properties.vm_runs_once,
            data_properties.planned_keeps_memory,
            memories.saved_is_restored,
        ]
    if model.state.paused_variable is not None:
        makes.append(memories.pause_lasts)
    if group.stale_run is not None:
        makes.append(memories.stale_remembered)
    if group.asked is not None:
        makes += [properties.one_answers, properties.answers_from_owner]
    return [make(model, name) for make in makes]


@settings(max_examples=SWEEP or 12, deadline=None)
@given(small_models(), st.data())
def test_the_searches_find_the_same_shortest_length_and_no_proof_is_refuted(model, data):
    name = data.draw(st.sampled_from(model.assumptions.groups))
    system, claim = of_states(model.system, data.draw(st.sampled_from(claims_about(model, name))))
    explored = explicit.search(system, claim, DEEPEST, fuel(STATES))
    depth = len(explored.trace) if isinstance(explored, Refuted) else reached(explored)
    bounded = bmc.search(system, claim, depth, hour)
    if isinstance(explored, Refuted):
        assert isinstance(bounded, Refuted)
        assert len(bounded.trace) == depth
        for found in (explored, bounded):
            replay(system, found.trace, z3.Not(claim.formula))
    else:
        assert bounded == HoldsTo(depth, bmc.ENGINE)
    known = induction.inductive(system, system.offered, hour)
    if isinstance(induction.prove(system, claim, known, hour), Proved):
        assert not isinstance(explored, Refuted)


def reached(verdict: HoldsTo | Proved) -> int:
    """The depth that was searched; a search that saw every state would have seen any depth."""
    return verdict.depth if isinstance(verdict, HoldsTo) else DEEPEST


@settings(max_examples=SWEEP or 8, deadline=None)
@given(small_models())
def test_what_is_proved_inductive_is_true_of_every_state_that_explicit_search_sees(model):
    system = model.system
    known = induction.inductive(system, system.offered, hour)
    together = Always("all lemmas", z3.And(*(lemma.formula for lemma in known)))
    assert not isinstance(explicit.search(system, together, DEEPEST, fuel(STATES)), Refuted)


# Runs without end.

Packed = tuple[Value, ...]


@dataclass(frozen=True)
class Runs:
    """Every state that `system` can reach, and every step between two of them."""

    system: System
    most: int

    @cached_property
    def names(self) -> list[str]:
        return [variable.name for variable in self.system.variables]

    @cached_property
    def interpreter(self) -> Interpreter:
        return Interpreter(self.system)

    def pack(self, state: State) -> Packed:
        return tuple(state[name] for name in self.names)

    def unpack(self, packed: Packed) -> State:
        return dict(zip(self.names, packed, strict=True))

    @cached_property
    def initial(self) -> list[Packed]:
        solver, found = z3.SimpleSolver(), []
        solver.add(*self.system.full_initial)
        terms = [variable.term for variable in self.system.variables]
        while solver.check() == z3.sat:
            values = [solver.model().eval(term, model_completion=True) for term in terms]
            solver.add(z3.Or(*(t != value for t, value in zip(terms, values, strict=True))))
            found.append(tuple(z3.is_true(v) if z3.is_bool(v) else v.as_long() for v in values))
        return found

    def steps(self, state: State) -> Iterator[tuple[str, Packed]]:
        for action in self.system.actions:
            inputs = [variable.name for variable in action.inputs]
            for values in product(*(variable.sort.values() for variable in action.inputs)):
                choice = dict(zip(inputs, values, strict=True))
                if self.interpreter.refusal(action, state, choice) is None:
                    yield action.name, self.pack(self.interpreter.after(action, state, choice))

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """Edges are labelled with the name of their action. Too large a graph is given up."""
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(self.initial)
        waiting = list(self.initial)
        while waiting:
            packed = waiting.pop()
            for action, after in self.steps(self.unpack(packed)):
                if after not in graph:
                    waiting.append(after)
                graph.add_edge(packed, after, action=action)
            assume(len(graph) <= self.most)
        return graph

    def where(self, formula: Formula) -> set[Packed]:
        holds = evaluator([formula], self.system.definitions)
        return {packed for packed in self.graph if holds(self.unpack(packed))[0]}

    def only(self, actions: Sequence[str], states: set[Packed]) -> nx.MultiDiGraph:
        """The part of the graph with these actions between these states."""
        part = nx.MultiDiGraph()
        part.add_nodes_from(states)
        edges = self.graph.edges(data="action")
        part.add_edges_from(
            (one, other, {"action": action})
            for one, other, action in edges
            if action in actions and one in states and other in states
        )
        return part

    def shortest_lasso(self, claim: Progress) -> int | None:
        """The steps of a shortest counterexample, as `LeadsTo` and `Ceases` say what one is; None
        if there is none."""
        reach = distances(self.graph, dict.fromkeys(self.initial, 0))
        if isinstance(claim, Ceases):
            part = self.only(claim.allowed, set(self.graph))
            return shortest_loop(part, reach, claim.counted)
        unfinished = set(self.graph) - self.where(claim.goal)
        part = self.only(claim.calm, unfinished)
        begun = self.where(claim.trigger) & unfinished
        waits = distances(part, {packed: reach[packed] for packed in begun})
        restless = {
            one for one, _, action in self.graph.edges(data="action") if action in claim.fair
        }
        ends = [steps for packed, steps in waits.items() if packed not in restless]
        loop = shortest_loop(part, waits, claim.fair)
        return min([*ends, *([] if loop is None else [loop])], default=None)


def distances(graph: nx.MultiDiGraph, starts: Mapping[Packed, int]) -> dict[Packed, int]:
    """How many steps each state is away from the starts, of which each has a number to begin
    with."""
    found: dict[Packed, int] = {}
    at: dict[int, set[Packed]] = {}
    for packed, steps in starts.items():
        at.setdefault(steps, set()).add(packed)
    steps = 0
    while at:
        for packed in at.pop(steps, set()):
            if packed not in found:
                found[packed] = steps
                at.setdefault(steps + 1, set()).update(graph.successors(packed))
                at = {s: those for s, those in at.items() if those}
        steps += 1
    return found


def shortest_loop(
    graph: nx.MultiDiGraph, reach: Mapping[Packed, int], wanted: Sequence[str]
) -> int | None:
    """The steps to a loop in the graph with one of the wanted actions, and round it once."""
    best: int | None = None
    for component in nx.strongly_connected_components(graph):
        part = graph.subgraph(component)
        inside = [(u, v) for u, v, action in part.edges(data="action") if action in wanted]
        if not inside or not component & reach.keys():
            continue
        backwards = part.reverse()
        for u, v in inside:
            to_u = nx.single_source_shortest_path_length(backwards, u)
            from_v = nx.single_source_shortest_path_length(part, v)
            for start in component & reach.keys():
                steps = reach[start] + to_u[start] + 1 + from_v[start]
                best = steps if best is None else min(best, steps)
    return best


def progress_about(model: Groups, name: str) -> list[Progress]:
    """Every claim about what happens in the end that says something of the group, also with too
    little fairness."""
    group = model.placed(name).group
    makes = [
        endings.completes,
        endings.no_stuck_pending,
        failover_properties.failover_happens,
        availability.comes_back_after_crash,
        availability.comes_back_after_failure,
        availability.can_be_drained,
        availability.not_left_failed,
    ]
    if group.returned is not None:
        makes.append(endings.failback_happens)
    if group.asked is not None:
        makes.append(endings.served_again)
    weak = [endings.without_ends(make) for make in makes]
    if model.state.hour is not None:
        weak += [endings.without_hours(make) for make in makes]
    if group.asked is not None:
        weak.append(endings.without_questions(endings.served_again))
    return [endings.no_ping_pong(model, name), *(make(model, name) for make in (*makes, *weak))]


@st.composite
def tiny_models(draw: st.DrawFn) -> Groups:
    of = draw(small_clusters(most=2))
    detection = draw(st.sampled_from([Detection.INSTANT, Detection.INSTANT, Detection.EVENTUAL]))
    operator = draw(st.sampled_from([False, False, True]))
    incident = draw(st.sampled_from([None, None, *INCIDENTS]))
    model = model_of(of, detection=detection, operator=operator, incident=incident)
    return draw(any_rules(model))


@settings(max_examples=SWEEP or 10, deadline=None, suppress_health_check=[TOO_LARGE])
@given(tiny_models(), st.data())
def test_a_lasso_is_found_if_and_only_if_the_graph_of_all_states_has_one(model, data):
    """Of the same length; and what the measure proves has none."""
    system = model.system
    runs = Runs(system, 4000 if SWEEP else 400)
    name = data.draw(st.sampled_from(model.assumptions.groups))
    claim = data.draw(st.sampled_from(progress_about(model, name)))
    shortest = runs.shortest_lasso(claim)
    deepest = 4 if shortest is None else min(shortest, 8 if SWEEP else 6)
    found = searched(bmc.search, system, claim, deepest, hour)
    if shortest is None or shortest > deepest:
        assert found == HoldsTo(deepest, "bmc of lassos")
    else:
        assert isinstance(found, Refuted)
        replay_refutation(system, found.trace, claim)
        assert len(found.trace) == shortest
    if proved_by_measure(system, claim):
        assert shortest is None


def proved_by_measure(system: System, claim: Progress) -> bool:
    known = induction.inductive(system, system.offered, hour)
    try:
        Judge(system.definitions).check(progress_obligations(system, claim, known), hour)
    except EvidenceError:
        return False
    return True


@settings(max_examples=SWEEP or 10, deadline=None, suppress_health_check=[TOO_LARGE])
@given(tiny_models())
def test_an_action_that_names_choices_is_possible_with_them_if_it_is_possible_at_all(model):
    """And every action that is counted on names some, since a loop that ignores it would otherwise
    be taken for a counterexample."""
    runs = Runs(model.system, 4000 if SWEEP else 400)
    named = [a for a in model.system.actions if a.choices or not a.inputs]
    for claim in progress_about(model, model.assumptions.groups[0]):
        if isinstance(claim, LeadsTo):
            assert set(claim.fair) <= {action.name for action in named}
    may = evaluator([possible(action) for action in named], model.system.definitions)
    for packed in runs.graph:
        taken = {action for _, _, action in runs.graph.out_edges(packed, data="action")}
        assert list(may(runs.unpack(packed))) == [action.name in taken for action in named]
