"""The claims that quorate makes of a group."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from quorate.claims.claim import Claim, Expectation
from quorate.claims.group_teeth import bites_group, changes_address
from quorate.cluster import (
    Cluster,
    FailbackPolicy,
    Group,
    OfflineAction,
    ResourceKind,
    RestartAction,
    bundles,
)
from quorate.dynamics import Conditions, Detection, ServiceDeviation
from quorate.dynamics.services import endings, properties
from quorate.dynamics.services.state import group_keys
from quorate.system import Property, Sometimes

_ORDER = "R1 to R4: providers are online first and offline last (MS-CMRP, dependencies)"
_STEPS = "F1, F2: the steps of a failover (MSCS, failover; MS-CMRP, ApiMoveGroup)"
_PLACES = "G3 to G6: thresholds, NodeList, possible owners, anti-affinity (KB 299631)"
_FAILBACK = "F3: failback to the best preferred owner, in its window (MSCS, failback)"
_MACHINES = "V1 to V3: quick and live migration, unplanned restart"
_CLIENTS = "wsfc.md 8: network name and addresses, one a subnet"
_FENCING = "M3, wsfc.md 6: reservations, and the window between start and stop"


@dataclass(frozen=True)
class _Page:
    """What is the same of a claim for every group. `path` names verbs of actions, those of the
    group being completed with its key."""

    name: str
    sentence: str
    why: str
    broken: str
    make_property: Callable[[Any, str], Property]
    make_premise: Callable[[Any, str], Sometimes]
    source: str
    path: tuple[str, ...] = ()
    teeth: tuple[ServiceDeviation, ...] = ()
    deepest: int = 14
    expectation: Expectation = Expectation.HOLDS


def claims_about_groups(cluster: Cluster) -> Iterator[Claim]:
    """Every claim that applies to a group of `cluster`, group by group."""
    for bundle in bundles(cluster.groups):
        usual = _conditions(bundle)
        late = replace(usual, detection=Detection.EVENTUAL, operator=False)
        for group in bundle:
            for page in _pages(cluster, group, bundle):
                conditions = late if page is _DUAL_ACTIVITY else usual
                yield _claim(cluster, group, bundle, conditions, page)


def dual_activity_at_once(cluster: Cluster, group: Group) -> Claim:
    """`no-dual-activity` where a lost node stops in the same step: what it is without the window
    that only a reservation or fencing closes."""
    bundle = _bundle(cluster, group)
    page = replace(
        _DUAL_ACTIVITY,
        name="no-dual-activity-if-noticed-at-once",
        teeth=(ServiceDeviation.TRANSFERS_EARLY,),
        path=("crash",),
        make_premise=properties.owner_is_lost,
    )
    return _claim(cluster, group, bundle, _conditions(bundle), page)


def dual_activity_unreserved(cluster: Cluster, group: Group) -> Claim:
    """`no-dual-activity` where disks are not reserved: refuted, so the reservation is needed."""
    bundle = _bundle(cluster, group)
    conditions = replace(
        _conditions(bundle), detection=Detection.EVENTUAL, operator=False, reservation=False
    )
    page = replace(
        _DUAL_ACTIVITY,
        name="no-dual-activity-without-reservation",
        expectation=Expectation.REFUTED,
        teeth=(),
    )
    return _claim(cluster, group, bundle, conditions, page)


def unfair(cluster: Cluster, group: Group) -> Iterator[Claim]:
    """The claims about what happens in the end, without the fairness that they need: each is
    refuted by the loop that shows why."""
    bundle = _bundle(cluster, group)
    usual = replace(_conditions(bundle), operator=False)
    for page in _pages(cluster, group, bundle):
        for name, without, make in _UNFAIR:
            if page.name == name and _is_missed(cluster, group, name):
                weaker = replace(
                    page,
                    name=f"{name}-{without}",
                    make_property=make,
                    expectation=Expectation.REFUTED,
                    teeth=(),
                )
                yield _claim(cluster, group, bundle, usual, weaker)


def _is_missed(cluster: Cluster, group: Group, name: str) -> bool:
    """Without its fairness the claim is refuted: there is a window to wait for, or an address that
    changes."""
    match name:
        case "failback-happens":
            return group.window is not None
        case "served-again":
            return changes_address(cluster, group)
    return True


_UNFAIR = (
    ("completes", "if-pending-for-ever", endings.without_ends(endings.completes)),
    ("no-stuck-pending", "if-pending-for-ever", endings.without_ends(endings.no_stuck_pending)),
    ("failback-happens", "if-time-stands-still", endings.without_hours(endings.failback_happens)),
    ("served-again", "if-nobody-asks", endings.without_questions(endings.served_again)),
)


def _bundle(cluster: Cluster, group: Group) -> tuple[Group, ...]:
    return next(bundle for bundle in bundles(cluster.groups) if group in bundle)


def _conditions(bundle: tuple[Group, ...]) -> Conditions:
    return Conditions(tuple(group.name for group in bundle))


def _claim(
    cluster: Cluster,
    group: Group,
    bundle: tuple[Group, ...],
    conditions: Conditions,
    page: _Page,
) -> Claim:
    key = group_keys(bundle)[group]
    return Claim(
        name=page.name,
        sentence=page.sentence.replace("{group}", group.name),
        why=page.why,
        broken=page.broken.replace("{group}", group.name),
        cluster=cluster,
        assumptions=conditions,
        make_property=partial(_of_group, page.make_property, group.name),
        make_premise=partial(_of_group, page.make_premise, group.name),
        path=tuple(_action(verb, key) for verb in _path(group, page)),
        expectation=page.expectation,
        teeth=tuple(d for d in page.teeth if bites_group(cluster, group, bundle, d)),
        sources=(page.source,),
        deepest=page.deepest,
        about=group.name,
    )


def _of_group(make: Callable[[Any, str], Any], name: str, model: Any) -> Any:
    return make(model, name)


_HOSTS = ("crash", "outage", "cut off", "return", "form", "drain")


def _action(verb: str, key: str) -> str:
    return verb if verb in _HOSTS else f"{verb}: {key}"


def _path(group: Group, page: _Page) -> tuple[str, ...]:
    """The way to the premise; a failover begins after as many failures as are tolerated."""
    if page.path != ("begin failover",):
        return page.path
    tolerated = min(
        r.restart_threshold for r in group.resources if r.restart is RestartAction.FAIL_OVER
    )
    return ("fail", *("start", "fail") * tolerated, "begin failover")


def _pages(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> Iterator[_Page]:
    """The claims that say something of the group."""
    places = group.possible_owners(cluster.node_names)
    disks = {disk.name for member in bundle for disk in member.of_kind(ResourceKind.DISK)}
    yield _ACYCLIC
    if any(resource.depends_on.clauses for resource in group.resources):
        yield from (_ONLINE, _OFFLINE)
    if any(set(resource.writes_to) & disks for resource in group.resources):
        yield _LOST_WRITE
    yield _PENDING
    yield _RIGHT_OWNER
    if len(places) > 1:
        yield _ONE_OWNER
        fails_over = any(r.restart is RestartAction.FAIL_OVER for r in group.resources)
        if fails_over and group.failover_threshold != 0:
            yield from (_THRESHOLD, _PING_PONG)
    yield _COMPLETES
    if group.failback is not FailbackPolicy.NEVER and group.preferred_owners:
        yield _FAILBACK_HAPPENS
    if any(group.avoids(other) for other in bundle if other != group):
        yield _ANTI_AFFINITY
    yield from _machine_pages(group, several=len(places) > 1)
    yield from _client_pages(group, several=len(places) > 1)
    if len(places) > 1 and not group.stateless:
        yield _DUAL_ACTIVITY


def _machine_pages(group: Group, *, several: bool) -> Iterator[_Page]:
    """The claims about virtual machines; `several` nodes may own the group."""
    machines = group.of_kind(ResourceKind.VIRTUAL_MACHINE)
    if machines and several:
        yield _RUNS_ONCE
    if any(machine.writes_to for machine in machines):
        yield _HAS_DISK
    saved = all(machine.offline_action is OfflineAction.SAVE for machine in machines)
    if machines and several and saved:
        yield _MEMORY


def _client_pages(group: Group, *, several: bool) -> Iterator[_Page]:
    """The claims about clients, where there is a name to reach the group by."""
    if not group.of_kind(ResourceKind.NETWORK_NAME):
        return
    if several:
        yield _ONE_ANSWERS
    yield from (_FROM_OWNER, _SERVED)


_D = ServiceDeviation

_ACYCLIC = _Page(
    "acyclic",
    "the resources of {group} can be put in an order in which each comes after all it depends on",
    "resources that wait for each other never start",
    "resources of {group} depend on each other in a circle",
    properties.acyclic,
    properties.comes_up,
    _ORDER,
    path=("outage", "form", "start"),
    teeth=(_D.DEPENDS_ON_ITSELF,),
    deepest=3,
)
_ONLINE = _Page(
    "online-needs-dependencies",
    "no resource of {group} is online, or coming online, without what it depends on",
    "an application that starts before its disk or its name fails, or works on nothing",
    "a resource of {group} is online without what it depends on",
    properties.online_needs_dependencies,
    properties.comes_up,
    _ORDER,
    path=("outage", "form", "start"),
    teeth=(_D.STARTS_UNSUPPORTED, _D.KEEPS_DEPENDENTS),
    deepest=10,
)
_OFFLINE = _Page(
    "offline-in-reverse",
    "what a resource of {group} depends on stays online until the resource is offline",
    "an application has to write and to say goodbye while it still has its disk and its name",
    "a resource of {group} is going offline, and what it depends on has gone before it",
    properties.offline_in_reverse,
    properties.goes_down,
    _ORDER,
    path=("take offline", "stop"),
    teeth=(_D.STOPS_AT_ONCE,),
    deepest=10,
)
_LOST_WRITE = _Page(
    "no-lost-write",
    "no orderly step takes a disk away from a resource of {group} that has not written its data",
    "a planned move must not lose what was promised to be saved",
    "a disk goes offline in order while a resource of {group} holds data that is not on it yet",
    properties.no_lost_write,
    properties.holds_data,
    _ORDER,
    path=("write", "take offline", "stop"),
    teeth=(_D.STOPS_AT_ONCE,),
    deepest=10,
)
_PENDING = _Page(
    "no-stuck-pending",
    "what is pending in {group} comes to an end, once nothing fails any more",
    "a resource that is pending for ever is neither served nor failed over",
    "a resource of {group} is pending for ever",
    endings.no_stuck_pending,
    properties.comes_up,
    "R8: pending ends, or is ended (MSCS, PendingTimeout)",
    path=("outage", "form", "start"),
    teeth=(_D.PENDS_FOR_EVER,),
)
_RIGHT_OWNER = _Page(
    "right-owner",
    "{group} is active only on a member that may own it, and its addresses in their subnet",
    "a node that may not own a group lacks what the group needs",
    "{group} is active on a node that may not own it",
    properties.right_owner,
    properties.owned_by_another,
    _PLACES,
    path=("crash", "take over", "start"),
    teeth=(_D.IGNORES_POSSIBLE_OWNERS,),
)
_ONE_OWNER = _Page(
    "one-owner",
    "no resource of {group} is active on two nodes",
    "two nodes that run the same resource write to the same data",
    "a resource of {group} is active on two nodes",
    properties.one_owner,
    properties.owned_by_another,
    _STEPS,
    path=("crash", "take over", "start"),
    teeth=(_D.TRANSFERS_EARLY,),
)
_THRESHOLD = _Page(
    "threshold-respected",
    "{group} fails over no more often in one period than its threshold allows",
    "a group that cannot run anywhere must not wander for ever",
    "{group} fails over once more than its threshold allows",
    properties.threshold_respected,
    properties.fails_over,
    _PLACES,
    path=("begin failover",),
    teeth=(_D.IGNORES_THRESHOLD,),
    deepest=16,
)
_PING_PONG = _Page(
    "no-ping-pong",
    "within one failover period {group} stops moving, however often its resources fail, unless "
    "nodes come and go",
    "a group that moves to and fro serves nobody",
    "{group} moves to and fro for ever",
    endings.no_ping_pong,
    properties.fails_over,
    _PLACES,
    path=("begin failover",),
    teeth=(_D.FORGETS_FAILOVERS,),
    deepest=20,
)
_COMPLETES = _Page(
    "completes",
    "once nothing fails any more, {group} is online as far as it is wanted and can be",
    "a failover that stops half way is an outage",
    "{group} never is online again",
    endings.completes,
    properties.owner_is_lost,
    _STEPS,
    path=("crash",),
    teeth=(_D.NEVER_STARTS, _D.NEVER_RESTARTS),
)
_FAILBACK_HAPPENS = _Page(
    "failback-happens",
    "once a preferred owner is back, {group} goes to the best one that is there, in its window",
    "the load should be where it was planned, without a hand",
    "a better node is there, and {group} never goes back",
    endings.failback_happens,
    properties.owner_is_lost,
    _FAILBACK,
    path=("crash",),
    teeth=(_D.NO_FAILBACK,),
)
_ANTI_AFFINITY = _Page(
    "anti-affinity",
    "{group} is kept apart from the groups that it avoids, as strictly as the cluster is told to",
    "two that stand in for each other should not fail together",
    "{group} is beside a group that it avoids",
    properties.anti_affinity,
    properties.owner_is_lost,
    _PLACES,
    path=("crash",),
    teeth=(_D.IGNORES_ANTI_AFFINITY,),
)
_RUNS_ONCE = _Page(
    "vm-runs-once",
    "no virtual machine of {group} runs on two nodes",
    "a machine that runs twice destroys its disks",
    "a virtual machine of {group} runs on two nodes",
    properties.vm_runs_once,
    properties.owned_by_another,
    _MACHINES,
    path=("crash", "take over", "start"),
    teeth=(_D.TRANSFERS_EARLY,),
)
_HAS_DISK = _Page(
    "vm-has-disk",
    "no virtual machine of {group} runs without its files",
    "a machine that loses its disk stops at once, and what it had not written is lost",
    "a virtual machine of {group} runs without its files",
    properties.vm_has_disk,
    properties.comes_up,
    _MACHINES,
    path=("outage", "form", "start"),
    teeth=(_D.DISK_STAYS_BEHIND,),
)
_MEMORY = _Page(
    "planned-keeps-memory",
    "no planned move loses what the virtual machines of {group} have in memory",
    "a planned move is a pause for its users, not a restart",
    "a planned move loses the memory of a virtual machine of {group}",
    properties.planned_keeps_memory,
    properties.moves,
    _MACHINES,
    path=("move",),
    teeth=(_D.SHUTS_DOWN_MACHINES,),
)
_ONE_ANSWERS = _Page(
    "one-answers",
    "at most one node answers for the network name of {group}",
    "clients that reach two nodes by one name see two truths",
    "two nodes answer for the network name of {group}",
    properties.one_answers,
    properties.owned_by_another,
    _CLIENTS,
    path=("crash", "take over", "start"),
    teeth=(_D.TRANSFERS_EARLY,),
)
_FROM_OWNER = _Page(
    "answers-from-owner",
    "whoever answers for the network name of {group} owns it and is a member",
    "an answer from a node that does not own the group is an answer from the past",
    "a node answers for the network name of {group} that does not run it",
    properties.answers_from_owner,
    properties.owner_is_lost,
    _CLIENTS,
    path=("crash",),
    teeth=(_D.LEAVES_RESOURCES_RUNNING,),
)
_SERVED = _Page(
    "served-again",
    "once nothing fails any more, a client of {group} is served by an address that it knows",
    "a failover that clients do not find is an outage to them",
    "a client of {group} is never served again",
    endings.served_again,
    properties.owner_is_lost,
    _CLIENTS,
    path=("crash",),
    teeth=(_D.NEVER_STARTS, _D.KEEPS_ADDRESS),
)
_DUAL_ACTIVITY = _Page(
    "no-dual-activity",
    "nothing of {group} that keeps data is active on two nodes, not even while a node that was cut "
    "off has not noticed",
    "between the start on one side and the stop on the other only a reservation or fencing helps",
    "{group} is active on two nodes: one was cut off and goes on",
    properties.no_dual_activity,
    properties.goes_on_unaware,
    _FENCING,
    path=("cut off",),
    teeth=(_D.NO_RESERVATION, _D.DOES_NOT_FENCE),
    deepest=10,
)
