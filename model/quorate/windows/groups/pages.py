"""What is claimed of every group: the pages of the catalogue, one for each claim. Those about what
only one node may have are in `ownership_pages.py`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from quorate.cluster import Cluster, Group, ResourceKind
from quorate.inquiry.claim import Expectation
from quorate.system import LeadsTo, Property, Sometimes
from quorate.values import dataclass
from quorate.windows.groups import (
    data_properties,
    exact_premises,
    paths,
    premises,
    progress_properties,
    properties,
    step_properties,
)
from quorate.windows.groups.assumptions import Detection
from quorate.windows.groups.incidents import Incident
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.violations import Violation

_ORDER = "R1 to R4: providers are online first and offline last (MS-CMRP, dependencies)"
_STEPS = "F1, F2: the steps of a failover (MSCS, failover; MS-CMRP, ApiMoveGroup)"
_PLACES = "G3 to G6: thresholds, NodeList, possible owners, anti-affinity (KB 299631)"
_RESTARTS = "R6, M6: restarts in place, and paused nodes (MSCS, RestartThreshold)"
_DRAIN = "F4, M6: draining and pausing (TechNet, drain roles)"
_FAILBACK = "F3: failback to the best preferred owner, in its window (MSCS, failback)"
_MACHINES = "V1 to V3: quick and live migration, unplanned restart"
_CLIENTS = "wsfc.md 8: network name and addresses, one a subnet"


@dataclass(frozen=True)
class Unfair:
    """A claim about what happens in the end without a fairness that it needs: `suffix` ends its
    name, `assuming` says it in words, and it is refuted where the fairness `is_needed`."""

    suffix: str
    assuming: str
    make_property: Callable[[Any, str], LeadsTo]
    is_needed: Callable[[Cluster, Group], bool] = lambda _cluster, _group: True


@dataclass(frozen=True)
class Page:
    """What is the same of a claim for every group. `path` are the verbs that lead to the premise;
    `detection` says when a node that was cut off notices, `operator` whether there is one,
    `incident` what alone happens; where it is `about_order` the dependencies of the group are drawn
    beside a run that refutes it; `shown_by` names claims of which every refutation refutes this one
    as well; `unfair` are weaker claims that show what it needs. `shown` is what an account of a
    refutation looks for, `assuming` what the claim assumes beside the usual, if anything."""

    name: str
    sentence: str
    why: str
    violation: str
    make_property: Callable[[Any, str], Property]
    make_premise: Callable[[Any, str], Sometimes]
    source: str
    path: tuple[Verb, ...] = ()
    deepest: int = 14
    expectation: Expectation = Expectation.HOLDS
    detection: Detection = Detection.INSTANT
    operator: bool = True
    incident: Incident | None = None
    about_order: bool = False
    shown_by: tuple[str, ...] = ()
    unfair: tuple[Unfair, ...] = ()
    shown: Violation | None = None
    assuming: str = ""


def changes_address(cluster: Cluster, group: Group) -> bool:
    """On two nodes that may own the group different addresses can be online."""
    addresses = group.of_kind(ResourceKind.ADDRESS)
    possible = group.possible_owners(cluster.node_names)

    def local(node: str) -> frozenset[str]:
        subnets = next(n.subnets for n in cluster.nodes if n.name == node)
        return frozenset(
            a.name for a in addresses if a.subnet is None or not subnets or a.subnet in subnets
        )

    found = {local(node) for node in possible}
    return len(found) > 1 and all(
        not one & other for one in found for other in found if one != other
    )


ACYCLIC = Page(
    "acyclic",
    "the resources of {group} can be put in an order in which each comes after all it depends on",
    "resources that wait for each other never start",
    "resources of {group} depend on each other in a circle",
    properties.acyclic,
    premises.comes_up,
    _ORDER,
    path=(Verb.OUTAGE, Verb.FORM, Verb.START),
    deepest=3,
    shown=Violation.CIRCLE,
)
ONLINE = Page(
    "online-needs-dependencies",
    "no resource of {group} is online, or coming online, without what it depends on",
    "an application that starts before its disk or its name fails, or works on nothing",
    "a resource of {group} is online without what it depends on",
    properties.online_needs_dependencies,
    exact_premises.rises_above,
    _ORDER,
    path=paths.AGAIN,
    deepest=10,
    about_order=True,
    shown=Violation.UNSUPPORTED,
)
OFFLINE = Page(
    "offline-in-reverse",
    "what a resource of {group} depends on stays online until the resource is offline",
    "an application has to write and to say goodbye while it still has its disk and its name",
    "a resource of {group} is going offline, and what it depends on is not online any more",
    properties.offline_in_reverse,
    exact_premises.goes_down_first,
    _ORDER,
    path=(Verb.TAKE_OFFLINE, Verb.STOP),
    deepest=10,
    about_order=True,
    shown=Violation.TAKEN_AWAY,
)
LOST_WRITE = Page(
    "no-lost-write",
    "no orderly step takes a disk away from a resource of {group} that has not written its data",
    "a planned move must not lose what was promised to be saved",
    "a disk goes offline in order while a resource of {group} holds data that is not on it yet",
    data_properties.no_lost_write,
    premises.holds_data,
    _ORDER,
    path=(Verb.WRITE, Verb.TAKE_OFFLINE, Verb.STOP),
    deepest=10,
    about_order=True,
    shown=Violation.LOST_WRITE,
)
PENDING = Page(
    "no-stuck-pending",
    "what is pending in {group} comes to an end, once nothing fails any more",
    "a resource that is pending for ever is neither served nor failed over",
    "a resource of {group} is pending for ever",
    progress_properties.no_stuck_pending,
    premises.comes_up,
    "R8: pending ends, or is ended (MSCS, PendingTimeout)",
    path=(Verb.OUTAGE, Verb.FORM, Verb.START),
    unfair=(
        Unfair(
            "if-pending-for-ever",
            "what is pending may be so for ever",
            progress_properties.without_ends(progress_properties.no_stuck_pending),
        ),
    ),
    shown=Violation.PENDING,
)
RIGHT_OWNER = Page(
    "right-owner",
    "{group} is active only on a member that may own it, and its addresses in their subnet",
    "a node that may not own a group lacks what the group needs",
    "{group} is active on a node that may not own it",
    properties.right_owner,
    premises.owned_by_another,
    _PLACES,
    path=(Verb.CRASH, Verb.TAKE_OVER, Verb.START),
    shown=Violation.WRONG_OWNER,
)
THRESHOLD = Page(
    "threshold-respected",
    "{group} fails over no more often in one period than its threshold allows",
    "a group that cannot run anywhere must not wander for ever",
    "{group} fails over once more than its threshold allows",
    properties.threshold_respected,
    exact_premises.threshold_is_reached,
    _PLACES,
    path=(Verb.BEGIN_FAILOVER,),
    deepest=16,
    shown=Violation.TOO_MANY_FAILOVERS,
)
PING_PONG = Page(
    "no-ping-pong",
    "within one failover period {group} stops moving, however often its resources fail, unless "
    "nodes come and go",
    "a group that moves to and fro serves nobody",
    "{group} moves to and fro for ever",
    progress_properties.no_ping_pong,
    exact_premises.threshold_is_reached,
    _PLACES,
    path=(Verb.BEGIN_FAILOVER,),
    deepest=20,
    shown=Violation.PING_PONG,
)
COMPLETES = Page(
    "completes",
    "once nothing fails any more, {group} is online as far as it is wanted and can be",
    "a failover that stops half way is an outage",
    "{group} never is online again",
    progress_properties.completes,
    premises.owner_is_lost,
    _STEPS,
    path=(Verb.CRASH,),
    unfair=(
        Unfair(
            "if-pending-for-ever",
            "what is pending may be so for ever",
            progress_properties.without_ends(progress_properties.completes),
        ),
    ),
    shown=Violation.NOT_ONLINE,
)
FAILBACK_HAPPENS = Page(
    "failback-happens",
    "once a preferred owner is back, {group} goes to the best one that is there, in its window",
    "the load should be where it was planned, without a hand",
    "a better node is there, and {group} never goes back",
    progress_properties.failback_happens,
    premises.may_go_back,
    _FAILBACK,
    path=(Verb.OUTAGE, Verb.FORM, Verb.MOVE, Verb.TRANSFER, Verb.OUTAGE, Verb.FORM),
    unfair=(
        Unfair(
            "if-time-stands-still",
            "time may stand still",
            progress_properties.without_hours(progress_properties.failback_happens),
            lambda _, group: group.window is not None,
        ),
    ),
    shown=Violation.NOT_GONE_BACK,
)
CAUSE = Page(
    "failover-needs-cause",
    "{group} fails over only when its owner is lost, or a resource failed more often than it is "
    "restarted in place or failed on a paused node",
    "a failover is an outage of its own, and counts against the threshold",
    "{group} fails over without a cause",
    step_properties.failover_needs_cause,
    premises.fails_over,
    _RESTARTS,
    path=(Verb.BEGIN_FAILOVER,),
    deepest=8,
    shown=Violation.NO_CAUSE,
)
RESTARTS = Page(
    "restarts-limited",
    "no resource of {group} that failed more often than its threshold allows is restarted in "
    "place, until a restart period, a move or the operator resets its count",
    "a resource that cannot run here keeps the group from a node where it could",
    "a resource of {group} is tried again although it failed too often",
    step_properties.restarts_limited,
    exact_premises.restarts_are_used_up,
    _RESTARTS,
    path=(Verb.FAIL,),
    deepest=8,
    shown=Violation.TRIED_TOO_OFTEN,
)
PAUSED = Page(
    "paused-takes-nothing",
    "a paused node starts nothing of {group} and is not sent it, unless all that are left are "
    "paused; what is already on its way there arrives",
    "who pauses a node to work on it does not expect new load there",
    "a paused node is given {group}, or starts a resource of it",
    step_properties.paused_takes_nothing,
    exact_premises.next_is_paused,
    _DRAIN,
    path=(Verb.PAUSE, Verb.MOVE),
    deepest=8,
    shown=Violation.PAUSED_TAKES,
)
DRAIN = Page(
    "drain-empties",
    "a node that is drained sends away {group} at once if it has it, and if another may take it",
    "who drains a node is about to switch it off",
    "a node is drained and keeps {group}, although another node could take it",
    step_properties.drain_empties,
    exact_premises.is_drained_away,
    _DRAIN,
    path=(Verb.DRAIN,),
    deepest=8,
    shown=Violation.DRAINED_KEEPS,
)
FAILBACK_POLICY = Page(
    "failback-by-policy",
    "{group} goes back only in its window, and only to the best preferred owner that is there",
    "a failback is an outage, and was planned for an hour and a place",
    "{group} goes back at the wrong hour, or to the wrong node",
    step_properties.failback_by_policy,
    premises.may_go_back,
    _FAILBACK,
    path=(Verb.OUTAGE, Verb.FORM, Verb.MOVE, Verb.TRANSFER, Verb.OUTAGE, Verb.FORM),
    deepest=8,
    shown=Violation.WRONG_FAILBACK,
)
RETURNS = Page(
    "returns-remembered",
    "{group} remembers each preferred owner that becomes available again, until it sets out to go "
    "back",
    "a call home that is lost leaves the group where it is until somebody notices",
    "a preferred owner of {group} is available again, and that is forgotten",
    step_properties.returns_remembered,
    premises.may_go_back,
    _FAILBACK,
    path=(Verb.OUTAGE, Verb.FORM, Verb.MOVE, Verb.TRANSFER, Verb.OUTAGE, Verb.FORM),
    deepest=8,
    shown=Violation.RETURN_FORGOTTEN,
)
NEXT_OWNER = Page(
    "next-owner",
    "when {group} fails over, it goes to the next node in its list that may take it",
    "the load of a node that fails goes where it was planned to go",
    "{group} fails over to a node that is not the next in its list",
    step_properties.next_owner,
    premises.owned_by_another,
    _PLACES,
    path=(Verb.CRASH, Verb.TAKE_OVER, Verb.START),
    deepest=8,
    shown=Violation.WRONG_NEXT,
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
    step_properties.moves_arrive,
    premises.moves,
    _STEPS,
    path=(Verb.MOVE,),
    deepest=8,
    shown=Violation.ASTRAY,
)
ANTI_AFFINITY = Page(
    "anti-affinity",
    "{group} is kept apart from the groups that it avoids, as strictly as the cluster is told to",
    "two that stand in for each other should not fail together",
    "{group} is beside a group that it avoids",
    properties.anti_affinity,
    exact_premises.rival_is_in_the_way,
    _PLACES,
    path=(Verb.CRASH,),
    shown=Violation.BESIDE_RIVAL,
)
HAS_DISK = Page(
    "vm-has-disk",
    "no virtual machine of {group} runs without its files",
    "a machine that loses its disk stops at once, and what it had not written is lost",
    "a virtual machine of {group} runs without its files",
    properties.vm_has_disk,
    exact_premises.files_are_gone,
    _MACHINES,
    path=(Verb.FAIL,),
    shown=Violation.NO_FILES,
)
MEMORY = Page(
    "planned-keeps-memory",
    "no planned move loses what the virtual machines of {group} have in memory",
    "a planned move is a pause for its users, not a restart",
    "a planned move loses the memory of a virtual machine of {group}",
    data_properties.planned_keeps_memory,
    exact_premises.machine_stops_to_move,
    _MACHINES,
    path=(Verb.MOVE, Verb.STOP),
    shown=Violation.MEMORY_LOST,
)
SERVED = Page(
    "served-again",
    "once nothing fails any more, a client of {group} is served by an address that it knows",
    "a failover that clients do not find is an outage to them",
    "a client of {group} is never served again",
    progress_properties.served_again,
    premises.owner_is_lost,
    _CLIENTS,
    path=(Verb.CRASH,),
    unfair=(
        Unfair(
            "if-nobody-asks",
            "clients may keep to the addresses that they know",
            progress_properties.without_questions(progress_properties.served_again),
            changes_address,
        ),
    ),
    shown=Violation.NOT_SERVED,
)
