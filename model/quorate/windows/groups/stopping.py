"""Resources that go offline in order on the owner of their group (rules R2, R3, R4b, V1)."""

import z3

from quorate.counting.sets import Members, has, some
from quorate.system import Action, ActionKind, Formula, Term
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.candidates import Candidates, of_one
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.required_data import with_data
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb


def stoppable(group: GroupState) -> Candidates:
    """What shall go offline and may begin to: nothing that is active, even on its way down, would
    miss it."""
    shall = z3.If(group.is_in(Phase.MOVING), group.online, ~group.desired)
    sets = (group.online, shall, ~needed_by(group, group.active))
    return Candidates(sets, (z3.Not(group.is_in(Phase.MIGRATING)),))


def needed_by(group: GroupState, dependents: Members) -> Members:
    """The resources without which something in `dependents` would have too little online."""
    return gathered([_is_needed_by(group, name, dependents) for name in group.names])


def _is_needed_by(group: GroupState, name: str, dependents: Members) -> Formula:
    without = group.online & ~group.sets.of([name])
    missing = [
        z3.And(has(dependents, other), z3.Not(group.holds(other, without)))
        for other, resource in enumerate(group.resources)
        if name in resource.depends_on.providers
    ]
    return z3.Or(*missing) if missing else z3.BoolVal(False)


def stop(group: GroupState) -> Action:
    resource = group.resource.term
    updates = {
        group.online_variable.name: group.online & ~resource,
        group.stopping_variable.name: group.stopping | resource,
    }
    return of_one(group, Verb.STOP, ActionKind.CLUSTER, stoppable(group), updates)


def go_offline(placed: PlacedGroup) -> Action:
    """A resource has stopped in order: it has written its data, and a machine has been saved, if
    the disk is still there."""
    group = placed.group
    stopped = group.stopping & ~group.resource.term
    updates = {group.stopping_variable.name: stopped, **_written(placed), **_saved(placed)}
    return of_one(
        group, Verb.GO_OFFLINE, ActionKind.CLUSTER, Candidates((group.stopping,)), updates
    )


def _written(placed: PlacedGroup) -> dict[str, Term]:
    """The resource has written what it held; a disk takes with it what others, in whatever group,
    have not written to it."""
    group, resource = placed.group, placed.group.resource.term
    updates: dict[str, Term] = {}
    for other in placed.state.groups:
        if other.writes is None:
            continue
        writers = other.sets.nothing
        for place, name in enumerate(group.names):
            own = other.sets.of(r.name for r in other.resources if name in r.writes_to)
            writers = writers | other.sets.where(has(resource, place), own)
        unwritten, lost = other.writes.unwritten, other.writes.lost
        updates[lost.name] = lost.term | (unwritten.term & writers)
        if other is group:
            updates[unwritten.name] = unwritten.term & ~resource
    return updates


def saved_in_order(placed: PlacedGroup) -> Members:
    """The machines whose memory is saved when they go offline: those that are told to, and find
    their files."""
    saves = placed.group.that(lambda r: r.kind.opens_files and r.offline_action.keeps_memory)
    return saves & with_data(placed)


def _saved(placed: PlacedGroup) -> dict[str, Term]:
    """The memory of a machine is saved, or lost; the latter counts if its group was sent away."""
    group, resource = placed.group, placed.group.resource.term
    if group.memory is None:
        return {}
    machines, kept = group.that(lambda r: r.kind.opens_files), saved_in_order(placed)
    by_plan = z3.And(group.is_in(Phase.MOVING), some(group.target))
    saved, forgotten = group.memory.saved, group.memory.forgotten
    loses = group.sets.where(by_plan, resource & (machines & ~kept))
    return {
        saved.name: saved.term | (resource & kept),
        forgotten.name: forgotten.term | loses,
    }
