"""Accounts written by hand, as the models would give them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from quorate.cluster import (
    Cluster,
    DiskOnly,
    Node,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    Site,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.situation import Event, Moment, Situation
from quorate.windows.membership.verbs import Verb

SPLIT = "two islands run the cluster at the same time, each without the other"
OUTDATED = "an island runs on an outdated configuration"
KEPT = "a node joins an island and keeps an outdated configuration"
IDLE = "nothing runs any more"


@dataclass
class Run:
    """Moments one after another; each step says only what it changes."""

    cluster: Cluster
    moments: list[Moment] = field(default_factory=list)

    def __post_init__(self) -> None:
        everyone = frozenset(self.cluster.node_names)
        witness = self.cluster.witness
        paths = frozenset(witness.reached_by) if witness else frozenset()
        first = Situation(
            up=everyone,
            links=whole(everyone),
            islands=(everyone,),
            forced=(False,),
            current=everyone,
            votes=self.cluster.votes,
            witness_up=witness is not None,
            witness_paths=paths,
            holder=witness.reached_by[0] if witness else None,
            witness_current=witness is not None,
        )
        self.moments.append(Moment(None, first))

    @property
    def now(self) -> Situation:
        return self.moments[-1].situation

    def step(self, event: Event, **changes: Any) -> "Run":
        if "islands" in changes:
            changes["islands"] = tuple(frozenset(island) for island in changes["islands"])
            changes.setdefault("forced", (False,) * len(changes["islands"]))
        for name in ("up", "current", "witness_paths"):
            if name in changes:
                changes[name] = frozenset(changes[name])
        self.moments.append(Moment(event, replace(self.now, **changes)))
        return self

    def without(self, *nodes: str) -> frozenset[str]:
        return self.now.up - frozenset(nodes)

    def cut_off(self, side: Collection[str]) -> frozenset[frozenset[str]]:
        inside = frozenset(side)
        return frozenset(link for link in self.now.links if len(link & inside) != 1)

    def account(self, title: str, violation: str, deviation: str | None = None) -> Account:
        return Account(title, self.cluster, tuple(self.moments), violation, deviation)


def whole(nodes: Collection[str]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in combinations(sorted(nodes), 2))


def names(count: int, pattern: str = "HV{}") -> tuple[str, ...]:
    return tuple(pattern.format(number) for number in range(1, count + 1))


def majority(count: int, pattern: str = "HV{}") -> Cluster:
    nodes = tuple(Node(name) for name in names(count, pattern))
    return Cluster(f"{count} nodes", nodes, NodeMajority(), version=WindowsVersion.WINDOWS_2008)


def with_disk(count: int, pattern: str = "HV{}") -> Cluster:
    disk = Witness("Disk Q:", WitnessKind.DISK, names(count, pattern))
    nodes = tuple(Node(name) for name in names(count, pattern))
    return Cluster(
        f"{count} nodes and a disk",
        nodes,
        NodeAndDiskMajority(),
        disk,
        version=WindowsVersion.WINDOWS_2008,
    )


def with_share(count: int, pattern: str = "HV{}") -> Cluster:
    share = Witness("\\\\fs\\witness", WitnessKind.FILE_SHARE, names(count, pattern))
    nodes = tuple(Node(name) for name in names(count, pattern))
    return Cluster(
        f"{count} nodes and a share",
        nodes,
        NodeAndFileShareMajority(),
        share,
        version=WindowsVersion.WINDOWS_2008,
    )


TWO_SITES = Cluster(
    "Stretched Hyper-V, share in Frankfurt",
    (
        Node("HV1", site="Berlin"),
        Node("HV2", site="Berlin"),
        Node("HV3", site="Bonn"),
        Node("HV4", site="Bonn"),
    ),
    NodeAndFileShareMajority(),
    Witness(
        "\\\\frankfurt-fs\\witness",
        WitnessKind.FILE_SHARE,
        ("HV1", "HV2", "HV3", "HV4"),
        "Frankfurt",
    ),
    (Site("Berlin"), Site("Bonn"), Site("Frankfurt")),
    version=WindowsVersion.WINDOWS_2008,
)


def two_nodes() -> Account:
    """One crash stops two nodes without a witness."""
    run = Run(majority(2))
    run.step(Event(Verb.CRASH, node="HV2"), up={"HV1"}, islands=())
    return run.account("survives-crash(1)", IDLE)


def witness_counts_twice() -> Account:
    """Two sites and a share that both sides count."""
    run = Run(TWO_SITES)
    run.step(
        Event(Verb.PARTITION, side=frozenset({"HV3", "HV4"}), winner="HV1"),
        links=run.cut_off({"HV3", "HV4"}),
        islands=({"HV1", "HV2"}, {"HV3", "HV4"}),
    )
    twice = "the witness votes for every island that sees it"
    return run.account(f"no-split-brain, if {twice}", SPLIT, twice)


def site_lost() -> Account:
    """Two sites: first the share fails, then the site that is left has no majority."""
    run = Run(TWO_SITES)
    run.step(Event(Verb.WITNESS_FAILURE), witness_up=False, holder=None)
    run.step(Event(Verb.SITE_FAILURE, site="Berlin"), up={"HV3", "HV4"}, islands=())
    return run.account("survives-site(1), the share lost before", IDLE)


def half_is_enough() -> Account:
    run = Run(majority(4))
    run.step(
        Event(Verb.PARTITION, side=frozenset({"HV3", "HV4"})),
        links=run.cut_off({"HV3", "HV4"}),
        islands=({"HV1", "HV2"}, {"HV3", "HV4"}),
    )
    half = "half of the votes is enough"
    return run.account(f"no-split-brain, if {half}", SPLIT, half)


def forced_start() -> Account:
    """The operator forces the minority while the majority still runs."""
    run = Run(with_disk(4))
    run.step(
        Event(Verb.PARTITION, side=frozenset({"HV4"})),
        links=run.cut_off({"HV4"}),
        islands=({"HV1", "HV2", "HV3"},),
    )
    run.step(Event(Verb.PATH_FAILURE, node="HV4"), witness_paths={"HV1", "HV2", "HV3"})
    run.step(
        Event(Verb.FORCE, node="HV4"),
        islands=({"HV1", "HV2", "HV3"}, {"HV4"}),
        forced=(False, True),
        current={"HV4"},
        witness_current=False,
    )
    return run.account("no-split-brain, force allowed", SPLIT)


def outdated_form() -> Account:
    """Partition in time: two nodes and a share whose tag nobody asks (rule Q5)."""
    share = Witness("FS1", WitnessKind.FILE_SHARE, ("HV1", "HV2"))
    nodes = (Node("HV1"), Node("HV2"))
    run = Run(
        Cluster(
            "two nodes and a share",
            nodes,
            NodeAndFileShareMajority(),
            share,
            version=WindowsVersion.WINDOWS_2008,
        )
    )
    run.step(Event(Verb.PLANNED_STOP, node="HV2"), up={"HV1"}, islands=({"HV1"},))
    run.step(
        Event(Verb.COMMIT, island=frozenset({"HV1"}), side=frozenset({"HV1"})), current={"HV1"}
    )
    run.step(Event(Verb.CRASH, node="HV1"), up=(), islands=(), holder=None)
    run.step(Event(Verb.RESTART, side=frozenset({"HV2"})), up={"HV2"})
    run.step(
        Event(Verb.FORM, side=frozenset({"HV2"}), winner="HV2"), islands=({"HV2"},), holder="HV2"
    )
    ignored = "the file share's tag is ignored when a cluster forms"
    return run.account(f"no-partition-in-time, if {ignored}", OUTDATED, ignored)


def outdated_blob() -> Account:
    """The same beside a cloud witness whose tag is asked."""
    blob = Witness("contosowitness", WitnessKind.CLOUD, ("HV1", "HV2"))
    nodes = (Node("HV1"), Node("HV2"))
    run = Run(
        Cluster(
            "two nodes and a cloud witness",
            nodes,
            NodeAndCloudMajority(),
            blob,
            version=WindowsVersion.WINDOWS_2022,
            dynamic_quorum=False,
        )
    )
    one = frozenset({"HV1"})
    run.step(Event(Verb.PLANNED_STOP, node="HV2"), up=one, islands=(one,))
    run.step(Event(Verb.COMMIT, island=one, side=one), current=one)
    run.step(Event(Verb.CRASH, node="HV1"), up=(), islands=(), holder=None)
    run.step(Event(Verb.RESTART, side=frozenset({"HV2"})), up={"HV2"})
    return run.account("survives-crash(1)", IDLE)


def taken_unread() -> Account:
    """One of two nodes accepts a change with the share and crashes; the other wins the share and
    goes on without the change."""
    share = Witness("FS1", WitnessKind.FILE_SHARE, ("HV1", "HV2"))
    nodes = (Node("HV1"), Node("HV2"))
    run = Run(
        Cluster(
            "two nodes and a share",
            nodes,
            NodeAndFileShareMajority(),
            share,
            version=WindowsVersion.WINDOWS_2008,
        )
    )
    both, one = frozenset({"HV1", "HV2"}), frozenset({"HV1"})
    run.step(Event(Verb.COMMIT, island=both, side=one), current=one)
    run.step(
        Event(Verb.CRASH, node="HV1", winner="HV2"),
        up={"HV2"},
        islands=({"HV2"},),
        holder="HV2",
        witness_current=False,
    )
    return run.account("no-partition-in-time-if-taken-unread", OUTDATED)


def read_and_refused() -> Account:
    """The same where the share is read; then the first node comes back, and its replica is read."""
    run = Run(taken_unread().cluster)
    both, one = frozenset({"HV1", "HV2"}), frozenset({"HV1"})
    run.step(Event(Verb.COMMIT, island=both, side=one), current=one)
    run.step(Event(Verb.CRASH, node="HV1", winner="HV2"), up={"HV2"}, islands=(), holder=None)
    run.step(Event(Verb.RESTART, side=one), up=both)
    run.step(Event(Verb.FORM, side=one, winner="HV1"), islands=(one,), holder="HV1")
    run.step(Event(Verb.JOIN, node="HV2", island=one), islands=(both,), current=both)
    run.step(Event(Verb.COMMIT, island=both, side=one), current=one)
    run.step(Event(Verb.CATCH_UP, node="HV2"), current=both)
    return run.account("where a change goes", "the walk ends")


def read_from_the_disk() -> Account:
    """The same beside a disk, from which the second node has the change."""
    disk = Witness("Q:", WitnessKind.DISK, ("HV1", "HV2"))
    run = Run(
        Cluster(
            "two nodes and a disk",
            (Node("HV1"), Node("HV2")),
            NodeAndDiskMajority(),
            disk,
            version=WindowsVersion.WINDOWS_2008,
        )
    )
    both, one = frozenset({"HV1", "HV2"}), frozenset({"HV1"})
    run.step(Event(Verb.COMMIT, island=both, side=one), current=one)
    run.step(
        Event(Verb.CRASH, node="HV1", winner="HV2"),
        up={"HV2"},
        islands=({"HV2"},),
        holder="HV2",
        current=both,
    )
    return run.account("where a change goes", "the walk ends")


def joiner_keeps_replica() -> Account:
    run = Run(majority(3))
    run.step(Event(Verb.CRASH, node="HV3"), up={"HV1", "HV2"}, islands=({"HV1", "HV2"},))
    both = frozenset({"HV1", "HV2"})
    run.step(Event(Verb.COMMIT, island=both, side=both), current=both)
    run.step(Event(Verb.RESTART, side=frozenset({"HV3"})), up={"HV1", "HV2", "HV3"})
    run.step(
        Event(Verb.JOIN, node="HV3", island=frozenset({"HV1", "HV2"})),
        islands=({"HV1", "HV2", "HV3"},),
    )
    keeps = "a joining node keeps its own replica"
    return run.account(f"joiner-is-current, if {keeps}", KEPT, keeps)


def counts_neighbours() -> Account:
    """One cut link and a count of whoever is in reach make two masters."""
    run = Run(majority(3))
    run.step(
        Event(Verb.LINK_FAILURE, node="HV3", peer="HV1"),
        links=run.now.links - {frozenset({"HV1", "HV3"})},
        islands=({"HV1", "HV2"}, {"HV3"}),
    )
    neighbours = "a node counts whoever it reaches, members of its island or not"
    return run.account(f"no-split-brain, if {neighbours}", SPLIT, neighbours)


def long_walk() -> Account:
    """Most kinds of step once, on five nodes with different votes and a disk that one of them does
    not reach; at the end the power fails."""
    disk = Witness("Disk W", WitnessKind.DISK, ("A", "B", "C", "D"))
    nodes = (Node("A", 2), Node("B"), Node("C"), Node("D"), Node("E", 0))
    run = Run(
        Cluster("weighted", nodes, NodeAndDiskMajority(), disk, version=WindowsVersion.WINDOWS_2008)
    )
    run.step(
        Event(Verb.ISOLATION, node="A", winner="A"),
        links=run.cut_off({"A"}),
        islands=(),
        holder=None,
    )
    run.step(
        Event(Verb.FORM, side=frozenset({"B", "C", "D", "E"}), winner="C"),
        islands=({"B", "C", "D", "E"},),
        holder="C",
    )
    run.step(
        Event(Verb.PATH_FAILURE, node="C", winner="B"), witness_paths={"A", "B", "D"}, holder="B"
    )
    four = frozenset({"B", "C", "D", "E"})
    run.step(Event(Verb.COMMIT, island=four, side=four), current=four)
    run.step(Event(Verb.HEAL, side=frozenset(run.cluster.node_names)), links=whole(run.now.up))
    run.step(
        Event(Verb.JOIN, node="A", island=frozenset({"B", "C", "D", "E"})),
        islands=({"A", "B", "C", "D", "E"},),
        current={"A", "B", "C", "D", "E"},
    )
    run.step(Event(Verb.PATH_RETURN, side=frozenset({"C"})), witness_paths={"A", "B", "C", "D"})
    run.step(
        Event(Verb.CRASH, node="B", winner="D"),
        up=run.without("B"),
        islands=({"A", "C", "D", "E"},),
        holder="D",
    )
    run.step(Event(Verb.POWER_FAILURE), up=(), islands=(), holder=None)
    return run.account("survives", IDLE)


def sixteen_nodes() -> Account:
    """Sixteen nodes, a disk that both halves count."""
    run = Run(with_disk(16, "HV{:02}"))
    side = frozenset(run.cluster.node_names[8:])
    left = frozenset(run.cluster.node_names[:8])
    run.step(Event(Verb.CRASH, node="HV02"), up=run.without("HV02"), islands=(run.without("HV02"),))
    run.step(
        Event(Verb.PARTITION, side=side, winner="HV01"),
        links=run.cut_off(side),
        islands=(left - {"HV02"}, side),
    )
    keeps = "an island that loses quorum keeps running"
    return run.account(f"no-split-brain, if {keeps}", SPLIT, keeps)


def sixty_four_nodes() -> Account:
    """Sixty-four nodes in disk only; the broken rule lets both islands run."""
    nodes = tuple(Node(name) for name in names(64, "node-{:02}"))
    disk = Witness("Quorum", WitnessKind.DISK, names(64, "node-{:02}"))
    run = Run(Cluster("sixty-four", nodes, DiskOnly(), disk, version=WindowsVersion.WINDOWS_2008))
    odd = frozenset(run.cluster.node_names[::2])
    even = frozenset(run.cluster.node_names[1::2])
    run.step(
        Event(Verb.PARTITION, side=even, winner="node-01"),
        links=run.cut_off(even),
        islands=(odd,),
    )
    run.step(Event(Verb.FORM, side=even), islands=(odd, even))
    twice = "the witness votes for every island that sees it"
    return run.account(f"no-split-brain, if {twice}", SPLIT, twice)


def nobody_forms() -> Account:
    """The disk comes back, and nobody takes it (rule Q8 broken)."""
    nodes = (Node("HV1"), Node("HV2"))
    disk = Witness("Disk Q:", WitnessKind.DISK, ("HV1", "HV2"))
    run = Run(Cluster("disk only", nodes, DiskOnly(), disk, version=WindowsVersion.WINDOWS_2008))
    run.step(Event(Verb.WITNESS_FAILURE), witness_up=False, holder=None, islands=())
    run.step(Event(Verb.WITNESS_RETURN), witness_up=True)
    broken = "everything is back, nothing runs, and the nodes may not form the cluster"
    listens = "nodes that lost quorum do not form a cluster again by themselves"
    return run.account("recovers", broken, listens)


def share_cut_off_later() -> Account:
    """An island that is alone already loses the share as well; before, a node was let back in."""
    run = Run(TWO_SITES)
    bonn = frozenset({"HV3", "HV4"})
    run.step(
        Event(Verb.PARTITION, side=bonn),
        links=run.cut_off(bonn),
        islands=({"HV1", "HV2"},),
    )
    back = {frozenset({"HV3", name}) for name in ("HV1", "HV2")}
    run.step(Event(Verb.HEAL, side=frozenset({"HV1", "HV2", "HV3"})), links=run.now.links | back)
    run.step(
        Event(Verb.ISOLATION, node="HV3"),
        links=run.cut_off({"HV3"}),
        witness_paths=run.now.witness_paths - {"HV3"},
    )
    run.step(
        Event(Verb.PARTITION, side=frozenset({"HV1", "HV2"})),
        witness_paths={"HV4"},
        holder=None,
        islands=(),
    )
    return run.account("survives-partition(2)", IDLE)


def seven_and_one() -> Account:
    """The holder drops out of an island of eight; the other seven take the witness."""
    run = Run(with_disk(8))
    link = frozenset({"HV1", "HV8"})
    run.step(
        Event(Verb.LINK_FAILURE, node="HV1", peer="HV8", winner="HV2"),
        links=run.now.links - {link},
        islands=(run.without("HV1"),),
        holder="HV2",
    )
    run.step(
        Event(Verb.PARTITION, side=frozenset({"HV8"})),
        links=run.cut_off({"HV8"}),
        islands=(run.without("HV1", "HV8"),),
    )
    any_loss = "an island stops whenever it loses a member or the witness"
    run.step(Event(Verb.CRASH, node="HV7"), up=run.without("HV7"), islands=(), holder=None)
    return run.account("survives-crash(1)", IDLE, any_loss)


def last_one_cut_off() -> Account:
    """Who is cut off goes on with the disk: what runs there reaches nobody."""
    run = Run(with_disk(2))
    run.step(
        Event(Verb.ISOLATION, node="HV1", winner="HV1"),
        links=run.cut_off({"HV1"}),
        islands=({"HV1"},),
    )
    return run.account("survives-isolation(1)", f"{IDLE} where anybody reaches it")


UGLY = (
    'quote " and <b>bold</b> & &lt;entity; \\N \\l \\',
    "two\nlines\tand\x00nul",
    "x" * 200,
    "x" * 150 + "y" + "x" * 49,
    "日本サーバー-é-Ω",
    "a, b and c",
)


def ugly_names(names: tuple[str, ...] = UGLY) -> Account:
    """A partition of nodes that are called anything, and a broken link between two of them."""
    nodes = tuple(Node(name) for name in names)
    disk = Witness(names[0], WitnessKind.DISK, names)
    run = Run(
        Cluster(names[-1], nodes, NodeAndDiskMajority(), disk, version=WindowsVersion.WINDOWS_2008)
    )
    side, rest = frozenset(names[:2]), frozenset(names[2:])
    run.step(
        Event(Verb.LINK_FAILURE, node=names[1], peer=names[0]),
        links=run.now.links - {frozenset(names[:2])},
        islands=(frozenset(names) - {names[1]},),
    )
    run.step(
        Event(Verb.PARTITION, side=side),
        links=run.cut_off(side),
        islands=(rest, {names[0]}),
    )
    return run.account("</text><script>", names[0], names[-1])


ALL = {
    make.__name__: make
    for make in (
        two_nodes,
        witness_counts_twice,
        site_lost,
        half_is_enough,
        forced_start,
        outdated_form,
        outdated_blob,
        taken_unread,
        read_and_refused,
        read_from_the_disk,
        joiner_keeps_replica,
        counts_neighbours,
        long_walk,
        sixteen_nodes,
        sixty_four_nodes,
        nobody_forms,
        share_cut_off_later,
        seven_and_one,
        last_one_cut_off,
        ugly_names,
    )
}
