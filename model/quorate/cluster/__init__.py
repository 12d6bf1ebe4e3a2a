"""What a cluster is: frozen values that answer small questions. No solver, file or clock."""

from quorate.cluster.cluster import MOST_NODES, Cluster
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
from quorate.cluster.situation import Event, Moment, Situation
from quorate.cluster.witnesses import Witness, WitnessKind

__all__ = [
    "MOST_FAULTS",
    "MOST_NODES",
    "MOST_VOTES",
    "QUORUM_RULES",
    "Cluster",
    "DiskOnly",
    "Event",
    "Hold",
    "Moment",
    "Node",
    "NodeAndDiskMajority",
    "NodeAndFileShareMajority",
    "NodeMajority",
    "QuorumRule",
    "Requirements",
    "Site",
    "Situation",
    "Vote",
    "VoteTable",
    "Witness",
    "WitnessKind",
]
