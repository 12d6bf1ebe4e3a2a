"""What is claimed of one group at every moment, and what shows that each claim speaks of something.

Every function takes the model and the name of a group.
"""

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import at_most_one, disjoint, empty, has, meets, some, subset
from quorate.system import Always, Formula, Sometimes
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.clients import answering_elsewhere, answers
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.model import Services
from quorate.windows.groups.moving import better
from quorate.windows.groups.ordering import data_is_there


def group_of(model: Services, name: str) -> GroupState:
    return next(group for group in model.state.groups if group.group.name == name)


def acyclic(model: Services, name: str) -> Always:
    """There is an order in which every resource comes after all that it depends on: that of the
    group's bits."""
    group = group_of(model, name)
    order = [
        group.holds(place, group.sets.of(group.names[:place])) for place in range(len(group.names))
    ]
    return Always("acyclic", z3.And(*order))


def online_needs_dependencies(model: Services, name: str) -> Always:
    """What is online, or coming online, has what it depends on (rules R3, R4)."""
    group = group_of(model, name)
    up = group.online | group.starting
    return Always("online-needs-dependencies", subset(up, group.supported(group.online)))


def offline_in_reverse(model: Services, name: str) -> Always:
    """What is going offline still has what it depends on: that goes after it (rules R2, R4b)."""
    group = group_of(model, name)
    return Always("offline-in-reverse", subset(group.stopping, group.supported(group.online)))


def no_lost_write(model: Services, name: str) -> Always:
    """No orderly step takes a disk from under a resource that holds unwritten data."""
    lost = group_of(model, name).unwritten_variables[1]
    return Always("no-lost-write", empty(lost.term))


def one_owner(model: Services, name: str) -> Always:
    """No resource is active on two nodes."""
    group = group_of(model, name)
    return Always("one-owner", _once(group, frozenset(group.names)))


def _once(group: GroupState, concerned: frozenset[str]) -> Formula:
    """None of the resources is active on two nodes: elsewhere on one at most, and where it is
    active on the owner, nowhere else."""
    found = [
        z3.And(
            at_most_one(elsewhere),
            z3.Or(z3.Not(has(group.active, place)), subset(elsewhere, group.owner)),
        )
        for place, (name, elsewhere) in enumerate(zip(group.names, group.elsewhere, strict=True))
        if name in concerned
    ]
    return z3.And(*found)


def right_owner(model: Services, name: str) -> Always:
    """What is active is on a member that may own it, and addresses are in their subnet."""
    group = group_of(model, name)
    right = z3.And(
        subset(group.owner, group.possible & model.state.members),
        subset(group.active, group.local(group.owner)),
    )
    return Always("right-owner", z3.Or(empty(group.active), right))


def threshold_respected(model: Services, name: str) -> Always:
    """No more failovers are begun in a period than the threshold allows (rule G3)."""
    group = group_of(model, name)
    return Always(
        "threshold-respected", z3.Not(has(group.failovers_variable.term, group.threshold))
    )


def anti_affinity(model: Services, name: str) -> Always:
    """The group is never placed beside one that it avoids while there is a better place; where
    anti-affinity is enforced, two such groups are never active on the same node (rule G6)."""
    group, state = group_of(model, name), model.state
    if not model.cluster.enforced_anti_affinity:
        return Always("anti-affinity", z3.Not(group.crammed_variables[0].term))
    apart = [
        z3.Or(empty(group.active), empty(other.active), disjoint(group.owner, other.owner))
        for other in state.rivals(group)
    ]
    return Always("anti-affinity", z3.And(*apart))


def vm_has_disk(model: Services, name: str) -> Always:
    """A machine that runs has its files: on a shared volume that is there, or on a disk that is
    online on the same node."""
    group = group_of(model, name)
    found: list[Formula] = []
    for place, resource in enumerate(group.resources):
        if resource.kind is ResourceKind.VIRTUAL_MACHINE:
            there = z3.And(*data_is_there(model.state, group, place))
            found.append(z3.Or(z3.Not(has(group.online | group.starting, place)), there))
    return Always("vm-has-disk", z3.And(*found))


def vm_runs_once(model: Services, name: str) -> Always:
    """No virtual machine is active on two nodes."""
    group = group_of(model, name)
    return Always("vm-runs-once", _once(group, group.of_kind(ResourceKind.VIRTUAL_MACHINE)))


def planned_keeps_memory(model: Services, name: str) -> Always:
    """No planned move loses the memory of a virtual machine (rules V1, V2)."""
    forgotten = group_of(model, name).memory_variables[1]
    return Always("planned-keeps-memory", empty(forgotten.term))


def one_answers(model: Services, name: str) -> Always:
    """At most one node answers for the name of the group."""
    group = group_of(model, name)
    answering = answering_elsewhere(group) | z3.If(answers(group), group.owner, group.nodes.nothing)
    return Always("one-answers", at_most_one(answering))


def answers_from_owner(model: Services, name: str) -> Always:
    """Whoever answers for the name of the group owns it and is a member."""
    group = group_of(model, name)
    by_member = z3.Or(z3.Not(answers(group)), subset(group.owner, model.state.members))
    return Always("answers-from-owner", z3.And(by_member, empty(answering_elsewhere(group))))


def no_dual_activity(model: Services, name: str) -> Always:
    """Nothing that keeps data, or all if nothing does, is active on two nodes, those that were cut
    off and have not noticed included."""
    group = group_of(model, name)
    return Always("no-dual-activity", _once(group, keeps_data(group)))


def keeps_data(group: GroupState) -> frozenset[str]:
    """The resources that could do harm when they are active twice: all but names and addresses, or
    these as well if there is nothing else."""
    harmless = group.of_kind(ResourceKind.NETWORK_NAME, ResourceKind.ADDRESS)
    return frozenset(group.names) - harmless or frozenset(group.names)


# Premises.


def comes_up(model: Services, name: str) -> Sometimes:
    """A resource comes online above another one that is online."""
    group = group_of(model, name)
    return Sometimes("a resource is coming online", some(group.starting))


def goes_down(model: Services, name: str) -> Sometimes:
    group = group_of(model, name)
    return Sometimes("a resource is going offline", some(group.stopping))


def holds_data(model: Services, name: str) -> Sometimes:
    """A resource holds unwritten data while the group is being taken offline."""
    group = group_of(model, name)
    return Sometimes(
        "a resource is going offline with data that it has not written",
        meets(group.unwritten_variables[0].term, group.stopping),
    )


def owned_by_another(model: Services, name: str) -> Sometimes:
    """The group is active on a node that did not have it at the start."""
    group = group_of(model, name)
    ((first, _),) = (
        place
        for member, place in zip(model.state.groups, model.first_places, strict=True)
        if member is group
    )
    return Sometimes(
        "the group is coming online on another node",
        z3.And(some(group.active), disjoint(group.owner, group.nodes.of([first]))),
    )


def something_failed(model: Services, name: str) -> Sometimes:
    group = group_of(model, name)
    return Sometimes("a resource has failed", some(group.failed))


def a_node_is_paused(model: Services, name: str) -> Sometimes:
    del name
    return Sometimes("a node is paused", some(model.state.paused))


def owner_is_paused(model: Services, name: str) -> Sometimes:
    group = group_of(model, name)
    return Sometimes("the owner is paused", meets(group.owner, model.state.paused))


def may_go_back(model: Services, name: str) -> Sometimes:
    """A preferred owner is there again that comes before the node that has the group."""
    group = group_of(model, name)
    return Sometimes(
        "a better owner has returned",
        z3.And(some(group.returned_variables[0].term), some(better(model.state, group))),
    )


def fails_over(model: Services, name: str) -> Sometimes:
    group = group_of(model, name)
    return Sometimes("a failover was begun", some(group.failovers_variable.term))


def owner_is_lost(model: Services, name: str) -> Sometimes:
    group = group_of(model, name)
    return Sometimes("the owner is no member", disjoint(group.owner, model.state.members))


def goes_on_unaware(model: Services, name: str) -> Sometimes:
    group = group_of(model, name)
    return Sometimes(
        "a node that was cut off goes on with the group",
        z3.Or(*(some(elsewhere) for elsewhere in group.elsewhere)),
    )


def moves(model: Services, name: str) -> Sometimes:
    group = group_of(model, name)
    return Sometimes(
        "the group is moving by plan", z3.And(group.is_in(Phase.MOVING), some(group.target))
    )
