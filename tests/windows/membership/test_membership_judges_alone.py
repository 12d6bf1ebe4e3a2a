"""Whoever judges shares no rule with whoever is judged: claims about membership are made without a
function that guards and updates are made with, so a rule that goes wrong is noticed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import CodeType
from unittest.mock import PropertyMock, patch

import pytest
import z3

import quorate.windows.membership
from corpus.cases import DISK, ONLY, SHARE, VOTERS, cluster
from judging import Room, is_proved, is_refuted, watched
from quorate.cluster import Cluster, Node, Requirements, Site, WindowsVersion
from quorate.cluster.quorum import VoteTable
from quorate.windows.membership import Membership
from quorate.windows.membership.catalogue import claims_about_membership
from quorate.windows.membership.forming import Forming
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import Regroup
from quorate.windows.membership.state import MembershipState

(FOLDER,) = map(Path, quorate.windows.membership.__path__)

RULES = {"steps", "quorum", "lemmas", "lacking"}
"""What the model makes actions of, and what it offers for its proofs."""
ASIDE = {"assumptions", "changing", "state", "verbs"}
"""The state, and sets: what everybody speaks of."""
JUDGES = {
    *("claimed_cluster", "event_properties", "forced_properties", "premises", "properties"),
    "tie_properties",
}


@pytest.mark.parametrize("judge", sorted(JUDGES))
def test_a_judge_imports_no_rule(judge: str) -> None:
    assert MEMBERSHIP.imports(judge) & MEMBERSHIP.below(RULES) <= ASIDE


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


MEMBERSHIP = Room(
    quorate.windows.membership,
    is_shared_on_purpose,
    ("lacking.py", "state.py"),
    ("system", "_rules", "_steps"),
)
"""What a claim asks besides its rule is which verbs and variables there are."""


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


def test_a_judge_that_asks_a_rule_is_seen() -> None:
    model = Membership(cluster(2, SHARE))
    with watched() as called:
        _ = model.quorum.majority(model.state.may_belong, model.state.holds(model.state.up))
    asked = {"Quorum.majority", "MembershipState.may_belong", "MembershipState.holds"}
    assert asked <= MEMBERSHIP.strangers(called)


@pytest.mark.parametrize("of", SMALL, ids=lambda of: of.name)
def test_claims_and_premises_call_nothing_that_the_rules_call(of: Cluster) -> None:
    assert MEMBERSHIP.shared(claims_about_membership(of, PROMISED)) == []


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
        assert is_refuted(claim, 5)
