"""Each way to break a rule of groups makes another system where there is such a rule, is refused
where there is none, and is refuted on a small group by as many steps as are counted by hand."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import quorate.windows.groups
from quorate.cluster import (
    Cluster,
    Dependency,
    FailbackPolicy,
    Group,
    GroupSet,
    Node,
    NodeMajority,
    Resource,
    ResourceKind,
    StartupTrigger,
    Window,
    WindowsVersion,
)
from quorate.engines import bmc, explicit, induction
from quorate.errors import EvidenceError
from quorate.evidence.judge import Judge
from quorate.evidence.progress import progress_obligations
from quorate.evidence.replay import replay_refutation
from quorate.inquiry.asking import proved, searched
from quorate.system import Ceases, HoldsTo, LeadsTo, Lemma, Property, Proved, Refuted, System
from quorate.windows.groups import (
    data_properties,
    failover_properties,
    memory_properties,
    progress_properties,
    properties,
    step_properties,
)
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.deviations import Deviation as D
from quorate.windows.groups.model import Groups

LATE = {D.NO_RESERVATION, D.DOES_NOT_FENCE, D.FORGETS_PENDING}
"""What is seen only while a node that was cut off goes on."""

ALONE = Resource("app", restart_threshold=0)
DISK = Resource("disk", ResourceKind.DISK, restart_threshold=0)
ON_DISK = Resource("app", depends_on=Dependency((("disk",),)), writes_to=("disk",))
MACHINE = Resource("vm", ResourceKind.VIRTUAL_MACHINE, writes_to=("V1",))


IN_TURN = Cluster(
    "by hand",
    (Node("A"), Node("B")),
    NodeMajority(),
    groups=(Group("G", (ALONE,), failover_threshold=0), Group("H", (Resource("first"),))),
    group_sets=(
        GroupSet("first", ("H",), (), StartupTrigger.ONLINE),
        GroupSet("second", ("G",), ("first",)),
    ),
    version=WindowsVersion.WINDOWS_2022,
)
"""G starts after H."""


def cluster(
    nodes: str, *resources: Resource, fencing: bool = False, volumes: tuple[str, ...] = ()
) -> Cluster:
    return Cluster(
        "by hand",
        tuple(Node(name) for name in nodes),
        NodeMajority(),
        groups=(Group("G", resources, failover_threshold=0),),
        volumes=volumes,
        fencing=fencing,
        version=WindowsVersion.WINDOWS_2008,
    )


RIVALS = replace(
    cluster("ABC", ALONE),
    groups=(
        Group("G", (ALONE,), anti_affinity=("web",)),
        Group("H", (replace(ALONE, name="other"),), anti_affinity=("web",)),
    ),
)
KEPT_APART = replace(RIVALS, nodes=(Node("A"), Node("B")), enforced_anti_affinity=True)
ON_A_ONLY = cluster("ABC", replace(ALONE, possible_owners=("A",)))

WANDERING = replace(
    cluster("AB", replace(ALONE, restart_threshold=1)),
    groups=(Group("G", (replace(ALONE, restart_threshold=1),)),),
)


ONE_LEFT = replace(cluster("AB", ALONE), groups=(Group("G", (ALONE,), failover_threshold=1),))


def preferring(*owners: str, window: Window | None = None) -> Cluster:
    failback = FailbackPolicy.WINDOW if window else FailbackPolicy.IMMEDIATE
    group = Group("G", (ALONE,), owners, failback=failback, window=window)
    return replace(cluster("ABC", ALONE), groups=(group,))


SAFETY = [
    # The disk fails, the application starts.
    (
        D.STARTS_UNSUPPORTED,
        cluster("AB", DISK, ON_DISK),
        properties.online_needs_dependencies,
        2,
    ),
    # A move begins, the application stops, the disk stops while it is stopping.
    (D.STOPS_AT_ONCE, cluster("AB", DISK, ON_DISK), properties.offline_in_reverse, 3),
    # The disk fails.
    (
        D.KEEPS_DEPENDENTS,
        cluster("AB", DISK, ON_DISK),
        properties.online_needs_dependencies,
        1,
    ),
    (D.DEPENDS_ON_ITSELF, cluster("AB", DISK, ON_DISK), properties.acyclic, 0),
    # A move begins, the group is transferred, it starts.
    (D.TRANSFERS_EARLY, cluster("AB", ALONE), properties.one_owner, 3),
    # A crashes, B takes over, it starts there.
    (D.IGNORES_POSSIBLE_OWNERS, ON_A_ONLY, properties.right_owner, 3),
    # It fails, a failover begins although none is allowed.
    (D.IGNORES_THRESHOLD, cluster("AB", ALONE), properties.threshold_respected, 2),
    # A crashes, B takes over beside the other group although C is free.
    (D.IGNORES_ANTI_AFFINITY, RIVALS, properties.anti_affinity, 2),
    # It fails, a failover begins, it is transferred beside the other group, and starts.
    (D.STARTS_BESIDE, KEPT_APART, properties.anti_affinity, 4),
    # An outage, the cluster forms, a move begins, the group is transferred, it starts.
    (D.LEAVES_RESOURCES_RUNNING, cluster("AB", ALONE), properties.one_owner, 5),
    # A move begins, the machine stops, it is off.
    (
        D.SHUTS_DOWN_MACHINES,
        cluster("AB", MACHINE, volumes=("V1",)),
        data_properties.planned_keeps_memory,
        3,
    ),
    # The volume is lost, the machine starts.
    (
        D.DISK_STAYS_BEHIND,
        cluster("AB", MACHINE, volumes=("V1",)),
        properties.vm_has_disk,
        2,
    ),
    # A is cut off, B takes over, it starts.
    (D.NO_RESERVATION, cluster("ABC", DISK), properties.no_dual_activity, 3),
    (D.DOES_NOT_FENCE, cluster("ABC", ALONE, fencing=True), properties.no_dual_activity, 3),
    # It fails once, which is tolerated, and a failover begins.
    (D.FAILS_OVER_AT_ONCE, WANDERING, step_properties.failover_needs_cause, 2),
    # It fails, and starts.
    (D.RESTARTS_FOR_EVER, cluster("AB", ALONE), step_properties.restarts_limited, 2),
    # B is paused, the group is moved there.
    (D.IGNORES_PAUSE, cluster("AB", ALONE), step_properties.paused_takes_nothing, 2),
    (D.KEEPS_DRAINED, cluster("AB", ALONE), step_properties.drain_empties, 1),
    # A crashes, B takes over, A returns, at noon.
    (
        D.IGNORES_WINDOW,
        preferring("A", window=Window(22, 5)),
        step_properties.failback_by_policy,
        4,
    ),
    # B is paused and resumed, and called back to.
    (D.GOES_BACK_TO_ANY, preferring("A", "B"), step_properties.failback_by_policy, 3),
    # A crashes and returns.
    (D.FORGETS_RETURNS, preferring("A"), step_properties.returns_remembered, 2),
    # A crashes, C takes over.
    (D.TAKES_LAST, preferring("A"), step_properties.next_owner, 2),
    # One of two fails.
    (D.COUNTS_FOR_ALL, cluster("AB", ALONE, DISK), memory_properties.failures_counted, 1),
    # It fails, and starts again.
    (D.START_CLEARS_COUNT, WANDERING, memory_properties.failures_counted, 2),
    # It fails, A crashes, B takes over.
    (D.KEEPS_COUNTS, WANDERING, memory_properties.failures_counted, 3),
    # B crashes and returns.
    (D.ANY_RETURN_CALLS, preferring("A"), memory_properties.failback_needs_cause, 2),
    # A is paused, crashes and returns.
    (D.REBOOT_RESUMES, cluster("ABC", ALONE), memory_properties.pause_lasts, 3),
    # One of two is taken offline, and brought online again.
    (D.FORGETS_COMMANDS, cluster("AB", ALONE, DISK), memory_properties.commands_remembered, 2),
    # The disk fails, the application is brought online.
    (D.BRINGS_ALONE, cluster("AB", DISK, ON_DISK), memory_properties.commands_remembered, 2),
    # It fails, starts again, and A is cut off.
    (
        D.FORGETS_PENDING,
        cluster("AB", replace(ALONE, restart_threshold=1)),
        memory_properties.stale_remembered,
        3,
    ),
    # A move begins, the machine stops, it is saved, and the group is transferred.
    (
        D.LOSES_SAVED,
        cluster("AB", MACHINE, volumes=("V1",)),
        memory_properties.saved_is_restored,
        4,
    ),
    # An outage, the cluster forms, and it starts before the other.
    (D.STARTS_OUT_OF_TURN, IN_TURN, step_properties.starts_in_turn, 3),
    # It fails, is moved to C, and is transferred to B.
    (D.GOES_ASTRAY, cluster("ABC", ALONE), step_properties.moves_arrive, 3),
]

SUBNETS = replace(
    cluster("AB", ALONE),
    nodes=(Node("A", subnets=("north",)), Node("B", subnets=("south",))),
    groups=(
        Group(
            "G",
            (
                Resource("north ip", ResourceKind.ADDRESS, subnet="north"),
                Resource("south ip", ResourceKind.ADDRESS, subnet="south"),
                Resource(
                    "name", ResourceKind.NETWORK_NAME, Dependency((("north ip", "south ip"),))
                ),
            ),
        ),
    ),
)
"""A name by another address on each node."""

IN_THE_END = [
    # A crashes, and nobody takes over.
    (D.LEAVES_LOST, cluster("ABC", ALONE), progress_properties.completes, 1),
    # An outage, the cluster forms, and nothing is started.
    (D.NEVER_STARTS, cluster("AB", ALONE), progress_properties.completes, 2),
    # It fails once, the period passes, and nothing happens any more.
    (D.NEVER_RESTARTS, WANDERING, progress_properties.completes, 2),
    # A crashes, B takes over, A returns; nothing else is wanted, so nothing happens any more.
    (D.NO_FAILBACK, preferring("A"), progress_properties.failback_happens, 4),
    # A is drained, and the resource begins to stop.
    (D.PENDS_FOR_EVER, cluster("AB", ALONE), progress_properties.no_stuck_pending, 2),
    # It fails, and nothing happens any more.
    (D.ONE_FAILOVER_FEWER, ONE_LEFT, failover_properties.failover_happens, 1),
    (D.KEEPS_ADDRESS, SUBNETS, progress_properties.served_again, 7),
]
"""What shows in a run without end, and how long it is until all repeats."""


def hour() -> float:
    return 3600.0


def model_of(of: Cluster, deviation: D) -> Groups:
    """The real rules, under assumptions under which the broken one can be seen."""
    detection = Detection.EVENTUAL if deviation in LATE else Detection.INSTANT
    return Groups(of, Assumptions(tuple(group.name for group in of.groups), detection))


def test_every_deviation_is_tried_here():
    tried = [deviation for deviation, *_ in (*SAFETY, *IN_THE_END)]
    # A group that wanders for ever takes a long run: tests/changes/test_lassos.py.
    assert sorted(d.name for d in (*tried, D.FORGETS_FAILOVERS)) == sorted(d.name for d in D)


@pytest.mark.parametrize(
    ("deviation", "of", "make", "steps"),
    [*SAFETY, *IN_THE_END],
    ids=lambda value: value.name if isinstance(value, D) else "",
)
def test_a_broken_rule_shows_after_so_many_steps_and_the_real_one_is_proved(
    deviation, of, make, steps
):
    real = model_of(of, deviation)
    broken = deviation.twin(real)
    claim = make(broken, "G")
    known = induction.inductive(broken.system, broken.system.offered, hour)
    for search in (bmc.search, explicit.search)[: 1 if isinstance(claim, LeadsTo) else 2]:
        found = searched(search, broken.system, claim, steps, hour, known)
        assert isinstance(found, Refuted)
        assert len(found.trace) == steps
        replay_refutation(broken.system, found.trace, claim)
    honest = make(real, "G")
    assert isinstance(searched(bmc.search, real.system, honest, steps, hour), HoldsTo)
    assert is_proved(real.system, honest)


def is_proved(system: System, claim: Property) -> bool:
    known = induction.inductive(system, system.offered, hour)
    if isinstance(claim, LeadsTo | Ceases):
        return has_measure(system, claim, known)
    return isinstance(proved(induction.prove, system, claim, known, hour), Proved)


def has_measure(system: System, claim: LeadsTo | Ceases, known: tuple[Lemma, ...]) -> bool:
    try:
        Judge(system.definitions).check(progress_obligations(system, claim, known), hour)
    except EvidenceError:
        return False
    return True


@pytest.mark.parametrize("deviation", D)
def test_a_twin_is_of_the_same_group_under_the_same_assumptions(deviation):
    of = {d: row[0] for d, *row in (*SAFETY, *IN_THE_END)}.get(deviation, WANDERING)
    model = model_of(of, deviation)
    twin = deviation.twin(model)
    assert steps_of(twin.system) != steps_of(model.system)
    assert twin.system.variables == model.system.variables
    assert twin.system.initial == model.system.initial
    assert (twin.cluster, twin.assumptions) == (model.cluster, model.assumptions)


def steps_of(system: System) -> dict[str, object]:
    """What each action says, as text."""
    return {
        action.name: (
            [part.sexpr() for part in action.guard],
            {name: term.sexpr() for name, term in action.updates.items()},
        )
        for action in system.actions
    }


PLAIN = cluster("AB", ALONE)
NOT_THERE = [
    ("nothing depends on another", D.STOPS_AT_ONCE, {}),
    ("nothing to depend on", D.STARTS_UNSUPPORTED, {}),
    ("no dependents", D.KEEPS_DEPENDENTS, {}),
    ("any node may own it", D.IGNORES_POSSIBLE_OWNERS, {}),
    ("nothing is reserved", D.NO_RESERVATION, {}),
    ("nobody fences", D.DOES_NOT_FENCE, {}),
    (
        "nothing runs on unseen",
        D.LEAVES_RESOURCES_RUNNING,
        {"detection": Detection.EVENTUAL},
    ),
    ("nobody pauses", D.IGNORES_PAUSE, {"operator": False}),
    ("nobody drains", D.KEEPS_DRAINED, {"operator": False}),
    ("no failback", D.NO_FAILBACK, {}),
    ("no return to note", D.FORGETS_RETURNS, {}),
    ("no window", D.IGNORES_WINDOW, {}),
    ("no better owner", D.GOES_BACK_TO_ANY, {}),
    ("no group to avoid", D.IGNORES_ANTI_AFFINITY, {}),
    ("nobody to be kept apart from", D.STARTS_BESIDE, {}),
    ("no group to start after", D.STARTS_OUT_OF_TURN, {}),
    ("no machine", D.SHUTS_DOWN_MACHINES, {}),
    ("no machine with a disk", D.DISK_STAYS_BEHIND, {}),
    ("no client", D.KEEPS_ADDRESS, {}),
    ("no failover", D.ONE_FAILOVER_FEWER, {}),
    ("no call home", D.ANY_RETURN_CALLS, {}),
    ("nobody is paused", D.REBOOT_RESUMES, {"operator": False}),
    ("nobody commands", D.FORGETS_COMMANDS, {"operator": False}),
    ("nothing needs anything", D.BRINGS_ALONE, {}),
    ("nobody goes on", D.FORGETS_PENDING, {}),
    ("nothing to save", D.LOSES_SAVED, {}),
]


@pytest.mark.parametrize(("deviation", "assumed"), [row[1:] for row in NOT_THERE])
def test_a_rule_that_is_not_there_cannot_be_broken(deviation, assumed):
    with pytest.raises(ValueError, match=deviation.sentence):
        deviation.twin(Groups(PLAIN, Assumptions(("G",), **assumed)))


def test_a_rule_is_broken_for_every_group_that_it_has_a_part_in():
    """One of the two has resources that depend on each other; the rule about them is broken, and
    the other group stays as it is."""
    of = replace(
        RIVALS, groups=(replace(RIVALS.groups[0], resources=(DISK, ON_DISK)), RIVALS.groups[1])
    )
    model = Groups(of, Assumptions(("G", "H")))
    before, after = (steps_of(m.system) for m in (model, D.STOPS_AT_ONCE.twin(model)))
    assert {name for name in before if before[name] != after[name]} == {"stop: group.G"}
    both = steps_of(D.RESTARTS_FOR_EVER.twin(model).system)
    changed = {name for name in before if before[name] != both[name]}
    assert changed == {"start: group.G", "start: group.H"}


def test_only_twins_and_claims_know_how_rules_are_broken():
    """The files of the model hold the rules and nothing else."""
    (folder,) = quorate.windows.groups.__path__
    knowing = {
        file.name
        for file in Path(folder).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module is not None
        and node.module.endswith((".deviations", ".broken"))
    }
    assert knowing == {"__init__.py", "broken.py", "deviations.py", "forgetful.py"}
