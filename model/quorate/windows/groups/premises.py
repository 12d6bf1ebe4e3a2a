"""What shows that a claim about a group speaks of something: situations that can be reached.

Every function takes the model and the name of a group.
"""

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import disjoint, meets, some
from quorate.system import Formula, Sometimes
from quorate.windows.groups.claimed_group import NAMING, ClaimedGroup
from quorate.windows.groups.claimed_place import claimed
from quorate.windows.groups.model import Groups
from quorate.windows.groups.properties import there
from quorate.windows.groups.situation import Phase


def comes_up(model: Groups, name: str) -> Sometimes:
    """A resource comes online above another one that is online."""
    group = claimed(model, name).group
    return Sometimes("a resource is coming online", some(group.starting))


def goes_down(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes("a resource is going offline", some(group.stopping))


def holds_data(model: Groups, name: str) -> Sometimes:
    """A resource holds unwritten data while the group is being taken offline."""
    group = claimed(model, name).group
    return Sometimes(
        "a resource is going offline with data that it has not written",
        meets(there(group.variables.writes).unwritten.term, group.stopping),
    )


def owned_by_another(model: Groups, name: str) -> Sometimes:
    """The group is active on a node that did not have it at the start."""
    group = claimed(model, name).group
    begun = zip(model.state.groups, model.beginnings, strict=True)
    first = next(beginning.owner for other, beginning in begun if other.key == group.key)
    return Sometimes(
        "the group is coming online on another node",
        z3.And(some(group.active), disjoint(group.owner, group.nodes.of([first]))),
    )


def something_failed(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes("a resource has failed", some(group.failed))


def something_unwanted(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes("a resource is not wanted", some(~group.wanted))


def is_saved(model: Groups, name: str) -> Sometimes:
    memory = there(claimed(model, name).group.variables.memory)
    return Sometimes("a machine is saved", some(memory.saved.term))


def a_node_is_paused(model: Groups, name: str) -> Sometimes:
    del name
    return Sometimes("a node is paused", some(model.state.paused))


def a_paused_node_is_lost(model: Groups, name: str) -> Sometimes:
    del name
    lost = meets(model.state.paused, ~model.state.members)
    return Sometimes("a paused node is no member", lost)


def owner_is_paused(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes("the owner is paused", meets(group.owner, model.state.paused))


def may_go_back(model: Groups, name: str) -> Sometimes:
    """A preferred owner is there again that comes before the node that has the group."""
    placed = claimed(model, name)
    returned = there(placed.group.variables.returned)
    return Sometimes(
        "a better owner has returned",
        z3.And(some(returned.term), some(placed.best_preferred)),
    )


def fails_over(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes("a failover was begun", some(group.variables.failovers_variable.term))


def owner_is_lost(model: Groups, name: str) -> Sometimes:
    return Sometimes("the owner is no member", claimed(model, name).owner_is_lost)


def goes_on_unaware(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes(
        "a node that was cut off goes on with the group",
        z3.Or(*(some(nodes) for nodes in group.stale_activity)),
    )


def machine_goes_on_unaware(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes(
        "a node that was cut off goes on with a machine",
        _goes_on(group, group.of_kind(ResourceKind.VIRTUAL_MACHINE)),
    )


def answers_unaware(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes(
        "a node that was cut off goes on with an address and a network name, where there are any",
        z3.And(*(_goes_on(group, group.of_kind(kind)) for kind in NAMING if group.of_kind(kind))),
    )


def _goes_on(group: ClaimedGroup, resources: frozenset[str]) -> Formula:
    """One of the resources is active on a node that was cut off."""
    found = zip(group.names, group.stale_activity, strict=True)
    return z3.Or(*(some(nodes) for name, nodes in found if name in resources))


def moves(model: Groups, name: str) -> Sometimes:
    group = claimed(model, name).group
    return Sometimes(
        "the group is moving by plan", z3.And(group.is_in(Phase.MOVING), some(group.target))
    )
