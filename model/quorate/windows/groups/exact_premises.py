"""The situations that claims about a group speak of, as exactly as their sentences name them.

Every function takes the model and the name of a group.
"""

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import Members, has, meets, some
from quorate.system import Formula, Sometimes
from quorate.windows.groups.claimed_group import ClaimedGroup
from quorate.windows.groups.claimed_place import ClaimedPlace, claimed
from quorate.windows.groups.model import Groups
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.step_properties import nobody_between


def rises_above(model: Groups, name: str) -> Sometimes:
    """What needs something is coming online."""
    group = claimed(model, name).group
    return Sometimes(
        "what needs something is coming online", meets(group.starting, _needing(group))
    )


def goes_down_first(model: Groups, name: str) -> Sometimes:
    """What needs something is going offline, and what it needs is still online."""
    group = claimed(model, name).group
    going = group.stopping & _needing(group) & group.supported(group.online)
    return Sometimes("what needs something is going offline", some(going))


def _needing(group: ClaimedGroup) -> Members:
    return group.that(lambda resource: bool(resource.depends_on.clauses))


def threshold_is_reached(model: Groups, name: str) -> Sometimes:
    """As many failovers were begun in this period as are allowed."""
    group = claimed(model, name).group
    begun = group.variables.failovers_variable.term
    return Sometimes(
        "all failovers of a period were begun", has(begun, group.failovers_allowed - 1)
    )


def restarts_are_used_up(model: Groups, name: str) -> Sometimes:
    """A resource has failed more often than it is restarted in place."""
    group = claimed(model, name).group
    found = [
        z3.And(has(group.failed, place), group.failed_too_often(place))
        for place in range(len(group.names))
    ]
    return Sometimes("a resource has failed more often than it is restarted", z3.Or(*found))


def next_is_paused(model: Groups, name: str) -> Sometimes:
    """The group is on its way, the node that comes next in its list is paused, and another that may
    take it is not."""
    placed = claimed(model, name)
    others = placed.survivors & ~placed.group.owner
    return Sometimes(
        "the next node is paused, and another is free",
        z3.And(
            z3.Not(placed.group.is_in(Phase.SERVING)),
            _next_is(placed, others, placed.state.paused),
            some(placed.elsewhere),
        ),
    )


def _next_is(placed: ClaimedPlace, others: Members, wanted: Members) -> Formula:
    """The first of `others` after the owner in NodeList is one of those that are wanted."""
    found = [
        z3.And(meets(others & wanted, here), nobody_between(placed, here, others))
        for here in (placed.group.nodes.of([node]) for node in placed.state.cluster.node_names)
    ]
    return z3.Or(*found)


def waits_for_its_turn(model: Groups, name: str) -> Sometimes:
    """The owner is there and would start the group, of which nothing runs, but for those that come
    first."""
    placed = claimed(model, name)
    group = placed.group
    return Sometimes(
        "the group is to be started, and one that it starts after is not online",
        z3.And(
            placed.owner_runs,
            group.is_in(Phase.SERVING),
            some(group.desired),
            z3.Not(some(group.active | group.failed)),
            z3.Not(placed.is_its_turn),
        ),
    )


def would_start_if_awake(model: Groups, name: str) -> Sometimes:
    """The owner is paused, and something of the group is not online that shall be."""
    placed = claimed(model, name)
    group = placed.group
    return Sometimes(
        "the owner is paused, and something of the group is to be started",
        z3.And(
            placed.owner_runs,
            meets(group.owner, placed.state.paused),
            some(group.desired & ~group.active),
        ),
    )


def is_drained_away(model: Groups, name: str) -> Sometimes:
    """The owner is paused, and the group is on its way to another node."""
    placed = claimed(model, name)
    return Sometimes(
        "the group is sent away from a paused node",
        z3.And(
            meets(placed.group.owner, placed.state.paused),
            z3.Not(placed.group.is_in(Phase.SERVING)),
            some(placed.group.target & placed.available),
        ),
    )


def rival_is_in_the_way(model: Groups, name: str) -> Sometimes:
    """The group goes to another node, and one of those that may take it has a group that it
    avoids."""
    placed = claimed(model, name)
    goes = z3.Or(placed.owner_is_lost, placed.group.is_in(Phase.MOVING))
    return Sometimes(
        "the group needs a node, and one has a group that it avoids",
        z3.And(goes, meets(placed.avoided, placed.elsewhere)),
    )


def files_are_gone(model: Groups, name: str) -> Sometimes:
    """A machine is wanted, and something that it keeps data on is not there."""
    placed = claimed(model, name)
    found = [
        z3.And(has(placed.group.wanted, place), z3.Not(placed.data_is_there(place)))
        for place, resource in enumerate(placed.group.resources)
        if resource.kind is ResourceKind.VIRTUAL_MACHINE and resource.writes_to
    ]
    return Sometimes("the files of a machine are not there", z3.Or(*found))


def machine_stops_to_move(model: Groups, name: str) -> Sometimes:
    """A machine is going offline because its group is moved by plan."""
    group = claimed(model, name).group
    machines = group.sets.of(group.of_kind(ResourceKind.VIRTUAL_MACHINE))
    return Sometimes(
        "a machine is going offline for a planned move",
        z3.And(group.is_in(Phase.MOVING), some(group.target), meets(group.stopping, machines)),
    )


def others_go_on_meanwhile(model: Groups, name: str) -> Sometimes:
    """A node that was cut off goes on with the group, and others run the cluster without it."""
    placed = claimed(model, name)
    unaware = z3.Or(*(some(nodes) for nodes in placed.group.stale_activity))
    return Sometimes(
        "a node that was cut off goes on with the group, and others run the cluster",
        z3.And(unaware, some(placed.state.members)),
    )
