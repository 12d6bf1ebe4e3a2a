"""The claims that quorate makes of the membership of a cluster."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from quorate.cluster import Cluster, DynamicVotes, Requirements, StaticVotes
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership import premises, properties
from quorate.windows.membership.assumptions import UNLIMITED, Assumptions, Faults
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.events import events
from quorate.windows.membership.forced import forced
from quorate.windows.membership.last_man import last_man
from quorate.windows.membership.survival import survivability
from quorate.windows.membership.ties import ties
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.versions import (
    VOTES_ALONE,
    may_leave_one_behind,
    rests_on_a_tag,
    versions,
)
from quorate.windows.membership.violations import Violation

MAJORITY = "Q1, Q2: more than half of all configured votes (TechNet, Understanding Quorum)"

__all__ = ["claims_about_membership", "survivability"]


def claims_about_membership(cluster: Cluster, requirements: Requirements) -> tuple[Claim, ...]:
    """Every claim about membership that applies to `cluster`, safety first."""
    force = (split_brain_needs_force(cluster),) if len(cluster.nodes) > 1 else ()
    return (
        split_brain(cluster),
        *force,
        minority_rule(cluster),
        *versions(cluster),
        *joining(cluster),
        *forced(cluster),
        *planned_stops(cluster),
        *taking_the_witness(cluster),
        *ties(cluster),
        *last_man(cluster),
        *events(cluster),
        recovery(cluster),
        *joining_again(cluster),
        *survivability(cluster, requirements),
    )


def split_brain(cluster: Cluster) -> Claim:
    """No two islands run, whatever fails and comes back."""
    return Claim(
        name="no-split-brain",
        sentence="never do two islands run the cluster at the same time",
        why="two running islands write to the same data without knowing of each other",
        violation="two islands run the cluster at the same time, each without the other",
        shown=Violation.SPLIT,
        circumstances=MembershipCircumstances(cluster),
        make_property=properties.no_split_brain,
        make_premise=premises.two_sides_are_up,
        path=_path(Verb.ISOLATION),
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
        circumstances=MembershipCircumstances(cluster, _forcing(cluster)),
        assuming="the operator may force quorum",
        expectation=Expectation.REFUTED,
        sources=("Q15, Q16: forced quorum ignores votes (TechNet, Forcing Quorum)",),
    )


def _forcing(cluster: Cluster) -> Assumptions:
    """What is assumed where one forced start is enough: where the version of every node is kept, a
    few faults, which are looked through sooner."""
    match cluster.vote_changes:
        case StaticVotes():
            return Assumptions(force=True)
        case DynamicVotes():
            return Assumptions(
                faults=replace(Faults.none(), crash=UNLIMITED, isolation=UNLIMITED),
                repairs=False,
                restarts=False,
                commits=False,
                planned_stop=0,
                force=True,
                votes_follow=False,
            )
        case other:
            assert_never(other)


def minority_rule(cluster: Cluster) -> Claim:
    """No island runs without a majority."""
    return Claim(
        name="no-minority-rule",
        sentence="no island runs without more than half of all configured votes",
        why="an island that runs on fewer votes cannot exclude that another one runs too",
        violation="an island runs without a majority of the configured votes",
        shown=Violation.MINORITY,
        circumstances=MembershipCircumstances(cluster),
        make_property=properties.no_minority_rule,
        make_premise=premises.a_minority_is_up,
        path=_path(Verb.ISOLATION),
        sources=(MAJORITY,),
        deepest=6,
    )


def joining(cluster: Cluster) -> Iterator[Claim]:
    """Who belongs to an island; nothing to say of a single node."""
    if len(cluster.nodes) > 1:
        yield Claim(
            name="members-connected",
            sentence="all members of an island reach each other",
            why="members that do not reach each other disagree about who is one",
            violation="two members of an island do not reach each other",
            shown=Violation.STRANGERS,
            circumstances=MembershipCircumstances(cluster),
            make_property=properties.members_connected,
            make_premise=premises.two_sides_are_up,
            path=_path(Verb.ISOLATION),
            sources=("M2: full connectivity; whoever lost it is dropped (KB 242600)",),
            deepest=6,
        )
    if cluster.rule.needs_witness_to_belong:
        yield Claim(
            name="only-with-disk",
            sentence="a node joins or forms a cluster only in contact with the disk",
            why="under Disk Only the disk alone decides who runs",
            violation="a node joins or forms a cluster without contact with the disk",
            shown=Violation.WITHOUT_DISK,
            circumstances=MembershipCircumstances(cluster),
            make_property=properties.only_with_disk,
            make_premise=premises.a_node_has_no_disk,
            path=_path(Verb.POWER_FAILURE, Verb.PATH_FAILURE, Verb.RESTART),
            sources=("Q3: contact with the disk (TechNet, Understanding Quorum)",),
            deepest=6,
        )


def planned_stops(cluster: Cluster) -> Iterator[Claim]:
    """Stopping a node by plan never stops the others."""
    if len(cluster.may_belong) <= 1:
        return
    claim = Claim(
        name="planned-stop-keeps-quorum",
        sentence="when the operator stops a node, the others of its island go on",
        why="who patches one node must not stop all; the cluster refuses where he would",
        violation="a node is stopped by plan, and the others of its island stop with it",
        shown=Violation.STOPPED_BY_PLAN,
        circumstances=MembershipCircumstances(cluster),
        make_property=properties.planned_stop_keeps_quorum,
        make_premise=premises.a_stop_is_allowed,
        sources=("Q9: a stop that would cost the quorum is refused (KB 2008 cluster.exe)",),
        deepest=6,
    )
    yield claim
    if rests_on_a_tag(cluster):
        yield replace(
            claim,
            name="planned-stop-keeps-quorum-if-votes-alone-are-asked",
            sentence="when the operator stops a node, the others of its island go on, even if the "
            "cluster refuses for want of votes alone",
            why="that it refuses where the others lack a change is inferred; else who patches the "
            "node that accepted one with the witness stops all",
            circumstances=MembershipCircumstances(cluster, VOTES_ALONE),
            assuming="the cluster refuses a stop for want of votes alone",
            expectation=Expectation.REFUTED,
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
            violation="a node runs and reaches the witness, and nobody ever takes it",
            shown=Violation.WITNESS_LEFT,
            circumstances=MembershipCircumstances(cluster),
            make_property=properties.witness_is_taken,
            make_premise=premises.the_witness_is_free,
            path=_path(Verb.WITNESS_FAILURE, Verb.WITNESS_RETURN),
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
        violation="everything is back and stays so, and the cluster never runs",
        shown=Violation.NEVER_RUNS,
        circumstances=MembershipCircumstances(cluster),
        make_property=properties.recovers,
        make_premise=premises.healed_and_nothing_runs,
        path=_path(Verb.POWER_FAILURE, Verb.RESTART),
        sources=("Q6, Q8: nodes listen and form again (Understanding Quorum)",),
        deepest=6,
    )


def joining_again(cluster: Cluster) -> Iterator[Claim]:
    """And so does each of its nodes, where it may run without one."""
    if may_leave_one_behind(cluster):
        yield Claim(
            name="all-join",
            sentence="once a cluster runs and everything that failed is back and stays so, every "
            "node joins it, without a hand",
            why="a node that stays out is missing when the next one fails",
            violation="everything is back and stays so, and a node never joins",
            shown=Violation.LEFT_OUT,
            circumstances=MembershipCircumstances(cluster),
            make_property=properties.all_join,
            make_premise=premises.a_node_is_left_out,
            path=_path(Verb.CRASH, Verb.RESTART),
            sources=("Q6, Q8: nodes listen and join again (Understanding Quorum)",),
            deepest=6,
        )


def _path(*verbs: Verb) -> tuple[str, ...]:
    """The names of actions that are about nothing in particular."""
    return tuple(str(verb.value) for verb in verbs)
