"""Whoever judges shares no rule with whoever is judged: claims about groups are made without a
function that guards and updates are made with, so a rule that goes wrong is noticed."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import Any
from unittest.mock import patch

import pytest

import quorate.windows.groups
from judging import Room, is_proved, is_refuted, watched
from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeMajority,
    Requirements,
    Resource,
    ResourceKind,
    Window,
    WindowsVersion,
)
from quorate.importers import read_cluster
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Alike
from quorate.system import Formula
from quorate.windows.catalogue import claims_about
from quorate.windows.groups import required_data
from quorate.windows.groups.placed_group import PlacedGroup

(FOLDER,) = map(Path, quorate.windows.groups.__path__)
CLUSTERS = Path(__file__).resolve().parents[3] / "proofs" / "clusters"

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


@pytest.mark.parametrize("judge", sorted(JUDGES))
def test_a_judge_imports_no_rule(judge: str) -> None:
    assert GROUPS.imports(judge) & GROUPS.below(RULES) <= ASIDE


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
        return module.stem in ASIDE | {"model", *UNTRUSTED} and name not in RULES_OF_STATE
    return True


UNTRUSTED = ("group_variables", "initial", "lacking", "measure")
"""What a claim asks besides its rule: which variables and verbs there are, where a run begins, and
what it offers for its proof."""

GROUPS = Room(
    quorate.windows.groups,
    is_shared_on_purpose,
    tuple(f"{name}.py" for name in UNTRUSTED),
    ("system", "_rules"),
)


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
    asked = {"PlacedGroup.others", "PlacedGroup.available", "ConfiguredGroup.possible"}
    assert asked <= GROUPS.strangers(called)


@pytest.mark.parametrize(
    "file", [*FILES, "small/possible-owners", "small/kept-apart", "file-server"]
)
def test_claims_and_premises_call_nothing_that_the_rules_call(file: str) -> None:
    assert GROUPS.shared(of_each_shape(claims_of(file))) == []


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
    return Cluster(
        "x",
        nodes,
        NodeMajority(),
        groups=(Group("G", (machine,)),),
        volumes=volumes,
        version=WindowsVersion.WINDOWS_2008,
    )


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
        assert is_refuted(claim, 7)
