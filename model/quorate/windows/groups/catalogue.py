"""The claims that quorate makes of a group."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
from quorate.inquiry.claim import Claim, Expectation, Illustration
from quorate.inquiry.naming import slug_among
from quorate.system import Trace
from quorate.windows.groups import memory_pages, pages, premises
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.circumstances import GroupsCircumstances
from quorate.windows.groups.pages import Page
from quorate.windows.groups.state import group_keys
from quorate.windows.groups.verbs import Verb


def claims_about_groups(cluster: Cluster) -> Iterator[Claim]:
    """Every claim that applies to a group of `cluster`, group by group."""
    for bundle in bundles(cluster.groups):
        for group in bundle:
            for page in _pages(cluster, group, bundle):
                yield _claim(cluster, group, bundle, _assumptions(bundle, page), page)


def dual_activity_at_once(cluster: Cluster, group: Group) -> Claim:
    """`no-dual-activity` where a lost node stops in the same step: what it is without the window
    that only a reservation or fencing closes."""
    page = replace(
        pages.DUAL_ACTIVITY,
        name="no-dual-activity-if-noticed-at-once",
        detection=Detection.INSTANT,
        path=(Verb.CRASH,),
        make_premise=premises.owner_is_lost,
    )
    bundle = _bundle(cluster, group)
    return _claim(cluster, group, bundle, _assumptions(bundle, page), page)


def dual_activity_unreserved(cluster: Cluster, group: Group) -> Claim:
    """`no-dual-activity` where disks are not reserved: refuted, so the reservation is needed."""
    page = replace(
        pages.DUAL_ACTIVITY,
        name="no-dual-activity-without-reservation",
        expectation=Expectation.REFUTED,
    )
    bundle = _bundle(cluster, group)
    unreserved = replace(_assumptions(bundle, page), reservation=False)
    return _claim(cluster, group, bundle, unreserved, page)


def unfair(cluster: Cluster, group: Group) -> Iterator[Claim]:
    """The claims about what happens in the end, without the fairness that they need: each is
    refuted by the loop that shows why."""
    bundle = _bundle(cluster, group)
    for page in _pages(cluster, group, bundle):
        for without in page.unfair:
            if without.is_needed(cluster, group):
                weaker = replace(
                    page,
                    name=f"{page.name}-{without.suffix}",
                    make_property=without.make_property,
                    expectation=Expectation.REFUTED,
                )
                usual = replace(_assumptions(bundle, page), operator=False)
                yield _claim(cluster, group, bundle, usual, weaker)


def _bundle(cluster: Cluster, group: Group) -> tuple[Group, ...]:
    return next(bundle for bundle in bundles(cluster.groups) if group in bundle)


def _assumptions(bundle: tuple[Group, ...], page: Page) -> Assumptions:
    """What a page is asked under."""
    return Assumptions(tuple(group.name for group in bundle), detection=page.detection)


def _claim(
    cluster: Cluster,
    group: Group,
    bundle: tuple[Group, ...],
    assumptions: Assumptions,
    page: Page,
) -> Claim:
    key = group_keys(bundle)[group]
    title = f"{page.name} of {group.name}"
    drawn = Illustration("dependencies", _Dependencies(group))
    return Claim(
        name=page.name,
        sentence=page.sentence.replace("{group}", group.name),
        why=page.why,
        violation=page.violation.replace("{group}", group.name),
        circumstances=GroupsCircumstances(cluster, assumptions),
        make_property=_OfGroup(page.make_property, group.name),
        make_premise=_OfGroup(page.make_premise, group.name),
        path=tuple(_action(verb, key) for verb in _path(group, page)),
        expectation=page.expectation,
        sources=(page.source,),
        deepest=page.deepest,
        about=group.name,
        label=slug_among(title, group.name, (other.name for other in cluster.groups)),
        illustration=drawn if page.about_order else None,
    )


@dataclass(frozen=True)
class _OfGroup:
    """What a page makes of the model for one group. A value, so that equal claims are equal."""

    make: Callable[[Any, str], Any]
    group: str

    def __call__(self, model: Any) -> Any:
        return self.make(model, self.group)


@dataclass(frozen=True)
class _Dependencies:
    """Draws the dependencies of a group, with the resources marked that lost what they had not
    written."""

    group: Group

    def __call__(self, model: Any, trace: Trace) -> str:
        from quorate.windows.groups.picture.dependency_graph import (  # noqa: PLC0415
            dependency_graph,
        )
        from quorate.windows.groups.reading import situation  # noqa: PLC0415

        lost = situation(model, trace.final).group(self.group.name).lost
        return dependency_graph(self.group, marked=lost)


def _action(verb: Verb, key: str) -> str:
    return f"{verb.value}: {key}" if verb.is_about_a_group else str(verb.value)


def _path(group: Group, page: Page) -> tuple[Verb, ...]:
    """The way to the premise; a failover begins after as many failures as are tolerated."""
    if page.path != (Verb.BEGIN_FAILOVER,):
        return page.path
    tolerated = min(
        r.restart_threshold for r in group.resources if r.restart is RestartAction.FAIL_OVER
    )
    return (Verb.FAIL, *(Verb.START, Verb.FAIL) * tolerated, Verb.BEGIN_FAILOVER)


def _pages(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> Iterator[Page]:
    """The claims that say something of the group."""
    places = group.possible_owners(cluster.may_belong)
    disks = {disk.name for member in bundle for disk in member.of_kind(ResourceKind.DISK)}
    yield pages.ACYCLIC
    if any(resource.depends_on.clauses for resource in group.resources):
        yield from (pages.ONLINE, pages.OFFLINE)
    if any(set(resource.writes_to) & disks for resource in group.resources):
        yield pages.LOST_WRITE
    yield pages.PENDING
    alone = replace(pages.RIGHT_OWNER, make_premise=premises.comes_up, path=pages.PENDING.path)
    yield pages.RIGHT_OWNER if len(places) > 1 else alone
    if len(places) > 1:
        yield pages.ONE_OWNER
        fails_over = any(r.restart is RestartAction.FAIL_OVER for r in group.resources)
        if fails_over and group.failover_threshold != 0:
            yield from (pages.THRESHOLD, pages.PING_PONG, pages.CAUSE)
        yield pages.NEXT_OWNER if group.preferred_owners else pages.NEXT_OR_ANY
        yield from (pages.ARRIVES, pages.DRAIN)
    yield from (pages.RESTARTS, pages.PAUSED)
    yield pages.COMPLETES
    if _goes_back(cluster, group, bundle):
        yield pages.FAILBACK_HAPPENS
        yield from (pages.FAILBACK_POLICY, pages.RETURNS)
    if any(group.avoids(other) for other in bundle if other != group):
        yield pages.ANTI_AFFINITY
    yield from _machine_pages(group, several=len(places) > 1)
    yield from _client_pages(group, several=len(places) > 1)
    yield from _memory_pages(cluster, group, bundle)
    if len(places) > 1 and not group.stateless:
        yield from (pages.DUAL_ACTIVITY, memory_pages.STALE_REMEMBERED)


def _memory_pages(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> Iterator[Page]:
    """The claims about what is counted and remembered."""
    yield from (memory_pages.FAILURES_COUNTED, memory_pages.COMMANDS, memory_pages.PAUSE_LASTS)
    fails_over = any(r.restart is RestartAction.FAIL_OVER for r in group.resources)
    places = group.possible_owners(cluster.may_belong)
    if len(places) > 1 and fails_over and group.failover_threshold != 0:
        yield memory_pages.FAILOVER_HAPPENS
    if _goes_back(cluster, group, bundle):
        yield memory_pages.FAILBACK_CAUSE
    machines = group.of_kind(ResourceKind.VIRTUAL_MACHINE)
    if any(machine.offline_action is OfflineAction.SAVE for machine in machines):
        yield memory_pages.SAVED


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
        yield pages.RUNS_ONCE
    if any(machine.writes_to for machine in machines):
        yield pages.HAS_DISK
    saved = all(machine.offline_action is OfflineAction.SAVE for machine in machines)
    if machines and several and saved:
        yield pages.MEMORY


def _client_pages(group: Group, *, several: bool) -> Iterator[Page]:
    """The claims about clients, where there is a name to reach the group by."""
    if not group.of_kind(ResourceKind.NETWORK_NAME):
        return
    if several:
        yield pages.ONE_ANSWERS
    yield from (pages.FROM_OWNER, pages.SERVED)
