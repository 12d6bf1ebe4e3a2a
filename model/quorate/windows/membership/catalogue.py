"""The claims that quorate makes of a cluster."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quorate.cluster import MOST_FAULTS, Cluster, DiskOnly, Requirements
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership import properties
from quorate.windows.membership.teeth import bites
from quorate.windows.models import Assumptions, Deviation, Faults

MAJORITY = "Q1, Q2: more than half of all configured votes (TechNet, Understanding Quorum)"


_ACTIONS = {
    "crash": "crash",
    "isolation": "isolation",
    "partition": "partition",
    "witness": "witness failure",
}
"""The action that each kind of fault is, but for sites, which have one each."""


def claims_about(cluster: Cluster, requirements: Requirements) -> tuple[Claim, ...]:
    """Every claim that applies to `cluster`, safety first."""
    force = (split_brain_needs_force(cluster),) if len(cluster.nodes) > 1 else ()
    return (
        split_brain(cluster),
        *force,
        minority_rule(cluster),
        partition_in_time(cluster),
        *joining(cluster),
        *planned_stops(cluster),
        *taking_the_witness(cluster),
        recovery(cluster),
        *survivability(cluster, requirements),
        *_of_groups(cluster),
    )


def _of_groups(cluster: Cluster) -> Iterator[Claim]:
    if cluster.groups:
        from quorate.windows.groups.catalogue import claims_about_groups  # noqa: PLC0415

        yield from claims_about_groups(cluster)


def split_brain(cluster: Cluster) -> Claim:
    """No two islands run, whatever fails and comes back."""
    return Claim(
        name="no-split-brain",
        sentence="never do two islands run the cluster at the same time",
        why="two running islands write to the same data without knowing of each other",
        broken="two islands run the cluster at the same time, each without the other",
        cluster=cluster,
        assumptions=Assumptions(),
        make_property=properties.no_split_brain,
        make_premise=properties.two_sides_are_up
        if len(cluster.nodes) > 1
        else properties.nodes_are_up_that_do_not_run,
        path=("isolation",) if len(cluster.nodes) > 1 else ("power failure", "restart"),
        teeth=_biting(
            cluster,
            Deviation.HALF_IS_ENOUGH,
            Deviation.VOTES_OF_THE_LIVING,
            Deviation.WITNESS_COUNTS_TWICE,
            Deviation.RUNS_WITHOUT_QUORUM,
            Deviation.COUNTS_NEIGHBOURS,
        ),
        sources=(MAJORITY, "Q7: loss of quorum stops the service (Event 1177)"),
        deepest=6,
    )


def split_brain_needs_force(cluster: Cluster) -> Claim:
    """With forced quorum allowed, `split_brain` is refuted: that step alone can split it."""
    return replace(
        split_brain(cluster),
        name="no-split-brain-if-forced",
        sentence="never do two islands run, even if the operator forces quorum",
        why="forced quorum overrides the votes; that no other side runs is left to the operator",
        assumptions=Assumptions(force=True),
        expectation=Expectation.REFUTED,
        teeth=(),
        sources=("Q15, Q16: forced quorum ignores votes (TechNet, Forcing Quorum)",),
    )


def minority_rule(cluster: Cluster) -> Claim:
    """No island runs without a majority."""
    alone = len(cluster.nodes) == 1
    return Claim(
        name="no-minority-rule",
        sentence="no island runs without more than half of all configured votes",
        why="an island that runs on fewer votes cannot exclude that another one runs too",
        broken="an island runs without a majority of the configured votes",
        cluster=cluster,
        assumptions=Assumptions(),
        make_property=properties.no_minority_rule,
        make_premise=properties.nodes_are_up_that_do_not_run
        if alone
        else properties.a_minority_is_up,
        path=("power failure", "restart") if alone else ("isolation",),
        teeth=_biting(cluster, Deviation.RUNS_WITHOUT_QUORUM, Deviation.HALF_IS_ENOUGH),
        sources=(MAJORITY,),
        deepest=6,
    )


def partition_in_time(cluster: Cluster) -> Claim:
    """No node runs on an outdated configuration."""
    ages = bites(cluster, Deviation.JOINER_KEEPS_REPLICA)
    return Claim(
        name="no-partition-in-time",
        sentence="no node runs on a configuration older than one that was committed",
        why="a change that was made and confirmed would silently be lost",
        broken="a node runs on an outdated configuration",
        cluster=cluster,
        assumptions=Assumptions(),
        make_property=properties.no_partition_in_time,
        make_premise=properties.an_outdated_node_is_up
        if ages
        else properties.nodes_are_up_that_do_not_run,
        path=("isolation", "commit") if ages else ("power failure", "restart"),
        teeth=_biting(
            cluster,
            Deviation.JOINER_KEEPS_REPLICA,
            Deviation.SHARE_TAG_IGNORED,
            Deviation.DISK_COPY_IGNORED,
        ),
        sources=("Q4, Q5: replicas and the witness's tag (KB 947713)",),
        deepest=8,
    )


def joining(cluster: Cluster) -> Iterator[Claim]:
    """Who belongs to an island, and when force ends; nothing to say of a single node."""
    if len(cluster.nodes) > 1:
        yield Claim(
            name="members-connected",
            sentence="all members of an island reach each other",
            why="members that do not reach each other disagree about who is one",
            broken="two members of an island do not reach each other",
            cluster=cluster,
            assumptions=Assumptions(),
            make_property=properties.members_connected,
            make_premise=properties.two_sides_are_up,
            path=("isolation",),
            teeth=_biting(cluster, Deviation.JOINS_STRANGERS),
            sources=("M2: full connectivity; whoever lost it is dropped (KB 242600)",),
            deepest=6,
        )
        yield Claim(
            name="force-ends",
            sentence="an island that was started by force is that only until it has a majority",
            why="force is for an emergency; afterwards losing the quorum has to stop the service",
            broken="an island has a majority, or is gone, and still counts as forced",
            cluster=cluster,
            assumptions=Assumptions(force=True),
            make_property=properties.force_ends,
            make_premise=properties.an_island_is_forced,
            path=("power failure", "restart", "force"),
            teeth=_biting(cluster, Deviation.FORCED_FOR_EVER),
            sources=("Q15, Q16: forced quorum ignores votes (TechNet, Forcing Quorum)",),
            deepest=6,
        )
    if isinstance(cluster.rule, DiskOnly):
        yield Claim(
            name="only-with-disk",
            sentence="a node joins or forms a cluster only in contact with the disk",
            why="under Disk Only the disk alone decides who runs",
            broken="a node joins or forms a cluster without contact with the disk",
            cluster=cluster,
            assumptions=Assumptions(),
            make_property=properties.only_with_disk,
            make_premise=properties.a_node_has_no_disk,
            path=("power failure", "path failure", "restart"),
            teeth=_biting(cluster, Deviation.JOINS_WITHOUT_DISK),
            sources=("Q3: contact with the disk (TechNet, Understanding Quorum)",),
            deepest=6,
        )


def planned_stops(cluster: Cluster) -> Iterator[Claim]:
    """Stopping a node by plan never stops the others."""
    if len(cluster.may_belong) > 1:
        yield Claim(
            name="planned-stop-keeps-quorum",
            sentence="when the operator stops a node, the others of its island go on",
            why="who patches one node must not stop all; the cluster refuses where he would",
            broken="a node is stopped by plan, and the others of its island stop with it",
            cluster=cluster,
            assumptions=Assumptions(),
            make_property=properties.planned_stop_keeps_quorum,
            make_premise=properties.nodes_are_up_that_do_not_run,
            path=("planned stop", "restart"),
            teeth=_biting(cluster, Deviation.STOPS_WITHOUT_ASKING),
            sources=("Q9: a stop that would cost the quorum is refused (KB 2008 cluster.exe)",),
            deepest=6,
        )


def taking_the_witness(cluster: Cluster) -> Iterator[Claim]:
    """A free witness does not stay free. Where nobody runs without it, as under Disk Only, there is
    nothing to say."""
    votes = cluster.votes
    if cluster.witness is not None and sum(votes.nodes.values()) >= votes.needed:
        yield Claim(
            name="witness-is-taken",
            sentence="a witness that nobody holds is taken by a node that runs and reaches it",
            why="a vote that nobody has is missing when the next node fails",
            broken="a node runs and reaches the witness, and nobody ever takes it",
            cluster=cluster,
            assumptions=Assumptions(),
            make_property=properties.witness_is_taken,
            make_premise=properties.the_witness_is_free,
            path=("witness failure", "witness return"),
            teeth=_biting(cluster, Deviation.LEAVES_WITNESS),
            sources=("wsfc.md 1.6: arbitration and defence of the witness",),
            deepest=6,
        )


def recovery(cluster: Cluster) -> Claim:
    """The cluster comes back by itself."""
    return Claim(
        name="recovers",
        sentence="once everything that failed is back and stays so, the cluster runs, without a "
        "hand",
        why="an outage should end with its cause, at any hour, with nobody there",
        broken="everything is back and stays so, and the cluster never runs",
        cluster=cluster,
        assumptions=Assumptions(),
        make_property=properties.recovers,
        make_premise=properties.healed_and_nothing_runs,
        path=("power failure", "restart"),
        teeth=_biting(cluster, Deviation.DOES_NOT_LISTEN),
        sources=("Q6, Q8: nodes listen and form again (Understanding Quorum)",),
        deepest=6,
    )


def survivability(cluster: Cluster, requirements: Requirements) -> Iterator[Claim]:
    """The cluster runs through the faults that its file asks it to survive, one kind at a time."""
    nodes, network = len(cluster.nodes), len(cluster.nodes) > 1
    kinds = (
        _Kind("crash", "node crash", "node crashes, one after another", nodes if network else 0),
        _Kind(
            "isolation", "node cut off", "nodes cut off, one after another", nodes if network else 0
        ),
        _Kind(
            "partition", "network partition", "network partitions", MOST_FAULTS if network else 0
        ),
        _Kind("witness", "loss of the witness", "", 1 if cluster.witness is not None else 0),
        _Kind("site", "failure of a whole site", "failures of a whole site", len(cluster.sites)),
    )
    for kind in kinds:
        times = min(getattr(requirements, kind.name), kind.most)
        if times > 0:
            yield _survives(cluster, kind, times)


@dataclass(frozen=True)
class _Kind:
    """A kind of fault, in words for one and for several, and how many of it can happen at most."""

    name: str
    once: str
    often: str
    most: int


def _survives(cluster: Cluster, kind: _Kind, times: int) -> Claim:
    faults = Faults(**{**Faults.none().budgets(), kind.name: times})
    words = kind.once if times == 1 else kind.often
    return Claim(
        name=f"survives-{kind.name}({times})",
        sentence=f"the cluster runs without interruption through {times} {words}",
        why="this is what the design is asked to tolerate",
        broken="nothing runs any more where anybody reaches it"
        if kind.name == "isolation"
        else "nothing runs any more",
        cluster=cluster,
        assumptions=Assumptions(
            faults=faults,
            repairs=False,
            settled=True,
            restarts=False,
            commits=False,
            planned_stop=False,
        ),
        make_property=properties.survives,
        make_premise=properties.all_faults_happened,
        path=(_ACTIONS[kind.name],) * times if kind.name in _ACTIONS else (),
        teeth=(Deviation.STOPS_ON_ANY_LOSS,),
        sources=(MAJORITY,),
        # Between two faults a running node may take a witness that was let go.
        deepest=2 * times,
        complete=True,
    )


def _biting(cluster: Cluster, *deviations: Deviation) -> tuple[Deviation, ...]:
    return tuple(deviation for deviation in deviations if bites(cluster, deviation))
