"""Whoever judges shares no rule with whoever is judged: claims about groups are made without a
function that guards and updates are made with, so a rule that goes wrong is noticed."""

import ast
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from unittest.mock import patch

import pytest

import quorate.windows.groups
from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeMajority,
    Requirements,
    Resource,
    ResourceKind,
    Window,
)
from quorate.engines import bmc, induction
from quorate.importers import read_cluster
from quorate.inquiry.asking import proved, searched
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Alike, Circumstances
from quorate.system import Formula, Proved, Refuted
from quorate.windows.catalogue import claims_about
from quorate.windows.groups import required_data
from quorate.windows.groups.model import Groups
from quorate.windows.groups.placed_group import PlacedGroup

(FOLDER,) = map(Path, quorate.windows.groups.__path__)
CLUSTERS = Path(__file__).resolve().parents[3] / "proofs" / "clusters"

ROOM = "quorate.windows.groups."
RULES = {
    "clients",
    "hosts",
    "hours",
    "initial",
    "moving",
    "narrowed",
    "operator",
    "ordering",
    "stale",
}
"""What the model makes actions and first states of."""
ASIDE = {
    "assumptions",
    "bits",
    "configured_group",
    "group_variables",
    "incidents",
    "situation",
    "state",
    "surroundings",
    "verbs",
}
"""The state, and sets: what everybody speaks of."""
JUDGES = {
    *(file.stem for file in FOLDER.glob("*properties.py")),
    *(file.stem for file in FOLDER.glob("claimed_*.py")),
    "exact_premises",
    "premises",
}


def imports(module: str) -> set[str]:
    """The modules of the room that this one imports."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.removeprefix(ROOM) for name in names if name and name.startswith(ROOM)}


def below(modules: set[str]) -> set[str]:
    """These modules, and all that they import."""
    found, waiting = set[str](), set(modules)
    while waiting:
        found |= waiting
        waiting = {other for module in waiting for other in imports(module)} - found
    return found


@pytest.mark.parametrize("judge", sorted(JUDGES))
def test_a_judge_imports_no_rule(judge: str) -> None:
    assert imports(judge) & below(RULES) <= ASIDE


# An import is not the only way: what a model holds has methods.

SAID_ONCE = {
    "ConfiguredGroup.names",
    "ConfiguredGroup.nodes",
    "ConfiguredGroup.resource",
    "ConfiguredGroup.resources",
    "ConfiguredGroup.sets",
    "ConfiguredGroup.phases",
    "ConfiguredGroup._knows",
    "ConfiguredGroup.moves_live",
    "ConfiguredGroup.machines",
    "Group.of_kind",
    "Group.providers_first",
    "Migration.keeps_running",
    "as_configured",
}
"""Of the configuration only how the state is made: which bit is whose, and which values there are.
`as_configured` is what a twin has other needs than."""

RULES_OF_STATE = {"GroupsState.may_run", "GroupsState.may_belong", "Hour.within", "Volumes.has"}


def is_shared_on_purpose(code: CodeType) -> bool:
    module, name = Path(code.co_filename), code.co_qualname.split(".<")[0]
    if module.parent.name == "cluster" or module == FOLDER / "configured_group.py":
        return name in SAID_ONCE
    if module.parent == FOLDER and name != "placed_groups":
        return module.stem in ASIDE | {"model"} and name not in RULES_OF_STATE
    return True


UNTRUSTED = ("group_variables.py", "initial.py", "lacking.py", "measure.py")
"""What a claim asks besides its rule: which variables and verbs there are, where a run begins, and
what it offers for its proof. If these are wrong a proof fails or a claim is refused."""


@contextmanager
def watched() -> Iterator[set[CodeType]]:
    """The functions of quorate that are called, but for those that `UNTRUSTED` ones call."""
    called, depth = set[CodeType](), [0]

    def watch(frame: FrameType, event: str, _: object) -> None:
        inside = frame.f_code.co_filename.endswith(UNTRUSTED)
        if event == "call":
            depth[0] += inside
            if not depth[0] and "quorate" in frame.f_code.co_filename:
                called.add(frame.f_code)
        elif event == "return":
            depth[0] -= inside

    sys.setprofile(watch)
    try:
        yield called
    finally:
        sys.setprofile(None)


def claims_of(file: str) -> list[Claim]:
    read = read_cluster(CLUSTERS / f"{file}.toml")
    return [c for c in claims_about(read.cluster, read.requirements) if c.about]


def of_each_shape(claims: list[Claim]) -> list[Claim]:
    """One of those that are the same claim in other names."""
    found = dict[Hashable, Claim]()
    for claim in claims:
        circumstances = claim.circumstances
        shape = circumstances.shape_of(claim) if isinstance(circumstances, Alike) else None
        found.setdefault(claim if shape is None else shape, claim)
    return list(found.values())


FILES = ["web-pair", "failback-at-night", "print-server", "hyper-v", "sql-two-subnets"]


def test_a_judge_that_asks_a_rule_is_seen() -> None:
    model = claims_of("web-pair")[0].circumstances.model()
    with watched() as called:
        _ = model.placed_groups[0].others
    seen = {code.co_qualname for code in called if not is_shared_on_purpose(code)}
    assert {"PlacedGroup.others", "PlacedGroup.available", "ConfiguredGroup.possible"} <= seen


def unbuilt(model: Groups) -> Groups:
    """The model with its system, and with nothing else that was asked for before."""
    again = replace(model)
    for name in ("system", "_rules"):
        again.__dict__[name] = getattr(model, name)
    return again


@pytest.mark.parametrize(
    "file", [*FILES, "small/possible-owners", "small/kept-apart", "file-server"]
)
def test_claims_and_premises_call_nothing_that_the_rules_call(file: str) -> None:
    shared, built = set[str](), dict[Circumstances, tuple[Groups, set[CodeType]]]()
    for claim in of_each_shape(claims_of(file)):
        if claim.circumstances not in built:
            made = claim.circumstances.model()
            with watched() as called:
                _ = made.system
            built[claim.circumstances] = made, called
        model, rules = built[claim.circumstances]
        again = unbuilt(model)
        with watched() as judges:
            claim.make_property(again)
            claim.make_premise(again)
        both = [code for code in rules & judges if not is_shared_on_purpose(code)]
        shared |= {f"{claim.name}: {code.co_qualname}" for code in both}
    assert sorted(shared) == []


# What goes wrong in a function that several rules are made with.


@contextmanager
def nobody_is_avoided() -> Iterator[None]:
    helper = cached_property(lambda placed: placed.state.sets.nothing)
    helper.__set_name__(PlacedGroup, "avoided")
    with patch.object(PlacedGroup, "avoided", helper):
        yield


@contextmanager
def only_the_first_volume_is_looked_at() -> Iterator[None]:
    real = required_data._required

    def first(*asked: Any) -> Iterator[Formula]:
        yield from list(real(*asked))[:1]

    with patch.object(required_data, "_required", first):
        yield


@contextmanager
def windows_are_open_an_hour_longer() -> Iterator[None]:
    real = Window.open_at

    def longer(window: Window, hour: int) -> bool:
        return real(window, hour) or hour == window.end

    with patch.object(Window, "open_at", longer):
        yield


def print_server() -> Cluster:
    return read_cluster(CLUSTERS / "print-server.toml").cluster


def booking() -> Cluster:
    return read_cluster(CLUSTERS / "failback-at-night.toml").cluster


def two_volumes() -> Cluster:
    machine = Resource("vm", ResourceKind.VIRTUAL_MACHINE, writes_to=("V1", "V2"))
    nodes, volumes = tuple(map(Node, "AB")), ("V1", "V2")
    return Cluster("x", nodes, NodeMajority(), groups=(Group("G", (machine,)),), volumes=volumes)


@pytest.mark.parametrize(
    ("make", "of", "name"),
    [
        (nobody_is_avoided, print_server, "anti-affinity"),
        (only_the_first_volume_is_looked_at, two_volumes, "vm-has-disk"),
        (windows_are_open_an_hour_longer, booking, "failback-by-policy"),
    ],
)
def test_a_wrong_helper_of_the_rules_is_noticed(
    make: Callable[[], AbstractContextManager[None]], of: Callable[[], Cluster], name: str
) -> None:
    claims = claims_about(of(), Requirements())
    claim = next(claim for claim in claims if claim.name == name)
    assert is_proved(claim)
    with make():
        assert not is_proved(claim)
        model = claim.circumstances.model()
        found = searched(bmc.search, model.system, claim.make_property(model), 7, hour)
    assert isinstance(found, Refuted)


def hour() -> float:
    return 3600.0


def is_proved(claim: Claim) -> bool:
    model = claim.circumstances.model()
    known = induction.inductive(model.system, model.system.offered, hour)
    property_ = claim.make_property(model)
    return isinstance(proved(induction.prove, model.system, property_, known, hour), Proved)
