"""The catalogue on clusters of proofs/ that have groups: what is claimed of a group is as it should
be, and where it is not, it is for the reason that the file was written for."""

from dataclasses import replace
from pathlib import Path

import pytest

from quorate.cli.archive import Families
from quorate.cli.verdicts import verdict_word
from quorate.cluster import (
    Cluster,
    Dependency,
    FailbackPolicy,
    Group,
    Node,
    NodeMajority,
    Requirements,
    Resource,
    ResourceKind,
    WindowsVersion,
)
from quorate.importers import read_cluster
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Asked, Finding, Question, questions_about
from quorate.inquiry.inquire import inquire
from quorate.inquiry.line import Replayed, trace_line
from quorate.inquiry.run import Limits, run
from quorate.windows.catalogue import claims_about
from quorate.windows.groups import Deviation

FOLDER = Path(__file__).resolve().parents[3] / "proofs" / "clusters"


def about_groups(stem: str) -> list[Claim]:
    read = read_cluster(FOLDER / f"{stem}.toml")
    return [claim for claim in claims_about(read.cluster, read.requirements) if claim.about]


def ask(claims: list[Claim]) -> list[Finding]:
    questions = [q for claim in claims for q in questions_about(claim, thorough=True)]
    return list(run(questions, Limits(300.0), certify=False))


SEEN_TWICE = {"one-answers", "answers-from-owner", "one-owner"}
"""Of a group with an address that depends on no disk, where nobody fences."""


@pytest.mark.parametrize(
    ("stem", "refuted"),
    [
        ("sql-two-subnets", SEEN_TWICE),
        ("badly-ordered", {"no-lost-write", "no-dual-activity", *SEEN_TWICE}),
        ("web-pair", {"no-dual-activity", *SEEN_TWICE}),
        ("small/fenced-web", set()),
        ("small/address-on-disk", {"answers-from-owner"}),
    ],
)
def test_only_what_a_file_does_wrong_is_refuted(stem, refuted):
    found = ask(about_groups(stem))
    claims = [f for f in found if f.question.asked is Asked.CLAIM]
    words = {f.question.claim.name: verdict_word(f) for f in claims}
    assert {name for name, word in words.items() if word == "refuted"} == refuted
    assert set(words.values()) <= {"proved", "refuted"}
    premises = [f for f in found if f.question.asked is Asked.PREMISE]
    assert len(premises) == len(claims)
    assert all(finding.as_expected for finding in premises)


def test_a_line_carries_a_run_of_groups_and_one_that_goes_round():
    claims = {claim.name: claim for claim in about_groups("web-pair")}
    for question in (
        Question(claims["no-dual-activity"], Asked.CLAIM),
        Question(claims["no-stuck-pending"], Asked.TOOTH, Deviation.PENDS_FOR_EVER),
        Question(claims["comes-back-after-crash"], Asked.TOOTH, Deviation.LEAVES_LOST),
        Question(claims["comes-back-after-failure"], Asked.TOOTH, Deviation.NEVER_RESTARTS),
        Question(claims["can-be-drained"], Asked.TOOTH, Deviation.KEEPS_DRAINED),
    ):
        (finding,) = inquire([question], 300.0, certify=False)
        replayed = Replayed(trace_line(finding, Families()), Families())
        assert replayed.judged
        assert replayed.deviation is question.deviation
        assert replayed.trace == finding.trace
        account = finding.account()
        assert account is not None
        assert replayed.account().text() == account.text()


def test_groups_that_share_nothing_are_looked_at_alone_and_rivals_together():
    claims = about_groups("hyper-v")
    together = {claim.about: claim.circumstances.assumptions.groups for claim in claims}
    assert together["DC1"] == together["DC2"] == ("DC1", "DC2")
    assert together["MAIL1"] == ("MAIL1",)


def test_a_cluster_without_groups_has_no_claims_about_any():
    cluster: Cluster = read_cluster(FOLDER / "three-nodes.toml").cluster
    assert not cluster.groups
    assert about_groups("three-nodes") == []


def small(*groups: Group, **changes: object) -> Cluster:
    nodes = tuple(Node(name) for name in "ABC")
    return Cluster(
        "small",
        nodes,
        NodeMajority(),
        groups=groups,
        **changes,
        version=WindowsVersion.WINDOWS_2008,
    )


def verdicts(of: Cluster, *names: str) -> dict[tuple[str, str], str]:
    claims = [c for c in claims_about(of, Requirements()) if c.name in names]
    questions = [Question(claim, Asked.CLAIM) for claim in claims]
    found = run(questions, Limits(120.0), certify=False)
    return {(f.question.claim.name, f.question.claim.about): verdict_word(f) for f in found}


DISK = Resource("disk", ResourceKind.DISK)
VM = Resource("vm", ResourceKind.VIRTUAL_MACHINE)


def test_groups_of_different_sizes_that_are_searched_together_lose_no_run():
    """Steps of both groups choose a resource, and these choices are of different sorts."""
    writer = Group("A", (DISK, Resource("app", writes_to=("disk",))), anti_affinity=("x",))
    other = Group("B", tuple(Resource(name) for name in "pqr"), anti_affinity=("x",))
    alone = verdicts(small(replace(writer, anti_affinity=())), "no-lost-write")
    together = verdicts(small(writer, other), "no-lost-write")
    assert alone == together == {("no-lost-write", "A"): "refuted"}


@pytest.mark.parametrize(("nodes", "word"), [("AB", "proved"), ("ABC", "refuted")])
def test_where_nobody_goes_on_alone_nothing_runs_twice(nodes, word):
    """Two nodes without a witness need each other; of three two go on, and start the group."""
    of = replace(small(Group("G", (Resource("app"),))), nodes=tuple(map(Node, nodes)))
    assert verdicts(of, "no-dual-activity") == {("no-dual-activity", "G"): word}


def test_a_machine_is_not_guarded_by_the_files_of_another_one():
    on_volume = replace(VM, name="vm 1", writes_to=("V",))
    nowhere = replace(VM, name="vm 2")
    of = small(Group("G", (on_volume, nowhere)), volumes=("V",))
    assert verdicts(of, "no-dual-activity") == {("no-dual-activity", "G"): "refuted"}
    guarded = small(Group("G", (on_volume,)), volumes=("V",))
    assert verdicts(guarded, "no-dual-activity") == {("no-dual-activity", "G"): "proved"}


def test_a_name_that_cannot_be_online_where_the_group_may_go_serves_nobody():
    address = Resource("ip", ResourceKind.ADDRESS, subnet="north")
    name = Resource("name", ResourceKind.NETWORK_NAME, Dependency((("ip",),)))
    nodes = (
        Node("A", subnets=("north",)),
        Node("B", subnets=("south",)),
        Node("C", subnets=("z",)),
    )
    of = replace(small(Group("G", (address, name))), nodes=nodes)
    assert verdicts(of, "served-again") == {("served-again", "G"): "refuted"}


def test_a_machine_is_not_saved_to_a_disk_that_is_offline():
    apart = small(Group("G", (DISK, replace(VM, writes_to=("disk",)))))
    assert verdicts(apart, "planned-keeps-memory") == {("planned-keeps-memory", "G"): "refuted"}
    needs = replace(VM, writes_to=("disk",), depends_on=Dependency((("disk",),)))
    below = small(Group("G", (DISK, needs)))
    assert verdicts(below, "planned-keeps-memory") == {("planned-keeps-memory", "G"): "proved"}


def test_a_failback_whose_target_is_lost_goes_to_the_next_that_is_back():
    group = Group("G", (Resource("r"),), ("A", "B"), failback=FailbackPolicy.IMMEDIATE)
    of = replace(small(group), nodes=tuple(Node(name) for name in "ABCDE"))
    assert verdicts(of, "failback-happens") == {("failback-happens", "G"): "proved"}


def test_groups_whose_names_look_alike_keep_their_certificates_apart():
    # Of different shapes, for groups of one shape share a certificate.
    groups = [
        Group(name, (Resource(f"app of {name}"),), failover_threshold=number)
        for number, name in enumerate(("g 1", "g-1", "G!1"))
    ]
    claims = [c for c in claims_about(small(*groups), Requirements()) if c.name == "moves-arrive"]
    found = run([Question(claim, Asked.CLAIM) for claim in claims], Limits(120.0), certify=True)
    written = [path for f in found for path in f.certificate if path.endswith(".json")]
    manifests = [path for path in written if not path.endswith(".system.json")]
    assert len(set(manifests)) == len({path.split("/")[0] for path in manifests}) == 3


@pytest.mark.parametrize(
    ("of", "name"),
    [
        # Where the nodes need each other nobody is left to start what the other one has.
        (replace(small(Group("G", (DISK,))), nodes=(Node("A"), Node("B"))), "no-dual-activity"),
        # Nothing starts beside a rival, wherever its group was sent.
        (
            small(
                Group("G", (Resource("g"),), anti_affinity=("x",)),
                Group("H", (Resource("h"),), anti_affinity=("x",)),
                enforced_anti_affinity=True,
            ),
            "anti-affinity",
        ),
        # One node may own it, so it is never owned by another.
        (small(Group("G", (Resource("app", possible_owners=("A",)),))), "right-owner"),
    ],
)
def test_every_claim_holds_and_its_premise_can_be(of, name):
    found = ask([c for c in claims_about(of, Requirements()) if c.name == name])
    assert found
    assert all(finding.as_expected for finding in found)


def test_of_what_is_stored_a_run_keeps_what_its_groups_have():
    """One group's disk is named where storage is told, and a run of another group has not got
    it."""
    path = Path(__file__).parents[3] / "proofs" / "clusters" / "small" / "stretched-storage.toml"
    imported = read_cluster(path)
    families = Families()
    for claim in claims_about(imported.cluster, imported.requirements):
        kept, _ = families.read(families.written(claim, None))
        assert claim.title in {found.title for found in families.claims(kept)}
