"""The claims about nodes that crash, one after another or at once: the survivability that is
published as a table (wsfc.md 2.2), asked of a cluster.

Where votes follow who runs, what a cluster survives one after another, with time to settle in
between, is more than what it survives at once.
"""

from collections.abc import Iterator
from dataclasses import replace

from quorate.cluster import Cluster
from quorate.inquiry.claim import Claim
from quorate.windows.membership import premises, properties
from quorate.windows.membership.assumptions import Assumptions, Faults
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.violations import Violation

_TABLE = "UQ: Understanding cluster and pool quorum, survivability (Microsoft)"


def survives_in_a_row(cluster: Cluster, crashes: int) -> Claim:
    """The cluster runs through so many crashes, with time to settle after each."""
    return replace(
        _survives(cluster, crashes, at_once=False),
        name=f"survives-in-a-row({crashes})",
        sentence=f"the cluster runs without interruption through {_nodes(crashes)}, one after "
        "another",
    )


def survives_at_once(cluster: Cluster, crashes: int) -> Claim:
    """The cluster runs on when so many nodes crash before it can do anything about it."""
    return replace(
        _survives(cluster, crashes, at_once=True),
        name=f"survives-at-once({crashes})",
        sentence=f"the cluster runs on through {_nodes(crashes)} at once",
    )


def about_crashes(cluster: Cluster, crashes: int) -> Iterator[Claim]:
    """Everything that is claimed of so many crashes, and its opposite."""
    if crashes:
        for claim in (survives_in_a_row(cluster, crashes), survives_at_once(cluster, crashes)):
            yield from (claim, stops_after(claim))


def stops_after(claim: Claim) -> Claim:
    """The opposite of a claim that the cluster survives crashes: it never does, whoever crashes.
    Refuted by a run in which it does."""
    return replace(
        claim,
        name=claim.name.replace("survives", "stops"),
        sentence=f"it is not so that {claim.sentence}, whoever crashes",
        why="what depends on which node it is should not be taken for a promise",
        violation="all of that happened, and the cluster runs on",
        shown=Violation.RUNS_ON,
        make_property=properties.stops_after_all_faults,
    )


def _nodes(crashes: int) -> str:
    return "1 node crash" if crashes == 1 else f"{crashes} node crashes"


def _survives(cluster: Cluster, crashes: int, *, at_once: bool) -> Claim:
    assumptions = Assumptions(
        faults=replace(Faults.none(), crash=crashes),
        repairs=False,
        settled=not at_once,
        restarts=False,
        commits=False,
        planned_stop=0,
        votes_follow=not at_once,
    )
    return Claim(
        name="survives",
        sentence="",
        why="nodes fail, and the next one before the first is repaired",
        violation="nothing runs any more",
        shown=Violation.STOPPED,
        circumstances=MembershipCircumstances(cluster, assumptions),
        make_property=properties.survives,
        make_premise=premises.all_faults_happened,
        sources=(_TABLE,),
        # After each crash the witness may be taken, and the votes follow.
        deepest=3 * crashes,
        path=(str(Verb.CRASH.value),) * crashes if at_once else (),
    )
