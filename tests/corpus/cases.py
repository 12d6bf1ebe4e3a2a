"""Clusters with verdicts argued by hand: under the real rules, and with each rule broken.

Node letters have one vote each; rules are cited as in wsfc.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from quorate.changes.reduced import reduced
from quorate.cluster import (
    QUORUM_RULES,
    Cluster,
    DiskOnly,
    Node,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.system import Always, EachStep, System
from quorate.windows.membership import event_properties, forced_properties, properties
from quorate.windows.membership.assumptions import Assumptions, CommittedBy, Faults
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.model import Membership

VOTERS, DISK, SHARE = NodeMajority(), NodeAndDiskMajority(), NodeAndFileShareMajority()
ONLY = DiskOnly()


def cluster(count: int, rule: QuorumRule = VOTERS, cabled: str = "") -> Cluster:
    """`count` nodes A, B, ... and the witness that the rule asks for, `cabled` to some of them.
    Votes are static, beside a cloud witness too."""
    names = "ABCDEFGH"[:count]
    kind = rule.witness_kind
    witness = Witness("W", kind, tuple(cabled or names)) if kind else None
    static = {"version": WindowsVersion.WINDOWS_2016, "dynamic_quorum": False}
    old = {"version": WindowsVersion.WINDOWS_2008}
    return Cluster(
        f"{rule.mode} of {count}",
        tuple(Node(n) for n in names),
        rule,
        witness,
        **(static if kind is WitnessKind.CLOUD else old),
    )


def of_2012_r2(count: int) -> Cluster:
    """So many nodes without a witness, with votes that follow who runs."""
    return replace(cluster(count), version=WindowsVersion.WINDOWS_2012_R2)


def only(**budgets: Any) -> Faults:
    """These faults and no others; None for any number."""
    return replace(Faults.none(), **budgets)


def run(**changes: Any) -> Assumptions:
    return replace(Assumptions(), **changes)


def lasting(**budgets: Any) -> Assumptions:
    """What a claim about survival assumes: these faults, settled, and nothing comes back."""
    return Assumptions(
        faults=only(**budgets),
        repairs=False,
        settled=True,
        restarts=False,
        commits=False,
        planned_stop=0,
    )


def membership(of: Cluster, assumed: Assumptions, deviation: Deviation | None = None) -> Membership:
    """The model, or a broken twin of it."""
    model = Membership(of, assumed)
    return deviation.twin(model) if deviation is not None else model


@dataclass(frozen=True)
class ClusterCase:
    """`shortest` is the number of steps of the shortest run that breaks the property, None if it
    holds. `searched` is how deep the explicit search goes where it holds. `deviation` is the rule
    that is broken, if one is."""

    why: str
    cluster: Cluster
    assumptions: Assumptions
    make_property: Callable[[Membership], Always | EachStep]
    shortest: int | None
    searched: int = 2
    deviation: Deviation | None = None

    @property
    def model(self) -> Membership:
        return membership(self.cluster, self.assumptions, self.deviation)

    def __str__(self) -> str:
        return self.why


def of_states(system: System, claim: Always | EachStep) -> tuple[System, Always]:
    """The same question as one about states."""
    change = reduced(system, claim)
    return change.system, change.claim


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


def broken(  # noqa: PLR0917 - a row of the table below
    deviation: Deviation,
    why: str,
    of: Cluster,
    make_property: Callable[[Membership], Always | EachStep],
    shortest: int | None,
    assumed: Assumptions | None = None,
) -> ClusterCase:
    return ClusterCase(why, of, assumed or run(), make_property, shortest, deviation=deviation)


crashes = only(crash=None)

BROKEN = (
    # Half is enough: a cut in the middle leaves two halves.
    broken(D.HALF_IS_ENOUGH, "half of 2", cluster(2), SPLIT, 1),
    broken(D.HALF_IS_ENOUGH, "half of 4", cluster(4), SPLIT, 1),
    # 3 nodes and the disk are 4 votes: A with it, and B with C.
    broken(D.HALF_IS_ENOUGH, "half of 3 and a disk", cluster(3, DISK), SPLIT, 1),
    broken(D.HALF_IS_ENOUGH, "half of 2 is no majority", cluster(2), MINORITY, 1),
    # Of an odd total there is no half: 2 of 3 votes as ever.
    broken(D.HALF_IS_ENOUGH, "no half of 3", cluster(3), SPLIT, None),
    # Every side is all of the living.
    broken(D.VOTES_OF_THE_LIVING, "the living of 2", cluster(2), SPLIT, 1),
    broken(D.VOTES_OF_THE_LIVING, "the living of 3", cluster(3), SPLIT, 1),
    # A and the disk have 2 of 2; B and C have 2 of 3, the disk's vote being there.
    broken(D.VOTES_OF_THE_LIVING, "the living and a disk", cluster(3, DISK), SPLIT, 1),
    # B alone has 1 of 2 with the disk's vote, which is no majority.
    broken(D.VOTES_OF_THE_LIVING, "the living of 2 and a disk", cluster(2, DISK), SPLIT, None),
    # Both sides see the disk; half of the nodes and it are a majority.
    broken(D.WITNESS_COUNTS_TWICE, "a disk counted twice", cluster(2, DISK), SPLIT, 1),
    broken(D.WITNESS_COUNTS_TWICE, "a share counted twice", cluster(4, SHARE), SPLIT, 1),
    broken(D.WITNESS_COUNTS_TWICE, "the only disk counted twice", cluster(2, ONLY), SPLIT, 1),
    # 4 votes, 3 needed: one node and the disk are 2, whoever counts the disk.
    broken(D.WITNESS_COUNTS_TWICE, "counted twice in vain", cluster(3, DISK), SPLIT, None),
    broken(D.RUNS_WITHOUT_QUORUM, "nobody stops, 2", cluster(2), SPLIT, 1),
    broken(D.RUNS_WITHOUT_QUORUM, "nobody stops, disk", cluster(3, ONLY), SPLIT, 1),
    broken(D.RUNS_WITHOUT_QUORUM, "nobody stops, a minority", cluster(3, SHARE), MINORITY, 1),
    # B lost C and still counts A: 2 of 3, as A and C.
    broken(D.COUNTS_NEIGHBOURS, "neighbours of 3", cluster(3), SPLIT, 1),
    broken(D.COUNTS_NEIGHBOURS, "neighbours of 4", cluster(4), SPLIT, 1),
    # Who lost his only neighbour counts nobody.
    broken(D.COUNTS_NEIGHBOURS, "neighbours of 2", cluster(2), SPLIT, None),
    # A and the share accept a change, A crashes, B wins the share and stops, and forms with it.
    broken(
        D.SHARE_TAG_IGNORED,
        "the tag ignored",
        cluster(2, SHARE),
        OUTDATED,
        3,
        run(faults=only(link=None, crash=None)),
    ),
    # Where all accept in one step, B has to be away at the change, and to come back.
    broken(
        D.SHARE_TAG_IGNORED,
        "the tag ignored, crashes",
        cluster(2, SHARE),
        OUTDATED,
        5,
        run(faults=crashes, planned_stop=0, committed_by=CommittedBy.ALL),
    ),
    # B is dropped, A changes the configuration and crashes, B forms with the disk, which it would
    # have read had it won it while it ran.
    broken(
        D.DISK_COPY_IGNORED,
        "the copy ignored",
        cluster(2, DISK),
        OUTDATED,
        4,
        run(faults=only(link=None, crash=None)),
    ),
    broken(
        D.DISK_COPY_IGNORED,
        "the only copy ignored",
        cluster(2, ONLY),
        OUTDATED,
        4,
        run(faults=only(link=None, crash=None)),
    ),
    # One leaves, the rest changes the configuration, the one comes back and joins.
    broken(
        D.JOINER_KEEPS_REPLICA,
        "a replica kept",
        cluster(3),
        properties.joiner_is_current,
        4,
        run(faults=crashes, planned_stop=0),
    ),
    # Without one of two nothing runs, so nothing is changed.
    broken(
        D.JOINER_KEEPS_REPLICA,
        "no replica to keep",
        cluster(2),
        properties.joiner_is_current,
        None,
        run(faults=crashes),
    ),
    # A alone accepts a change and crashes; B and C go on without it.
    broken(
        D.COMMITS_WITHOUT_MAJORITY,
        "one of three accepts",
        cluster(3),
        OUTDATED,
        2,
        run(faults=crashes, planned_stop=0),
    ),
    # A and then B accept one.
    broken(
        D.COMMITS_WITHOUT_MAJORITY,
        "one accepts after another",
        cluster(3),
        properties.commits_build_on_latest,
        2,
    ),
    # B and C go on while A listens. B gives itself the only vote, of which C knows nothing; B
    # crashes, and A and C form with the votes before.
    broken(
        D.ADJUSTS_BY_A_MINORITY,
        "one of three adjusts",
        of_2012_r2(3),
        OUTDATED,
        5,
        run(faults=crashes, planned_stop=0, commits=False),
    ),
    # B has the only vote when A joins, and gives all a vote, of which only B knows; A and C change
    # the configuration without it.
    broken(
        D.ADJUSTS_TO_A_MINORITY,
        "adjusts to one of three",
        of_2012_r2(3),
        properties.commits_build_on_latest,
        6,
        run(faults=crashes, planned_stop=0),
    ),
    # A has the only vote and crashes, B is forced and crashes; both come back, A forms, B joins.
    broken(
        D.PREVENTED_FORM,
        "forms although prevented",
        of_2012_r2(2),
        forced_properties.forced_side_wins,
        6,
        run(force=True, prevents=True, faults=crashes, planned_stop=0, commits=False),
    ),
    broken(
        D.CRASHES_IN_PASSING,
        "up after a crash",
        cluster(2),
        event_properties.faults_take_effect,
        1,
    ),
    # The disk is away at a change of both, comes back, and is taken.
    broken(
        D.WITNESS_NOT_WRITTEN,
        "nothing is written",
        cluster(2, DISK),
        event_properties.witness_remembers,
        4,
    ),
    # A and the share accept a change, A crashes, and B forms: the tag is then what B has.
    broken(
        D.FORMS_AS_NEWEST,
        "old is newest",
        cluster(2, SHARE),
        event_properties.changes_are_given,
        3,
    ),
    broken(
        D.FORCED_OUTRANKS_NOBODY,
        "outranks nobody",
        cluster(2),
        event_properties.force_outranks,
        2,
        run(force=True),
    ),
    broken(
        D.STOPS_ON_ANY_LOSS,
        "stops on a crash",
        cluster(3),
        properties.survives,
        1,
        lasting(crash=1),
    ),
    broken(
        D.STOPS_ON_ANY_LOSS,
        "stops without its disk",
        cluster(2, DISK),
        properties.survives,
        1,
        lasting(witness=1),
    ),
    # B and C lose each other, B is dropped, and joins A and C because it reaches A.
    broken(D.JOINS_STRANGERS, "joins a stranger", cluster(3), properties.members_connected, 2),
    # Of two there is nobody else to be a stranger to.
    broken(D.JOINS_STRANGERS, "no stranger", cluster(2), properties.members_connected, None),
    # B has no cable, so it is no member at the start.
    broken(
        D.JOINS_WITHOUT_DISK,
        "joins without a cable",
        cluster(2, ONLY, "A"),
        properties.only_with_disk,
        1,
    ),
    broken(
        D.STOPS_WITHOUT_ASKING,
        "stops one of two",
        cluster(2),
        properties.planned_stop_keeps_quorum,
        1,
    ),
    # The disk is lost first.
    broken(
        D.STOPS_WITHOUT_ASKING,
        "stops one of two and a disk",
        cluster(2, DISK),
        properties.planned_stop_keeps_quorum,
        2,
    ),
    # B crashes and A stops, A is forced, B comes back and joins.
    broken(
        D.FORCED_FOR_EVER,
        "forced for ever",
        cluster(2),
        forced_properties.force_ends,
        4,
        run(force=True, faults=crashes),
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

unread = run(witness_is_read=False)

UNREAD = (
    # A and the share accept a change, A crashes, and B wins the share and goes on without it.
    ClusterCase("a share unread", cluster(2, SHARE), unread, OUTDATED, 2),
    ClusterCase("a disk unread", cluster(2, DISK), unread, OUTDATED, 2),
    ClusterCase("the only disk unread", cluster(3, ONLY), unread, OUTDATED, 2),
    # Where all accept in one step, who runs has the newest configuration, read or unread.
    ClusterCase(
        "all accept",
        cluster(2, SHARE),
        run(witness_is_read=False, committed_by=CommittedBy.ALL),
        OUTDATED,
        None,
    ),
)
"""What rests on how a change is committed, and on the witness being read."""

STEPS = (
    *(
        ClusterCase(f"{why}, {of.rule.mode} of {len(of.nodes)}", of, run(), make_property, None)
        for of in (cluster(2), cluster(3), cluster(2, SHARE), cluster(2, DISK), cluster(2, ONLY))
        for why, make_property in (
            ("changes build on changes", properties.commits_build_on_latest),
            ("who joins is given them", properties.joiner_is_current),
            ("changes are given", event_properties.changes_are_given),
            ("faults take effect", event_properties.faults_take_effect),
        )
    ),
    ClusterCase(
        "a share remembers", cluster(2, SHARE), run(), event_properties.witness_remembers, None
    ),
    ClusterCase(
        "force outranks", cluster(2, SHARE), run(force=True), event_properties.force_outranks, None
    ),
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
    ClusterCase("force ends", cluster(3), run(force=True), forced_properties.force_ends, None),
    ClusterCase(
        "force, a share", cluster(2, SHARE), run(force=True), forced_properties.force_ends, None
    ),
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
