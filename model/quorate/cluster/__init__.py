"""What a cluster is: frozen values that answer small questions. No solver, file or clock."""

from quorate.cluster.cluster import MOST_NODES, Cluster
from quorate.cluster.dependencies import Dependency, parse_dependency
from quorate.cluster.group_checks import (
    MOST_FAILOVERS,
    MOST_RESOURCES,
    CycleError,
)
from quorate.cluster.groups import (
    HOURS,
    FailbackPolicy,
    Group,
    Migration,
    Window,
    bundles,
)
from quorate.cluster.nodes import MOST_VOTES, Node, Site
from quorate.cluster.quorum import (
    QUORUM_RULES,
    DiskOnly,
    Hold,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
    Vote,
    VoteTable,
)
from quorate.cluster.requirements import MOST_FAULTS, Requirements
from quorate.cluster.resources import (
    MOST_RESTARTS,
    REQUIRED_PROVIDERS,
    OfflineAction,
    Resource,
    ResourceKind,
    RestartAction,
)
from quorate.cluster.witnesses import Witness, WitnessKind

__all__ = [
    "HOURS",
    "MOST_FAILOVERS",
    "MOST_FAULTS",
    "MOST_NODES",
    "MOST_RESOURCES",
    "MOST_RESTARTS",
    "MOST_VOTES",
    "QUORUM_RULES",
    "REQUIRED_PROVIDERS",
    "Cluster",
    "CycleError",
    "Dependency",
    "DiskOnly",
    "FailbackPolicy",
    "Group",
    "Hold",
    "Migration",
    "Node",
    "NodeAndDiskMajority",
    "NodeAndFileShareMajority",
    "NodeMajority",
    "OfflineAction",
    "QuorumRule",
    "Requirements",
    "Resource",
    "ResourceKind",
    "RestartAction",
    "Site",
    "Vote",
    "VoteTable",
    "Window",
    "Witness",
    "WitnessKind",
    "bundles",
    "parse_dependency",
]
