"""A dumb twin of the model of groups: names, sets and counters, one method an event.

Written from the rules (wsfc.md 3 to 8) and from what the model says that it does, not from its
formulas. `steps` lists everything that can happen next, with what comes of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quorate.cluster import (
    Cluster,
    DiskOnly,
    FailbackPolicy,
    Group,
    Migration,
    NodeMajority,
    OfflineAction,
    Resource,
    ResourceKind,
    RestartAction,
    StartupTrigger,
)
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.incidents import Crashes, OneDrain, OneFailure
from quorate.windows.groups.situation import Counted, Phase, ResourceState

Names = frozenset[str]
NONE: Names = frozenset()
OFFLINE, STARTING, ONLINE, STOPPING, FAILED = (
    ResourceState.OFFLINE,
    ResourceState.ONLINE_PENDING,
    ResourceState.ONLINE,
    ResourceState.OFFLINE_PENDING,
    ResourceState.FAILED,
)
BY_OTHERS = {
    "crash",
    "outage",
    "cut off",
    "return",
    "form",
    "volume failure",
    "volume return",
    "fail",
    "pause",
    "resume",
    "drain",
    "move",
    "migrate",
    "take offline",
    "bring online",
}
"""What the cluster does not do by itself."""
Choices = tuple[tuple[str, str], ...]
"""What an action was taken with: the name of each choice and what was chosen."""


@dataclass(frozen=True)
class PlainGroup:
    """`states` one for each resource on the owner; `failures` so many in this period; `target` only
    while the group is on its way; `stale` who still runs what, as pairs of node and resource, where
    the cluster does not run it; `stale_owners` nodes that were cut off and believe to own the
    group; `stale_starting` what is only coming online on some of these; `wanted` what is driven
    to be online when the group starts anew, `driven` what is until then."""

    owner: str
    states: tuple[tuple[str, ResourceState], ...]
    wanted: Names
    driven: Names
    phase: Phase = Phase.SERVING
    target: str | None = None
    failures: tuple[tuple[str, int], ...] = ()
    failovers: int = 0
    returned: Names = NONE
    stale: frozenset[tuple[str, str]] = frozenset()
    stale_owners: Names = NONE
    stale_starting: Names = NONE
    unwritten: Names = NONE
    lost: Names = NONE
    saved: Names = NONE
    forgotten: Names = NONE
    asked: Names = NONE
    counted: Counted | None = None

    def are(self, *states: ResourceState) -> Names:
        return frozenset(name for name, state in self.states if state in states)

    @property
    def online(self) -> Names:
        return self.are(ONLINE)

    @property
    def active(self) -> Names:
        return self.are(STARTING, ONLINE, STOPPING)

    def failed_times(self, resource: str) -> int:
        return dict(self.failures).get(resource, 0)

    def put(self, state: ResourceState, *names: str) -> "PlainGroup":
        """The resources of these names are in `state` now."""
        states = tuple((n, state if n in names else s) for n, s in self.states)
        return replace(self, states=states)


@dataclass(frozen=True)
class Plain:
    """A situation: who runs the cluster, who was cut off and goes on, who is paused, which shared
    volumes are there, the hour, and the groups in the order of the cluster."""

    members: Names
    groups: tuple[PlainGroup, ...]
    stale: Names = NONE
    paused: Names = NONE
    volumes: Names = NONE
    hour: int = 0

    def put(self, place: int, group: PlainGroup) -> "Plain":
        return replace(self, groups=(*self.groups[:place], group, *self.groups[place + 1 :]))


Step = tuple[str, Choices, Plain]


@dataclass(frozen=True)
class PlainGroups:
    cluster: Cluster
    assumptions: Assumptions

    # What the cluster is.

    @property
    def everyone(self) -> Names:
        return frozenset(self.cluster.node_names)

    @property
    def groups(self) -> list[Group]:
        return [g for g in self.cluster.groups if g.name in self.assumptions.groups]

    @property
    def eventual(self) -> bool:
        return self.assumptions.detection is Detection.EVENTUAL

    @property
    def volumes(self) -> Names:
        """The shared volumes that matter to these groups."""
        used = {name for g in self.groups for r in g.resources for name in r.writes_to}
        return frozenset(used) & frozenset(self.cluster.volumes)

    def may_belong(self) -> Names:
        """Rule Q3: "a node not in contact with that disk cannot join"."""
        if isinstance(self.cluster.rule, DiskOnly) and self.cluster.witness:
            return frozenset(self.cluster.witness.reached_by)
        return self.everyone

    def quorum(self, members: Names) -> bool:
        """Rules Q1 and Q3; a witness works and counts for whoever of its nodes is left."""
        witness = self.cluster.witness
        reached = witness is not None and bool(members & set(witness.reached_by))
        mine = everybodys = 0
        for node in self.cluster.nodes:
            for _ in range(0 if isinstance(self.cluster.rule, DiskOnly) else node.votes):
                everybodys += 1
                mine += 1 if node.name in members else 0
        if not isinstance(self.cluster.rule, NodeMajority):
            everybodys += 1
            mine += 1 if reached else 0
        return bool(members) and mine + mine > everybodys

    def possible(self, group: Group) -> Names:
        """Rule G5: whoever may host all of its resources."""
        owners = set(self.everyone)
        for resource in group.resources:
            owners &= (
                self.everyone if resource.possible_owners is None else set(resource.possible_owners)
            )
        return frozenset(owners)

    def node_list(self, group: Group) -> list[str]:
        """Rule G4: the preferred ones, then all the others by their number."""
        preferred = list(group.preferred_owners)
        return preferred + [name for name in self.cluster.node_names if name not in preferred]

    def first(self, group: Group, nodes: Names) -> str:
        return next(node for node in self.node_list(group) if node in nodes)

    def next_after(self, group: Group, owner: str, nodes: Names) -> str:
        """The first after the owner in NodeList, from the top again after its end (rule G4: "all
        nodes are tried before returning to the first")."""
        listed = self.node_list(group)
        here = listed.index(owner)
        return next(node for node in listed[here + 1 :] + listed[: here + 1] if node in nodes)

    def threshold(self, group: Group) -> int:
        if group.failover_threshold is None:
            return len(self.cluster.nodes) - 1
        return group.failover_threshold

    def tolerated(self, resource: Resource) -> int:
        """Rule R6: restarts in place; none if the resource is not to be restarted."""
        return 0 if resource.restart is RestartAction.NONE else resource.restart_threshold

    def most_counted(self, group: Group) -> int:
        """Failures beyond this make no difference to any resource."""
        return max(self.tolerated(resource) for resource in group.resources) + 1

    def fits(self, resource: Resource, node: str) -> bool:
        """An address comes online only in its subnet (wsfc.md 8)."""
        (subnets,) = (n.subnets for n in self.cluster.nodes if n.name == node)
        return resource.subnet is None or not subnets or resource.subnet in subnets

    def is_exclusive(self, resource: Resource) -> bool:
        """One node at a time: disks by reservation (rule M3), machines on shared volumes by the
        locks on their files."""
        if resource.kind is ResourceKind.VIRTUAL_MACHINE_CONFIGURATION:
            (group,) = (g for g in self.groups if resource in g.resources)
            return any(
                resource.name in group.below(machine.name) and self.is_exclusive(machine)
                for machine in group.of_kind(ResourceKind.VIRTUAL_MACHINE)
            )
        on_volume = any(name in self.cluster.volumes for name in resource.writes_to)
        machine = resource.kind is ResourceKind.VIRTUAL_MACHINE and on_volume
        return machine or resource.kind is ResourceKind.DISK

    def is_live(self, group: Group) -> bool:
        return group.migration is Migration.LIVE and bool(machines(group))

    def fails_back(self, group: Group) -> bool:
        """Rule F3: no effect without preferred owners."""
        return group.failback is not FailbackPolicy.NEVER and bool(group.preferred_owners)

    # How a run starts.

    def counts(self, group: Group) -> bool:
        """Whether the default threshold, "the number of nodes minus 1", could be of fewer."""
        return (
            group.failover_threshold is None
            and any(r.restart is RestartAction.FAIL_OVER for r in group.resources)
            and len(self.possible(group)) > 1
            and len(self.cluster.nodes) > 2
        )

    def start(self, hour: int, counted: Counted = Counted.NODES) -> Plain:
        """All nodes are members. Each group is on the first node of its list that may own it, next
        to the disks of others that it uses and apart from the groups that it avoids if that can be,
        and what can be online there is. Where groups must not meet, the later one waits."""
        owners: list[str] = []
        waits: list[bool] = []
        for group in self.groups:
            before = list(zip(self.groups, owners, strict=False))
            disks_at = {owner for other, owner in before if disks(other) & stores(group)}
            taken = {owner for other, owner in before if avoid(other, group)}
            able = self.possible(group) & self.may_belong() or self.possible(group)
            listed = [node for node in self.node_list(group) if node in able]
            listed = [node for node in listed if node in disks_at] or listed
            owner = ([node for node in listed if node not in taken] or listed)[0]
            crowded = self.cluster.enforced_anti_affinity and owner in taken
            waits.append(crowded or owner not in self.may_belong())
            owners.append(owner)
        now = Plain(
            self.may_belong(),
            tuple(
                PlainGroup(
                    owner,
                    tuple((resource.name, OFFLINE) for resource in group.resources),
                    wanted=frozenset(group.resource_names),
                    driven=frozenset(group.resource_names),
                    counted=counted if self.counts(group) else None,
                )
                for group, owner in zip(self.groups, owners, strict=True)
            ),
            volumes=self.volumes,
            hour=hour,
        )
        while True:
            before_round = now
            for place, group in enumerate(self.groups):
                for resource in group.resources:
                    if not waits[place] and self._can_be_online(now, place, resource):
                        now = now.put(place, now.groups[place].put(ONLINE, resource.name))
            if now == before_round:
                break
        for place, group in enumerate(self.groups):
            state = now.groups[place]
            if named(group):
                now = now.put(place, replace(state, asked=state.online & addresses(group)))
        return now

    def _can_be_online(self, now: Plain, place: int, resource: Resource) -> bool:
        state = now.groups[place]
        return (
            self.fits(resource, state.owner)
            and resource.depends_on.satisfied_by(state.online)
            and self._finds_its_data(now, place, resource)
        )

    def _finds_its_data(self, now: Plain, place: int, resource: Resource) -> bool:
        """A machine needs its files: on a volume that is there or on a disk that is online on the
        same node."""
        if resource.kind is not ResourceKind.VIRTUAL_MACHINE:
            return True
        mine = now.groups[place]
        for name in resource.writes_to:
            if name in self.cluster.volumes and name not in now.volumes:
                return False
            for group, state in zip(self.groups, now.groups, strict=True):
                here = state.owner == mine.owner and name in state.online
                if name in group.resource_names and not here:
                    return False
        return True

    # Everything that can happen.

    def steps(self, now: Plain) -> Iterator[Step]:
        """Those that the assumptions leave."""
        for step in self._all_steps(now):
            if self.assumptions.incident is None or self._is_left(now, step):
                yield step

    def _is_left(self, now: Plain, step: Step) -> bool:
        """Of faults, repairs and orders only the incident happens, and before it moves to where all
        of a group can be online, whatever the subnet."""
        verb, _, name = step[0].partition(": ")
        if verb in {"move", "migrate"}:
            (group,) = (group for group in self.groups if group.name == name)
            fit: set[str] = set()
            for resource in group.providers_first:
                if self.fits(resource, dict(step[1])["node"]):
                    fit |= {resource.name} if resource.depends_on.satisfied_by(fit) else set()
            if not fit or not set(group.resource_names) <= fit | addresses(group):
                return False
        lost = len(self.may_belong() - now.members)
        serving = all(state.phase is Phase.SERVING for state in now.groups)
        match self.assumptions.incident:
            case Crashes(most=most):
                allowed = {"crash": lost < most, "move": not lost, "migrate": not lost}
            case OneFailure():
                fresh = all(
                    not state.are(FAILED) and not state.failovers and not dict(state.failures)
                    for state in now.groups
                )
                allowed = {"fail": fresh and serving, "move": fresh, "migrate": fresh}
            case OneDrain():
                awake = not now.paused
                allowed = {"drain": awake and serving, "move": awake, "migrate": awake}
            case None:
                raise AssertionError(verb)
        return allowed.get(verb, verb not in BY_OTHERS)

    def _all_steps(self, now: Plain) -> Iterator[Step]:
        for place, group in enumerate(self.groups):
            happens = (
                *self._resource_steps(now, place, group),
                *self._rest_of_the_group(now, place, group),
                *self._group_steps(now, place, group),
            )
            for verb, choices, then in happens:
                yield f"{verb}: {group.name}", choices, then
            if self.assumptions.operator:
                for verb, choices, then in self._group_orders(now, place, group):
                    yield f"{verb}: {group.name}", choices, then
        yield from self._node_steps(now)
        if self.assumptions.operator:
            yield from self._node_orders(now)

    # What resources do.

    def desired(self, group: Group, state: PlainGroup) -> Names:
        """What shall and can be online on the owner: wanted, in its subnet, not failed for good,
        and standing on what shall and can be online."""
        fine = {
            resource.name
            for resource in group.resources
            if resource.name in state.driven
            and self.fits(resource, state.owner)
            and not (
                resource.restart is RestartAction.NONE
                and dict(state.states)[resource.name] is FAILED
            )
        }
        return standing(group, frozenset(fine))

    def exhausted(self, group: Group, state: PlainGroup) -> Names:
        """Rule R6: what failed more often than is answered with a restart."""
        return frozenset(
            resource.name
            for resource in group.resources
            if resource.name in state.are(FAILED)
            and state.failed_times(resource.name) > self.tolerated(resource)
        )

    def _resource_steps(self, now: Plain, place: int, group: Group) -> Iterator[Step]:
        state = now.groups[place]
        for resource in group.resources:
            name = resource.name
            chosen = (("resource", name),)
            if self._may_start(now, place, group, resource):
                yield "start", chosen, now.put(place, state.put(STARTING, name))
            if name in state.are(STARTING):
                restored = replace(state, saved=state.saved - {name})
                yield "come online", chosen, now.put(place, restored.put(ONLINE, name))
            if self._may_stop(group, state, resource):
                yield "stop", chosen, now.put(place, state.put(STOPPING, name))
            if name in state.are(STOPPING):
                yield "go offline", chosen, self._stopped_in_order(now, place, resource)
            if resource.writes_to and name in state.online - state.unwritten:
                dirty = replace(state, unwritten=state.unwritten | {name})
                yield "write", chosen, now.put(place, dirty)
            if name in state.are(ONLINE, STARTING):
                yield "fail", chosen, now.put(place, self._failing(group, state, {name}))
            if name in state.are(STARTING, STOPPING):
                yield "keeps reporting", chosen, now

    def _rest_of_the_group(self, now: Plain, place: int, group: Group) -> Iterator[Step]:
        """Time that passes, clients, and nodes that were cut off."""
        state = now.groups[place]
        if state.failures:
            yield "restart period passes", (), now.put(place, replace(state, failures=()))
        if named(group):
            answering = state.online & addresses(group)
            names = {r.name for r in group.of_kind(ResourceKind.NETWORK_NAME)}
            if answering and names & state.online and answering != state.asked:
                yield "ask again", (), now.put(place, replace(state, asked=answering))
        for node in sorted(state.stale_owners):
            for resource in group.resources:
                if self._may_start_cut_off(now, state, node, resource):
                    chosen = (("node", node), ("resource", resource.name))
                    stale = state.stale | {(node, resource.name)}
                    starting = state.stale_starting | {resource.name}
                    coming = replace(state, stale=stale, stale_starting=starting)
                    yield "start cut off", chosen, now.put(place, coming)
        for name in sorted(state.stale_starting):
            up = replace(state, stale_starting=state.stale_starting - {name})
            yield "come online cut off", (("resource", name),), now.put(place, up)

    def _may_start(self, now: Plain, place: int, group: Group, resource: Resource) -> bool:
        """Rules R1, R3, R4a, R6, M3, M6, and G6 where it is enforced."""
        state, name = now.groups[place], resource.name
        held = any(what == name for _, what in state.stale)
        return (
            state.phase is Phase.SERVING
            and state.owner in now.members - now.paused
            and not (
                self.cluster.enforced_anti_affinity and state.owner in self.occupied(now, place)
            )
            and name in self.desired(group, state) - state.active - self.exhausted(group, state)
            and resource.depends_on.satisfied_by(state.online)
            and not (self.is_exclusive(resource) and held and self.assumptions.reservation)
            and self._finds_its_data(now, place, resource)
            and (state.active or state.are(FAILED) or self._is_its_turn(now, group))
        )

    def _is_its_turn(self, now: Plain, group: Group) -> bool:
        """Of each set that it starts after, and whose groups count, so many are online."""
        sets = {one.name: one for one in self.cluster.group_sets}
        online = {
            other.name
            for other, state in zip(self.groups, now.groups, strict=True)
            if state.owner in now.members
            and state.online
            and all(self.fits(r, state.owner) <= (r.name in state.online) for r in other.resources)
        }
        for own in sets.values():
            for first in sets.values() if group.name in own.groups else ():
                before = first.name in own.starts_after or (first.is_global and not own.is_global)
                if not before or first.trigger is StartupTrigger.DELAY:
                    continue
                there = len(online & {*first.groups})
                if first.count == 0:
                    enough = 2 * there > len(first.groups)
                else:
                    enough = there == len(first.groups) or there >= (first.count or 10**6)
                if not enough:
                    return False
        return True

    def _may_stop(self, group: Group, state: PlainGroup, resource: Resource) -> bool:
        """Rules R2, R3, R4b: not while something that is active, or still stopping, needs it."""
        shall = state.phase is Phase.MOVING or resource.name not in self.desired(group, state)
        rest = state.online - {resource.name}
        missed = any(
            resource.name in other.depends_on.providers and not other.depends_on.satisfied_by(rest)
            for other in group.resources
            if other.name in state.active
        )
        is_online = resource.name in state.online
        return is_online and shall and not missed and state.phase is not Phase.MIGRATING

    def _stopped_in_order(self, now: Plain, place: int, resource: Resource) -> Plain:
        """It has written its data; a disk that goes takes the data of others with it; a machine is
        saved, or else its memory is gone, which a planned move should not do."""
        state = now.groups[place].put(OFFLINE, resource.name)
        alone = frozenset((resource.name,))
        if resource.kind is ResourceKind.VIRTUAL_MACHINE:
            saves = resource.offline_action is OfflineAction.SAVE
            if saves and self._finds_its_data(now, place, resource):
                state = replace(state, saved=state.saved | alone)
            elif state.phase is Phase.MOVING and state.target is not None:
                state = replace(state, forgotten=state.forgotten | alone)
        then = now.put(place, state)
        for other, group in enumerate(self.groups):
            dirty = then.groups[other].unwritten
            hit = {r.name for r in group.resources if resource.name in r.writes_to} & dirty
            then = then.put(other, replace(then.groups[other], lost=then.groups[other].lost | hit))
        state = then.groups[place]
        return then.put(place, replace(state, unwritten=state.unwritten - alone))

    def _failing(self, group: Group, state: PlainGroup, failed: Iterable[str]) -> PlainGroup:
        """Rules R4c, R6, R7: each is counted, and what stood on them is terminated."""
        most = self.most_counted(group)
        counts = dict(state.failures)
        for name in failed:
            counts[name] = min(counts.get(name, 0) + 1, most)
        then = replace(state, failures=tuple(sorted(counts.items()))).put(FAILED, *failed)
        if state.phase is Phase.MIGRATING and set(failed) & state.active:
            then = replace(then, phase=Phase.SERVING, target=None)
        while True:
            falls = [
                name
                for name in sorted(then.active)
                if not resource_of(group, name).depends_on.satisfied_by(then.online)
            ]
            if not falls:
                return replace(then, unwritten=then.unwritten & then.are(ONLINE, STOPPING))
            then = then.put(OFFLINE, *falls)

    def _may_start_cut_off(
        self, now: Plain, state: PlainGroup, node: str, resource: Resource
    ) -> bool:
        """The node acts as if it were the owner; disks and locks it cannot talk into that."""
        running = {name for where, name in state.stale if where == node}
        elsewhere = any(what == resource.name for _, what in state.stale)
        taken = elsewhere or resource.name in state.active
        return (
            resource.name in state.wanted
            and resource.name not in running
            and self.fits(resource, node)
            and resource.depends_on.satisfied_by(running - state.stale_starting)
            and not (self.is_exclusive(resource) and taken and self.assumptions.reservation)
            and self._finds_its_data_cut_off(now, node, resource)
        )

    def _finds_its_data_cut_off(self, now: Plain, node: str, resource: Resource) -> bool:
        """As for the owner, with the disks that are online on the node itself."""
        if resource.kind is not ResourceKind.VIRTUAL_MACHINE:
            return True
        there = {name for state in now.groups for where, name in state.stale if where == node}
        there -= {name for state in now.groups for name in state.stale_starting}
        disks = {name for group in self.groups for name in group.resource_names}
        return all(
            name in now.volumes if name in self.cluster.volumes else name in there
            for name in resource.writes_to
            if name in disks or name in self.cluster.volumes
        )

    # What the cluster does with a whole group.

    def available(self, now: Plain, group: Group) -> Names:
        """Rules G5, M6."""
        return (now.members & self.possible(group)) - now.paused

    def avoided(self, now: Plain, place: int) -> Names:
        """Rule G6: where a group is not placed: beside groups with a name in common, or where such
        a group is about to start."""
        about_to = {
            state.owner
            for other, state in enumerate(now.groups)
            if other != place
            and avoid(self.groups[other], self.groups[place])
            and self.desired(self.groups[other], state)
        }
        return self.occupied(now, place) | (about_to & now.members)

    def occupied(self, now: Plain, place: int) -> Names:
        """Where groups with a name in common are active, or are migrating to."""
        places: set[str] = set()
        for other, state in enumerate(now.groups):
            if other != place and avoid(self.groups[other], self.groups[place]):
                places |= {state.owner} if state.active else set()
                if state.phase is Phase.MIGRATING and state.target is not None:
                    places |= {state.target}
        return frozenset(places)

    def choice(self, now: Plain, place: int, nodes: Names) -> Names:
        """Rule G6: "if only such nodes remain, ignore anti-affinity", unless it is enforced."""
        free = nodes - self.avoided(now, place)
        return free if free or self.cluster.enforced_anti_affinity else nodes

    def allowed(self, now: Plain, place: int, nodes: Names) -> Names:
        """What the operator, or a preference, may not overrule."""
        return nodes - self.avoided(now, place) if self.cluster.enforced_anti_affinity else nodes

    def others(self, now: Plain, place: int) -> Names:
        """Where the group could go by the rules."""
        group, state = self.groups[place], now.groups[place]
        return self.choice(now, place, self.available(now, group) - {state.owner})

    def _group_steps(self, now: Plain, place: int, group: Group) -> Iterator[Step]:
        state = now.groups[place]
        there = state.owner in now.members
        serving = state.phase is Phase.SERVING and there
        if serving and self._fails_over(now, place, group):
            leaving = replace(state, phase=Phase.MOVING, target=None, failovers=state.failovers + 1)
            yield "begin failover", (), now.put(place, leaving)
        if state.phase is Phase.MOVING and there and not state.active:
            node = self._goes_to(now, place, group)
            yield "transfer", (("node", node),), now.put(place, owned_by(state, node))
        if not there:
            for node in sorted(self._takes_over(now, place, group)):
                yield "take over", (("node", node),), now.put(place, owned_by(state, node))
        if self._failback_is_due(now, place, group):
            best = self.first(group, self._better(now, place, group))
            leaving = replace(self._on_the_way(group, state, best), returned=NONE)
            yield "begin failback", (), now.put(place, leaving)
        if state.phase is Phase.MIGRATING and {state.owner, state.target} <= now.members:
            assert state.target is not None
            there_now = replace(state, owner=state.target, target=None, phase=Phase.SERVING)
            yield "switch", (), now.put(place, there_now)
        if state.failovers:
            yield "failover period passes", (), now.put(place, replace(state, failovers=0))

    def _fails_over(self, now: Plain, place: int, group: Group) -> bool:
        """Rules R6, G3, M6: something failed for good that is worth a failover, which is allowed
        and leads somewhere."""
        state = now.groups[place]
        beyond = self.exhausted(group, state)
        if state.owner in now.paused:
            beyond = state.are(FAILED)
        worth = {
            resource.name
            for resource in group.resources
            if resource.restart is RestartAction.FAIL_OVER and resource.name in state.driven
        }
        may = state.failovers < self._threshold_now(now, place, group)
        return bool(beyond & worth) and may and bool(self.others(now, place))

    def _threshold_now(self, now: Plain, place: int, group: Group) -> int:
        """Rule G3; of which nodes its default is one less is open."""
        match now.groups[place].counted:
            case None | Counted.NODES:
                return self.threshold(group)
            case Counted.MEMBERS:
                return len(now.members) - 1
            case Counted.AVAILABLE:
                return len(self.available(now, group) | {now.groups[place].owner}) - 1

    def _goes_to(self, now: Plain, place: int, group: Group) -> str:
        """Step 2 of rule F1: where the plan says, else the next in NodeList, else it stays."""
        state = now.groups[place]
        if state.target in self.allowed(now, place, self.available(now, group)):
            assert state.target is not None
            return state.target
        others = self.others(now, place)
        return self.next_after(group, state.owner, others) if others else state.owner

    def _takes_over(self, now: Plain, place: int, group: Group) -> Names:
        """Rule F2. A lost node is confirmed to be off first, where there is fencing. Without
        preferred owners it may be any; a paused node only if all are paused."""
        state = now.groups[place]
        if self.cluster.fencing and state.stale_owners:
            return NONE
        nodes = self._successors(now, place, group)
        if group.preferred_owners and nodes:
            return frozenset((self.next_after(group, state.owner, nodes),))
        return nodes

    def _successors(self, now: Plain, place: int, group: Group) -> Names:
        left = now.members & self.possible(group)
        return self.choice(now, place, left - now.paused or left)

    def _better(self, now: Plain, place: int, group: Group) -> Names:
        """The available preferred owners that come before the owner."""
        listed = self.node_list(group)
        before = listed[: listed.index(now.groups[place].owner)]
        nodes = self.allowed(now, place, self.available(now, group))
        return nodes & set(before) & set(group.preferred_owners)

    def _failback_is_due(self, now: Plain, place: int, group: Group) -> bool:
        """Rule F3: once a better node became available, and in the window."""
        state = now.groups[place]
        return (
            self.fails_back(group)
            and state.phase is Phase.SERVING
            and state.owner in now.members
            and bool(state.returned)
            and bool(self._better(now, place, group))
            and (group.window is None or now.hour in group.window.hours)
        )

    def _on_the_way(self, group: Group, state: PlainGroup, target: str) -> PlainGroup:
        """Machines migrate while they run, if that is how they move and all is settled (rule V2),
        else everything goes in the four steps (rules F1, V1)."""
        live = self.is_live(group) and self._settled(group, state, target)
        return replace(state, phase=Phase.MIGRATING if live else Phase.MOVING, target=target)

    def _settled(self, group: Group, state: PlainGroup, target: str) -> bool:
        """What shall be online is, all else is offline, and it can be so on the target."""
        shall = self.desired(group, state)
        as_it_shall = all(
            what is (ONLINE if name in shall else OFFLINE) for name, what in state.states
        )
        return as_it_shall and all(self.fits(resource_of(group, n), target) for n in shall)

    # What happens to nodes and volumes, and the hours.

    def _node_steps(self, now: Plain) -> Iterator[Step]:
        for node in self.cluster.node_names:
            chosen = (("node", node),)
            alone = frozenset((node,))
            if node in now.members:
                rest = now.members - alone
                rest = rest if self.quorum(rest) else NONE
                yield "crash", chosen, self._lost(now, rest, dead=alone)
                if self.eventual:
                    yield "cut off", chosen, self._lost(now, rest, dead=NONE)
            if node in now.stale:
                yield "notice", chosen, self._off(now, node)
                if self.cluster.fencing and now.members:
                    yield "fence", chosen, self._off(now, node)
            if now.members and node in self.may_belong() - now.members - now.stale:
                then = replace(now, members=now.members | alone)
                yield "return", chosen, self._back(then, alone)
        if now.members:
            yield "outage", (), self._lost(now, NONE, dead=NONE)
        everyone = self.may_belong() - now.stale
        if not now.members and self.quorum(everyone):
            yield "form", (), self._back(replace(now, members=everyone), everyone)
        yield from self._surroundings(now)

    def _surroundings(self, now: Plain) -> Iterator[Step]:
        for volume in sorted(self.volumes):
            chosen = (("volume", volume),)
            if volume in now.volumes:
                yield "volume failure", chosen, self._volume_lost(now, volume)
            else:
                there = replace(now, volumes=now.volumes | {volume})
                yield "volume return", chosen, there
        if any(group.window for group in self.groups):
            busy = any(state.phase is not Phase.SERVING for state in now.groups)
            due = [self._failback_is_due(now, p, g) for p, g in enumerate(self.groups)]
            due += [
                now.groups[p].owner not in now.members and bool(self._successors(now, p, g))
                for p, g in enumerate(self.groups)
            ]
            if not busy and not any(due):
                yield "hour passes", (), replace(now, hour=(now.hour + 1) % 24)

    def _lost(self, now: Plain, members: Names, dead: Names) -> Plain:
        """Rules F2 and Q7: only `members` go on; what the others ran stops without order, or goes
        on where a node was cut off and lives and has not noticed."""
        lost = now.members - members
        unaware = lost - dead if self.eventual else NONE
        then = replace(now, members=members, stale=now.stale | unaware)
        for place, state in enumerate(now.groups):
            after = self._called_again(place, state, lost, members)
            if state.owner in lost:
                if state.owner in unaware:
                    still = {(state.owner, name) for name in state.active}
                    stale_owners = state.stale_owners | {state.owner}
                    starting = state.stale_starting | state.are(STARTING)
                    after = replace(
                        after,
                        stale=state.stale | still,
                        stale_owners=stale_owners,
                        stale_starting=starting,
                    )
                nothing = tuple((name, OFFLINE) for name, _ in state.states)
                after = replace(after, states=nothing, unwritten=NONE, driven=state.wanted)
                after = replace(after, phase=Phase.SERVING, target=None)
            elif state.phase is Phase.MIGRATING and state.target in lost:
                after = replace(after, phase=Phase.SERVING, target=None)
            then = then.put(place, after)
        return then

    def _off(self, now: Plain, node: str) -> Plain:
        then = replace(now, stale=now.stale - {node})
        for place, state in enumerate(now.groups):
            stale = frozenset(pair for pair in state.stale if pair[0] != node)
            off = replace(state, stale=stale, stale_owners=state.stale_owners - {node})
            then = then.put(place, off)
        return then

    def _back(self, now: Plain, nodes: Names) -> Plain:
        """Groups that fail back take note of preferred owners that are available again."""
        then = now
        for place, group in enumerate(self.groups):
            if self.fails_back(group):
                state = now.groups[place]
                returned = state.returned | (nodes & set(group.preferred_owners))
                then = then.put(place, replace(state, returned=returned))
        return then

    def _called_again(
        self, place: int, state: PlainGroup, lost: Names, members: Names
    ) -> PlainGroup:
        """Where the target of a move is lost, who is left of the preferred owners calls again."""
        group = self.groups[place]
        cut_short = state.phase is not Phase.SERVING and state.target in lost
        if not (self.fails_back(group) and cut_short):
            return state
        return replace(state, returned=state.returned | (members & set(group.preferred_owners)))

    def _volume_lost(self, now: Plain, volume: str) -> Plain:
        """What keeps data on it fails."""
        then = replace(now, volumes=now.volumes - {volume})
        for place, group in enumerate(self.groups):
            state = now.groups[place]
            running = state.active
            hit = {r.name for r in group.resources if volume in r.writes_to} & running
            then = then.put(place, self._failing(group, state, hit))
        return then

    # What the operator orders.

    def _node_orders(self, now: Plain) -> Iterator[Step]:
        """Rules M6 and F4."""
        for node in self.cluster.node_names:
            chosen = (("node", node),)
            alone = frozenset((node,))
            if node in now.members - now.paused:
                then = replace(now, paused=now.paused | alone)
                for place, state in enumerate(now.groups):
                    left = now.members - alone
                    then = then.put(place, self._called_again(place, state, alone, left))
                yield "pause", chosen, then
                for place, group in enumerate(self.groups):
                    state, others = then.groups[place], self.others(now, place)
                    if state.owner == node and state.phase is Phase.SERVING and others:
                        target = self.first(group, others)
                        then = then.put(place, self._on_the_way(group, state, target))
                yield "drain", chosen, then
            if node in now.paused:
                awake = replace(now, paused=now.paused - alone)
                yield "resume", chosen, self._back(awake, alone & now.members)

    def _group_orders(self, now: Plain, place: int, group: Group) -> Iterator[Step]:
        state = now.groups[place]
        if state.phase is Phase.SERVING and state.owner in now.members:
            nodes = self.available(now, group) - {state.owner}
            for node in sorted(self.allowed(now, place, nodes)):
                chosen = (("node", node),)
                moving = replace(state, phase=Phase.MOVING, target=node)
                yield "move", chosen, now.put(place, moving)
                if self.is_live(group) and self._settled(group, state, node):
                    migrating = replace(state, phase=Phase.MIGRATING, target=node)
                    yield "migrate", chosen, now.put(place, migrating)
        if state.phase is Phase.MIGRATING:
            return
        for name in group.resource_names:
            yield from self._taken_offline(now, place, group, name)
            yield from self._brought_online(now, place, group, name)

    def _taken_offline(self, now: Plain, place: int, group: Group, name: str) -> Iterator[Step]:
        """Rule R2: "dependents go offline first". Whether these come back with it, stay offline, or
        are not wanted any more is not documented, so they do any of it."""
        state, chosen = now.groups[place], (("resource", name),)
        if name not in state.wanted | state.driven:
            return
        wanted, driven = state.wanted - {name}, state.driven - {name}
        if not is_ordered(group):
            then = replace(state, wanted=wanted, driven=driven)
            yield "take offline", chosen, now.put(place, then)
            return
        here = self.desired(group, state)
        fall = here - standing(group, here - {name})
        for what, still_wanted, still_driven in (
            ("waiting", wanted, driven),
            ("taken offline", wanted, driven - fall),
            ("unwanted", wanted - fall, driven - fall),
        ):
            then = replace(state, wanted=still_wanted, driven=still_driven)
            yield "take offline", (*chosen, ("dependents", what)), now.put(place, then)

    def _brought_online(self, now: Plain, place: int, group: Group, name: str) -> Iterator[Step]:
        """Rule R1: "providers are brought online first". Whether they are wanted from then on is
        not documented, so they are or are not."""
        state, chosen = now.groups[place], (("resource", name),)
        needed = stands_on(group, name)
        down = needed - state.driven or needed & state.are(FAILED)
        unwanted = name not in state.wanted & state.driven
        if not (unwanted or name in state.are(FAILED) or (down and name not in state.active)):
            return
        again = frozenset((name,)) | (needed - state.active)
        failures = tuple(pair for pair in state.failures if pair[0] not in again)
        more = replace(state, failures=failures).put(OFFLINE, *(again & state.are(FAILED)))
        wanted, driven = state.wanted | {name}, state.driven | {name} | needed
        if not is_ordered(group):
            then = replace(more, wanted=wanted, driven=driven)
            yield "bring online", chosen, now.put(place, then)
            return
        for what, wants in (("brought online", wanted), ("wanted", wanted | needed)):
            then = replace(more, wanted=wants, driven=driven)
            yield "bring online", (*chosen, ("providers", what)), now.put(place, then)


def owned_by(state: PlainGroup, node: str) -> PlainGroup:
    """Step 2: the new owner begins with a clean slate."""
    return replace(
        state,
        owner=node,
        states=tuple((name, OFFLINE) for name, _ in state.states),
        phase=Phase.SERVING,
        target=None,
        failures=(),
        unwritten=NONE,
        driven=state.wanted,
    )


def is_ordered(group: Group) -> bool:
    """Something in it depends on something."""
    return any(stands_on(group, name) for name in group.resource_names)


def standing(group: Group, fine: Names) -> Names:
    """Those of `fine` that stand on others of these."""
    while True:
        kept = frozenset(n for n in fine if resource_of(group, n).depends_on.satisfied_by(fine))
        if kept == fine:
            return fine
        fine = kept


def stands_on(group: Group, name: str) -> Names:
    """What the resource depends on, whichever of alternatives, and what that depends on."""
    found: set[str] = set()
    for other in resource_of(group, name).depends_on.providers:
        found |= {other} | stands_on(group, other)
    return frozenset(found)


def resource_of(group: Group, name: str) -> Resource:
    return next(resource for resource in group.resources if resource.name == name)


def machines(group: Group) -> Names:
    return frozenset(r.name for r in group.of_kind(ResourceKind.VIRTUAL_MACHINE))


def addresses(group: Group) -> Names:
    return frozenset(r.name for r in group.of_kind(ResourceKind.ADDRESS))


def disks(group: Group) -> Names:
    return frozenset(r.name for r in group.of_kind(ResourceKind.DISK))


def stores(group: Group) -> Names:
    """What its resources keep data on."""
    return frozenset(name for resource in group.resources for name in resource.writes_to)


def named(group: Group) -> bool:
    return bool(group.of_kind(ResourceKind.NETWORK_NAME))


def avoid(one: Group, other: Group) -> bool:
    """Two groups that share a name are kept apart (rule G6)."""
    return bool(set(one.anti_affinity) & set(other.anti_affinity))
