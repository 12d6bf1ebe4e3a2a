"""Resources that start, stop and fail on the owner of their group: what may happen in which order.

Rules R1 to R8 (wsfc.md 4). Every action names one resource; it is possible for those in a set that
is written down once and serves guard, choice and progress alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import z3

from quorate.cluster import OfflineAction, ResourceKind
from quorate.counting.sets import Members, disjoint, empty, has, lowest, one, some, subset
from quorate.system import Action, ActionKind, Formula, Term
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.conditions import ServiceDeviation
from quorate.windows.groups.group_state import GroupState, gathered
from quorate.windows.groups.state import ServicesState
from quorate.windows.groups.updates import failing


def ordering_actions(state: ServicesState, group: GroupState) -> Iterator[Action]:
    """Everything that one resource does by itself."""
    if not group.broken(ServiceDeviation.NEVER_STARTS):
        yield _start(state, group)
    if not group.broken(ServiceDeviation.PENDS_FOR_EVER):
        yield _come_online(group)
        yield _go_offline(state, group)
    yield _stop(group)
    if group.writes:
        yield _write(group)
    yield _fail(group)
    yield _keep_reporting(group)
    yield _restart_period(group)


@dataclass(frozen=True)
class Candidates:
    """The resources that are in all of `sets`, as long as all `conditions` hold. They are kept
    apart, so that an argument needs to look only at those that matter to it."""

    sets: tuple[Members, ...]
    conditions: tuple[Formula, ...] = ()

    @property
    def members(self) -> Members:
        return reduce(lambda left, right: left & right, self.sets)


def _of_one(
    group: GroupState,
    verb: str,
    kind: ActionKind,
    candidates: Candidates,
    updates: dict[str, Term],
) -> Action:
    """An action of one of the candidates."""
    resource = group.resource
    among = (subset(resource.term, members) for members in candidates.sets)
    return Action(
        f"{verb}: {group.key}",
        kind,
        guard=(one(resource.term), *among, *candidates.conditions),
        updates=updates,
        inputs=(resource,),
        subject="resource",
        choices={"resource": lowest(candidates.members)},
    )


def startable(state: ServicesState, group: GroupState) -> Candidates:
    """What may begin to come online (rules R1, R3, R4a): it is wanted there, what it depends on is
    online, it has not failed too often, and what only one node can have is free."""
    fine = [group.desired, ~group.active]
    if not group.broken(ServiceDeviation.RESTARTS_FOR_EVER):
        fine.append(~group.exhausted)
    if group.has_places:
        fine.append(group.local(group.owner))
    if not group.broken(ServiceDeviation.STARTS_UNSUPPORTED):
        fine.append(group.supported(group.online))
    if group.broken(ServiceDeviation.NEVER_RESTARTS):
        fine.append(~group.failed)
    if group.guarded and group.conditions.reservation:
        fine.append(free(group))
    if group.of_kind(ResourceKind.VIRTUAL_MACHINE):
        fine.append(with_data(state, group))
    works = [group.is_in(Phase.SERVING), subset(group.owner, state.members)]
    if state.paused_variables and not group.broken(ServiceDeviation.IGNORES_PAUSE):
        works.append(disjoint(group.owner, state.paused))
    if state.cluster.enforced_anti_affinity and state.rivals(group):
        works.append(disjoint(group.owner, state.occupied(group)))
    return Candidates(tuple(fine), tuple(works))


def free(group: GroupState) -> Members:
    """The resources that no other node holds: disks by their reservation (rule M3), machines on
    shared volumes by the locks on their files."""
    if group.broken(ServiceDeviation.NO_RESERVATION) or group.broken(
        ServiceDeviation.TRANSFERS_EARLY
    ):
        return group.sets.everything
    return gathered(
        [
            empty(elsewhere) if name in group.guarded else z3.BoolVal(True)
            for name, elsewhere in zip(group.names, group.elsewhere, strict=True)
        ]
    )


def with_data(state: ServicesState, group: GroupState) -> Members:
    """The resources whose data is there, as far as starting looks at it: a machine's files have to
    be on a shared volume that is there, or on a disk that is online on the same node."""
    if group.broken(ServiceDeviation.DISK_STAYS_BEHIND):
        return group.sets.everything
    return gathered(
        [
            z3.And(*data_is_there(state, group, place))
            if resource.kind is ResourceKind.VIRTUAL_MACHINE
            else z3.BoolVal(True)
            for place, resource in enumerate(group.resources)
        ]
    )


def data_is_there(state: ServicesState, group: GroupState, place: int) -> list[Formula]:
    """Each volume and disk that the resource keeps data on is there for the owner of its group."""
    found = []
    for name in group.resources[place].writes_to:
        if name in state.volume_names:
            found.append(has(state.volume_variables[0].term, state.volume_names.index(name)))
        for other in state.groups:
            if name in other.names:
                together = other.owner == group.owner
                found.append(z3.And(together, has(other.online, other.names.index(name))))
    return found


def _start(state: ServicesState, group: GroupState) -> Action:
    resource = group.resource.term
    return _of_one(
        group,
        "start",
        ActionKind.CLUSTER,
        startable(state, group),
        {
            group.starting_variable.name: group.starting | resource,
            group.failed_variable.name: group.failed & ~resource,
        },
    )


def _come_online(group: GroupState) -> Action:
    resource = group.resource.term
    updates = {
        group.starting_variable.name: group.starting & ~resource,
        group.online_variable.name: group.online | resource,
    }
    if group.memory_variables:
        saved = group.memory_variables[0]
        updates[saved.name] = saved.term & ~resource
    return _of_one(group, "come online", ActionKind.CLUSTER, Candidates((group.starting,)), updates)


def stoppable(group: GroupState) -> Candidates:
    """What shall go offline and may begin to (rules R2, R3, R4b): nothing that is active, even on
    its way down, would miss it."""
    needed: list[Formula] = []
    for name in group.names:
        without = group.online & ~group.sets.of([name])
        dependents = [
            other
            for other, resource in enumerate(group.resources)
            if name in resource.depends_on.providers
        ]
        looked_at = group.active
        if group.broken(ServiceDeviation.STOPS_AT_ONCE):
            looked_at = group.online | group.starting
        needed.append(
            z3.Or(
                *(
                    z3.And(has(looked_at, other), z3.Not(group.holds(other, without)))
                    for other in dependents
                )
            )
            if dependents
            else z3.BoolVal(False)
        )
    shall = z3.If(group.is_in(Phase.MOVING), group.online, ~group.desired)
    sets = (group.online, shall, ~gathered(needed))
    return Candidates(sets, (z3.Not(group.is_in(Phase.MIGRATING)),))


def _stop(group: GroupState) -> Action:
    resource = group.resource.term
    return _of_one(
        group,
        "stop",
        ActionKind.CLUSTER,
        stoppable(group),
        {
            group.online_variable.name: group.online & ~resource,
            group.stopping_variable.name: group.stopping | resource,
        },
    )


def _go_offline(state: ServicesState, group: GroupState) -> Action:
    """A resource has stopped in order: it has written its data, and a machine has been saved, if
    the disk is still there."""
    resource = group.resource.term
    updates = {group.stopping_variable.name: group.stopping & ~resource}
    for other in state.groups:
        if not other.unwritten_variables:
            continue
        unwritten, lost = other.unwritten_variables
        writers = other.sets.nothing
        for place, name in enumerate(group.names):
            own = other.sets.of(r.name for r in other.resources if name in r.writes_to)
            writers = writers | other.sets.where(has(resource, place), own)
        updates[lost.name] = lost.term | (unwritten.term & writers)
        if other is group:
            updates[unwritten.name] = unwritten.term & ~resource
    if group.memory_variables:
        saved, forgotten = group.memory_variables
        saves = {
            r.name: r.offline_action is OfflineAction.SAVE
            and not group.broken(ServiceDeviation.SHUTS_DOWN_MACHINES)
            for r in group.resources
            if r.kind is ResourceKind.VIRTUAL_MACHINE
        }
        by_plan = z3.And(group.is_in(Phase.MOVING), some(group.target))
        there = with_data(state, group)
        loses = group.sets.of(saves) & ~(group.where(saves) & there)
        updates[saved.name] = saved.term | (resource & group.where(saves) & there)
        updates[forgotten.name] = forgotten.term | group.sets.where(by_plan, resource & loses)
    return _of_one(group, "go offline", ActionKind.CLUSTER, Candidates((group.stopping,)), updates)


def _write(group: GroupState) -> Action:
    """A resource that is online holds data that is not on its disk yet."""
    unwritten = group.unwritten_variables[0]
    resource = group.resource.term
    writers = group.where({r.name: bool(r.writes_to) for r in group.resources})
    return _of_one(
        group,
        "write",
        ActionKind.CLUSTER,
        Candidates((writers, group.online, ~unwritten.term)),
        {unwritten.name: unwritten.term | resource},
    )


def _fail(group: GroupState) -> Action:
    """A resource fails, or is terminated because it was pending for too long (rules R6 to R8)."""
    resource = group.resource.term
    running = Candidates((group.online | group.starting,))
    return _of_one(group, "fail", ActionKind.FAULT, running, failing(group, resource))


def _keep_reporting(group: GroupState) -> Action:
    """A resource reports that it is still pending, which puts off its end without limit (R8)."""
    pending = group.starting | group.stopping
    return _of_one(group, "keeps reporting", ActionKind.CLUSTER, Candidates((pending,)), {})


def _restart_period(group: GroupState) -> Action:
    """So much time passes that failures count no more, and that what failed is tried again."""
    return Action(
        f"restart period passes: {group.key}",
        ActionKind.CLUSTER,
        guard=(some(group.failures_variables[0].term),),
        updates={variable.name: group.sets.nothing for variable in group.failures_variables},
    )
