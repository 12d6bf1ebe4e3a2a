"""The lemmas that the model of groups offers, in the order of the argument. Nobody trusts these."""

from collections.abc import Iterator
from itertools import pairwise

import z3

from quorate.counting.sets import disjoint, empty, has, one, subset
from quorate.system import Formula, Lemma
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.stage import Stage
from quorate.windows.groups.stale_lemmas import stale_lemmas
from quorate.windows.groups.surroundings import Volumes


def group_lemmas(placed: PlacedGroup) -> Iterator[Lemma]:
    """What holds of one group for ever."""
    group, state = placed.group, placed.state

    def named(name: str, formula: Formula, stage: Stage = Stage.ORDER) -> Lemma:
        return Lemma(f"{name} ({group.key})", formula, stage)

    yield named("somebody who may own the group owns it", _owned(group))
    yield named("a resource is in one state", _one_state(group))
    yield named("what is active has what it needs", _supported(group))
    yield named(
        "only members run the group",
        z3.Or(empty(group.active | group.failed), placed.owner_runs),
    )
    yield named("a group on its way is owned by a member", _on_its_way(placed))
    yield named("addresses are online where their subnet is", _local(group))
    yield named("what failed was counted", _counted(group))
    marks = group.failovers_variable.term
    yield named("failovers are marked one after the other", marks & (marks + 1) == 0)
    yield named("no more failovers than allowed", z3.Not(group.threshold_is_passed))
    if group.writes is not None:
        unwritten = group.writes.unwritten
        holders = group.online | group.stopping
        yield named("only what runs holds data", subset(unwritten.term, holders), Stage.DATA)
    if group.memory is not None and state.volumes is not None:
        on_volumes = _on_volumes(group, state.volumes)
        yield named("machines that run have their volumes", on_volumes, Stage.DATA)
    later = state.groups[state.groups.index(group) + 1 :]
    apart = [_apart(group, other) for other in placed.rivals if other in later]
    if placed.is_kept_apart and apart:
        yield named("groups that avoid each other are apart", z3.And(*apart))
    if group.stale_run is not None:
        yield from stale_lemmas(placed, group.stale_run)
    else:
        nowhere = [empty(nodes) for nodes in group.stale_activity]
        yield named("nothing runs elsewhere", z3.And(*nowhere))


def _owned(group: GroupState) -> Formula:
    return z3.And(one(group.owner), subset(group.owner, group.possible))


def _one_state(group: GroupState) -> Formula:
    sets = [group.online, group.starting, group.stopping, group.failed]
    return z3.And(
        *(disjoint(left, right) for i, left in enumerate(sets) for right in sets[i + 1 :])
    )


def _on_its_way(placed: PlacedGroup) -> Formula:
    """What migrates has a target that may own it, and both ends are members."""
    group = placed.group
    ends = z3.And(one(group.target), subset(group.target, placed.survivors))
    return z3.Or(
        group.is_in(Phase.SERVING),
        z3.And(placed.owner_runs, z3.Or(group.is_in(Phase.MOVING), ends)),
    )


def _apart(group: GroupState, other: GroupState) -> Formula:
    """Two groups that run have no node in common, neither where they are nor where they migrate
    to."""
    places = [(group.owner, other.owner, z3.BoolVal(True))]
    for moving, still in ((group, other), (other, group)):
        if moving.moves_live:
            places.append((moving.target, still.owner, moving.is_in(Phase.MIGRATING)))
    if group.moves_live and other.moves_live:
        both = z3.And(group.is_in(Phase.MIGRATING), other.is_in(Phase.MIGRATING))
        places.append((group.target, other.target, both))
    kept = [z3.Or(z3.Not(there), disjoint(mine, yours)) for mine, yours, there in places]
    return z3.Or(empty(group.active), empty(other.active), z3.And(*kept))


def _supported(group: GroupState) -> Formula:
    return subset(group.active, group.supported(group.online))


def _local(group: GroupState) -> Formula:
    """Also on the node that it migrates to."""
    there = subset(group.active, group.local(group.target))
    return z3.And(
        subset(group.active, group.local(group.owner)),
        z3.Or(z3.Not(group.is_in(Phase.MIGRATING)), there),
    )


def _counted(group: GroupState) -> Formula:
    counts = [variable.term for variable in group.failures_variables]
    nested = [subset(more, fewer) for fewer, more in pairwise(counts)]
    return z3.And(*nested)


def _on_volumes(group: GroupState, volumes: Volumes) -> Formula:
    """Each shared volume that a machine keeps data on is there as long as the machine is active."""
    return z3.And(
        *(
            z3.Or(z3.Not(has(group.active, group.names.index(machine.name))), volumes.has(name))
            for machine in group.machines
            for name in machine.writes_to
            if name in volumes.names
        )
    )
