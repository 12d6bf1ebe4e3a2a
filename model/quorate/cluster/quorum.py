"""The quorum modes, those of Windows Server 2008 and that of the cloud witness, and the votes that
they count.

Everything here is arithmetic on configured votes (rule Q1, wsfc.md 1.1): a set of mutually
communicating nodes has quorum iff its votes are more than half of *all configured* votes, those of
nodes that are down included; exactly half is not quorum. The witness's vote counts for the one set
that owns the witness (rule Q2).
"""

import enum
from collections.abc import Collection, Mapping

from quorate.cluster.nodes import Node
from quorate.cluster.witnesses import WitnessKind
from quorate.values import dataclass


class Vote(enum.Enum):
    """The outcome of asking a set of nodes for quorum."""

    WON = "won"
    LOST = "lost"
    PENDING = "pending"
    """The nodes' votes do not decide; who gets the witness will."""


class Hold(enum.Enum):
    """What a set of nodes knows of the witness."""

    HELD = "held"
    NOT_HELD = "not held"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class VoteTable:
    """Who has how many votes under a mode. Votes are whole numbers, 0 or more."""

    nodes: Mapping[str, int]
    witness: int

    @property
    def total(self) -> int:
        return sum(self.nodes.values()) + self.witness

    @property
    def needed(self) -> int:
        """The least number of votes that is more than half of `total`."""
        return self.total // 2 + 1

    def tally(self, members: Collection[str], holds_witness: bool) -> int:
        votes = sum(self.nodes[name] for name in set(members))
        return votes + (self.witness if holds_witness else 0)

    def has_quorum(self, members: Collection[str], witness: Hold = Hold.UNDECIDED) -> Vote:
        """Rule Q1 for `members`, with what they know of the witness. No members, no quorum."""
        if not members:
            return Vote.LOST
        least = self.tally(members, witness is Hold.HELD)
        most = self.tally(members, witness is not Hold.NOT_HELD)
        if least >= self.needed:
            return Vote.WON
        return Vote.PENDING if most >= self.needed else Vote.LOST


@dataclass(frozen=True)
class NodeMajority:
    """Every node votes with its configured votes; there is no witness."""

    mode = "node-majority"
    title = "Node Majority"
    nodes_vote = True
    witness_kind: WitnessKind | None = None
    needs_witness_to_belong = False

    def table(self, nodes: Collection[Node]) -> VoteTable:
        return VoteTable({node.name: node.votes for node in nodes}, 0)


@dataclass(frozen=True)
class NodeAndDiskMajority:
    """Nodes vote, and a disk witness has one vote."""

    mode = "node-and-disk-majority"
    title = "Node and Disk Majority"
    nodes_vote = True
    witness_kind: WitnessKind | None = WitnessKind.DISK
    needs_witness_to_belong = False

    def table(self, nodes: Collection[Node]) -> VoteTable:
        return VoteTable({node.name: node.votes for node in nodes}, 1)


@dataclass(frozen=True)
class NodeAndFileShareMajority:
    """Nodes vote, and a file share witness has one vote."""

    mode = "node-and-file-share-majority"
    title = "Node and File Share Majority"
    nodes_vote = True
    witness_kind: WitnessKind | None = WitnessKind.FILE_SHARE
    needs_witness_to_belong = False

    def table(self, nodes: Collection[Node]) -> VoteTable:
        return VoteTable({node.name: node.votes for node in nodes}, 1)


@dataclass(frozen=True)
class NodeAndCloudMajority:
    """Nodes vote, and a cloud witness has one vote (from Windows Server 2016 on)."""

    mode = "node-and-cloud-majority"
    title = "Node and Cloud Majority"
    nodes_vote = True
    witness_kind: WitnessKind | None = WitnessKind.CLOUD
    needs_witness_to_belong = False

    def table(self, nodes: Collection[Node]) -> VoteTable:
        return VoteTable({node.name: node.votes for node in nodes}, 1)


@dataclass(frozen=True)
class DiskOnly:
    """Only the disk votes (No Majority: Disk Only, rule Q3): whoever holds it has quorum."""

    mode = "disk-only"
    title = "No Majority: Disk Only"
    nodes_vote = False
    witness_kind: WitnessKind | None = WitnessKind.DISK
    needs_witness_to_belong = True

    def table(self, nodes: Collection[Node]) -> VoteTable:
        return VoteTable({node.name: 0 for node in nodes}, 1)


QuorumRule = (
    NodeMajority | NodeAndDiskMajority | NodeAndFileShareMajority | NodeAndCloudMajority | DiskOnly
)
"""A quorum mode: who votes, and, as `needs_witness_to_belong`, whether only nodes in contact with
the witness join or form a cluster."""

QUORUM_RULES: tuple[QuorumRule, ...] = (
    NodeMajority(),
    NodeAndDiskMajority(),
    NodeAndFileShareMajority(),
    NodeAndCloudMajority(),
    DiskOnly(),
)
