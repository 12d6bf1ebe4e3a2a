"""Resources that come online on the owner of their group (rules R1, R3, R4a, R6, M3, M6)."""

import z3

from quorate.counting.sets import Members, disjoint, empty
from quorate.system import Action, ActionKind, Formula
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.candidates import Candidates, of_one
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.required_data import with_data
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.start_order import may_start
from quorate.windows.groups.verbs import Verb


def startable(placed: PlacedGroup) -> Candidates:
    """What may begin to come online: it is wanted there, what it depends on is online, it has not
    failed too often, and what only one node can have is free."""
    group, state = placed.group, placed.state
    fine = [group.desired, ~group.active, ~group.exhausted]
    if group.is_confined:
        fine.append(group.local(group.owner))
    fine.append(group.supported(group.online))
    if group.is_reserved:
        fine.append(free(group))
    if group.machines:
        fine.append(with_data(placed))
    works = [group.is_in(Phase.SERVING), placed.owner_runs]
    if state.paused_variable is not None:
        works.append(owner_is_awake(placed))
    if placed.is_kept_apart:
        works.append(disjoint(group.owner, placed.occupied))
    if placed.start_conditions:
        works.append(may_start(placed))
    return Candidates(tuple(fine), tuple(works))


def owner_is_awake(placed: PlacedGroup) -> Formula:
    """The owner is not paused: a paused node starts nothing (rule M6)."""
    return disjoint(placed.group.owner, placed.state.paused)


def free(group: GroupState) -> Members:
    """The resources that no other node holds: disks by their reservation (rule M3), machines on
    shared volumes by the locks on their files."""
    return gathered(
        [
            empty(active) if name in group.guarded else z3.BoolVal(True)
            for name, active in zip(group.names, group.stale_activity, strict=True)
        ]
    )


def start(placed: PlacedGroup) -> Action:
    group = placed.group
    resource = group.resource.term
    updates = {
        group.starting_variable.name: group.starting | resource,
        group.failed_variable.name: group.failed & ~resource,
    }
    return of_one(group, Verb.START, ActionKind.CLUSTER, startable(placed), updates)


def come_online(group: GroupState) -> Action:
    """A machine that was saved is restored, which takes what was saved."""
    resource = group.resource.term
    updates = {
        group.starting_variable.name: group.starting & ~resource,
        group.online_variable.name: group.online | resource,
    }
    if group.memory is not None:
        saved = group.memory.saved
        updates[saved.name] = saved.term & ~resource
    return of_one(
        group, Verb.COME_ONLINE, ActionKind.CLUSTER, Candidates((group.starting,)), updates
    )
