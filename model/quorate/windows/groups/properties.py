"""What is claimed of one group at every moment.

Every function takes the model and the name of a group.
"""

from typing import TypeVar

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import at_most_one, disjoint, empty, has, subset
from quorate.system import Always, Formula
from quorate.windows.groups.clients import answers, stale_answering
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.model import Groups
from quorate.windows.groups.required_data import data_is_there

_Part = TypeVar("_Part")


def there(part: _Part | None) -> _Part:
    """A part that the group has. Raises `ValueError` for a claim about one that it lacks."""
    if part is None:
        raise ValueError("the claim speaks of what the group does not have")
    return part


def acyclic(model: Groups, name: str) -> Always:
    """There is an order in which every resource comes after all that it depends on: that of the
    group's bits."""
    group = model.placed(name).group
    order = [
        group.holds(place, group.sets.of(group.names[:place])) for place in range(len(group.names))
    ]
    return Always("acyclic", z3.And(*order))


def online_needs_dependencies(model: Groups, name: str) -> Always:
    """What is online, or coming online, has what it depends on (rules R3, R4)."""
    group = model.placed(name).group
    up = group.online | group.starting
    return Always("online-needs-dependencies", subset(up, group.supported(group.online)))


def offline_in_reverse(model: Groups, name: str) -> Always:
    """What is going offline still has what it depends on: that goes after it (rules R2, R4b)."""
    group = model.placed(name).group
    return Always("offline-in-reverse", subset(group.stopping, group.supported(group.online)))


def no_lost_write(model: Groups, name: str) -> Always:
    """No orderly step takes a disk from under a resource that holds unwritten data."""
    writes = there(model.placed(name).group.writes)
    return Always("no-lost-write", empty(writes.lost.term))


def one_owner(model: Groups, name: str) -> Always:
    """No resource is active on two nodes."""
    group = model.placed(name).group
    return Always("one-owner", _once(group, frozenset(group.names)))


def _once(group: GroupState, concerned: frozenset[str]) -> Formula:
    """None of the resources is active on two nodes: elsewhere on one at most, and where it is
    active on the owner, nowhere else."""
    found = [
        z3.And(
            at_most_one(stale),
            z3.Or(z3.Not(has(group.active, place)), subset(stale, group.owner)),
        )
        for place, (name, stale) in enumerate(zip(group.names, group.stale_activity, strict=True))
        if name in concerned
    ]
    return z3.And(*found)


def right_owner(model: Groups, name: str) -> Always:
    """What is active is on a member that may own it, and addresses are in their subnet."""
    group = model.placed(name).group
    right = z3.And(
        subset(group.owner, group.possible & model.state.members),
        subset(group.active, group.local(group.owner)),
    )
    return Always("right-owner", z3.Or(empty(group.active), right))


def threshold_respected(model: Groups, name: str) -> Always:
    """No more failovers are begun in a period than the threshold allows (rule G3)."""
    group = model.placed(name).group
    return Always("threshold-respected", z3.Not(group.threshold_is_passed))


def anti_affinity(model: Groups, name: str) -> Always:
    """The group is never placed beside one that it avoids while there is a better place; where
    anti-affinity is enforced, two such groups are never active on the same node (rule G6)."""
    placed = model.placed(name)
    group = placed.group
    if not model.cluster.enforced_anti_affinity:
        return Always("anti-affinity", z3.Not(there(group.crammed).term))
    apart = [
        z3.Or(empty(group.active), empty(other.active), disjoint(group.owner, other.owner))
        for other in placed.rivals
    ]
    return Always("anti-affinity", z3.And(*apart))


def vm_has_disk(model: Groups, name: str) -> Always:
    """A machine that runs has its files: on a shared volume that is there, or on a disk that is
    online on the same node."""
    placed = model.placed(name)
    up = placed.group.online | placed.group.starting
    found = [
        z3.Or(z3.Not(has(up, place)), data_is_there(placed, place))
        for place, resource in enumerate(placed.group.resources)
        if resource.kind.opens_files
    ]
    return Always("vm-has-disk", z3.And(*found))


def vm_runs_once(model: Groups, name: str) -> Always:
    """No virtual machine is active on two nodes."""
    group = model.placed(name).group
    return Always("vm-runs-once", _once(group, group.of_kind(ResourceKind.VIRTUAL_MACHINE)))


def planned_keeps_memory(model: Groups, name: str) -> Always:
    """No planned move loses the memory of a virtual machine (rules V1, V2)."""
    memory = there(model.placed(name).group.memory)
    return Always("planned-keeps-memory", empty(memory.forgotten.term))


def one_answers(model: Groups, name: str) -> Always:
    """At most one node answers for the name of the group."""
    group = model.placed(name).group
    answering = stale_answering(group) | z3.If(answers(group), group.owner, group.nodes.nothing)
    return Always("one-answers", at_most_one(answering))


def answers_from_owner(model: Groups, name: str) -> Always:
    """Whoever answers for the name of the group owns it and is a member."""
    placed = model.placed(name)
    group = placed.group
    by_member = z3.Or(z3.Not(answers(group)), placed.owner_runs)
    return Always("answers-from-owner", z3.And(by_member, empty(stale_answering(group))))


def no_dual_activity(model: Groups, name: str) -> Always:
    """Nothing that keeps data, or all if nothing does, is active on two nodes, those that were cut
    off and have not noticed included."""
    group = model.placed(name).group
    return Always("no-dual-activity", _once(group, keeps_data(group)))


def keeps_data(group: GroupState) -> frozenset[str]:
    """The resources that could do harm when they are active twice: all but names and addresses, or
    these as well if there is nothing else."""
    harmful = frozenset(r.name for r in group.resources if r.kind.is_harmful_twice)
    return harmful or frozenset(group.names)
