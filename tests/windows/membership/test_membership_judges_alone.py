"""Whoever judges shares no rule with whoever is judged: claims about membership are made without a
function that guards and updates are made with, so a rule that goes wrong is noticed."""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import CodeType, FrameType
from unittest.mock import PropertyMock, patch

import pytest
import z3

import quorate.windows.membership
from corpus.cases import DISK, ONLY, SHARE, VOTERS, cluster
from quorate.cluster import Cluster, Node, Requirements, Site, WindowsVersion
from quorate.cluster.quorum import VoteTable
from quorate.engines import bmc, induction
from quorate.inquiry.asking import proved, searched
from quorate.inquiry.claim import Claim
from quorate.system import Proved, Refuted
from quorate.windows.membership import Membership
from quorate.windows.membership.catalogue import claims_about_membership
from quorate.windows.membership.forming import Forming
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import Regroup
from quorate.windows.membership.state import MembershipState

(FOLDER,) = map(Path, quorate.windows.membership.__path__)

ROOM = "quorate.windows.membership."
RULES = {"steps", "quorum", "lemmas", "lacking"}
"""What the model makes actions of, and what it offers for its proofs."""
ASIDE = {"assumptions", "changing", "state", "verbs"}
"""The state, and sets: what everybody speaks of."""
JUDGES = {
    *("claimed_cluster", "event_properties", "forced_properties", "premises", "properties"),
    "tie_properties",
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

SAID_ONCE = {"Cluster.node_names", "as_configured"}
"""Of the configuration only which bit is whose."""

RULES_OF_STATE = {
    "MembershipState.cabled",
    "MembershipState.first_members",
    "MembershipState.holds",
    "MembershipState.may_belong",
    "MembershipState.may_take_witness",
    "MembershipState.reads_tag",
}


def is_shared_on_purpose(code: CodeType) -> bool:
    module, name = Path(code.co_filename), code.co_qualname.split(".<")[0]
    if module.parent.name == "cluster":
        return name in SAID_ONCE
    if module.parent == FOLDER:
        return module.stem in ASIDE | {"model", "lacking"} and name not in RULES_OF_STATE
    return True


UNTRUSTED = ("lacking.py", "state.py")
"""What a claim asks besides its rule: which verbs and variables there are."""


@contextmanager
def watched(untrusted: tuple[str, ...] = UNTRUSTED) -> Iterator[set[CodeType]]:
    """The functions of quorate that are called, but for those that `untrusted` ones call."""
    called, depth = set[CodeType](), [0]

    def watch(frame: FrameType, event: str, _: object) -> None:
        inside = frame.f_code.co_filename.endswith(untrusted)
        if event == "call":
            if not depth[0] and "quorate" in frame.f_code.co_filename:
                called.add(frame.f_code)
            depth[0] += inside
        elif event == "return":
            depth[0] -= inside

    sys.setprofile(watch)
    try:
        yield called
    finally:
        sys.setprofile(None)


def halved(*, witness: bool) -> Cluster:
    """Two nodes in two sites of 2012 R2, where votes follow who runs."""
    of = cluster(2, SHARE if witness else VOTERS)
    sites = (Site("X"), Site("Y"))
    nodes = tuple(Node(name, site=s.name) for name, s in zip("AB", sites, strict=True))
    version = WindowsVersion.WINDOWS_2012_R2
    return replace(of, name=f"halves, {of.name}", nodes=nodes, sites=sites, version=version)


SMALL = [
    *(cluster(3, VOTERS), cluster(2, DISK), cluster(2, SHARE), cluster(2, ONLY)),
    *(halved(witness=False), halved(witness=True)),
]
PROMISED = Requirements(crash=1, any_two=True)


def unbuilt(model: Membership) -> Membership:
    """The model with its system, and with nothing else that was asked for before."""
    again = replace(model)
    for name in ("system", "_rules", "_steps"):
        again.__dict__[name] = getattr(model, name)
    return again


def test_a_judge_that_asks_a_rule_is_seen() -> None:
    model = Membership(cluster(2, SHARE))
    with watched() as called:
        _ = model.quorum.majority(model.state.may_belong, model.state.holds(model.state.up))
    seen = {code.co_qualname for code in called if not is_shared_on_purpose(code)}
    asked = {"Quorum.majority", "MembershipState.may_belong", "MembershipState.holds"}
    assert asked <= seen


@pytest.mark.parametrize("of", SMALL, ids=lambda of: of.name)
def test_claims_and_premises_call_nothing_that_the_rules_call(of: Cluster) -> None:
    shared = set[str]()
    for claim in claims_about_membership(of, PROMISED):
        model = claim.circumstances.model()
        with watched(()) as rules:
            _ = model.system
        again = unbuilt(model)
        with watched() as judges:
            claim.make_property(again)
            claim.make_premise(again)
        both = [code for code in rules & judges if not is_shared_on_purpose(code)]
        shared |= {f"{claim.name}: {code.co_qualname}" for code in both}
    assert sorted(shared) == []


def test_votes_that_are_not_the_configured_ones_are_refused() -> None:
    """The one thing that claims and rules count with alike is compared with the configuration."""
    votes = cluster(3, VOTERS).votes
    wrong = replace(votes, nodes={**votes.nodes, "A": 2})
    (claim, *_) = [
        c for c in claims_about_membership(cluster(3), Requirements()) if "min" in c.name
    ]
    with patch.object(Cluster, "votes", PropertyMock(return_value=wrong)):
        model = claim.circumstances.model()
        with pytest.raises(ValueError, match="counts other votes than are configured"):
            claim.make_property(model)


# What goes wrong in a function that several rules are made with.


def half_is_needed() -> AbstractContextManager[object]:
    real = VoteTable.needed.fget
    return patch.object(VoteTable, "needed", property(lambda votes: real(votes) - 1))


def whoever_is_up_holds_the_witness() -> AbstractContextManager[object]:
    return patch.object(Regroup, "_part", _part_that_always_holds)


_REAL_PART = Regroup._part


def _part_that_always_holds(regroup, side):
    part = _REAL_PART(regroup, side)
    quorate = regroup.quorum.may_stay(part.members, z3.BoolVal(True))
    return replace(part, holds=z3.BoolVal(True), quorate=quorate, stays=quorate)


def nobody_needs_the_disk() -> AbstractContextManager[object]:
    everybody = property(lambda state: state.sets.everything)
    return patch.object(MembershipState, "may_belong", everybody)


def the_tag_says_nothing() -> AbstractContextManager[object]:
    return patch.object(Forming, "tag_allows", property(lambda _: z3.BoolVal(True)))


def anybody_commits() -> AbstractContextManager[object]:
    return patch.object(Quorum, "may_commit", lambda *_: z3.BoolVal(True))


@pytest.mark.parametrize(
    ("make", "of", "name"),
    [
        (half_is_needed, cluster(2), "no-minority-rule"),
        (half_is_needed, cluster(2, DISK), "no-minority-rule"),
        (whoever_is_up_holds_the_witness, cluster(2, DISK), "no-minority-rule"),
        (nobody_needs_the_disk, cluster(2, ONLY), "only-with-disk"),
        (the_tag_says_nothing, cluster(2, SHARE), "no-partition-in-time"),
        (anybody_commits, cluster(3), "commits-build-on-latest"),
    ],
    ids=lambda value: getattr(value, "__name__", str(getattr(value, "name", ""))),
)
def test_a_wrong_helper_of_the_rules_is_noticed(
    make: Callable[[], AbstractContextManager[object]], of: Cluster, name: str
) -> None:
    claims = claims_about_membership(of, Requirements())
    claim = next(claim for claim in claims if claim.name == name)
    assert is_proved(claim)
    with make():
        assert not is_proved(claim)
        model = claim.circumstances.model()
        found = searched(bmc.search, model.system, claim.make_property(model), 5, hour)
    assert isinstance(found, Refuted)


def hour() -> float:
    return 3600.0


def is_proved(claim: Claim) -> bool:
    model = claim.circumstances.model()
    known = induction.inductive(model.system, model.system.offered, hour)
    property_ = claim.make_property(model)
    return isinstance(proved(induction.prove, model.system, property_, known, hour), Proved)
