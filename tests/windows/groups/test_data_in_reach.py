"""Which sites' loss a group's data outlives, and of what that is claimed."""

from dataclasses import replace

import pytest
import z3

from corpus.cases import lasting
from quorate.cluster import (
    Cluster,
    Dependency,
    Group,
    Node,
    NodeAndFileShareMajority,
    NodeMajority,
    Requirements,
    Resource,
    ResourceKind,
    Site,
    Storage,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.counting.sets import disjoint, some
from quorate.engines import explicit
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Asked, Finding, ProofFound, Question
from quorate.inquiry.inquire import inquire
from quorate.system import Always, Refuted
from quorate.windows.catalogue import claims_about, claims_under
from quorate.windows.groups import Deviation
from quorate.windows.groups.paths import others_go_on
from quorate.windows.groups.site_properties import sites_survived
from quorate.windows.membership import Membership

SITES = (Site("X"), Site("Y"), Site("Z"))
FOUR = tuple("ABCD")
SHARE = Witness("share", WitnessKind.FILE_SHARE, FOUR, site="Z")
DISK = Resource("disk", ResourceKind.DISK, restart_threshold=0)
APP = Resource("app", depends_on=Dependency((("disk",),)), writes_to=("disk",), restart_threshold=0)


def stretched(*storage: Storage, **changes: object) -> Cluster:
    nodes = (*(Node(n, site="X") for n in "AB"), *(Node(n, site="Y") for n in "CD"))
    of = {
        "rule": NodeAndFileShareMajority(),
        "witness": SHARE,
        "sites": SITES,
        "groups": (Group("G", (DISK, APP)),),
        "storage": storage,
    }
    return Cluster("stretched", nodes, **of | changes, version=WindowsVersion.WINDOWS_2008)


def claims_of(of: Cluster, requirements: Requirements | None = None) -> list[Claim]:
    claims = claims_about(of, requirements or Requirements())
    return [claim for claim in claims if claim.name == "data-in-reach"]


def asked(claim: Claim, deviation: Deviation | None = None) -> Finding:
    kind = Asked.CLAIM if deviation is None else Asked.TOOTH
    (found,) = inquire([Question(claim, kind, deviation)], 300.0, certify=False)
    return found


@pytest.mark.parametrize(
    ("of", "survived"),
    [
        (stretched(), ("X", "Y")),
        # The witness stands with X, so Y alone has no majority.
        (stretched(witness=replace(SHARE, site="X"), sites=SITES[:2]), ("Y",)),
        (stretched(witness=replace(SHARE, reached_by=("A", "B"))), ("Y",)),
        (stretched(rule=NodeMajority(), witness=None, sites=SITES[:2]), ()),
    ],
)
def test_a_site_is_survived_if_the_others_have_quorum(of, survived):
    assert sites_survived(of) == survived


@pytest.mark.parametrize(
    ("storage", "verdict"),
    [
        (Storage("disk", FOUR, ("X", "Y")), ProofFound),
        (Storage("disk", FOUR), ProofFound),
        (Storage("disk", FOUR, ("X",)), Refuted),
        (Storage("disk", FOUR, ("Y",)), Refuted),
    ],
)
def test_a_group_whose_only_copy_stands_in_the_lost_site_does_not_outlive_it(storage, verdict):
    (claim,) = claims_of(stretched(storage))
    assert isinstance(asked(claim).answer, verdict)
    (premise,) = inquire([Question(claim, Asked.PREMISE)], 300.0, certify=False)
    assert premise.as_expected


def test_the_only_copy_may_stand_in_a_site_whose_loss_ends_the_cluster_anyway():
    """That is what survives-site is asked about."""
    of = stretched(Storage("disk", FOUR, ("X",)), witness=replace(SHARE, site="X"), sites=SITES[:2])
    (claim,) = claims_of(of)
    assert isinstance(asked(claim).answer, ProofFound)


def test_a_run_shows_the_site_that_is_lost_and_what_with_it():
    (claim,) = claims_of(stretched(Storage("disk", FOUR, ("Y",))))
    account = asked(claim).account()
    assert account is not None
    said = account.text()
    assert "1. C crashes." in said
    assert "2. D crashes." in said
    assert "With Y lost, G has no copy of disk in reach. The only copy of disk stands in Y." in said


def test_a_disk_that_is_taken_to_a_node_without_a_path_is_noticed():
    three = ("A", "B", "C")
    group = Group("G", (replace(DISK, possible_owners=three), APP))
    of = stretched(Storage("disk", three, ("X", "Y")), groups=(group,))
    (claim,) = claims_of(of)
    assert isinstance(asked(claim).answer, ProofFound)
    found = asked(claim, Deviation.IGNORES_POSSIBLE_OWNERS)
    assert isinstance(found.answer, Refuted)


def test_it_is_claimed_where_it_is_said_where_data_stands_and_a_site_failure_is_promised():
    row = Storage("disk", FOUR, ("X", "Y"))
    assert len(claims_of(stretched(row))) == 1
    assert claims_of(stretched()) == []
    assert claims_of(stretched(row), Requirements(site=0)) == []
    alone = stretched(row, rule=NodeMajority(), witness=None, sites=SITES[:2])
    assert claims_of(alone) == []
    other = Group("H", (Resource("r"),))
    both = stretched(row, groups=(Group("G", (DISK, APP)), other))
    assert [claim.about for claim in claims_of(both)] == ["G"]


def test_a_line_that_replays_a_run_finds_its_claim():
    (claim,) = claims_of(stretched(Storage("disk", FOUR, ("X",))))
    found = [c for c in claims_under(claim.circumstances) if c.name == claim.name]
    assert found == [claim]


def followed(*sites: str, version: WindowsVersion, **changes: object) -> Cluster:
    """One node a letter, A, B and so on, each in the site of its letter."""
    names = "ABCD"[: len(sites)]
    nodes = tuple(Node(name, site=site) for name, site in zip(names, sites, strict=True))
    of = {"rule": NodeMajority(), "sites": tuple(map(Site, dict.fromkeys(sites)))}
    return Cluster("followed", nodes, **of | changes, version=version)


def shared(*reached: str, site: str | None = None) -> dict[str, object]:
    witness = Witness("share", WitnessKind.FILE_SHARE, reached, site=site)
    return {"rule": NodeAndFileShareMajority(), "witness": witness}


W2012, R2, NEWEST = (
    WindowsVersion.WINDOWS_2012,
    WindowsVersion.WINDOWS_2012_R2,
    WindowsVersion.WINDOWS_2025,
)
FOLLOWED = [
    (followed("X", "Y", version=NEWEST), ("X", "Y")),
    (followed("X", "Y", version=W2012), ("X", "Y")),
    (followed("X", "Y", version=R2, lower_priority="B"), ("Y",)),
    (followed("X", "Y", version=NEWEST, lower_priority="B"), ("X", "Y")),
    (followed("X", "X", "Y", version=R2, lower_priority="C"), ("Y",)),
    (followed("X", "X", "Y", version=NEWEST), ("X", "Y")),
    # Whoever reaches the witness goes on with it. Once that is lost two votes may become one, or
    # stay three, which is not documented.
    (followed("X", "Y", version=R2, **shared("A", "B", site="X")), ("X", "Y")),
    (followed("X", "Y", version=W2012, **shared("A", "B", site="X")), ("X", "Y")),
    (followed("X", "Y", "Y", version=W2012, **shared("A", "B", "C", site="X")), ("X", "Y")),
    (followed("X", "Y", "Y", version=W2012, **shared("A")), ("X", "Y")),
    (followed("X", "Y", version=R2, lower_priority="B", **shared("A")), ("Y",)),
    (followed("X", "Y", version=R2, lower_priority="B", **shared("A", "B")), ("X", "Y")),
]


@pytest.mark.parametrize(("of", "survived"), FOLLOWED)
def test_where_votes_follow_who_runs_a_site_is_survived_if_the_others_may_get_the_majority(
    of, survived
):
    assert sites_survived(of) == survived


@pytest.mark.parametrize(("of", "survived"), FOLLOWED)
def test_membership_agrees_about_which_sites_may_be_survived(of, survived):
    """Nodes are lost one after another, and the witness, once the cluster has settled."""
    model = Membership(of, lasting(crash=len(of.nodes) - 1, witness=1))
    state = model.state
    found = []
    for site in of.sites:
        here = state.sets.of(of.nodes_in(site.name))
        outlived = z3.And(disjoint(state.up, here), some(state.running))
        claim = Always("not outlived", z3.Not(outlived))
        if isinstance(explicit.search(model.system, claim, 9, lambda: 3600.0), Refuted):
            found.append(site.name)
    assert tuple(found) == survived


def test_a_node_without_a_vote_does_not_outlive_the_others():
    of = followed("X", "Y", version=NEWEST, **shared("A", "B"))
    of = replace(of, nodes=(of.nodes[0], replace(of.nodes[1], votes=0)))
    assert sites_survived(of) == ("Y",)


def test_where_votes_follow_who_runs_somebody_may_always_go_on():
    assert others_go_on(followed("X", "Y", version=NEWEST))
    assert not others_go_on(followed("X", "Y", version=WindowsVersion.WINDOWS_2008_R2))
    assert not others_go_on(followed("X", version=NEWEST))
