"""The claims about the last node that is left, where votes follow who runs (rules Q13, Q14).

With a witness three votes are kept down to the last node, which goes on with it. Without one the
last two have one vote between them: whether they survive a crash depends on who crashes, and a
planned stop hands the vote over.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from quorate.cluster import Cluster, DynamicVotes, StaticVotes
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership import premises, properties
from quorate.windows.membership.assumptions import Assumptions, Faults
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.verbs import Verb

FEW = 4
"""With more nodes than this a run down to the last is long, and shows nothing else."""

_SOURCES = (
    "Q13: with a witness not below three votes (Ask the Directory Services Team)",
    "Q14: of two nodes one has the vote (Understanding cluster and pool quorum)",
)


def last_man(cluster: Cluster) -> Iterator[Claim]:
    """What becomes of the last node, when all others crash or are stopped one after another. Asked
    of a few nodes that all vote and all reach the witness, if there is one."""
    match cluster.vote_changes:
        case StaticVotes():
            return
        case DynamicVotes():
            if _all_are_alike(cluster) and 1 < len(cluster.nodes) <= FEW:
                yield last_man_stands(cluster)
                yield last_man_stands_by_plan(cluster)
        case other:
            assert_never(other)


def last_man_stands(cluster: Cluster) -> Claim:
    """All nodes but one crash, one after another. Without a witness it is the crash of the node
    that has the only vote of the last two that stops the other."""
    others = len(cluster.nodes) - 1
    return Claim(
        name="last-man-stands",
        sentence="the cluster runs without interruption while all nodes but one crash, one after "
        "another",
        why="whoever counts on the last node should know whether it goes on alone",
        violation="nothing runs any more, although a node is left",
        circumstances=MembershipCircumstances(cluster, _one_by_one(crash=others)),
        make_property=properties.survives,
        make_premise=premises.all_faults_happened,
        expectation=Expectation.HOLDS if cluster.witness is not None else Expectation.REFUTED,
        path=tuple(_crashes(cluster)),
        sources=_SOURCES,
        deepest=3 * others,
    )


def last_man_stands_by_plan(cluster: Cluster) -> Claim:
    """All nodes but one are stopped, each of which gives up its vote first (rule Q10)."""
    others = len(cluster.nodes) - 1
    return replace(
        last_man_stands(cluster),
        name="last-man-stands-by-plan",
        sentence="the cluster runs without interruption while all nodes but one are stopped by "
        "plan, one after another",
        why="whoever patches all nodes but one at once should know that it carries the load",
        circumstances=MembershipCircumstances(cluster, _one_by_one(stops=others)),
        expectation=Expectation.HOLDS,
        path=(str(Verb.PLANNED_STOP.value),) * others,
    )


def _all_are_alike(cluster: Cluster) -> bool:
    """Every node votes, and reaches the witness where there is one."""
    reached = cluster.node_names if cluster.witness is None else cluster.witness.reached_by
    return all(cluster.votes.nodes.values()) and set(reached) == set(cluster.node_names)


def _one_by_one(crash: int = 0, stops: int = 0) -> Assumptions:
    return Assumptions(
        faults=replace(Faults.none(), crash=crash),
        repairs=False,
        settled=True,
        restarts=False,
        commits=False,
        planned_stop=stops,
    )


def _crashes(cluster: Cluster) -> Iterator[str]:
    """The names of the steps down to the last node. After each crash the votes follow but where
    whoever crashed had none: without a witness one of an even number has none."""
    for left in range(len(cluster.nodes) - 1, 0, -1):
        yield str(Verb.CRASH.value)
        if left > 1 and (cluster.witness is not None or left % 2 == 0):
            yield str(Verb.ADJUST_VOTES.value)
