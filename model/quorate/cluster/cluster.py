"""The cluster: one frozen value that everything else reads."""

from dataclasses import dataclass
from functools import cached_property

from quorate.cluster.group_checks import check_groups
from quorate.cluster.groups import Group
from quorate.cluster.nodes import MOST_VOTES, Node, Site
from quorate.cluster.quorum import DiskOnly, QuorumRule, VoteTable
from quorate.cluster.refusals import declared, refuse_bad_names
from quorate.cluster.witnesses import Witness
from quorate.errors import InputError

MOST_NODES = 1024
"""Windows stops at 64 nodes (wsfc.md 2.6); beyond this the file is taken for a mistake."""


@dataclass(frozen=True)
class Cluster:
    """Nodes, sites, a witness and the quorum rule over them, and the groups that they run.

    `volumes` are cluster shared volumes, which every node writes to at once; with `fencing` a lost
    node is confirmed to be off before its groups start elsewhere; `enforced_anti_affinity` keeps
    groups offline rather than put two that exclude each other on one node (rule G6).

    Construction refuses what cannot be meant and raises `InputError` with the key path of the
    native file format: no nodes, duplicate or empty names, unknown sites or nodes, negative or
    absurd votes, no votes at all, a mode without its witness, a witness without its mode, and what
    `check_groups` names.
    """

    name: str
    nodes: tuple[Node, ...]
    rule: QuorumRule
    witness: Witness | None = None
    sites: tuple[Site, ...] = ()
    groups: tuple[Group, ...] = ()
    volumes: tuple[str, ...] = ()
    fencing: bool = False
    enforced_anti_affinity: bool = False

    def __post_init__(self) -> None:
        refuse_bad_names("nodes", [node.name for node in self.nodes])
        refuse_bad_names("sites", [site.name for site in self.sites])
        if not self.nodes:
            raise InputError("a cluster needs at least one node; add a [[nodes]] table", "nodes")
        if len(self.nodes) > MOST_NODES:
            raise InputError(
                f"{len(self.nodes)} nodes are more than the {MOST_NODES} that quorate accepts",
                "nodes",
            )
        site_names = {site.name for site in self.sites}
        for index, node in enumerate(self.nodes):
            self._check_node(index, node, site_names)
        self._check_witness(site_names)
        if self.votes.total == 0:
            raise InputError("nobody has a vote; give at least one node votes = 1", "nodes")
        check_groups(self.groups, self.nodes, self.volumes)

    def _check_node(self, index: int, node: Node, site_names: set[str]) -> None:
        where = f"nodes[{index}]"
        if not 0 <= node.votes <= MOST_VOTES:
            raise InputError(
                f"node {node.name!r} has {node.votes} votes; use 0 to {MOST_VOTES}",
                f"{where}.votes",
            )
        if node.site is not None and node.site not in site_names:
            raise InputError(
                f"node {node.name!r} stands in site {node.site!r}, which is not declared; "
                + declared(node.site, "sites", site_names),
                f"{where}.site",
            )

    def _check_witness(self, site_names: set[str]) -> None:
        wanted = self.rule.witness_kind
        if self.witness is None:
            if wanted is not None:
                raise InputError(
                    f"mode {self.rule.mode!r} needs a witness of kind {wanted.value!r}; "
                    "add a [witness] table or choose mode = 'node-majority'",
                    "witness",
                )
            return
        if wanted is None:
            raise InputError(
                f"mode {self.rule.mode!r} counts no witness; remove the [witness] table or choose "
                f"the mode that counts a {self.witness.kind.value} witness",
                "witness",
            )
        if self.witness.kind is not wanted:
            raise InputError(
                f"mode {self.rule.mode!r} counts a {wanted.value} witness, "
                f"this one is of kind {self.witness.kind.value!r}",
                "witness.kind",
            )
        if not self.witness.name.strip():
            raise InputError("the witness has an empty name", "witness.name")
        refuse_bad_names("witness.reached_by", self.witness.reached_by)
        unknown = [name for name in self.witness.reached_by if name not in self.node_names]
        if unknown:
            raise InputError(
                f"{unknown[0]!r} is no node of this cluster; "
                + declared(unknown[0], "nodes", self.node_names),
                "witness.reached_by",
            )
        if not self.witness.reached_by:
            raise InputError(
                "no node reaches the witness, so its vote can never count; "
                "name the nodes with a path to it or leave reached_by out for all of them",
                "witness.reached_by",
            )
        if self.witness.site is not None and self.witness.site not in site_names:
            raise InputError(
                f"the witness stands in site {self.witness.site!r}, which is not declared; "
                + declared(self.witness.site, "sites", site_names),
                "witness.site",
            )

    @cached_property
    def node_names(self) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes)

    @cached_property
    def votes(self) -> VoteTable:
        return self.rule.table(self.nodes)

    @cached_property
    def may_belong(self) -> tuple[str, ...]:
        """The nodes that can be members at all: under Disk Only those with a path to the disk (rule
        Q3)."""
        if self.witness is None or not isinstance(self.rule, DiskOnly):
            return self.node_names
        return self.witness.reached_by

    def nodes_in(self, site: str) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes if node.site == site)
