"""A moment in the life of a cluster, and what happened between two of them.

These are what a run looks like to a person: names and sets of names, no solver terms. The models
read their traces into these values, and everything that is written or drawn starts from them.
"""

from collections.abc import Mapping

from quorate.cluster import VoteTable
from quorate.values import dataclass
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class Copies:
    """The version of the configuration that each node has: the `votes` that are in force by it, and
    the nodes that have a `newer` one."""

    votes: Mapping[str, VoteTable]
    newer: Mapping[str, frozenset[str]]

    def newest_votes(self, nodes: frozenset[str]) -> VoteTable:
        """Those by the newest version that one of them has."""
        return next(self.votes[node] for node in sorted(nodes) if not self.newer[node] & nodes)


@dataclass(frozen=True)
class Situation:
    """Who is there, who reaches whom, which islands run the cluster, and what each store remembers.

    `up` nodes whose machine and cluster service are there, listening or in a cluster; `links` the
    pairs of different nodes that reach each other over the network, whether up or not; `islands`
    the sets of nodes that run the cluster together, none of them empty; `forced` for each island
    whether it was started by force and has had no majority since; `current` nodes whose replica of
    the configuration is the latest that was committed, the others' are outdated; `votes` the votes
    that are in force by it, and `older_votes` those by one version that was replaced, where votes
    change.

    Where force may overrule: `authoritative` the nodes that have what the last forced start made to
    count, or a change of that; `prevented` those that may join and not form. Where votes change
    beside, `island_votes` those that each island counts, and `copies` what each node has.

    With a witness: `witness_up`; `witness_paths` the nodes that have a working path to it; `holder`
    the node that holds it; `witness_current` whether the disk's copy, or what the share's tag
    stands for, is the latest configuration.
    """

    up: frozenset[str]
    links: frozenset[frozenset[str]]
    islands: tuple[frozenset[str], ...]
    forced: tuple[bool, ...]
    current: frozenset[str]
    votes: VoteTable
    older_votes: VoteTable | None = None
    authoritative: frozenset[str] | None = None
    prevented: frozenset[str] = frozenset()
    island_votes: tuple[VoteTable, ...] = ()
    copies: Copies | None = None
    witness_up: bool = False
    witness_paths: frozenset[str] = frozenset()
    holder: str | None = None
    witness_current: bool = False

    @property
    def running(self) -> frozenset[str]:
        """The nodes that are in some island."""
        return frozenset[str]().union(*self.islands)

    def votes_for(self, members: frozenset[str]) -> VoteTable:
        """The votes that they count: those of the newest version that one of them has."""
        if self.copies is not None:
            for island, votes in zip(self.islands, self.island_votes, strict=True):
                if members <= island:
                    return votes
            return self.copies.newest_votes(members)
        older = self.older_votes
        return self.votes if older is None or members & self.current else older

    def votes_of(self, node: str) -> int:
        """Its votes, as its island counts them, or as it would count them itself."""
        return self.votes_for(frozenset({node})).nodes[node]

    def is_overruled(self, node: str) -> bool:
        return self.authoritative is not None and node not in self.authoritative

    def island_of(self, node: str) -> frozenset[str] | None:
        return next((island for island in self.islands if node in island), None)

    def holds_witness(self, island: frozenset[str]) -> bool:
        return self.holder in island

    def reaches(self, one: str, other: str) -> bool:
        return one == other or frozenset((one, other)) in self.links


@dataclass(frozen=True)
class Event:
    """One step: what was done, and those of the action's choices that it has.

    `node` the node concerned; `peer` the other end of a connection; `side` a set of nodes that is
    cut off, comes back, heals or forms together; `site` the site that fails; `island` the members
    of the island that acts or is joined, as it was before the step; `winner` the node that wins the
    witness in this step; `reboot` says of a crash that the operating system is started again.
    """

    verb: Verb
    node: str | None = None
    peer: str | None = None
    side: frozenset[str] = frozenset()
    site: str | None = None
    island: frozenset[str] = frozenset()
    winner: str | None = None
    reboot: bool = False

    @property
    def nodes(self) -> frozenset[str]:
        """The nodes concerned: a side, or else the one node; none where it is about neither."""
        return self.side or frozenset({self.node} if self.node is not None else ())


@dataclass(frozen=True)
class Moment:
    """A situation and the event that led to it; the first moment of a run has none."""

    event: Event | None
    situation: Situation
