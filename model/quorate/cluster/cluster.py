"""The cluster: one frozen value that everything else reads."""

from dataclasses import dataclass
from functools import cached_property

from quorate.cluster.elements import Attribute, Item
from quorate.cluster.group_checks import check_groups
from quorate.cluster.groups import Group
from quorate.cluster.names import refuse_bad_names, refuse_unknown_site
from quorate.cluster.nodes import MOST_VOTES, Node, Site
from quorate.cluster.quorum import QuorumRule, VoteTable
from quorate.cluster.refusals import Reason, refused
from quorate.cluster.witness_checks import check_witness
from quorate.cluster.witnesses import Witness

MOST_NODES = 1024
"""Windows stops at 64 nodes (wsfc.md 2.6); beyond this the file is taken for a mistake."""


@dataclass(frozen=True)
class Cluster:
    """Nodes, sites, a witness and the quorum rule over them, and the groups that they run.

    `volumes` are cluster shared volumes, which every node writes to at once; with `fencing` a lost
    node is confirmed to be off before its groups start elsewhere; `enforced_anti_affinity` keeps
    groups offline rather than put two that exclude each other on one node (rule G6).

    Construction refuses what cannot be meant and raises `RefusedError`: no nodes, duplicate or
    empty names, unknown sites or nodes, a site in which nothing stands, negative or absurd votes,
    no votes at all, a mode without its witness, a witness without its mode, and what `check_groups`
    names.
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
        named = (Attribute.NAME,)
        refuse_bad_names([node.name for node in self.nodes], Attribute.NODES, named=named)
        refuse_bad_names([site.name for site in self.sites], Attribute.SITES, named=named)
        self._check_number_of_nodes()
        site_names = {site.name for site in self.sites}
        for index, node in enumerate(self.nodes):
            self._check_node(index, node, site_names)
        check_witness(self.witness, self.rule, self.node_names, site_names)
        if self.votes.total == 0:
            raise refused(
                Reason.NO_VOTES,
                (Attribute.NODES,),
                "nobody has a vote",
                "give one to at least one node",
            )
        self._check_sites()
        check_groups(self.groups, self.nodes, self.volumes)

    def _check_number_of_nodes(self) -> None:
        element = (Attribute.NODES,)
        if not self.nodes:
            raise refused(
                Reason.NO_NODES, element, "a cluster needs at least one node", "name its nodes"
            )
        if len(self.nodes) > MOST_NODES:
            raise refused(
                Reason.TOO_MANY_NODES,
                element,
                f"{len(self.nodes)} nodes are more than the {MOST_NODES} that quorate accepts",
                "describe one cluster at a time",
            )

    def _check_node(self, index: int, node: Node, site_names: set[str]) -> None:
        item = Item(Attribute.NODES, index, node.name)
        if not 0 <= node.votes <= MOST_VOTES:
            raise refused(
                Reason.VOTES_OUT_OF_RANGE,
                (item, Attribute.VOTES),
                f"node {node.name!r} has {node.votes} votes",
                f"use 0 to {MOST_VOTES}",
            )
        refuse_unknown_site(f"node {node.name!r}", node.site, (item, Attribute.SITE), site_names)

    def _check_sites(self) -> None:
        """A site in which nothing stands cannot fail: what is promised of it says nothing."""
        held = self.witness.site if self.witness is not None else None
        for index, site in enumerate(self.sites):
            if site.name != held and not self.nodes_in(site.name):
                raise refused(
                    Reason.EMPTY_SITE,
                    (Item(Attribute.SITES, index, site.name),),
                    f"nothing stands in the site {site.name!r}",
                    "say which nodes do, or take it out",
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
        if self.witness is None or not self.rule.needs_witness_to_belong:
            return self.node_names
        return self.witness.reached_by

    def nodes_in(self, site: str) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes if node.site == site)
