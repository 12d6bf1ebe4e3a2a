"""What a cluster is: frozen values that answer small questions. No solver, file or clock."""

from quorate.cluster.cluster import MOST_NODES, Cluster
from quorate.cluster.dependencies import Dependency
from quorate.cluster.dependency_text import HERE, DependencyError, parse_dependency
from quorate.cluster.elements import Attribute, Element, Item, Step
from quorate.cluster.group_checks import MOST_RESOURCES, CycleError
from quorate.cluster.group_set_checks import MOST_STARTED
from quorate.cluster.group_sets import GroupSet, StartCondition, StartupTrigger
from quorate.cluster.groups import (
    HOURS,
    FailbackPolicy,
    Group,
    Migration,
    Window,
    bundles,
)
from quorate.cluster.nodes import MOST_VOTES, Node, Site
from quorate.cluster.policy_checks import MOST_FAILOVERS
from quorate.cluster.promises import Promises
from quorate.cluster.quorum import (
    QUORUM_RULES,
    DiskOnly,
    Hold,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
    Vote,
    VoteTable,
)
from quorate.cluster.refusals import Reason, Refusal, RefusedError
from quorate.cluster.requirements import COUNTED, MOST_FAULTS, Fault, Requirements
from quorate.cluster.resources import (
    MOST_RESTARTS,
    OfflineAction,
    Resource,
    ResourceKind,
    RestartAction,
)
from quorate.cluster.storage import Storage
from quorate.cluster.versions import CURRENT, QuorumRules, VersionSource, WindowsVersion
from quorate.cluster.vote_changes import DynamicVotes, StaticVotes, VoteChanges, vote_changes
from quorate.cluster.witness_checks import witness_not_counted
from quorate.cluster.witnesses import WayOfIsolated, Witness, WitnessKind

__all__ = [
    "COUNTED",
    "CURRENT",
    "HERE",
    "HOURS",
    "MOST_FAILOVERS",
    "MOST_FAULTS",
    "MOST_NODES",
    "MOST_RESOURCES",
    "MOST_RESTARTS",
    "MOST_STARTED",
    "MOST_VOTES",
    "QUORUM_RULES",
    "Attribute",
    "Cluster",
    "CycleError",
    "Dependency",
    "DependencyError",
    "DiskOnly",
    "DynamicVotes",
    "Element",
    "FailbackPolicy",
    "Fault",
    "Group",
    "GroupSet",
    "Hold",
    "Item",
    "Migration",
    "Node",
    "NodeAndCloudMajority",
    "NodeAndDiskMajority",
    "NodeAndFileShareMajority",
    "NodeMajority",
    "OfflineAction",
    "Promises",
    "QuorumRule",
    "QuorumRules",
    "Reason",
    "Refusal",
    "RefusedError",
    "Requirements",
    "Resource",
    "ResourceKind",
    "RestartAction",
    "Site",
    "StartCondition",
    "StartupTrigger",
    "StaticVotes",
    "Step",
    "Storage",
    "VersionSource",
    "Vote",
    "VoteChanges",
    "VoteTable",
    "WayOfIsolated",
    "Window",
    "WindowsVersion",
    "Witness",
    "WitnessKind",
    "bundles",
    "parse_dependency",
    "vote_changes",
    "witness_not_counted",
]
