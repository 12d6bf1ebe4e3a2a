"""What a cluster is: frozen values that answer small questions. No solver, file or clock."""

from quorate.cluster.cluster import Cluster
from quorate.cluster.nodes import Node, Site
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
from quorate.cluster.witnesses import Witness, WitnessKind

__all__ = [
    "QUORUM_RULES",
    "Cluster",
    "DiskOnly",
    "Hold",
    "Node",
    "NodeAndDiskMajority",
    "NodeAndFileShareMajority",
    "NodeMajority",
    "QuorumRule",
    "Site",
    "Vote",
    "VoteTable",
    "Witness",
    "WitnessKind",
]
