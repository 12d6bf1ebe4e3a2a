"""Offered lemmas about groups: each is worth its place."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    Dependency,
    Group,
    Migration,
    Node,
    NodeMajority,
    Resource,
    ResourceKind,
    RestartAction,
    WindowsVersion,
)
from quorate.engines import induction
from quorate.errors import EvidenceError
from quorate.evidence.judge import Judge
from quorate.evidence.progress import progress_obligations
from quorate.inquiry import asking
from quorate.system import Always, EachStep, LeadsTo, Progress, Proved, System
from quorate.windows.groups import availability_properties as availability
from quorate.windows.groups import data_properties, properties
from quorate.windows.groups import progress_properties as endings
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.incidents import Crashes, Incident, OneDrain, OneFailure
from quorate.windows.groups.model import Groups

INSTANT, EVENTUAL = Detection.INSTANT, Detection.EVENTUAL
ON_DISK = Dependency((("disk",),))


def hour() -> float:
    return 3600.0


def cluster(
    nodes: str, *resources: Resource, volumes: tuple[str, ...] = (), fencing: bool = False
) -> Cluster:
    return Cluster(
        "of one group",
        tuple(Node(name) for name in nodes),
        NodeMajority(),
        groups=(Group("G", resources),),
        volumes=volumes,
        fencing=fencing,
        version=WindowsVersion.WINDOWS_2008,
    )


def with_group(of: Cluster, **changes: object) -> Cluster:
    return replace(of, groups=(replace(of.groups[0], **changes),))


APP = Resource("app")
DISK = Resource("disk", ResourceKind.DISK)
VM = Resource("vm", ResourceKind.VIRTUAL_MACHINE, writes_to=("V1",))
PLAIN = cluster("AB", APP)
STORED = cluster("ABC", DISK, replace(APP, depends_on=ON_DISK, writes_to=("disk",)))
MACHINE = cluster("AB", DISK, replace(VM, depends_on=ON_DISK, writes_to=("disk",)))
LIVE = with_group(cluster("AB", VM, volumes=("V1",)), migration=Migration.LIVE)
FENCED = cluster("ABC", APP, fencing=True)
ON_TWO = cluster("ABC", replace(APP, possible_owners=("A", "B")))
PLACED = replace(
    with_group(LIVE, resources=(Resource("ip", ResourceKind.ADDRESS, subnet="north"), VM)),
    nodes=(Node("A", subnets=("north",)), Node("B", subnets=("south",))),
)
ON_VOLUME = cluster("AB", VM, volumes=("V1",))
SUBNET = replace(
    cluster("ABC", Resource("ip", ResourceKind.ADDRESS, subnet="north")),
    nodes=(Node("A", subnets=("north",)), Node("B", subnets=("south",)), Node("C", subnets=("x",))),
)
"""An address that only one node can have, so it is never active twice."""
RIVALS = replace(
    LIVE,
    enforced_anti_affinity=True,
    groups=(
        replace(LIVE.groups[0], anti_affinity=("web",)),
        Group("H", (replace(APP, name="other"),), anti_affinity=("web",)),
    ),
)

NEEDED = [
    (
        "who goes on is the owner, and no cluster runs",
        PLAIN,
        EVENTUAL,
        properties.no_dual_activity,
    ),
    ("somebody who may own the group owns it", ON_TWO, INSTANT, properties.right_owner),
    ("a resource is in one state", STORED, INSTANT, data_properties.no_lost_write),
    ("what is active has what it needs", STORED, INSTANT, properties.offline_in_reverse),
    ("only members run the group", PLAIN, INSTANT, properties.one_owner),
    ("a group on its way is owned by a member", LIVE, INSTANT, endings.completes),
    ("addresses are online where their subnet is", PLACED, INSTANT, properties.right_owner),
    ("groups that avoid each other are apart", RIVALS, INSTANT, properties.anti_affinity),
    (
        "machines that run have their volumes",
        ON_VOLUME,
        INSTANT,
        data_properties.planned_keeps_memory,
    ),
    ("addresses go on where their subnet is", SUBNET, EVENTUAL, properties.one_answers),
    ("what failed was counted", PLAIN, INSTANT, endings.completes),
    (
        # With fewer marks there is none to be left out.
        "failovers are marked one after the other",
        with_group(PLAIN, failover_threshold=3),
        INSTANT,
        endings.no_ping_pong,
    ),
    ("only what runs holds data", STORED, INSTANT, data_properties.no_lost_write),
    ("nothing runs elsewhere", PLAIN, INSTANT, properties.one_owner),
    ("who goes on is no member", FENCED, EVENTUAL, properties.one_owner),
    ("only who was cut off goes on", FENCED, EVENTUAL, properties.one_owner),
    ("nobody takes over before the owner is off", FENCED, EVENTUAL, properties.one_owner),
    ("what goes on has what it needs", STORED, EVENTUAL, properties.one_owner),
    (
        "one node at a time has what only one can have",
        replace(MACHINE, nodes=STORED.nodes),
        EVENTUAL,
        properties.vm_runs_once,
    ),
]

NEEDED_TOGETHER = [
    # Either says that two marks are not 100, of which one more failover would make 001.
    (
        ("failovers are marked one after the other", "no more failovers than allowed"),
        with_group(PLAIN, failover_threshold=2),
        INSTANT,
        endings.no_ping_pong,
    ),
]


THREE = cluster("ABC", APP)
IN_SUBNETS = replace(
    cluster("ABC", Resource("ip", ResourceKind.ADDRESS, subnet="north")), nodes=SUBNET.nodes
)
AVOIDING = replace(
    THREE,
    groups=(
        replace(THREE.groups[0], anti_affinity=("web",)),
        Group("H", (replace(APP, name="other"),), anti_affinity=("web",)),
    ),
)
ONE_CRASH, ONE_FAILURE, ONE_DRAIN = Crashes(1), OneFailure(), OneDrain()

NEEDED_BESIDE = [
    ("no more members are lost than crash", THREE, ONE_CRASH, availability.comes_back_after_crash),
    ("everything is wanted", THREE, ONE_CRASH, availability.comes_back_after_crash),
    ("nothing fails", cluster("ABC", replace(APP, restart=RestartAction.NONE)), ONE_DRAIN, None),
    ("no more nodes are paused than are drained", THREE, ONE_CRASH, None),
    ("every volume is there", cluster("ABC", VM, volumes=("V1",)), ONE_CRASH, None),
    ("nothing fails twice in a period", IN_SUBNETS, ONE_FAILURE, None),
    ("groups set out from a node that is drained", THREE, ONE_DRAIN, None),
    ("no group sets out", AVOIDING, ONE_CRASH, availability.never_together),
    (
        "groups that avoid each other own different nodes",
        AVOIDING,
        ONE_CRASH,
        availability.never_together,
    ),
    ("the group is where it can be online", IN_SUBNETS, ONE_FAILURE, None),
]
"""Lemmas of what holds beside one incident."""


def model_of(
    of: Cluster, detection: Detection, *, operator: bool = True, incident: Incident | None = None
) -> Groups:
    names = tuple(group.name for group in of.groups)
    return Groups(of, Assumptions(names, detection, operator=operator, incident=incident))


def claim_beside(incident: Incident) -> Callable[[Groups, str], LeadsTo]:
    match incident:
        case Crashes():
            return availability.comes_back_after_crash
        case OneFailure():
            return availability.comes_back_after_failure
        case OneDrain():
            return availability.can_be_drained


def proved(system: System, claim: Always | EachStep | Progress) -> bool:
    known = induction.inductive(system, system.offered, hour)
    if isinstance(claim, Always | EachStep):
        return isinstance(asking.proved(induction.prove, system, claim, known, hour), Proved)
    try:
        Judge(system.definitions).check(progress_obligations(system, claim, known), hour)
    except EvidenceError:
        return False
    return True


def plain(name: str) -> str:
    """The name of a lemma without the group that it speaks of."""
    return name.partition(" (")[0]


def without(system: System, *names: str) -> System:
    kept = tuple(lemma for lemma in system.lemmas if plain(lemma.name) not in names)
    assert len(kept) <= len(system.lemmas) - len(names), "no such lemma"
    return replace(system, lemmas=kept)


@pytest.mark.parametrize(
    ("names", "of", "detection", "make"),
    [((name,), *rest) for name, *rest in NEEDED] + NEEDED_TOGETHER,
    ids=lambda value: " and ".join(value) if isinstance(value, tuple) else "",
)
def test_a_claim_is_proved_with_a_lemma_and_not_without(names, of, detection, make):
    model = model_of(of, detection)
    claim = make(model, "G")
    assert proved(model.system, claim)
    assert not proved(without(model.system, *names), claim)
    if len(names) > 1:
        assert all(proved(without(model.system, name), claim) for name in names)


@pytest.mark.parametrize(("name", "of", "incident", "make"), NEEDED_BESIDE)
def test_a_claim_about_an_incident_is_proved_with_a_lemma_and_not_without(name, of, incident, make):
    moved = make is not availability.never_together
    model = model_of(of, INSTANT, operator=moved, incident=incident)
    claim = (make or claim_beside(incident))(model, "G")
    assert proved(model.system, claim)
    assert not proved(without(model.system, name), claim)


def test_every_lemma_that_the_model_of_groups_offers_is_spoken_of_here():
    said = {name for name, *_ in NEEDED} | {n for names, *_ in NEEDED_TOGETHER for n in names}
    everything = (
        MACHINE,
        LIVE,
        PLACED,
        FENCED,
        RIVALS,
        SUBNET,
    )
    offered = {
        plain(lemma.name)
        for of in everything
        for detection in Detection
        for lemma in model_of(of, detection).system.lemmas
    }
    assert offered == said
    beside = {
        plain(lemma.name)
        for _, of, incident, _ in NEEDED_BESIDE
        for operator in (True, False)
        for lemma in model_of(of, INSTANT, operator=operator, incident=incident).system.lemmas
    }
    assert {name for name, *_ in NEEDED_BESIDE} == beside - offered
