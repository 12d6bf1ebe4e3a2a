"""The claims that quorate makes of a group."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from quorate.cluster import (
    Cluster,
    FailbackPolicy,
    Group,
    OfflineAction,
    ResourceKind,
    RestartAction,
    bundles,
)
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.groups import pages as group_pages
from quorate.windows.groups import progress_properties as endings
from quorate.windows.groups import properties
from quorate.windows.groups.pages import Page
from quorate.windows.groups.state import group_keys
from quorate.windows.groups.teeth import bites_group, changes_address
from quorate.windows.models import Conditions, Detection, ServiceDeviation


def claims_about_groups(cluster: Cluster) -> Iterator[Claim]:
    """Every claim that applies to a group of `cluster`, group by group."""
    for bundle in bundles(cluster.groups):
        usual = _conditions(bundle)
        late = replace(usual, detection=Detection.EVENTUAL, operator=False)
        for group in bundle:
            for page in _pages(cluster, group, bundle):
                conditions = late if page is group_pages.DUAL_ACTIVITY else usual
                yield _claim(cluster, group, bundle, conditions, page)


def dual_activity_at_once(cluster: Cluster, group: Group) -> Claim:
    """`no-dual-activity` where a lost node stops in the same step: what it is without the window
    that only a reservation or fencing closes."""
    bundle = _bundle(cluster, group)
    page = replace(
        group_pages.DUAL_ACTIVITY,
        name="no-dual-activity-if-noticed-at-once",
        teeth=(ServiceDeviation.TRANSFERS_EARLY,),
        path=("crash",),
        make_premise=properties.owner_is_lost,
    )
    return _claim(cluster, group, bundle, _conditions(bundle), page)


def dual_activity_unreserved(cluster: Cluster, group: Group) -> Claim:
    """`no-dual-activity` where disks are not reserved: refuted, so the reservation is needed."""
    bundle = _bundle(cluster, group)
    conditions = replace(
        _conditions(bundle), detection=Detection.EVENTUAL, operator=False, reservation=False
    )
    page = replace(
        group_pages.DUAL_ACTIVITY,
        name="no-dual-activity-without-reservation",
        expectation=Expectation.REFUTED,
        teeth=(),
    )
    return _claim(cluster, group, bundle, conditions, page)


def unfair(cluster: Cluster, group: Group) -> Iterator[Claim]:
    """The claims about what happens in the end, without the fairness that they need: each is
    refuted by the loop that shows why."""
    bundle = _bundle(cluster, group)
    usual = replace(_conditions(bundle), operator=False)
    for page in _pages(cluster, group, bundle):
        for name, without, make in _UNFAIR:
            if page.name == name and _is_missed(cluster, group, name):
                weaker = replace(
                    page,
                    name=f"{name}-{without}",
                    make_property=make,
                    expectation=Expectation.REFUTED,
                    teeth=(),
                )
                yield _claim(cluster, group, bundle, usual, weaker)


def _is_missed(cluster: Cluster, group: Group, name: str) -> bool:
    """Without its fairness the claim is refuted: there is a window to wait for, or an address that
    changes."""
    match name:
        case "failback-happens":
            return group.window is not None
        case "served-again":
            return changes_address(cluster, group)
    return True


_UNFAIR = (
    ("completes", "if-pending-for-ever", endings.without_ends(endings.completes)),
    ("no-stuck-pending", "if-pending-for-ever", endings.without_ends(endings.no_stuck_pending)),
    ("failback-happens", "if-time-stands-still", endings.without_hours(endings.failback_happens)),
    ("served-again", "if-nobody-asks", endings.without_questions(endings.served_again)),
)


def _bundle(cluster: Cluster, group: Group) -> tuple[Group, ...]:
    return next(bundle for bundle in bundles(cluster.groups) if group in bundle)


def _conditions(bundle: tuple[Group, ...]) -> Conditions:
    return Conditions(tuple(group.name for group in bundle))


def _claim(
    cluster: Cluster,
    group: Group,
    bundle: tuple[Group, ...],
    conditions: Conditions,
    page: Page,
) -> Claim:
    key = group_keys(bundle)[group]
    return Claim(
        name=page.name,
        sentence=page.sentence.replace("{group}", group.name),
        why=page.why,
        broken=page.broken.replace("{group}", group.name),
        cluster=cluster,
        assumptions=conditions,
        make_property=partial(_of_group, page.make_property, group.name),
        make_premise=partial(_of_group, page.make_premise, group.name),
        path=tuple(_action(verb, key) for verb in _path(group, page)),
        expectation=page.expectation,
        teeth=tuple(d for d in page.teeth if bites_group(cluster, group, bundle, d)),
        sources=(page.source,),
        deepest=page.deepest,
        about=group.name,
    )


def _of_group(make: Callable[[Any, str], Any], name: str, model: Any) -> Any:
    return make(model, name)


_HOSTS = ("crash", "outage", "cut off", "return", "form", "pause", "drain")


def _action(verb: str, key: str) -> str:
    return verb if verb in _HOSTS else f"{verb}: {key}"


def _path(group: Group, page: Page) -> tuple[str, ...]:
    """The way to the premise; a failover begins after as many failures as are tolerated."""
    if page.path != ("begin failover",):
        return page.path
    tolerated = min(
        r.restart_threshold for r in group.resources if r.restart is RestartAction.FAIL_OVER
    )
    return ("fail", *("start", "fail") * tolerated, "begin failover")


def _pages(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> Iterator[Page]:
    """The claims that say something of the group."""
    places = group.possible_owners(cluster.may_belong)
    disks = {disk.name for member in bundle for disk in member.of_kind(ResourceKind.DISK)}
    yield group_pages.ACYCLIC
    if any(resource.depends_on.clauses for resource in group.resources):
        yield from (group_pages.ONLINE, group_pages.OFFLINE)
    if any(set(resource.writes_to) & disks for resource in group.resources):
        yield group_pages.LOST_WRITE
    yield group_pages.PENDING
    alone = replace(
        group_pages.RIGHT_OWNER, make_premise=properties.comes_up, path=group_pages.PENDING.path
    )
    yield group_pages.RIGHT_OWNER if len(places) > 1 else alone
    if len(places) > 1:
        yield group_pages.ONE_OWNER
        fails_over = any(r.restart is RestartAction.FAIL_OVER for r in group.resources)
        if fails_over and group.failover_threshold != 0:
            yield from (group_pages.THRESHOLD, group_pages.PING_PONG, group_pages.CAUSE)
        yield group_pages.NEXT_OWNER if group.preferred_owners else group_pages.NEXT_OR_ANY
        yield from (group_pages.ARRIVES, group_pages.DRAIN)
    yield from (group_pages.RESTARTS, group_pages.PAUSED)
    yield group_pages.COMPLETES
    if _goes_back(cluster, group, bundle):
        yield group_pages.FAILBACK_HAPPENS
        yield from (group_pages.FAILBACK_POLICY, group_pages.RETURNS)
    if any(group.avoids(other) for other in bundle if other != group):
        yield group_pages.ANTI_AFFINITY
    yield from _machine_pages(group, several=len(places) > 1)
    yield from _client_pages(group, several=len(places) > 1)
    if len(places) > 1 and not group.stateless:
        yield group_pages.DUAL_ACTIVITY


def _goes_back(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> bool:
    """The group fails back, and there is a node that is not the best for it; where anti-affinity is
    enforced, one without a group that it avoids."""
    places = group.possible_owners(cluster.may_belong)
    rivals = [other for other in bundle if other != group and other.avoids(group)]
    taken = len(rivals) if cluster.enforced_anti_affinity else 0
    preferred = not set(group.preferred_owners).isdisjoint(places)
    return group.failback is not FailbackPolicy.NEVER and preferred and len(places) > taken + 1


def _machine_pages(group: Group, *, several: bool) -> Iterator[Page]:
    """The claims about virtual machines; `several` nodes may own the group."""
    machines = group.of_kind(ResourceKind.VIRTUAL_MACHINE)
    if machines and several:
        yield group_pages.RUNS_ONCE
    if any(machine.writes_to for machine in machines):
        yield group_pages.HAS_DISK
    saved = all(machine.offline_action is OfflineAction.SAVE for machine in machines)
    if machines and several and saved:
        yield group_pages.MEMORY


def _client_pages(group: Group, *, several: bool) -> Iterator[Page]:
    """The claims about clients, where there is a name to reach the group by."""
    if not group.of_kind(ResourceKind.NETWORK_NAME):
        return
    if several:
        yield group_pages.ONE_ANSWERS
    yield from (group_pages.FROM_OWNER, group_pages.SERVED)
