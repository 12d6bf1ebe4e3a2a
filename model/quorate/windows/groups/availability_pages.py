"""Pages of the catalogue about what people ask of a group first: does it come back, is it left
failed beside a free node, can it be sent away, does it stay apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quorate.cluster import Cluster, Group, RestartAction
from quorate.inquiry.claim import Expectation
from quorate.windows.groups import availability_properties, pages, premises
from quorate.windows.groups.incidents import Crashes, OneDrain, OneFailure
from quorate.windows.groups.pages import Page
from quorate.windows.groups.start_pages import few, first_in_words
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.violations import Violation

AFTER_CRASH = Page(
    "comes-back-after-crash",
    "after any crash of one node {group} is in the end online again, on a node that is left",
    "this is what a cluster is bought for",
    "{group} is down, or not all of it is online, after a node crash, and stays so",
    availability_properties.comes_back_after_crash,
    availability_properties.a_node_is_lost,
    "F2, Q1, Q7: takeover by a node that is left, if these have a majority (MSCS, failover)",
    path=(Verb.CRASH,),
    incident=Crashes(1),
    shown=Violation.NOT_ONLINE,
)
AFTER_FAILURE = Page(
    "comes-back-after-failure",
    "after any one failure of a resource all of {group} is in the end online again",
    "one process that ends must not need a hand in the night",
    "a resource of {group} failed once, and not all of the group is online ever again",
    availability_properties.comes_back_after_failure,
    premises.something_failed,
    "R6: restart in place, failover, and the next period (MSCS, RestartAction)",
    path=(Verb.FAIL,),
    incident=OneFailure(),
    shown=Violation.NOT_ONLINE,
)
NOT_LEFT_FAILED = Page(
    "not-left-failed",
    "no resource of {group} stays failed while another node is free to take the group",
    "a fault that only one node has is what the other nodes are there for",
    "a resource of {group} stays failed beside a free node, and nothing moves the group",
    availability_properties.not_left_failed,
    availability_properties.left_failed,
    "R6, G3: failover after restarts, up to the threshold (MSCS, RestartAction, FailoverThreshold)",
    path=(Verb.FAIL,),
    shown=Violation.LEFT_FAILED,
)
DRAINED = Page(
    "can-be-drained",
    "whichever node is drained, all of {group} is in the end online on another one",
    "a node that cannot be emptied cannot be patched without an outage",
    "a node is drained, and {group} is not online on another one, ever",
    availability_properties.can_be_drained,
    availability_properties.a_node_is_drained,
    "F4, M6: draining and pausing (TechNet, drain roles)",
    path=(Verb.DRAIN,),
    incident=OneDrain(),
    shown=Violation.NOT_ONLINE,
)
NEVER_TOGETHER = Page(
    "never-together",
    "{group} and a group that it avoids never run on one node, whatever fails",
    "two that stand in for each other fall together with one node",
    "{group} runs on the same node as a group that it avoids",
    availability_properties.never_together,
    availability_properties.rivals_run,
    "G6: anti-affinity, enforced or if possible (MSCS, AntiAffinityClassNames)",
    shown=Violation.WITH_RIVAL,
)
APART_IN_CRASH = replace(
    NEVER_TOGETHER,
    sentence="{group} and a group that it avoids do not run on one node, before and after a crash "
    "of one node",
    expectation=Expectation.OPEN,
    operator=False,
    incident=Crashes(1),
)


def availability_pages(cluster: Cluster, group: Group, bundle: Sequence[Group]) -> Iterator[Page]:
    """The claims that say something of the group. Where enforced anti-affinity leaves it no node
    even while all are there, it is not well at the start."""
    places, promised = group.possible_owners(cluster.may_belong), group.promises
    rivals = [other for other in bundle if other != group and other.avoids(group)]
    crowded = cluster.enforced_anti_affinity and len(rivals) >= len(places)
    crashes = min(promised.crash, len(cluster.may_belong))
    if crashes and not cluster.votes_change:
        # Whether a crash costs the quorum is counted from the votes that are configured. Where
        # votes follow who runs the model of groups lets any members go on, which would prove too
        # much of a claim that begins with a crash; `survives-crash` says it of the cluster.
        yield AFTER_CRASH if crashes == 1 else _after_crashes(crashes)
    if promised.failure and not crowded:
        yield AFTER_FAILURE
    if promised.node_fault and len(places) > 1:
        yield _not_left_failed(cluster, group)
    if promised.drain and len(cluster.may_belong) > 1 and not crowded:
        yield DRAINED
    if rivals and promised.apart is not False:
        apart = NEVER_TOGETHER if cluster.enforced_anti_affinity else APART_IN_CRASH
        yield replace(apart, expectation=Expectation.HOLDS) if promised.apart else apart


def _after_crashes(number: int) -> Page:
    return replace(
        AFTER_CRASH,
        name=f"comes-back-after-crash({number})",
        sentence=f"after {number} node crashes, one after another, {{group}} is in the end online "
        "again, on a node that is left",
        path=(Verb.CRASH,) * number,
        incident=Crashes(number),
    )


def completes(cluster: Cluster, group: Group, bundle: Sequence[Group]) -> Page:
    """With all that excuses it named, as far as the group can have it."""
    confined = any(resource.subnet is not None for resource in group.resources)
    never = [r.name for r in group.resources if r.restart is RestartAction.NONE]
    excuses = ["every node that may own it is lost or paused", "its owner is paused"]
    if _needs_volumes(cluster, group):
        excuses.append("a shared volume that it keeps data on is lost")
    if cluster.enforced_anti_affinity and any(group.avoids(o) for o in bundle if o != group):
        excuses.append("the groups that it avoids leave it no node")
    if cluster.start_conditions(group.name):
        excuses.append(f"what it starts after is not online: {first_in_words(cluster, group)}")
    what = "all of {group} that is wanted" + (" and in its subnet" if confined else "")
    apart = f", but for {few(never)}, which nothing restarts, and what needs it" if never else ""
    *others, last = excuses
    return replace(
        pages.COMPLETES,
        sentence=f"once nothing fails any more and the operator rests, {what} is online{apart}, "
        f"unless {', '.join(others)} or {last}",
    )


def _not_left_failed(cluster: Cluster, group: Group) -> Page:
    """With what it does not speak of named, and what may keep the group where it is. Where nothing
    ever moves it, the run that shows this needs no operator."""
    spoken_of = availability_properties.is_spoken_of(group)
    left_out = [name for name in group.resource_names if name not in spoken_of]
    apart = f", but for {few(left_out)}, which moves no group," if left_out else ""
    provided = ["another node is free to take the group"]
    if group.failover_threshold != 0:
        provided.append("a failover is left in this period")
    if _needs_volumes(cluster, group):
        provided.append("its shared volumes are there")
    *others, last = provided
    while_so = f"{', '.join(others)} and {last}" if others else last
    return replace(
        NOT_LEFT_FAILED,
        sentence=f"no resource of {{group}}{apart} stays failed while {while_so}",
        operator=availability_properties.is_ever_moved(group),
    )


def _needs_volumes(cluster: Cluster, group: Group) -> bool:
    return not group.data.isdisjoint(cluster.volumes)
