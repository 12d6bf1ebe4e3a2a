"""The claims that quorate makes of a group."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
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
from quorate.system import Trace, action_name
from quorate.values import dataclass
from quorate.windows.groups import (
    availability_pages,
    availability_properties,
    exact_premises,
    memory_pages,
    ownership_pages,
    pages,
    paths,
    premises,
    start_pages,
)
from quorate.windows.groups.assumptions import Assumptions
from quorate.windows.groups.circumstances import GroupsCircumstances
from quorate.windows.groups.of_group import OfGroup
from quorate.windows.groups.pages import Page
from quorate.windows.groups.state import group_keys
from quorate.windows.groups.verbs import Verb


def claims_about_groups(cluster: Cluster) -> Iterator[Claim]:
    """Every claim that applies to a group of `cluster`, group by group."""
    for bundle in bundles(cluster.groups):
        together = _Together(cluster, cluster.with_providers(bundle))
        for group in bundle:
            for page in _pages(cluster, group, bundle):
                yield together.claim(group, page)


def claim_of_page(cluster: Cluster, group: Group, page: Page) -> Claim:
    """The claim that a page makes of a group, under its usual assumptions."""
    return _together(cluster, group).claim(group, page)


def noticed_at_once(cluster: Cluster, group: Group) -> Iterator[Claim]:
    """The claims about what only one node may have, where a lost node stops in the same step."""
    together = _together(cluster, group)
    for late in _ownership_pages(cluster, group):
        yield together.claim(group, ownership_pages.noticed_at_once(late))


def dual_activity_unreserved(cluster: Cluster, group: Group) -> Claim:
    """`no-dual-activity` where disks are not reserved: refuted, so the reservation is needed."""
    page = replace(
        ownership_pages.DUAL_ACTIVITY,
        name="no-dual-activity-without-reservation",
        expectation=Expectation.REFUTED,
        assuming="disks are not reserved",
    )
    return _together(cluster, group).claim(group, page, reservation=False)


def unfair(cluster: Cluster, group: Group) -> Iterator[Claim]:
    """The claims about what happens in the end, without the fairness that they need: each is
    refuted by the loop that shows why."""
    together = _together(cluster, group)
    for page in _pages(cluster, group, together.bundle):
        for without in page.unfair:
            if without.is_needed(cluster, group):
                weaker = replace(
                    page,
                    name=f"{page.name}-{without.suffix}",
                    make_property=without.make_property,
                    expectation=Expectation.REFUTED,
                    assuming=without.assuming,
                )
                yield together.claim(group, weaker, operator=False)


def _together(cluster: Cluster, group: Group) -> "_Together":
    bundle = next(one for one in bundles(cluster.groups) if group in one)
    return _Together(cluster, cluster.with_providers(bundle))


@dataclass(frozen=True)
class _Together:
    """The groups of a `bundle`, and what their claims share."""

    cluster: Cluster
    bundle: tuple[Group, ...]
    _made: dict[Assumptions, GroupsCircumstances] = field(default_factory=dict)

    def claim(
        self, group: Group, page: Page, *, operator: bool = True, reservation: bool = True
    ) -> Claim:
        """What the page claims of one of the groups."""
        title = f"{page.name} of {group.name}"
        drawn = Illustration("dependencies", _Dependencies(group))
        return Claim(
            name=page.name,
            sentence=page.sentence.replace("{group}", group.name),
            why=page.why,
            violation=page.violation.replace("{group}", group.name),
            circumstances=self._under(
                Assumptions(
                    self._names,
                    page.detection,
                    operator=operator and page.operator,
                    reservation=reservation,
                    incident=page.incident,
                )
            ),
            make_property=OfGroup(page.make_property, group.name),
            make_premise=OfGroup(page.make_premise, group.name),
            path=tuple(_action(verb, self._keys[group.name]) for verb in _path(group, page)),
            expectation=page.expectation,
            sources=(page.source,),
            deepest=page.deepest,
            about=group.name,
            label=slug_among(title, group.name, self.cluster.group_names),
            illustration=drawn if page.about_order else None,
            shown_by=page.shown_by,
            shown=page.shown,
            assuming=page.assuming,
        )

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.bundle)

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """The keys of the groups in the names of actions."""
        return {group.name: key for group, key in group_keys(self.bundle).items()}

    def _under(self, assumptions: Assumptions) -> GroupsCircumstances:
        """One value for all claims that assume the same."""
        return self._made.setdefault(assumptions, GroupsCircumstances(self.cluster, assumptions))


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
    return action_name(verb, key if verb.is_about_a_group else "")


def _path(group: Group, page: Page) -> tuple[Verb, ...]:
    """The way to the premise; a failover begins after as many failures as are tolerated."""
    return paths.one_failover(group) if page.path == (Verb.BEGIN_FAILOVER,) else page.path


def _pages(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> Iterator[Page]:
    """The claims that say something of the group."""
    places = group.possible_owners(cluster.may_belong)
    disks = {disk.name for member in bundle for disk in member.of_kind(ResourceKind.DISK)}
    ordered = any(resource.depends_on.clauses for resource in group.resources)
    above = replace(pages.ACYCLIC, make_premise=pages.ONLINE.make_premise, path=pages.ONLINE.path)
    yield above if ordered else pages.ACYCLIC
    if ordered:
        yield from (pages.ONLINE, pages.OFFLINE)
    if any(set(resource.writes_to) & disks for resource in group.resources):
        yield pages.LOST_WRITE
    yield pages.PENDING
    alone = replace(pages.RIGHT_OWNER, make_premise=premises.comes_up, path=pages.PENDING.path)
    yield pages.RIGHT_OWNER if len(places) > 1 else alone
    if len(places) > 1:
        fails_over = any(r.restart is RestartAction.FAIL_OVER for r in group.resources)
        if fails_over and group.failover_threshold != 0:
            yield from _threshold_pages(cluster, group, crowded=_is_crowded(cluster, group, bundle))
            yield pages.CAUSE
        yield pages.NEXT_OWNER if group.preferred_owners else pages.NEXT_OR_ANY
        yield from (pages.ARRIVES, pages.DRAIN)
    if cluster.start_conditions(group.name):
        yield start_pages.starts_in_turn(cluster, group)
    yield replace(pages.RESTARTS, path=paths.failures(group))
    yield pages.PAUSED if len(places) > _TWO else _PAUSED_OWNER
    yield availability_pages.completes(cluster, group, bundle)
    yield from availability_pages.availability_pages(cluster, group, bundle)
    if _goes_back(cluster, group, bundle):
        yield pages.FAILBACK_HAPPENS
        yield from (pages.FAILBACK_POLICY, pages.RETURNS)
    if any(group.avoids(other) for other in bundle if other != group):
        yield _KEPT_APART if cluster.enforced_anti_affinity else pages.ANTI_AFFINITY
    yield from _machine_pages(group, several=len(places) > 1)
    if group.of_kind(ResourceKind.NETWORK_NAME):
        yield start_pages.served(cluster, group)
    yield from _memory_pages(cluster, group, bundle)
    apart = tuple(_ownership_pages(cluster, group))
    yield from apart
    if apart:
        yield memory_pages.STALE_REMEMBERED


def _ownership_pages(cluster: Cluster, group: Group) -> Iterator[Page]:
    """The claims about what only one node may have, where several may own the group. What may run
    twice keeps nothing (`stateless`), but its addresses and names are there once all the same."""
    if len(group.possible_owners(cluster.may_belong)) < 2:
        return
    naming = {ResourceKind.ADDRESS, ResourceKind.NETWORK_NAME}
    kinds = {resource.kind for resource in group.resources}
    keeps = not group.stateless
    if keeps and ResourceKind.VIRTUAL_MACHINE in kinds:
        yield ownership_pages.RUNS_ONCE
    if keeps and kinds - naming:
        yield _GOES_ON if paths.others_go_on(cluster) else ownership_pages.DUAL_ACTIVITY
    if kinds & naming:
        yield from (ownership_pages.ONE_ANSWERS, ownership_pages.FROM_OWNER)
    if keeps or kinds & naming:
        yield ownership_pages.ONE_OWNER


_TWO = 2
_PAUSED_OWNER = replace(
    pages.PAUSED,
    make_premise=exact_premises.would_start_if_awake,
    path=(Verb.PAUSE, Verb.FAIL),
)
"""Where no third node is there to be free."""
_KEPT_APART = replace(pages.ANTI_AFFINITY, make_premise=availability_properties.rivals_run, path=())
"""Where two that avoid each other are never on one node, both at once is what it is about."""
_GOES_ON = replace(
    ownership_pages.DUAL_ACTIVITY, make_premise=exact_premises.others_go_on_meanwhile
)
"""Where the others do not need whoever is cut off, somebody else runs meanwhile."""


def _threshold_pages(cluster: Cluster, group: Group, *, crowded: bool) -> Iterator[Page]:
    """With all failovers of a period; with one, where that is a long way or few places are free."""
    few = 0 < paths.failovers_allowed(cluster, group) <= paths.MOST_FOLLOWED
    for page in (pages.THRESHOLD, pages.PING_PONG):
        if few and not crowded:
            yield replace(page, path=paths.all_failovers(cluster, group))
        else:
            yield replace(page, make_premise=premises.fails_over)


def _is_crowded(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> bool:
    """Enforced anti-affinity leaves the group no node to go to while all are there."""
    rivals = [other for other in bundle if other != group and other.avoids(group)]
    places = group.possible_owners(cluster.may_belong)
    return cluster.enforced_anti_affinity and len(places) <= len(rivals) + 1


def _memory_pages(cluster: Cluster, group: Group, bundle: tuple[Group, ...]) -> Iterator[Page]:
    """The claims about what is counted and remembered."""
    yield from (memory_pages.FAILURES_COUNTED, memory_pages.COMMANDS, memory_pages.PAUSE_LASTS)
    fails_over = any(r.restart is RestartAction.FAIL_OVER for r in group.resources)
    places = group.possible_owners(cluster.may_belong)
    if len(places) > 1 and fails_over and group.failover_threshold != 0:
        yield replace(memory_pages.FAILOVER_HAPPENS, path=paths.due_failover(group))
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
    if any(machine.writes_to for machine in machines):
        on_volume = any(set(machine.writes_to) - group.disks for machine in machines)
        lost = (Verb.VOLUME_FAILURE,) if on_volume else (Verb.FAIL,)
        yield replace(pages.HAS_DISK, path=lost)
    saved = all(machine.offline_action is OfflineAction.SAVE for machine in machines)
    if machines and several and saved:
        yield pages.MEMORY
