"""The cluster: one frozen value that everything else reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from typing import assert_never

from quorate.cluster.elements import Attribute, Item
from quorate.cluster.group_checks import check_groups
from quorate.cluster.group_set_checks import check_group_sets
from quorate.cluster.group_sets import GroupSet, StartCondition, start_conditions
from quorate.cluster.groups import Group, bundles
from quorate.cluster.names import (
    refuse_bad_names,
    refuse_unknown_node,
    refuse_unknown_site,
)
from quorate.cluster.nodes import MOST_VOTES, Node, Site
from quorate.cluster.quorum import QuorumRule, VoteTable
from quorate.cluster.refusals import Reason, refused
from quorate.cluster.storage import Storage
from quorate.cluster.storage_checks import check_storage
from quorate.cluster.versions import CURRENT, VersionSource, WindowsVersion
from quorate.cluster.vote_changes import DynamicVotes, StaticVotes, VoteChanges, vote_changes
from quorate.cluster.witness_checks import check_version, check_witness
from quorate.cluster.witnesses import Witness
from quorate.values import dataclass

MOST_NODES = 1024
"""Windows stops at 64 nodes (wsfc.md 2.6); beyond this the file is taken for a mistake."""


@dataclass(frozen=True)
class Cluster:
    """Nodes, sites, a witness and the quorum rule over them, and the groups that they run.

    `volumes` are cluster shared volumes, which every node writes to at once; `storage` says of
    them, and of disks, where they stand; `group_sets` say which groups start after which; with
    `fencing` a lost node is confirmed to be off before its groups start elsewhere;
    `enforced_anti_affinity` keeps groups offline rather than put two that exclude each other on one
    node (rule G6). `version` is the functional level, and `version_source` whether that is known or
    taken for want of better; with `dynamic_quorum` votes follow who runs where the version has
    that, and `lower_priority` names the node that then loses its vote before others
    (LowerQuorumPriorityNodeId).

    Construction refuses what cannot be meant and raises `RefusedError`: no nodes, duplicate or
    empty names, unknown sites or nodes, a site in which nothing stands, negative or absurd votes,
    several votes of one node where votes change, no votes at all, a mode without its witness, a
    witness without its mode, a cloud witness before 2016, and what `check_groups`,
    `check_storage` and `check_group_sets` name. A version that is assumed and not `CURRENT` is a
    `ValueError`.
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
    storage: tuple[Storage, ...] = ()
    group_sets: tuple[GroupSet, ...] = ()
    version: WindowsVersion = CURRENT
    version_source: VersionSource = VersionSource.NAMED
    dynamic_quorum: bool = True
    lower_priority: str | None = None

    def __post_init__(self) -> None:
        if self.version_source is VersionSource.ASSUMED and self.version is not CURRENT:
            raise ValueError(f"{self.version.title} is not what is assumed where nothing is said")
        named = (Attribute.NAME,)
        refuse_bad_names([node.name for node in self.nodes], Attribute.NODES, named=named)
        refuse_bad_names([site.name for site in self.sites], Attribute.SITES, named=named)
        self._check_number_of_nodes()
        site_names = {site.name for site in self.sites}
        for index, node in enumerate(self.nodes):
            self._check_node(index, node, site_names)
        self._check_vote_changes()
        check_witness(self.witness, self.rule, self.node_names, site_names)
        check_version(self.rule, self.version)
        if self.votes.total == 0:
            raise refused(
                Reason.NO_VOTES,
                (Attribute.NODES,),
                "nobody has a vote",
                "give one to at least one node",
            )
        self._check_sites()
        check_groups(self.groups, self.nodes, self.volumes)
        check_storage(self.storage, self.groups, self.volumes, self.node_names, site_names)
        check_group_sets(self.group_sets, self.group_names, self.version)

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

    def _check_vote_changes(self) -> None:
        if self.lower_priority is not None:
            refuse_unknown_node(self.lower_priority, (Attribute.LOWER_PRIORITY,), self.node_names)
        if self.votes_change:
            self._check_single_votes()

    def _check_single_votes(self) -> None:
        """Where votes change a node has one or none (NodeWeight)."""
        for index, node in enumerate(self.nodes):
            if node.votes > 1:
                raise refused(
                    Reason.SEVERAL_VOTES,
                    (Item(Attribute.NODES, index, node.name), Attribute.VOTES),
                    f"node {node.name!r} has {node.votes} votes, and {self.version.title} lets one "
                    "vote of a node follow who runs",
                    "use 0 or 1, or a version before 2012, or no dynamic quorum",
                )

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

    def __hash__(self) -> int:
        """Counted once: claims are grouped by what they are about, and there may be thousands."""
        return self._hash

    def __getstate__(self) -> dict[str, object]:
        """What is sent to other processes, where texts have other hashes."""
        return {name: value for name, value in self.__dict__.items() if name != "_hash"}

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, one.name) for one in fields(self)))

    @cached_property
    def node_names(self) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes)

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.groups)

    def groups_named(self, names: Iterable[str]) -> tuple[Group, ...]:
        """The groups of these names, in the order of the cluster."""
        places = (self._place_of_group.get(name) for name in names)
        return tuple(self.groups[place] for place in sorted({p for p in places if p is not None}))

    @cached_property
    def _place_of_group(self) -> Mapping[str, int]:
        return {group.name: place for place, group in enumerate(self.groups)}

    def start_conditions(self, group: str) -> tuple[StartCondition, ...]:
        """What has to be online before the group of this name starts."""
        return start_conditions(self.group_sets, group)

    def with_providers(self, bundle: tuple[Group, ...]) -> tuple[Group, ...]:
        """The groups of a bundle and those that they start after, with all that these have to be
        looked at together with."""
        if not self.group_sets:
            return bundle
        chosen: set[str] = set()
        waiting = [group.name for group in bundle]
        while waiting:
            chosen.add(waiting[-1])
            before = self.start_conditions(waiting.pop())
            found = {name for condition in before for name in condition.groups}
            more = {other.name for name in found for other in self._bundle_of[name]}
            waiting += sorted(more - chosen)
        return self.groups_named(chosen)

    @cached_property
    def _bundle_of(self) -> Mapping[str, tuple[Group, ...]]:
        """By the name of each group those that it has to be looked at together with."""
        return {group.name: bundle for bundle in bundles(self.groups) for group in bundle}

    @cached_property
    def votes(self) -> VoteTable:
        return self.rule.table(self.nodes)

    @cached_property
    def vote_changes(self) -> VoteChanges:
        """How votes change while it runs. Where no node votes none can lose its vote."""
        if not self.rule.nodes_vote:
            return StaticVotes()
        return vote_changes(
            self.version.rules, dynamic=self.dynamic_quorum, lower_priority=self.lower_priority
        )

    @property
    def votes_change(self) -> bool:
        """The votes that count follow who runs."""
        match self.vote_changes:
            case DynamicVotes():
                return True
            case StaticVotes():
                return False
            case other:
                assert_never(other)

    @property
    def totals(self) -> Sequence[int]:
        """How many votes count in all while every node runs and the witness works: more than one
        number where that is not documented."""
        match self.vote_changes:
            case DynamicVotes() as rule:
                voters = sum(1 for votes in self.votes.nodes.values() if votes)
                return rule.totals(voters, witness=self.witness is not None)
            case StaticVotes():
                return [self.votes.total]
            case other:
                assert_never(other)

    @cached_property
    def may_belong(self) -> tuple[str, ...]:
        """The nodes that can be members at all: under Disk Only those with a path to the disk (rule
        Q3)."""
        if self.witness is None or not self.rule.needs_witness_to_belong:
            return self.node_names
        return self.witness.reached_by

    def lost_with(self, site: str, group: Group) -> tuple[str, ...]:
        """The disks of the group, and what it keeps data on, that none of the nodes that may own it
        has once the site has failed; of a shared volume, that nobody has. What `storage` says
        nothing of is lost with no site."""
        left = [node.name for node in self.nodes if node.site != site]
        limits = [r.possible_owners for r in group.resources if r.possible_owners is not None]
        owners = [name for name in left if all(name in limit for limit in limits)]
        return tuple(
            row.name
            for row in self.storage
            if row.name in group.disks | group.data
            and (not owners or row.is_lost_with(site, left if row.name in self.volumes else owners))
        )

    def nodes_in(self, site: str) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes if node.site == site)
