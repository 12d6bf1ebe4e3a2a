"""What is claimed of one group at every moment.

Every function takes the model and the name of a group. A claim shares no rule with the guards and
updates that it judges: what follows from variables and configuration it asks of `ClaimedGroup`.
"""

from typing import TypeVar

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import at_most_one, disjoint, empty, has, some, subset
from quorate.system import Always, EachStep, Formula
from quorate.windows.groups.claimed_group import ClaimedGroup, apart
from quorate.windows.groups.claimed_place import claimed
from quorate.windows.groups.model import Groups
from quorate.windows.groups.verbs import Verb

_Part = TypeVar("_Part")


def there(part: _Part | None) -> _Part:
    """A part that the group has. Raises `ValueError` for a claim about one that it lacks."""
    if part is None:
        raise ValueError("the claim speaks of what the group does not have")
    return part


def acyclic(model: Groups, name: str) -> Always:
    """There is an order in which every resource comes after all that it depends on: that of the
    group's bits."""
    group = claimed(model, name).group
    order = [
        group.holds(place, group.sets.of(group.names[:place])) for place in range(len(group.names))
    ]
    return Always("acyclic", z3.And(*order))


def online_needs_dependencies(model: Groups, name: str) -> Always:
    """What is online, or coming online, has what it depends on (rules R3, R4)."""
    group = claimed(model, name).group
    up = group.online | group.starting
    return Always("online-needs-dependencies", subset(up, group.supported(group.online)))


def offline_in_reverse(model: Groups, name: str) -> Always:
    """What is going offline still has what it depends on: that goes after it (rules R2, R4b)."""
    group = claimed(model, name).group
    return Always("offline-in-reverse", subset(group.stopping, group.supported(group.online)))


def one_owner(model: Groups, name: str) -> Always:
    """No resource is active on two nodes, those that were cut off and have not noticed included; so
    in all that follows."""
    group = claimed(model, name).group
    return Always("one-owner", _once(group, frozenset(group.names)))


def _once(group: ClaimedGroup, concerned: frozenset[str]) -> Formula:
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
    group = claimed(model, name).group
    right = z3.And(
        subset(group.owner, group.possible & model.state.members),
        subset(group.active, group.local(group.owner)),
    )
    return Always("right-owner", z3.Or(empty(group.active), right))


def threshold_respected(model: Groups, name: str) -> Always:
    """No more failovers are begun in a period than the threshold allows (rule G3)."""
    group = claimed(model, name).group
    begun = group.variables.failovers_variable.term
    return Always("threshold-respected", z3.Not(has(begun, group.failovers_allowed)))


def anti_affinity(model: Groups, name: str) -> Always | EachStep:
    """The group is never placed beside one that it avoids while there is a better place; where
    anti-affinity is enforced, two such groups are never active on the same node (rule G6)."""
    place = claimed(model, name)
    if model.cluster.enforced_anti_affinity:
        return Always("anti-affinity", z3.And(*(apart(place.group, r) for r in place.rivals)))
    node = place.state.node.term
    better = some(place.elsewhere & ~place.avoided)
    well = z3.Or(disjoint(node, place.avoided), z3.Not(better))
    planned = some(place.group.target & place.plannable)
    rules = {Verb.TRANSFER: z3.Or(planned, well), Verb.TAKE_OVER: well}
    return place.each_step("anti-affinity", model, rules)


def vm_has_disk(model: Groups, name: str) -> Always:
    """A machine that runs has its files: on a shared volume that is there, or on a disk that is
    online on the same node."""
    placed = claimed(model, name)
    up = placed.group.online | placed.group.starting
    found = [
        z3.Or(z3.Not(has(up, place)), placed.data_is_there(place))
        for place, resource in enumerate(placed.group.resources)
        if resource.kind is ResourceKind.VIRTUAL_MACHINE
    ]
    return Always("vm-has-disk", z3.And(*found))


def vm_runs_once(model: Groups, name: str) -> Always:
    """No virtual machine is active on two nodes."""
    group = claimed(model, name).group
    return Always("vm-runs-once", _once(group, group.of_kind(ResourceKind.VIRTUAL_MACHINE)))


def one_answers(model: Groups, name: str) -> Always:
    """No address and no network name is active on two nodes."""
    group = claimed(model, name).group
    return Always("one-answers", _once(group, group.naming))


def answers_from_owner(model: Groups, name: str) -> Always:
    """No address and no network name is active on a node that does not own the group."""
    group = claimed(model, name).group
    return Always("answers-from-owner", subset(group.stale_answering, group.owner))


def no_dual_activity(model: Groups, name: str) -> Always:
    """Nothing that may keep data, which is all but addresses and names, is active on two nodes."""
    group = claimed(model, name).group
    return Always("no-dual-activity", _once(group, frozenset(group.names) - group.naming))
