"""The claims that quorate makes of a cluster."""

from dataclasses import replace

from quorate.claims.claim import Claim, Expectation
from quorate.cluster import Cluster, DiskOnly, NodeAndFileShareMajority, Requirements
from quorate.dynamics import Assumptions, Deviation, Faults
from quorate.dynamics.properties import (
    no_minority_rule,
    no_partition_in_time,
    no_split_brain,
    survives,
)

SPLIT = "two islands run the cluster at the same time, each without the other"
MAJORITY = "Q1, Q2: more than half of all configured votes (TechNet, Understanding Quorum)"


def claims_about(cluster: Cluster, requirements: Requirements) -> tuple[Claim, ...]:
    """Every claim that applies to `cluster`, safety first."""
    return (
        split_brain(cluster),
        minority_rule(cluster),
        partition_in_time(cluster),
        *survivability(cluster, requirements),
    )


def split_brain(cluster: Cluster) -> Claim:
    """No two islands run, whatever fails and comes back."""
    if len(cluster.nodes) == 1:
        teeth: tuple[Deviation, ...] = ()
    elif isinstance(cluster.rule, DiskOnly):
        teeth = (Deviation.RUNS_WITHOUT_QUORUM,)
    else:
        teeth = (Deviation.RUNS_WITHOUT_QUORUM, Deviation.VOTES_OF_THE_REACHABLE)
    return Claim(
        name="no-split-brain",
        sentence="never do two islands run the cluster at the same time",
        why="two running islands write to the same data without knowing of each other",
        broken=SPLIT,
        cluster=cluster,
        assumptions=Assumptions(),
        make_property=no_split_brain,
        teeth=teeth,
        sources=(MAJORITY, "Q7: loss of quorum stops the service (Event 1177)"),
    )


def split_brain_needs_force(cluster: Cluster) -> Claim:
    """With forced quorum allowed, `split_brain` is refuted: that step alone can split it."""
    return replace(
        split_brain(cluster),
        name="no-split-brain, force allowed",
        sentence="never do two islands run, even if the operator forces quorum",
        assumptions=Assumptions(force=True),
        expectation=Expectation.REFUTED,
        teeth=(),
        sources=("Q15, Q16: forced quorum ignores votes (TechNet, Forcing Quorum)",),
    )


def minority_rule(cluster: Cluster) -> Claim:
    """No island runs without a majority."""
    return Claim(
        name="no-minority-rule",
        sentence="no island runs without more than half of all configured votes",
        why="an island that runs on fewer votes cannot exclude that another one runs too",
        broken="an island runs without a majority of the configured votes",
        cluster=cluster,
        assumptions=Assumptions(),
        make_property=no_minority_rule,
        teeth=(Deviation.RUNS_WITHOUT_QUORUM,) if len(cluster.nodes) > 1 else (),
        sources=(MAJORITY,),
    )


def partition_in_time(cluster: Cluster) -> Claim:
    """No node runs on an outdated configuration."""
    teeth: list[Deviation] = []
    if len(cluster.nodes) > 2 or cluster.witness is not None and len(cluster.nodes) > 1:
        teeth.append(Deviation.JOINER_KEEPS_REPLICA)
    if isinstance(cluster.rule, NodeAndFileShareMajority) and len(cluster.nodes) % 2 == 0:
        teeth.append(Deviation.SHARE_TAG_IGNORED)
    return Claim(
        name="no-partition-in-time",
        sentence="no node runs on a configuration older than one that was committed",
        why="a change that was made and confirmed would silently be lost",
        broken="a node runs on an outdated configuration",
        cluster=cluster,
        assumptions=Assumptions(),
        make_property=no_partition_in_time,
        teeth=tuple(teeth),
        sources=("Q4, Q5: replicas and the witness's tag (KB 947713)",),
    )


def survivability(cluster: Cluster, requirements: Requirements) -> tuple[Claim, ...]:
    """The cluster runs through the faults that its file asks it to survive, one kind at a time."""
    asked = {
        "crash": (requirements.crash, "node crashes", len(cluster.nodes) > 1),
        "isolation": (requirements.isolation, "isolated nodes", len(cluster.nodes) > 1),
        "partition": (requirements.partition, "network partitions", len(cluster.nodes) > 1),
        "witness": (requirements.witness, "witness failures", cluster.witness is not None),
        "site": (requirements.site, "site failures", len(cluster.sites) > 1),
    }
    return tuple(
        _survives(cluster, kind, times, words)
        for kind, (times, words, applies) in asked.items()
        if applies and times > 0
    )


def _survives(cluster: Cluster, kind: str, times: int, words: str) -> Claim:
    faults = replace(Faults.none(), **{kind: times})
    return Claim(
        name=f"survives-{kind}({times})",
        sentence=f"the cluster runs without interruption through {times} {words}",
        why="this is what the design is asked to tolerate",
        broken="nothing runs any more",
        cluster=cluster,
        assumptions=Assumptions(
            faults=faults, planned_stop=False, commits=0, forms_and_joins=False
        ),
        make_property=survives,
        expectation=Expectation.HOLDS,
        sources=(MAJORITY,),
        deepest=times,
        complete=True,
    )
