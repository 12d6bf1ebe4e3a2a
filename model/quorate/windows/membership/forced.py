"""The claims about what was forced: when force ends, and which side wins when they meet again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from quorate.cluster import Cluster, DynamicVotes, QuorumRules, StaticVotes
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership import forced_properties
from quorate.windows.membership.assumptions import UNLIMITED, Assumptions, Faults
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.versions import may_leave_one_behind
from quorate.windows.membership.violations import Violation

FEW = 5
"""With more nodes than this a run is long to look for, and shows nothing else."""

MANY = 16
"""With more nodes than this the version of every node makes a proof long."""

_OVERRULED = Assumptions(
    faults=replace(Faults.none(), crash=UNLIMITED, isolation=UNLIMITED),
    commits=False,
    planned_stop=0,
    force=True,
)
"""A few faults are enough, and are looked through sooner."""

_PREVENTED = "Q17: a node started with prevent quorum may only join (Configure and manage quorum)"


def forced(cluster: Cluster) -> Iterator[Claim]:
    """Every claim about what was forced; nothing to say of a single node."""
    if len(cluster.nodes) == 1 or is_too_large(cluster):
        return
    yield ends_of_force(cluster)
    match cluster.version.rules:
        case QuorumRules.STATIC:
            pass
        case QuorumRules.DYNAMIC_NODES:
            yield forced_side_wins(cluster)
        case QuorumRules.DYNAMIC_WITNESS | QuorumRules.SITE_AWARE:
            yield forced_side_wins(cluster)
            yield overruled_side_gives_way(cluster)
        case _:
            assert_never(cluster.version.rules)
    if may_return(cluster):
        yield forced_side_wins_unprevented(cluster)


def ends_of_force(cluster: Cluster) -> Claim:
    """Whether it is a majority of the votes that the forced copy says or of those that are
    configured is not documented (wsfc.md 2.2), where these are not the same: either."""
    match cluster.vote_changes:
        case StaticVotes():
            which = "a majority"
        case DynamicVotes():
            which = "the majority with which that ends, of the votes that it counts or of those "
            which += "that are configured"
        case other:
            assert_never(other)
    return Claim(
        name="force-ends",
        sentence=f"an island that was started by force is that only until it has {which}",
        why="force is for an emergency; afterwards losing the quorum has to stop the service",
        violation="an island has a majority, or is gone, and still counts as forced",
        shown=Violation.FORCED_ON,
        circumstances=MembershipCircumstances(cluster, Assumptions(force=True)),
        make_property=forced_properties.force_ends,
        make_premise=forced_properties.an_island_is_forced,
        path=_path(Verb.POWER_FAILURE, Verb.RESTART, Verb.FORCE),
        sources=("Q15, Q16: forced quorum ignores votes (TechNet, Forcing Quorum)",),
        deepest=6,
    )


def forced_side_wins(cluster: Cluster) -> Claim:
    """Prevent quorum is there from 2012 on."""
    return Claim(
        name="forced-side-wins",
        sentence="who has what was forced keeps it, if quorum is forced only while nothing runs "
        "and all other nodes are started with prevent quorum",
        why="the returning side must not overrule what was done in the emergency",
        violation="a node that has what was forced takes what was overruled",
        circumstances=MembershipCircumstances(cluster, Assumptions(force=True, prevents=True)),
        make_property=forced_properties.forced_side_wins,
        make_premise=forced_properties.a_node_was_overruled,
        path=_path(Verb.POWER_FAILURE, Verb.RESTART, Verb.FORCE),
        sources=(_PREVENTED, "wsfc.md 2.5: one node is forced, the rest prevented (SAV)"),
        deepest=8,
    )


def forced_side_wins_unprevented(cluster: Cluster) -> Claim:
    """Nobody is started with prevent quorum: a side that returns forms a cluster as it was, and
    whoever has what was forced and joins it loses that. The resiliency of 2012 R2 does not hinder
    it where the forced side does not run when they meet."""
    return replace(
        forced_side_wins(cluster),
        name="forced-side-wins-if-nobody-is-prevented",
        sentence="who has what was forced keeps it, even if nobody is started with prevent quorum",
        why="that the others are started so is left to the operator",
        circumstances=MembershipCircumstances(cluster, _OVERRULED),
        expectation=Expectation.REFUTED,
        path=_path(Verb.ISOLATION, Verb.FORCE),
        sources=("Q15: newer configuration elsewhere is lost (TechNet, Forcing Quorum)",),
    )


def overruled_side_gives_way(cluster: Cluster) -> Claim:
    """The resiliency of forced quorum, from 2012 R2 on."""
    return Claim(
        name="overruled-side-gives-way",
        sentence="once everything is back and both the forced side and another one run, in the end "
        "the forced one alone does, without a hand",
        why="two clusters that both run after a forced start must not stay two",
        violation="everything is back, and both sides run for ever",
        circumstances=MembershipCircumstances(cluster, Assumptions(force=True)),
        make_property=forced_properties.overruled_side_gives_way,
        make_premise=forced_properties.both_sides_run,
        path=_path(Verb.ISOLATION, Verb.FORCE, Verb.HEAL),
        sources=("Q18: resiliency of forced quorum (Savill, Mastering Hyper-V, chapter 7)",),
        deepest=6,
    )


def is_too_large(cluster: Cluster) -> bool:
    """Where votes follow who runs the version of every node is kept, a square of the number of
    nodes: with more than these a proof takes long."""
    match cluster.vote_changes:
        case StaticVotes():
            return False
        case DynamicVotes():
            return len(cluster.nodes) > MANY
        case other:
            assert_never(other)


def may_return(cluster: Cluster) -> bool:
    """A few nodes, of which all but one may form a cluster without it."""
    return len(cluster.nodes) <= FEW and may_leave_one_behind(cluster)


def _path(*verbs: Verb) -> tuple[str, ...]:
    """The names of actions that are about nothing in particular."""
    return tuple(str(verb.value) for verb in verbs)
