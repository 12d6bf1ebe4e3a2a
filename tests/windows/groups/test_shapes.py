"""Groups of one shape are one system in other names: what is found of one is true of all."""

import random
from dataclasses import fields, replace
from functools import cache

import pytest
import z3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.random_groups import random_clusters_with_groups
from quorate.cluster import (
    Cluster,
    Dependency,
    DiskOnly,
    FailbackPolicy,
    Group,
    GroupSet,
    Node,
    NodeAndDiskMajority,
    NodeMajority,
    Resource,
    ResourceKind,
    Site,
    StartupTrigger,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.system import Always, Bits, Ceases, EachStep, LeadsTo, Step, Trace
from quorate.system.evaluate import evaluator
from quorate.system.interpreter import Interpreter
from quorate.system.variables import concrete
from quorate.system.writing import Scribe
from quorate.windows.groups.assumptions import Assumptions
from quorate.windows.groups.catalogue import claims_about_groups
from quorate.windows.groups.places import Places
from sweeping import examples

STATES = 2
"""So many are looked at of each action."""


@st.composite
def clusters(draw):
    """Random ones, with votes and a witness of any kind."""
    cluster = draw(random_clusters_with_groups())
    names = cluster.node_names
    votes = draw(st.lists(st.integers(0, 2), min_size=len(names), max_size=len(names)))
    nodes = [replace(node, votes=some) for node, some in zip(cluster.nodes, votes, strict=True)]
    nodes[0] = replace(nodes[0], votes=1)
    rule = draw(st.sampled_from([NodeMajority(), NodeAndDiskMajority(), DiskOnly()]))
    reached = draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
    witness = Witness("W", WitnessKind.DISK, tuple(reached)) if rule.witness_kind else None
    return replace(cluster, nodes=tuple(nodes), rule=rule, witness=witness)


def _shape(claim):
    return claim.circumstances.shape_of(claim)


def _renamed(cluster, called):
    """The cluster with every name replaced."""

    def all_of(names):
        return tuple(map(called, names))

    def resource(own):
        clauses = tuple(map(all_of, own.depends_on.clauses))
        return replace(
            own,
            name=called(own.name),
            depends_on=Dependency(clauses),
            possible_owners=own.possible_owners and all_of(own.possible_owners),
            writes_to=all_of(own.writes_to),
            subnet=own.subnet and called(own.subnet),
        )

    return replace(
        cluster,
        name=called(cluster.name),
        nodes=tuple(
            replace(node, name=called(node.name), subnets=all_of(node.subnets))
            for node in cluster.nodes
        ),
        groups=tuple(
            replace(
                group,
                name=called(group.name),
                resources=tuple(map(resource, group.resources)),
                preferred_owners=all_of(group.preferred_owners),
                anti_affinity=all_of(group.anti_affinity),
            )
            for group in cluster.groups
        ),
        volumes=all_of(cluster.volumes),
        group_sets=tuple(
            replace(
                one,
                name=called(one.name),
                groups=all_of(one.groups),
                starts_after=all_of(one.starts_after),
            )
            for one in cluster.group_sets
        ),
        witness=cluster.witness
        and replace(cluster.witness, reached_by=all_of(cluster.witness.reached_by)),
    )


@given(clusters(), st.integers(0, 9))
@settings(deadline=None, max_examples=examples(5), suppress_health_check=list(HealthCheck))
def test_other_names_make_the_same_shapes_and_the_same_texts(cluster, seed):
    names = {}
    order = random.Random(seed)

    def called(name):
        # Names that sort in any order, and that nothing else contains.
        return names.setdefault(name, f"{order.choice('akz')}{len(names)}q")

    other = _renamed(cluster, called)
    models = cache(lambda circumstances: circumstances.model())
    for claim, renamed in zip(
        claims_about_groups(cluster), claims_about_groups(other), strict=True
    ):
        assert _shape(claim) == _shape(renamed) is not None
        model, own = (models(one.circumstances) for one in (claim, renamed))
        text, own_text = _text(claim, model), _text(renamed, own)
        # Bars stand only round names that are no plain ones.
        text, own_text = text.replace("|", ""), own_text.replace("|", "")
        for theirs, ours in zip(model.state.groups, own.state.groups, strict=True):
            text = text.replace(theirs.key, f"<{theirs.key}>")
            own_text = own_text.replace(ours.key, f"<{theirs.key}>")
        for name, new in names.items():
            own_text = own_text.replace(repr(new), repr(name))
        assert own_text == text


def _text(claim, model):
    """Of the system once, with the first claim about it."""
    scribe, asked = Scribe(), [claim.make_property(model), claim.make_premise(model).never]
    said = [scribe.property(one) for one in asked]
    first = claim.name == "acyclic" or claim.circumstances.assumptions.detection.leaves_stale_nodes
    return str([*said, scribe.system(replace(model.system, name=""))] if first else said)


@given(clusters(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=examples(5), suppress_health_check=list(HealthCheck))
def test_the_system_at_places_does_the_same_from_any_state(cluster, chance):
    """Also where nodes have other places than in the file, which no text shows."""
    for claims in _by_system(claims_about_groups(cluster)):
        shape = _shape(claims[0])
        twins = {_shape(c): c for c in claims_about_groups(shape.cluster)}
        own, other = (c.circumstances.model() for c in (claims[0], twins[shape]))
        there = _shape(twins[shape])
        here, there_too = Interpreter(own.system), Interpreter(other.system)
        begun = there.renamed(Trace(_first(own.system)), shape)
        assert there_too.not_initial(begun.initial) is None
        begun = shape.renamed(Trace(_first(other.system)), there)
        assert here.not_initial(begun.initial) is None
        pairs = [(_asked(c, own), _asked(twins[_shape(c)], other)) for c in claims]
        for action in own.system.actions:
            for number in range(STATES):
                before, inputs = _any(own.system.variables, chance), _any(action.inputs, chance)
                after = here.after(action, before, inputs)
                run = Trace(before, (Step(action.name, inputs, after),))
                told = there.renamed(run, shape)
                assert shape.renamed(told, there) == run
                (step,) = told.steps
                same = other.system.action[step.action]
                assert there_too.after(same, told.initial, step.inputs) == step.state
                if number == 0:
                    said = _saying(own.system, action, [ours for ours, _ in pairs])
                    said_there = _saying(other.system, same, [theirs for _, theirs in pairs])
                assert said(run) == said_there(told)


def _by_system(claims):
    found = {}
    for claim in claims:
        found.setdefault(claim.circumstances, []).append(claim)
    return found.values()


def _first(system):
    solver = z3.Solver()
    solver.add(*system.full_initial)
    assert solver.check() == z3.sat
    model = solver.model()
    return {v.name: concrete(model.eval(v.term, model_completion=True)) for v in system.variables}


def _any(variables, chance):
    return {v.name: _value(v.sort, chance) for v in variables}


def _value(sort, chance):
    match sort:
        case Bits(names):
            return chance.randrange(1 << len(names))
        case _:
            return chance.choice(list(sort.values()))


def _asked(claim, model):
    """What the claim and its premise say of a step by an action."""
    asked, premise = claim.make_property(model), claim.make_premise(model)

    def formulas(action):
        match asked:
            case Always(formula=formula):
                said = [formula]
            case EachStep(formulas=by_action):
                said = [by_action[action]] if action in by_action else []
            case LeadsTo():
                said = [asked.trigger, asked.goal, asked.waiting, *asked.measure]
            case Ceases():
                said = list(asked.measure)
        return [premise.formula, *said]

    return formulas


def _saying(system, action, asked):
    """What is true where a step by the action begins, and how many are in the sets."""
    formulas = [*action.full_guard, *(one for said in asked for one in said(action.name))]
    evaluate = evaluator(formulas, system.definitions)

    def said(run):
        step = run.steps[0]
        after = {f"{name}'": value for name, value in step.state.items()}
        values = evaluate({**run.initial, **step.inputs, **after})
        return [value if isinstance(value, bool) else value.bit_count() for value in values]

    return said


def _group(name, *preferred, **more):
    disk = Resource(f"{name} disk", ResourceKind.DISK)
    service = Resource(
        f"{name} service", depends_on=Dependency(((disk.name,),)), writes_to=(disk.name,)
    )
    return Group(name, (disk, service), preferred, **more)


def _with(*groups, nodes=("A", "B", "C"), **more):
    of = {"version": WindowsVersion.WINDOWS_2008} | more
    return Cluster("pair", tuple(map(Node, nodes)), NodeMajority(), groups=groups, **of)


def _shapes_of(cluster, name):
    return {_shape(c) for c in claims_about_groups(cluster) if c.about == name}


ALIKE = [
    ("other names", _with(_group("one"), _group("two"))),
    ("other preferred owners, tried in their order", _with(_group("one", "A"), _group("two", "C"))),
    (
        "pairs that avoid each other",
        _with(
            _group("one", anti_affinity=("web",)),
            _group("one too", anti_affinity=("web",)),
            _group("two", anti_affinity=("sql",)),
            _group("two too", anti_affinity=("sql",)),
        ),
    ),
]
_ORDERED = _with(
    *map(_group, ("one", "two", "three", "four")),
    version=WindowsVersion.WINDOWS_2016,
    group_sets=(
        GroupSet("left", ("three",), (), StartupTrigger.ONLINE),
        GroupSet("right", ("four",), (), StartupTrigger.ONLINE, 1),
        GroupSet("delayed", ("three", "four")),
        GroupSet("after left", ("one",), ("left",)),
        GroupSet("after right", ("two",), ("right", "delayed")),
    ),
)
ALIKE.append(("which they start after", _ORDERED))
UNLIKE = [
    ("a threshold", _with(_group("one"), _group("two", failover_threshold=1))),
    ("how many are preferred", _with(_group("one", "A"), _group("two", "A", "B"))),
    (
        "a failback",
        _with(_group("one", "A"), _group("two", "A", failback=FailbackPolicy.IMMEDIATE)),
    ),
    ("running twice without harm", _with(_group("one"), _group("two", stateless=True))),
    (
        "the votes of whom is preferred",
        replace(
            _with(_group("one", "A"), _group("two", "B")),
            nodes=(Node("A", votes=3), Node("B"), Node("C")),
        ),
    ),
    (
        "one that it starts after",
        _with(
            _group("one"),
            _group("two"),
            _group("three"),
            version=WindowsVersion.WINDOWS_2016,
            group_sets=(
                GroupSet("first", ("three",), (), StartupTrigger.ONLINE),
                GroupSet("second", ("two",), ("first",)),
            ),
        ),
    ),
    (
        "how many it starts after",
        _with(
            _group("one"),
            _group("two"),
            _group("three"),
            _group("four"),
            version=WindowsVersion.WINDOWS_2016,
            group_sets=(
                GroupSet("both", ("three", "four"), (), StartupTrigger.ONLINE),
                GroupSet("any", ("three", "four"), (), StartupTrigger.ONLINE, 1),
                GroupSet("second", ("two",), ("both",)),
                GroupSet("third", ("one",), ("any",)),
            ),
        ),
    ),
    (
        "one that it avoids",
        _with(
            _group("one"),
            _group("two", anti_affinity=("sql",)),
            _group("three", anti_affinity=("sql",)),
        ),
    ),
]


@pytest.mark.parametrize(("what", "cluster"), ALIKE)
def test_groups_have_one_shape_that_differ_in(what, cluster):
    assert _shapes_of(cluster, "one") == _shapes_of(cluster, "two"), what


@pytest.mark.parametrize(("what", "cluster"), UNLIKE)
def test_groups_have_no_shape_in_common_that_differ_in(what, cluster):
    assert _shapes_of(cluster, "one").isdisjoint(_shapes_of(cluster, "two")), what


def test_a_claim_that_asks_something_else_under_the_same_name_has_another_shape():
    claim, *_ = claims_about_groups(_with(_group("one")))
    other = replace(claim, make_property=replace(claim.make_property, make=lambda *_: None))
    assert _shape(other) != _shape(claim)
    assert _shape(replace(claim, deepest=1)) != _shape(claim)
    assert _shape(replace(claim, make_property=lambda model: model)) is None


def test_a_run_of_another_shape_is_not_renamed():
    one, two = (
        _shape(next(iter(claims_about_groups(_with(_group("one", **more))))))
        for more in ({}, {"failover_threshold": 1})
    )
    with pytest.raises(ValueError, match="another shape"):
        one.renamed(Trace({}), two)


def test_places_keep_what_they_do_not_leave_out_by_name():
    """A field that is new stays in the shape until somebody says otherwise."""
    site, volume = "X", "V"
    machine = Resource("VM", ResourceKind.VIRTUAL_MACHINE, writes_to=(volume,))
    of = Cluster(
        "own",
        (Node("A", subnets=("n",), site=site), Node("B")),
        NodeAndDiskMajority(),
        Witness("W", WitnessKind.DISK, ("A", "B"), site=site),
        sites=(Site(site),),
        groups=(Group("G", (machine,)),),
        volumes=(volume,),
        fencing=True,
        enforced_anti_affinity=True,
        version=WindowsVersion.WINDOWS_2012_R2,
        dynamic_quorum=False,
        lower_priority="A",
    )
    places, _ = Places(of, Assumptions(("G",))).at_places
    left_out = {"name", "nodes", "witness", "sites", "groups", "volumes", "lower_priority"}
    for one in fields(of):
        kept = getattr(places, one.name) == getattr(of, one.name)
        assert kept is (one.name not in left_out), one.name
    assert [node.votes for node in places.nodes] == [1, 1]
