"""What people ask of a group first, on small clusters that one fault leaves without it, each for
another reason, and on their neighbours that it does not."""

from dataclasses import replace

import pytest

from quorate.cli.verdicts import verdict_word
from quorate.cluster import (
    Cluster,
    Dependency,
    DiskOnly,
    FailbackPolicy,
    Group,
    Migration,
    Node,
    NodeAndDiskMajority,
    NodeMajority,
    Promises,
    Requirements,
    Resource,
    ResourceKind,
    RestartAction,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.finding import Asked, Finding, questions_about
from quorate.inquiry.inquire import inquire
from quorate.windows.catalogue import claims_about
from quorate.windows.groups import Deviation

CRASH, FAILURE, NOT_LEFT, DRAINED, APART = (
    "comes-back-after-crash",
    "comes-back-after-failure",
    "not-left-failed",
    "can-be-drained",
    "never-together",
)
ASKED = {CRASH, FAILURE, NOT_LEFT, DRAINED, APART}

NONE, RESTART = RestartAction.NONE, RestartAction.RESTART
APP = Resource("app")
DISK = Resource("disk", ResourceKind.DISK)
ON_DISK = replace(APP, depends_on=Dependency((("disk",),)), writes_to=("disk",))
LOG = Resource("log", depends_on=Dependency((("app",),)))
VM = Resource("vm", ResourceKind.VIRTUAL_MACHINE, writes_to=("V",))


def one_group(*resources: Resource, nodes: str = "ABC", **policy: object) -> Cluster:
    group = replace(Group("G", resources or (APP,)), **policy)
    volumes = ("V",) if "V" in group.data else ()
    return Cluster(
        "small",
        tuple(map(Node, nodes)),
        NodeMajority(),
        groups=(group,),
        volumes=volumes,
        version=WindowsVersion.WINDOWS_2008,
    )


def rivals(number: int, nodes: str, *, enforced: bool) -> Cluster:
    groups = tuple(Group(n, (Resource(n.lower()),), anti_affinity=("x",)) for n in "GHIJ"[:number])
    return replace(one_group(nodes=nodes), groups=groups, enforced_anti_affinity=enforced)


def with_disk(of: Cluster, *cables: str) -> Cluster:
    witness = Witness("Q:", WitnessKind.DISK, cables)
    return replace(of, rule=NodeAndDiskMajority(), witness=witness)


def in_subnets(of: Cluster, **subnets: str) -> Cluster:
    nodes = tuple(replace(node, subnets=(subnets[node.name],)) for node in of.nodes)
    return replace(of, nodes=nodes)


def named(join: str) -> tuple[Resource, ...]:
    """A name that needs both of its addresses, or one of them."""
    both = (
        Dependency((("north",), ("south",))) if join == "and" else Dependency((("north", "south"),))
    )
    return (
        Resource("north", ResourceKind.ADDRESS, subnet="n"),
        Resource("south", ResourceKind.ADDRESS, subnet="s"),
        Resource("name", ResourceKind.NETWORK_NAME, both),
    )


def about(of: Cluster) -> list[Claim]:
    """The claims about the first group."""
    claims = claims_about(of, Requirements())
    return [c for c in claims if kind_of(c.name) in ASKED and c.about == of.groups[0].name]


def found(of: Cluster, *asked: Asked, name: str = "") -> list[Finding]:
    """What is found of the claims about the first group, or of the one of this name."""
    answers: list[Finding] = []
    for claim in about(of):
        questions = [q for q in questions_about(claim, thorough=True) if q.asked in asked]
        if name in {"", claim.name}:
            answers += inquire(questions, 120.0, certify=False)
    return answers


ALL = {CRASH, FAILURE, NOT_LEFT, DRAINED}

CASES = [
    # what the cluster is, which claims are proved, and which are refuted; all else is not claimed
    ("a plain group", one_group(), ALL, set()),
    ("with a disk below it", one_group(DISK, ON_DISK), ALL, set()),
    ("two nodes and a disk", with_disk(one_group(nodes="AB"), "A", "B"), ALL, set()),
    ("two nodes that need each other", one_group(nodes="AB"), ALL - {CRASH}, {CRASH}),
    (
        "a crash of the one node with a cable takes the witness along",
        with_disk(one_group(nodes="AB"), "A"),
        ALL - {CRASH},
        {CRASH},
    ),
    (
        "one node has more votes than all others",
        replace(one_group(), nodes=(Node("A", votes=3), Node("B"), Node("C"))),
        ALL - {CRASH},
        {CRASH},
    ),
    (
        "under Disk Only the one that is left needs the disk",
        replace(
            one_group(),
            rule=DiskOnly(),
            witness=Witness("Q:", WitnessKind.DISK, ("A", "B")),
        ),
        ALL,
        set(),
    ),
    ("a single node", one_group(nodes="A"), {FAILURE}, {CRASH}),
    (
        "one possible owner",
        one_group(replace(APP, possible_owners=("A",))),
        {FAILURE},
        {CRASH, DRAINED},
    ),
    ("two possible owners", one_group(replace(APP, possible_owners=("A", "C"))), ALL, set()),
    # failures
    (
        "nothing restarts it",
        one_group(replace(APP, restart=NONE)),
        {CRASH, DRAINED},
        {FAILURE, NOT_LEFT},
    ),
    (
        "nothing restarts what hangs on it",
        one_group(APP, replace(LOG, restart=NONE)),
        ALL - {FAILURE},
        {FAILURE},
    ),
    (
        "what hangs on it does not move it",
        one_group(APP, replace(LOG, restart=RESTART)),
        ALL,
        set(),
    ),
    (
        "only its disk moves it",
        one_group(DISK, replace(ON_DISK, restart=RESTART)),
        ALL - {NOT_LEFT},
        {NOT_LEFT},
    ),
    (
        "nothing restarts what it needs",
        one_group(replace(DISK, restart=NONE), ON_DISK),
        {CRASH, DRAINED},
        {FAILURE, NOT_LEFT},
    ),
    ("no failover is allowed", one_group(failover_threshold=0), ALL - {NOT_LEFT}, {NOT_LEFT}),
    ("one failover is allowed", one_group(failover_threshold=1), ALL, set()),
    ("it moves at the first failure", one_group(replace(APP, restart_threshold=0)), ALL, set()),
    # places
    ("kept apart, with a node to spare", rivals(2, "ABC", enforced=True), {*ALL, APART}, set()),
    (
        "kept apart, with none to spare",
        rivals(3, "ABC", enforced=True),
        {FAILURE, NOT_LEFT, APART},
        {CRASH, DRAINED},
    ),
    ("kept apart, and too many", rivals(4, "ABC", enforced=True), {NOT_LEFT, APART}, {CRASH}),
    ("apart if that can be", rivals(2, "ABC", enforced=False), {*ALL, APART}, set()),
    (
        "apart while both nodes are there",
        with_disk(rivals(2, "AB", enforced=False), "A", "B"),
        ALL,
        {APART},
    ),
    (
        "goes home at once",
        one_group(preferred_owners=("A", "B"), failback=FailbackPolicy.IMMEDIATE),
        ALL,
        set(),
    ),
    (
        "a machine that moves live",
        one_group(VM, migration=Migration.LIVE),
        ALL,
        set(),
    ),
    # subnets
    ("either address", in_subnets(one_group(*named("or")), A="n", B="s", C="n"), ALL, set()),
    (
        "an address that only one node can have",
        in_subnets(one_group(*named("or")[:1], nodes="ABC"), A="n", B="s", C="s"),
        ALL - {CRASH, DRAINED},
        {CRASH, DRAINED},
    ),
]


@pytest.mark.parametrize(
    ("of", "proved", "refuted"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_a_group_that_one_fault_leaves_down_is_refuted_and_a_plain_one_is_not(
    of: Cluster, proved: set[str], refuted: set[str]
) -> None:
    """And each of the claims speaks of what can happen."""
    answers = found(of, Asked.CLAIM, Asked.PREMISE)
    claims = [f for f in answers if f.question.asked is Asked.CLAIM]
    words = {f.question.claim.name: verdict_word(f) for f in claims}
    assert {name for name, word in words.items() if word == "proved"} == proved
    assert {name for name, word in words.items() if word == "refuted"} == refuted
    assert set(words.values()) <= {"proved", "refuted"}
    assert all(f.as_expected for f in answers if f.question.asked is Asked.PREMISE)


PROMISED = [
    (Promises(crash=0), {FAILURE, NOT_LEFT, DRAINED}),
    (Promises(crash=2), {f"{CRASH}(2)", FAILURE, NOT_LEFT, DRAINED}),
    (Promises(crash=9), {f"{CRASH}(3)", FAILURE, NOT_LEFT, DRAINED}),
    (Promises(failure=False), {CRASH, NOT_LEFT, DRAINED}),
    (Promises(node_fault=False), {CRASH, FAILURE, DRAINED}),
    (Promises(drain=False), {CRASH, FAILURE, NOT_LEFT}),
]


@pytest.mark.parametrize(("promises", "asked"), PROMISED)
def test_what_a_group_promises_is_asked_of_it(promises: Promises, asked: set[str]) -> None:
    claims = claims_about(one_group(promises=promises), Requirements())
    assert {claim.name for claim in claims if kind_of(claim.name) in ASKED} == asked


def kind_of(name: str) -> str:
    return name.partition("(")[0]


@pytest.mark.parametrize(
    ("enforced", "promised", "expected"),
    [
        (True, None, Expectation.HOLDS),
        (False, None, Expectation.OPEN),
        (False, True, Expectation.HOLDS),
        (True, False, None),
        (False, False, None),
    ],
)
def test_nobody_promises_that_groups_stay_apart_where_it_is_not_enforced(
    enforced: bool, promised: bool | None, expected: Expectation | None
) -> None:
    of = rivals(2, "ABC", enforced=enforced)
    first = replace(of.groups[0], promises=Promises(apart=promised))
    found_of = about(replace(of, groups=(first, of.groups[1])))
    assert [c.expectation for c in found_of if c.name == APART] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("nodes", "crashes", "word"),
    [("ABCDE", 2, "proved"), ("ABCDE", 3, "refuted"), ("ABC", 2, "refuted")],
)
def test_several_crashes_are_counted_in_votes(nodes: str, crashes: int, word: str) -> None:
    of = one_group(nodes=nodes, promises=Promises(crashes, False, False, False))
    assert [verdict_word(finding) for finding in found(of, Asked.CLAIM)] == [word]


def test_where_one_node_weighs_more_the_votes_that_are_left_are_counted_exactly() -> None:
    """Of 7 votes 4 are needed; two crashes leave at least 4, whoever crashes."""
    heavy = (Node("A", votes=2), *map(Node, "BCDEF"))
    of = one_group(nodes="ABCDEF", promises=Promises(2, False, False, False))
    assert [verdict_word(f) for f in found(replace(of, nodes=heavy), Asked.CLAIM)] == ["proved"]


TOLD = [
    (one_group(nodes="AB"), CRASH, "No node runs the cluster, so nobody takes over group G."),
    (
        one_group(replace(APP, possible_owners=("A",))),
        DRAINED,
        "No other node that is there may own group G.",
    ),
    (
        rivals(3, "ABC", enforced=True),
        CRASH,
        "Each node that could take group G has one that it must not be beside.",
    ),
    (
        one_group(replace(APP, restart=NONE)),
        FAILURE,
        "Nothing restarts app: its restart is 'none'.",
    ),
    (
        one_group(replace(APP, restart=RESTART)),
        NOT_LEFT,
        "app is only restarted in place, and never moves group G.",
    ),
    (one_group(failover_threshold=0), NOT_LEFT, "The failover threshold of group G is 0."),
]


@pytest.mark.parametrize(("of", "name", "reason"), TOLD)
def test_a_run_that_stands_still_says_what_keeps_the_group(
    of: Cluster, name: str, reason: str
) -> None:
    (refuted,) = found(of, Asked.CLAIM, name=name)
    account = refuted.account()
    assert account is not None
    end = account.text().rpartition("End: ")[2]
    assert f" {reason} From here nothing more happens, for ever." in end
    told = account.data()["conclusion"]["hindrances"]
    assert [one["sentence"] for one in told] == [reason]


def test_a_run_that_goes_on_or_breaks_a_rule_is_told_without_a_reason() -> None:
    claims = {claim.name: claim for claim in about(one_group())}
    broken = replace(claims[CRASH], teeth=(Deviation.LEAVES_LOST,))
    questions = [q for q in questions_about(broken, thorough=True) if q.asked is Asked.TOOTH]
    (finding,) = inquire(questions, 120.0, certify=False)
    account = finding.account()
    assert account is not None
    assert account.data()["conclusion"]["hindrances"] == []


def sentence(of: Cluster, name: str) -> str:
    claims = claims_about(of, Requirements())
    return next(claim.sentence for claim in claims if claim.name == name)


SENTENCES = [
    (
        one_group(),
        "completes",
        "once nothing fails any more and the operator rests, all of G that is wanted is online, "
        "unless every node that may own it is lost or paused or its owner is paused",
    ),
    (
        one_group(VM, replace(LOG, depends_on=Dependency(()), restart=NONE)),
        "completes",
        "once nothing fails any more and the operator rests, all of G that is wanted is online, "
        "but for log, which nothing restarts, and what needs it, unless every node that may own it "
        "is lost or paused, its owner is paused or a shared volume that it keeps data on is lost",
    ),
    (
        in_subnets(one_group(*named("or")), A="n", B="s", C="n"),
        "completes",
        "once nothing fails any more and the operator rests, all of G that is wanted and in its "
        "subnet is online, unless every node that may own it is lost or paused or its owner is "
        "paused",
    ),
    (
        rivals(2, "ABC", enforced=True),
        "completes",
        "once nothing fails any more and the operator rests, all of G that is wanted is online, "
        "unless every node that may own it is lost or paused, its owner is paused or the groups "
        "that it avoids leave it no node",
    ),
    (
        one_group(APP, replace(LOG, restart=RESTART)),
        NOT_LEFT,
        "no resource of G, but for log, which moves no group, stays failed while another node is "
        "free to take the group and a failover is left in this period",
    ),
    (
        one_group(failover_threshold=0),
        NOT_LEFT,
        "no resource of G stays failed while another node is free to take the group",
    ),
    (
        one_group(VM),
        NOT_LEFT,
        "no resource of G stays failed while another node is free to take the group, a failover is "
        "left in this period and its shared volumes are there",
    ),
]


@pytest.mark.parametrize(("of", "name", "said"), SENTENCES)
def test_what_excuses_a_claim_is_named_in_its_sentence(of: Cluster, name: str, said: str) -> None:
    assert sentence(of, name) == said


def test_a_run_that_refutes_shows_the_incident_and_nothing_beside_it() -> None:
    told = {
        f.question.claim.name: [step.action for step in f.trace.steps]
        for f in found(one_group(replace(APP, possible_owners=("A",))), Asked.CLAIM)
        if f.trace is not None
    }
    assert told == {CRASH: ["crash"], DRAINED: ["drain"]}


def test_whether_a_group_outlives_a_crash_is_not_asked_where_votes_follow_who_runs():
    """Any members may go on there, so that a proof would say too much."""
    of = Cluster(
        "c",
        (Node("A"), Node("B")),
        NodeMajority(),
        groups=(Group("G", (Resource("app"),)),),
        version=WindowsVersion.WINDOWS_2008,
    )
    newer = replace(of, version=WindowsVersion.WINDOWS_2019)
    names = {claim.name for claim in claims_about(newer, Requirements())}
    assert "comes-back-after-failure" in names
    assert "comes-back-after-crash" not in names
    assert "comes-back-after-crash" in {claim.name for claim in claims_about(of, Requirements())}
