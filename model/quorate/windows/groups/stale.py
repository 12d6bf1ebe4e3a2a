"""What a node that was cut off does before it notices: it goes on, and starts what it may."""

from collections.abc import Iterator

import z3

from quorate.counting.sets import Members, empty, has, meets, one, subset
from quorate.system import Action, ActionKind
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.group_variables import StaleRun
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.required_data import with_data_on_stale
from quorate.windows.groups.verbs import Verb


def stale_actions(placed: PlacedGroup, run: StaleRun) -> Iterator[Action]:
    """Resources start on a node that believes to own the group. Those that are coming online are
    remembered for all such nodes together, which only puts off what the others may do next."""
    yield _start(placed, run)
    yield _come_online(placed.group, run)


def _start(placed: PlacedGroup, run: StaleRun) -> Action:
    group = placed.group
    node, resource, starting = placed.state.node, group.resource, run.starting
    active = gathered([meets(nodes, node.term) for nodes in group.stale_activity])
    may = (
        group.wanted,
        group.local(node.term),
        group.supported(active),
        group.supported(active & ~starting.term),
        ~active,
        _unreserved(group),
        with_data_on_stale(placed, node.term),
    )
    begun = {
        variable.name: variable.term
        | z3.If(has(resource.term, place), node.term, group.nodes.nothing)
        for place, variable in enumerate(group.stale_activity_variables)
    }
    return Action.of(
        Verb.START_CUT_OFF,
        ActionKind.CLUSTER,
        guard=(
            one(node.term),
            subset(node.term, run.owners.term),
            one(resource.term),
            *(subset(resource.term, members) for members in may),
        ),
        updates={starting.name: starting.term | resource.term, **begun},
        inputs=(node, resource),
        subject="resource",
        about=group.key,
    )


def _unreserved(group: GroupState) -> Members:
    """What no other node has, and what any number of nodes can have."""
    if not group.assumptions.reservation:
        return group.sets.everything
    nowhere = gathered([empty(nodes) for nodes in group.stale_activity])
    return (nowhere & ~group.active) | ~group.sets.of(group.guarded)


def _come_online(group: GroupState, run: StaleRun) -> Action:
    resource, starting = group.resource, run.starting
    return Action.of(
        Verb.COME_ONLINE_CUT_OFF,
        ActionKind.CLUSTER,
        guard=(one(resource.term), subset(resource.term, starting.term)),
        updates={starting.name: starting.term & ~resource.term},
        inputs=(resource,),
        subject="resource",
        about=group.key,
    )
