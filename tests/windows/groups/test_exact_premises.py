"""The premise of a claim is the situation that its sentence speaks of: the run that reaches it is
the one that a person would write down."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    Dependency,
    Group,
    Node,
    NodeMajority,
    Requirements,
    Resource,
    ResourceKind,
    WindowsVersion,
)
from quorate.inquiry.finding import Asked, questions_about
from quorate.inquiry.inquire import inquire
from quorate.windows.catalogue import claims_about

APP = Resource("app", restart_threshold=1)
DISK = Resource("disk", ResourceKind.DISK, restart_threshold=1)
ON_DISK = replace(APP, depends_on=Dependency((("disk",),)), writes_to=("disk",))
VM = replace(APP, kind=ResourceKind.VIRTUAL_MACHINE)
FAILOVER = "fail, start, fail, begin failover"
AGAIN = "outage, form, start, fail, begin failover"


def one_group(*resources: Resource, nodes: str = "ABC", **policy: object) -> Cluster:
    group = replace(Group("G", resources), **policy)
    volumes = ("V",) if "V" in group.data else ()
    return Cluster(
        "c",
        tuple(map(Node, nodes)),
        NodeMajority(),
        groups=(group,),
        volumes=volumes,
        version=WindowsVersion.WINDOWS_2008,
    )


PLAIN, PAIR = one_group(APP), one_group(APP, nodes="AB")
STORED = one_group(DISK, ON_DISK)
ON_VOLUME = one_group(replace(VM, writes_to=("V",)))
ON_OWN_DISK = one_group(DISK, replace(ON_DISK, kind=ResourceKind.VIRTUAL_MACHINE))
AVOIDING = replace(
    PLAIN,
    groups=(
        Group("G", (APP,), anti_affinity=("x",)),
        Group("H", (replace(APP, name="other"),), anti_affinity=("x",)),
    ),
)

RUNS = [
    ("acyclic", STORED, "take offline, stop, go offline, bring online, start"),
    ("online-needs-dependencies", STORED, "take offline, stop, go offline, bring online, start"),
    ("offline-in-reverse", STORED, "take offline, stop"),
    ("threshold-respected", PAIR, FAILOVER),
    ("threshold-respected", PLAIN, f"{FAILOVER}, {AGAIN}"),
    ("no-ping-pong", one_group(APP, failover_threshold=3), f"{FAILOVER}, {AGAIN}, {AGAIN}"),
    ("restarts-limited", PLAIN, "fail, start, fail"),
    ("restarts-limited", one_group(replace(APP, restart_threshold=0)), "fail"),
    ("failover-happens", PLAIN, "fail, start, fail"),
    ("paused-takes-nothing", PLAIN, "pause, move"),
    ("paused-takes-nothing", PAIR, "pause, fail"),
    ("drain-empties", PLAIN, "drain"),
    ("anti-affinity", AVOIDING, "crash"),
    ("vm-has-disk", ON_VOLUME, "volume failure"),
    ("vm-has-disk", ON_OWN_DISK, "fail"),
    ("planned-keeps-memory", ON_VOLUME, "move, stop"),
    ("no-dual-activity", PLAIN, "cut off"),
    ("comes-back-after-crash", PLAIN, "crash"),
    ("comes-back-after-failure", PLAIN, "fail"),
    ("not-left-failed", PLAIN, "fail"),
    ("can-be-drained", PLAIN, "drain"),
]


@pytest.mark.parametrize(("name", "of", "run_there"), RUNS)
def test_the_run_to_a_premise_is_the_situation_in_the_sentence(
    name: str, of: Cluster, run_there: str
) -> None:
    assert list(actions(of, name)) == run_there.split(", ")


def actions(of: Cluster, name: str) -> Iterator[str]:
    """The verbs of the run that shows that the first claim of this name speaks of something."""
    claim = next(c for c in claims_about(of, Requirements()) if c.name == name)
    questions = [q for q in questions_about(claim, thorough=True) if q.asked is Asked.PREMISE]
    (finding,) = inquire(questions, 60.0, certify=False)
    assert finding.as_expected
    assert finding.trace is not None
    for step in finding.trace.steps:
        yield step.action.partition(":")[0]


def test_more_failovers_than_anybody_counts_are_not_followed_one_by_one() -> None:
    of = one_group(APP, failover_threshold=1000)
    assert list(actions(of, "threshold-respected")) == FAILOVER.split(", ")


def test_where_the_others_need_whoever_is_cut_off_nobody_goes_on_meanwhile() -> None:
    assert list(actions(PAIR, "no-dual-activity")) == ["cut off"]
