"""What is claimed of every group: the pages of the catalogue, one for each claim."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from quorate.inquiry.claim import Expectation
from quorate.system import Property, Sometimes
from quorate.windows.groups import progress_properties as endings
from quorate.windows.groups import properties
from quorate.windows.groups import step_properties as step_rules
from quorate.windows.models import ServiceDeviation

_ORDER = "R1 to R4: providers are online first and offline last (MS-CMRP, dependencies)"
_STEPS = "F1, F2: the steps of a failover (MSCS, failover; MS-CMRP, ApiMoveGroup)"
_PLACES = "G3 to G6: thresholds, NodeList, possible owners, anti-affinity (KB 299631)"
_RESTARTS = "R6, M6: restarts in place, and paused nodes (MSCS, RestartThreshold)"
_DRAIN = "F4, M6: draining and pausing (TechNet, drain roles)"
_FAILBACK = "F3: failback to the best preferred owner, in its window (MSCS, failback)"
_MACHINES = "V1 to V3: quick and live migration, unplanned restart"
_CLIENTS = "wsfc.md 8: network name and addresses, one a subnet"
_FENCING = "M3, wsfc.md 6: reservations, and the window between start and stop"


@dataclass(frozen=True)
class Page:
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


_D = ServiceDeviation

ACYCLIC = Page(
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
ONLINE = Page(
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
OFFLINE = Page(
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
LOST_WRITE = Page(
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
PENDING = Page(
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
RIGHT_OWNER = Page(
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
ONE_OWNER = Page(
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
THRESHOLD = Page(
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
PING_PONG = Page(
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
COMPLETES = Page(
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
FAILBACK_HAPPENS = Page(
    "failback-happens",
    "once a preferred owner is back, {group} goes to the best one that is there, in its window",
    "the load should be where it was planned, without a hand",
    "a better node is there, and {group} never goes back",
    endings.failback_happens,
    properties.may_go_back,
    _FAILBACK,
    path=("outage", "form", "move", "transfer", "outage", "form"),
    teeth=(_D.NO_FAILBACK,),
)
CAUSE = Page(
    "failover-needs-cause",
    "{group} fails over only when its owner is lost, or a resource failed more often than it is "
    "restarted in place or failed on a paused node",
    "a failover is an outage of its own, and counts against the threshold",
    "{group} fails over without a cause",
    step_rules.failover_needs_cause,
    properties.fails_over,
    _RESTARTS,
    path=("begin failover",),
    teeth=(_D.FAILS_OVER_AT_ONCE,),
    deepest=8,
)
RESTARTS = Page(
    "restarts-limited",
    "no resource of {group} that failed more often than its threshold allows is restarted in "
    "place, until a restart period, a move or the operator resets its count",
    "a resource that cannot run here keeps the group from a node where it could",
    "a resource of {group} is tried again although it failed too often",
    step_rules.restarts_limited,
    properties.something_failed,
    _RESTARTS,
    path=("fail",),
    teeth=(_D.RESTARTS_FOR_EVER,),
    deepest=8,
)
PAUSED = Page(
    "paused-takes-nothing",
    "a paused node starts nothing of {group} and is not sent it, unless all that are left are "
    "paused; what is already on its way there arrives",
    "who pauses a node to work on it does not expect new load there",
    "a paused node is given {group}, or starts a resource of it",
    step_rules.paused_takes_nothing,
    properties.a_node_is_paused,
    _DRAIN,
    path=("pause",),
    teeth=(_D.IGNORES_PAUSE,),
    deepest=8,
)
DRAIN = Page(
    "drain-empties",
    "a node that is drained sends away {group} at once if it has it, and if another may take it",
    "who drains a node is about to switch it off",
    "a node is drained and keeps {group}, although another node could take it",
    step_rules.drain_empties,
    properties.owner_is_paused,
    _DRAIN,
    path=("drain",),
    teeth=(_D.KEEPS_DRAINED,),
    deepest=8,
)
FAILBACK_POLICY = Page(
    "failback-by-policy",
    "{group} goes back only in its window, and only to the best preferred owner that is there",
    "a failback is an outage, and was planned for an hour and a place",
    "{group} goes back at the wrong hour, or to the wrong node",
    step_rules.failback_by_policy,
    properties.may_go_back,
    _FAILBACK,
    path=("outage", "form", "move", "transfer", "outage", "form"),
    teeth=(_D.IGNORES_WINDOW, _D.GOES_BACK_TO_ANY),
    deepest=8,
)
RETURNS = Page(
    "returns-remembered",
    "{group} remembers each preferred owner that becomes available again, until it sets out to go "
    "back",
    "a call home that is lost leaves the group where it is until somebody notices",
    "a preferred owner of {group} is available again, and that is forgotten",
    step_rules.returns_remembered,
    properties.may_go_back,
    _FAILBACK,
    path=("outage", "form", "move", "transfer", "outage", "form"),
    teeth=(_D.FORGETS_RETURNS,),
    deepest=8,
)
NEXT_OWNER = Page(
    "next-owner",
    "when {group} fails over, it goes to the next node in its list that may take it",
    "the load of a node that fails goes where it was planned to go",
    "{group} fails over to a node that is not the next in its list",
    step_rules.next_owner,
    properties.owned_by_another,
    _PLACES,
    path=("crash", "take over", "start"),
    teeth=(_D.TAKES_LAST,),
    deepest=8,
)
NEXT_OR_ANY = replace(
    NEXT_OWNER,
    sentence="when {group} fails over, it goes to the next node in its list that may take it, or "
    "to any if its owner is lost, since none is preferred",
)
ARRIVES = Page(
    "moves-arrive",
    "a planned move of {group} that is carried through, and not cut short by a loss or a failure, "
    "ends on the node that it was planned for, if that may still take it",
    "who moves a group to a node wants it there, and nowhere else",
    "{group} passes to another node than its move was planned for, although that is there",
    step_rules.moves_arrive,
    properties.moves,
    _STEPS,
    path=("move",),
    teeth=(_D.GOES_ASTRAY,),
    deepest=8,
)
ANTI_AFFINITY = Page(
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
RUNS_ONCE = Page(
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
HAS_DISK = Page(
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
MEMORY = Page(
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
ONE_ANSWERS = Page(
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
FROM_OWNER = Page(
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
SERVED = Page(
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
DUAL_ACTIVITY = Page(
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
