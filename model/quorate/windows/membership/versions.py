"""The claims that no change of the configuration is lost: who knows the newest one, who changes it,
and who is given it."""

from collections.abc import Iterator
from dataclasses import replace

from quorate.cluster import Cluster
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership import event_properties, premises, properties
from quorate.windows.membership.assumptions import UNLIMITED, Assumptions, Faults
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.violations import Violation

TAG = "Q4, Q5: replicas and the witness's tag (KB 947713)"
FEW = 8
"""With more nodes than this a run is long to look for, and shows nothing else."""

UNREAD = Assumptions(
    faults=replace(Faults.none(), crash=UNLIMITED, partition=UNLIMITED, path=UNLIMITED),
    repairs=False,
    restarts=False,
    planned_stop=0,
    witness_is_read=False,
)
VOTES_ALONE = Assumptions(
    faults=replace(Faults.none(), crash=UNLIMITED),
    repairs=False,
    restarts=False,
    stop_asks_for_changes=False,
)
"""Of each a few faults are enough, and are looked through sooner."""

COMMIT = "wsfc.md 1.4: an update commits once a majority accepts it (KB 947713)"


def versions(cluster: Cluster) -> Iterator[Claim]:
    """Every claim about the configuration that applies to `cluster`."""
    yield partition_in_time(cluster)
    yield from partition_in_time_if_unread(cluster)
    yield from changes(cluster)


def partition_in_time(cluster: Cluster) -> Claim:
    """No island runs on an outdated configuration."""
    return Claim(
        name="no-partition-in-time",
        sentence="an island that runs knows the newest configuration that was committed",
        why="a change that was made and confirmed would silently be lost",
        violation="an island runs on an outdated configuration",
        shown=Violation.OUTDATED,
        circumstances=MembershipCircumstances(cluster),
        make_property=properties.no_partition_in_time,
        make_premise=premises.an_outdated_node_is_up,
        path=_path(Verb.COMMIT),
        sources=(TAG, COMMIT),
        deepest=8,
    )


def partition_in_time_if_unread(cluster: Cluster) -> Iterator[Claim]:
    """What rests on the inference that a node which wins the witness while it runs reads it: with
    the share of a majority that the witness has, another half of the votes goes on without what was
    committed with it. Where no half is left beside a half, nothing rests on it."""
    if rests_on_the_witness(cluster):
        yield replace(
            partition_in_time(cluster),
            name="no-partition-in-time-if-taken-unread",
            sentence="an island that runs knows the newest configuration, even if a running node "
            "that takes the witness does not read it first",
            why="that it is read is documented of nodes that form, and inferred of those that run",
            circumstances=MembershipCircumstances(cluster, UNREAD),
            assuming="a running node that takes the witness does not read it first",
            expectation=Expectation.REFUTED,
        )


def changes(cluster: Cluster) -> Iterator[Claim]:
    """What is committed, and who is given it; where a change needs every node there is nobody who
    missed one."""
    if not may_leave_one_behind(cluster):
        return
    yield Claim(
        name="commits-build-on-latest",
        sentence="a change that is committed builds on all that were committed before",
        why="a change of an older configuration undoes what was changed since, and nobody is told",
        violation="a change is committed by nodes that do not know the newest configuration",
        shown=Violation.CHANGED_OUTDATED,
        circumstances=MembershipCircumstances(cluster),
        make_property=properties.commits_build_on_latest,
        make_premise=premises.a_member_is_outdated,
        path=_path(Verb.COMMIT),
        sources=(COMMIT,),
        deepest=6,
    )
    yield Claim(
        name="changes-are-given",
        sentence="whoever comes to have the newest configuration is given it by who has it",
        why="else a cluster would take what it happens to have for the newest",
        violation="nodes take for the newest configuration what nobody gave them",
        shown=Violation.NOT_GIVEN,
        circumstances=MembershipCircumstances(cluster),
        make_property=event_properties.changes_are_given,
        make_premise=premises.an_outdated_node_listens,
        path=_path(Verb.ISOLATION, Verb.COMMIT),
        sources=(TAG,),
        deepest=8,
    )
    yield Claim(
        name="joiner-is-current",
        sentence="whoever joins an island is given the newest configuration that its members have",
        why="a member with an old configuration acts on groups and votes as they once were",
        violation="a node joins an island and keeps an outdated configuration",
        shown=Violation.JOINED_OUTDATED,
        circumstances=MembershipCircumstances(cluster),
        make_property=properties.joiner_is_current,
        make_premise=premises.an_outdated_node_listens,
        path=_path(Verb.ISOLATION, Verb.COMMIT),
        sources=(TAG,),
        deepest=8,
    )


def rests_on_the_witness(cluster: Cluster) -> bool:
    """A change that was committed with the witness may be all that is known of by one half. Asked
    where votes are as configured: which of them decide is then known beforehand."""
    if cluster.votes_change:
        return False
    return len(cluster.nodes) <= FEW and _has_two_halves(cluster)


def rests_on_a_tag(cluster: Cluster) -> bool:
    """And the witness cannot give it to the other half."""
    witness = cluster.witness
    tagged = witness is not None and not witness.kind.keeps_configuration
    return tagged and rests_on_the_witness(cluster)


def may_leave_one_behind(cluster: Cluster) -> bool:
    """All who may be members but one are a majority, with a witness that one of them reaches."""
    if cluster.votes_change:
        # Nodes that are left have the votes.
        return sum(1 for votes in cluster.votes.nodes.values() if votes) > 1
    votes = cluster.votes
    cabled = frozenset(cluster.witness.reached_by if cluster.witness is not None else ())
    for name in cluster.may_belong:
        others = frozenset(cluster.may_belong) - {name}
        if others and votes.tally(others, bool(others & cabled)) >= votes.needed:
            return True
    return False


def _has_two_halves(cluster: Cluster) -> bool:
    """The nodes fall into two sets that both have a majority if they hold the witness, and a cable
    to it."""
    witness, votes = cluster.witness, cluster.votes
    if witness is None:
        return False
    halves = {(0, False, False)}
    """The votes of one set, and whether it and the other have a cable, for some of the nodes."""
    for name in cluster.node_names:
        weight, cabled = votes.nodes[name], name in witness.reached_by
        halves = {
            half
            for here, one, other in halves
            for half in ((here + weight, one or cabled, other), (here, one, other or cabled))
        }
    every, needed = sum(votes.nodes.values()), votes.needed - votes.witness
    return any(min(here, every - here) >= needed and one and other for here, one, other in halves)


def _path(*verbs: Verb) -> tuple[str, ...]:
    """The names of actions that are about nothing in particular."""
    return tuple(str(verb.value) for verb in verbs)
