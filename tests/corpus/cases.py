"""Clusters with verdicts argued by hand: under the real rules, and with each rule broken.

Node letters have one vote each; rules are cited as in wsfc.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from quorate.changes.observer import Observed
from quorate.cluster import (
    QUORUM_RULES,
    Cluster,
    DiskOnly,
    Node,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
    Witness,
)
from quorate.system import Always, EachStep, System
from quorate.windows.membership import properties
from quorate.windows.models import Assumptions, Deviation, Faults, Membership

VOTERS, DISK, SHARE = NodeMajority(), NodeAndDiskMajority(), NodeAndFileShareMajority()
ONLY = DiskOnly()


def cluster(count: int, rule: QuorumRule = VOTERS, cabled: str = "") -> Cluster:
    """`count` nodes A, B, ... and the witness that the rule asks for, `cabled` to some of them."""
    names = "ABCDEFGH"[:count]
    kind = rule.witness_kind
    witness = Witness("W", kind, tuple(cabled or names)) if kind else None
    return Cluster(f"{rule.mode} of {count}", tuple(Node(n) for n in names), rule, witness)


def only(**budgets: Any) -> Faults:
    """These faults and no others; None for any number."""
    return replace(Faults.none(), **budgets)


def run(deviation: Deviation | None = None, **changes: Any) -> Assumptions:
    return replace(Assumptions(deviation=deviation), **changes)


def lasting(**budgets: Any) -> Assumptions:
    """What a claim about survival assumes: these faults, settled, and nothing comes back."""
    return Assumptions(
        faults=only(**budgets),
        repairs=False,
        settled=True,
        restarts=False,
        commits=False,
        planned_stop=False,
    )


@dataclass(frozen=True)
class ClusterCase:
    """`shortest` is the number of steps of the shortest run that breaks the property, None if it
    holds. `searched` is how deep the explicit search goes where it holds."""

    why: str
    cluster: Cluster
    assumptions: Assumptions
    make_property: Callable[[Membership], Always | EachStep]
    shortest: int | None
    searched: int = 2

    def __str__(self) -> str:
        return self.why


def of_states(system: System, claim: Always | EachStep) -> tuple[System, Always]:
    """The same question as one about states."""
    if isinstance(claim, Always):
        return system, claim
    observed = Observed(system, claim)
    return observed.system, observed.never


SPLIT, MINORITY = properties.no_split_brain, properties.no_minority_rule
OUTDATED = properties.no_partition_in_time
SAFETY = (SPLIT, MINORITY, OUTDATED)

SOUND = tuple(
    ClusterCase(
        f"{rule.mode} of {count}, {claim.__name__}", cluster(count, rule), run(), claim, None
    )
    for rule in QUORUM_RULES
    for count in (2, 3, 4)
    for claim in SAFETY
)
"""The rules are meant to give these, to every cluster (wsfc.md 11, S1, S6; Q8)."""

D = Deviation
cut = only(partition=None)
links = only(link=None)
crashes = only(crash=None)

BROKEN = (
    # Half is enough: a cut in the middle leaves two halves.
    ClusterCase("half of 2", cluster(2), run(D.HALF_IS_ENOUGH), SPLIT, 1),
    ClusterCase("half of 4", cluster(4), run(D.HALF_IS_ENOUGH), SPLIT, 1),
    # 3 nodes and the disk are 4 votes: A with it, and B with C.
    ClusterCase("half of 3 and a disk", cluster(3, DISK), run(D.HALF_IS_ENOUGH), SPLIT, 1),
    ClusterCase("half of 2 is no majority", cluster(2), run(D.HALF_IS_ENOUGH), MINORITY, 1),
    # Of an odd total there is no half: 2 of 3 votes as ever.
    ClusterCase("no half of 3", cluster(3), run(D.HALF_IS_ENOUGH), SPLIT, None),
    # Every side is all of the living.
    ClusterCase("the living of 2", cluster(2), run(D.VOTES_OF_THE_LIVING), SPLIT, 1),
    ClusterCase("the living of 3", cluster(3), run(D.VOTES_OF_THE_LIVING), SPLIT, 1),
    # A and the disk have 2 of 2; B and C have 2 of 3, the disk's vote being there.
    ClusterCase("the living and a disk", cluster(3, DISK), run(D.VOTES_OF_THE_LIVING), SPLIT, 1),
    # B alone has 1 of 2 with the disk's vote, which is no majority.
    ClusterCase(
        "the living of 2 and a disk", cluster(2, DISK), run(D.VOTES_OF_THE_LIVING), SPLIT, None
    ),
    # Both sides see the disk; half of the nodes and it are a majority.
    ClusterCase("a disk counted twice", cluster(2, DISK), run(D.WITNESS_COUNTS_TWICE), SPLIT, 1),
    ClusterCase("a share counted twice", cluster(4, SHARE), run(D.WITNESS_COUNTS_TWICE), SPLIT, 1),
    ClusterCase(
        "the only disk counted twice", cluster(2, ONLY), run(D.WITNESS_COUNTS_TWICE), SPLIT, 1
    ),
    # 4 votes, 3 needed: one node and the disk are 2, whoever counts the disk.
    ClusterCase(
        "counted twice in vain", cluster(3, DISK), run(D.WITNESS_COUNTS_TWICE), SPLIT, None
    ),
    ClusterCase("nobody stops, 2", cluster(2), run(D.RUNS_WITHOUT_QUORUM), SPLIT, 1),
    ClusterCase("nobody stops, disk", cluster(3, ONLY), run(D.RUNS_WITHOUT_QUORUM), SPLIT, 1),
    ClusterCase(
        "nobody stops, a minority", cluster(3, SHARE), run(D.RUNS_WITHOUT_QUORUM), MINORITY, 1
    ),
    # B lost C and still counts A: 2 of 3, as A and C.
    ClusterCase("neighbours of 3", cluster(3), run(D.COUNTS_NEIGHBOURS), SPLIT, 1),
    ClusterCase("neighbours of 4", cluster(4), run(D.COUNTS_NEIGHBOURS), SPLIT, 1),
    # Who lost his only neighbour counts nobody.
    ClusterCase("neighbours of 2", cluster(2), run(D.COUNTS_NEIGHBOURS), SPLIT, None),
    # B is dropped, A changes the configuration and crashes, B forms with the share.
    ClusterCase(
        "the tag ignored",
        cluster(2, SHARE),
        run(D.SHARE_TAG_IGNORED, faults=only(link=None, crash=None)),
        OUTDATED,
        4,
    ),
    # With crashes alone B has to come back first.
    ClusterCase(
        "the tag ignored, crashes",
        cluster(2, SHARE),
        run(D.SHARE_TAG_IGNORED, faults=crashes, planned_stop=False),
        OUTDATED,
        5,
    ),
    ClusterCase(
        "the copy ignored",
        cluster(2, DISK),
        run(D.DISK_COPY_IGNORED, faults=only(link=None, crash=None)),
        OUTDATED,
        4,
    ),
    ClusterCase(
        "the only copy ignored",
        cluster(2, ONLY),
        run(D.DISK_COPY_IGNORED, faults=only(link=None, crash=None)),
        OUTDATED,
        4,
    ),
    # One leaves, the rest changes the configuration, the one comes back and joins.
    ClusterCase(
        "a replica kept",
        cluster(3),
        run(D.JOINER_KEEPS_REPLICA, faults=crashes, planned_stop=False),
        OUTDATED,
        4,
    ),
    # Without one of two nothing runs, so nothing is changed.
    ClusterCase(
        "no replica to keep",
        cluster(2),
        run(D.JOINER_KEEPS_REPLICA, faults=crashes),
        OUTDATED,
        None,
    ),
    ClusterCase(
        "stops on a crash",
        cluster(3),
        replace(lasting(crash=1), deviation=D.STOPS_ON_ANY_LOSS),
        properties.survives,
        1,
    ),
    ClusterCase(
        "stops without its disk",
        cluster(2, DISK),
        replace(lasting(witness=1), deviation=D.STOPS_ON_ANY_LOSS),
        properties.survives,
        1,
    ),
    # B and C lose each other, B is dropped, and joins A and C because it reaches A.
    ClusterCase(
        "joins a stranger", cluster(3), run(D.JOINS_STRANGERS), properties.members_connected, 2
    ),
    # Of two there is nobody else to be a stranger to.
    ClusterCase(
        "no stranger", cluster(2), run(D.JOINS_STRANGERS), properties.members_connected, None
    ),
    # B has no cable, so it is no member at the start.
    ClusterCase(
        "joins without a cable",
        cluster(2, ONLY, "A"),
        run(D.JOINS_WITHOUT_DISK),
        properties.only_with_disk,
        1,
    ),
    ClusterCase(
        "stops one of two",
        cluster(2),
        run(D.STOPS_WITHOUT_ASKING),
        properties.planned_stop_keeps_quorum,
        1,
    ),
    # The disk is lost first.
    ClusterCase(
        "stops one of two and a disk",
        cluster(2, DISK),
        run(D.STOPS_WITHOUT_ASKING),
        properties.planned_stop_keeps_quorum,
        2,
    ),
    # B crashes and A stops, A is forced, B comes back and joins.
    ClusterCase(
        "forced for ever",
        cluster(2),
        run(D.FORCED_FOR_EVER, force=True, faults=crashes),
        properties.force_ends,
        4,
    ),
)

FORCED = (
    # C is cut off, and forced while A and B run (pitfall P2).
    ClusterCase("forced beside a majority", cluster(3), run(force=True), SPLIT, 2),
    ClusterCase("forced beside a disk", cluster(2, DISK), run(force=True), SPLIT, 2),
    ClusterCase("forced beside the only disk", cluster(2, ONLY), run(force=True), SPLIT, 2),
    ClusterCase("forced, four and a share", cluster(4, SHARE), run(force=True), SPLIT, 2),
    # Two nodes stop when they lose each other, then both are forced.
    ClusterCase("both of two are forced", cluster(2), run(force=True), SPLIT, 3),
)

STEPS = (
    ClusterCase("who joins reaches all", cluster(3), run(), properties.members_connected, None),
    ClusterCase("who forms has the disk", cluster(2, ONLY), run(), properties.only_with_disk, None),
    ClusterCase("a stop is refused", cluster(3), run(), properties.planned_stop_keeps_quorum, None),
    ClusterCase(
        "a stop is refused, disk",
        cluster(2, DISK),
        run(),
        properties.planned_stop_keeps_quorum,
        None,
    ),
    ClusterCase("force ends", cluster(3), run(force=True), properties.force_ends, None),
    ClusterCase("force, a share", cluster(2, SHARE), run(force=True), properties.force_ends, None),
)

SURVIVAL = (
    # wsfc.md 1.2: ceil(n/2)-1 crashes without a witness, ceil(n/2) with one for even n.
    ClusterCase("3 survive 1", cluster(3), lasting(crash=1), properties.survives, None, 4),
    ClusterCase("3 do not survive 2", cluster(3), lasting(crash=2), properties.survives, 2),
    ClusterCase("2 do not survive 1", cluster(2), lasting(crash=1), properties.survives, 1),
    ClusterCase(
        "2 and a disk survive 1", cluster(2, DISK), lasting(crash=1), properties.survives, None, 4
    ),
    ClusterCase(
        "4 and a share survive 2", cluster(4, SHARE), lasting(crash=2), properties.survives, None, 4
    ),
    ClusterCase(
        "4 and a share do not survive 3",
        cluster(4, SHARE),
        lasting(crash=3),
        properties.survives,
        3,
    ),
    # The trap of wsfc.md 1.2: 2 nodes of 4 votes are left.
    ClusterCase(
        "3 and a disk do not survive 2", cluster(3, DISK), lasting(crash=2), properties.survives, 2
    ),
    ClusterCase(
        "4 on their only disk survive 3",
        cluster(4, ONLY),
        lasting(crash=3),
        properties.survives,
        None,
        6,
    ),
    ClusterCase(
        "the only disk is lost", cluster(4, ONLY), lasting(witness=1), properties.survives, 1
    ),
    ClusterCase(
        "4 without their disk", cluster(4, DISK), lasting(witness=1), properties.survives, None, 4
    ),
    # The second is the holder: with the disk he has 2 of 5 votes, and leaves it to the other two.
    ClusterCase(
        "2 of 4 cut off from a disk",
        cluster(4, DISK),
        lasting(isolation=2),
        properties.survives,
        None,
        4,
    ),
    # Here he has 2 of 3, keeps it and goes on, where nobody reaches him: that is no survival.
    ClusterCase("a holder cut off", cluster(2, DISK), lasting(isolation=1), properties.survives, 1),
    ClusterCase(
        "the only disk cut off", cluster(3, ONLY), lasting(isolation=1), properties.survives, 1
    ),
    # A share is lost with the network: 2 nodes and it are 3 of 5.
    ClusterCase(
        "2 of 4 cut off from a share",
        cluster(4, SHARE),
        lasting(isolation=2),
        properties.survives,
        None,
        4,
    ),
    ClusterCase("a cut through 5", cluster(5), lasting(partition=1), properties.survives, None, 2),
    ClusterCase("a cut through 4", cluster(4), lasting(partition=1), properties.survives, 1),
    ClusterCase(
        "a cut through 2 and a disk",
        cluster(2, DISK),
        lasting(partition=1),
        properties.survives,
        None,
        2,
    ),
    # Only A has a cable; without A, B has 1 of 3 votes.
    ClusterCase("the only cable", cluster(2, DISK, "A"), lasting(crash=1), properties.survives, 1),
)
