"""The keys of groups and of their resources."""

from quorate.cluster import (
    HOURS,
    MOST_FAILOVERS,
    MOST_FAULTS,
    MOST_RESOURCES,
    MOST_RESTARTS,
    FailbackPolicy,
    Group,
    Migration,
    OfflineAction,
    Promises,
    Resource,
    ResourceKind,
    RestartAction,
)
from quorate.importers.key import Key, Shape

_GROUP = (
    Key(
        "groups",
        Shape.TABLES,
        "What the cluster runs. All resources of a group are on one node and move together.",
        "[[groups]]",
        otherwise="no groups",
    ),
    Key(
        "groups[].name",
        Shape.TEXT,
        "What reports call the group.",
        'name = "SQL"',
        required=True,
    ),
    Key(
        "groups[].preferred_owners",
        Shape.TEXTS,
        "The nodes that are tried first, in this order. The others are tried after them; only "
        "possible_owners keeps a group away from a node.",
        'preferred_owners = ["N1", "N2"]',
        otherwise="none",
    ),
    Key(
        "groups[].failover_threshold",
        Shape.NUMBER,
        "The most failovers within one period (FailoverThreshold). After them the group stays "
        "failed where it is.",
        "failover_threshold = 2",
        otherwise="one less than there are nodes, or available nodes",
        unit="failovers",
        most=MOST_FAILOVERS,
    ),
    Key(
        "groups[].failback",
        Shape.TEXT,
        "Whether the group goes back when a better node of preferred_owners returns: never, at "
        "once, or in the hours of failback_window (AutoFailbackType).",
        'failback = "window"',
        default=Group.failback.value,
        choices=tuple(policy.value for policy in FailbackPolicy),
    ),
    Key(
        "groups[].failback_window",
        Shape.TABLE,
        'The hours in which the group may go back. Required by failback = "window", refused by '
        "the others.",
        "failback_window = { start = 22, end = 5 }",
        otherwise="no window",
    ),
    Key(
        "groups[].failback_window.start",
        Shape.NUMBER,
        "The first hour of the day in the window, cluster local time. A start later than the end "
        "goes on past midnight.",
        "start = 22",
        required=True,
        unit="hours",
        most=HOURS - 1,
    ),
    Key(
        "groups[].failback_window.end",
        Shape.NUMBER,
        "The first hour of the day after the window.",
        "end = 5",
        required=True,
        unit="hours",
        most=HOURS - 1,
    ),
    Key(
        "groups[].anti_affinity",
        Shape.TEXTS,
        "Groups that share one of these names are kept on different nodes "
        "(AntiAffinityClassNames).",
        'anti_affinity = ["domain controllers"]',
        otherwise="kept apart from none",
    ),
    Key(
        "groups[].migration",
        Shape.TEXT,
        "How its virtual machines move by plan: saved, moved and restored, or while they run. "
        "Live needs all their data on shared volumes.",
        'migration = "live"',
        default=Group.migration.value,
        choices=tuple(migration.value for migration in Migration),
    ),
    Key(
        "groups[].stateless",
        Shape.BOOLEAN,
        "Whether the group may run on two nodes for a moment without harm.",
        "stateless = false",
        default=Group.stateless,
    ),
    Key(
        "groups[].survives",
        Shape.TABLE,
        "What the group is to come through, without a hand.",
        "survives = { crash = 1 }",
        otherwise="the defaults of its keys",
    ),
    Key(
        "groups[].survives.crash",
        Shape.NUMBER,
        "Nodes that crash, one after another, and afterwards the group is online on one that is "
        "left.",
        "crash = 1",
        default=Promises().crash,
        unit="nodes",
        most=MOST_FAULTS,
    ),
    Key(
        "groups[].survives.failure",
        Shape.BOOLEAN,
        "One failure of a resource, and afterwards all of the group is online again.",
        "failure = true",
        default=Promises().failure,
    ),
    Key(
        "groups[].survives.node_fault",
        Shape.BOOLEAN,
        "A fault of one node that restarts in place do not help: the group does not stay failed "
        "there while another node is free.",
        "node_fault = true",
        default=Promises().node_fault,
    ),
    Key(
        "groups[].survives.drain",
        Shape.BOOLEAN,
        "One node is drained, whichever it is, and afterwards the group is online on another.",
        "drain = true",
        default=Promises().drain,
    ),
    Key(
        "groups[].survives.apart",
        Shape.BOOLEAN,
        "Before and after a crash it never runs on one node with a group that it is kept apart "
        "from: promised, or not to be asked.",
        "apart = true",
        otherwise="asked, and told whatever comes out where anti-affinity is not enforced, since "
        "nobody promised it",
    ),
)

_RESOURCE = (
    Key(
        "groups[].resources",
        Shape.TABLES,
        f"What the group starts, watches and stops, 1 to {MOST_RESOURCES}. A text in place of a "
        "table is its name.",
        "[[groups.resources]]",
        required=True,
        least=1,
        most=MOST_RESOURCES,
    ),
    Key(
        "groups[].resources[].name",
        Shape.TEXT,
        "What depends_on, writes_to and reports call the resource. Used once in the cluster, "
        "without square brackets.",
        'name = "SQL Server"',
        required=True,
    ),
    Key(
        "groups[].resources[].kind",
        Shape.TEXT,
        "Its type in Windows, as far as models and advice tell types apart.",
        'kind = "disk"',
        default=Resource.kind.value,
        choices=tuple(kind.value for kind in ResourceKind),
    ),
    Key(
        "groups[].resources[].depends_on",
        Shape.TEXT,
        "What has to be online before it, of the same group, as Set-ClusterResourceDependency "
        "writes it: an and of ors.",
        'depends_on = "([SQL name]) and ([Disk S])"',
        otherwise="nothing",
        may_be_empty=True,
    ),
    Key(
        "groups[].resources[].possible_owners",
        Shape.TEXTS,
        "The nodes that may host it. A group runs only where all of its resources may.",
        'possible_owners = ["N1", "N2"]',
        otherwise="all nodes",
        least=1,
    ),
    Key(
        "groups[].resources[].restart",
        Shape.TEXT,
        "What is done when it fails: restarted in place and then the group fails over, only "
        "restarted, or nothing (RestartAction 2, 1, 0).",
        'restart = "restart"',
        default=Resource.restart.value,
        choices=tuple(action.value for action in RestartAction),
    ),
    Key(
        "groups[].resources[].restart_threshold",
        Shape.NUMBER,
        "How many failures within one period are answered with a restart in place.",
        "restart_threshold = 1",
        otherwise=f"{Resource.restart_threshold}, and a note, since versions of Windows differ",
        unit="restarts",
        most=MOST_RESTARTS,
    ),
    Key(
        "groups[].resources[].writes_to",
        Shape.TEXTS,
        "The disks and shared volumes that it keeps data on, whether or not it depends on them.",
        'writes_to = ["Disk S"]',
        otherwise="none",
    ),
    Key(
        "groups[].resources[].subnet",
        Shape.TEXT,
        "Of an ip-address: the subnet in which it is valid. Refused by the other kinds.",
        'subnet = "10.1.0.0/16"',
        otherwise="valid on every node",
    ),
    Key(
        "groups[].resources[].offline_action",
        Shape.TEXT,
        "Of a virtual-machine: what taking it offline does to it (OfflineAction).",
        'offline_action = "shut-down"',
        default=Resource.offline_action.value,
        choices=tuple(action.value for action in OfflineAction),
    ),
)

GROUP_KEYS = (*_GROUP, *_RESOURCE)
