"""What a node that was cut off does before it notices: it goes on, and starts what it may."""

from collections.abc import Iterator

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import Members, empty, has, meets, one, subset
from quorate.system import Action, ActionKind, Formula
from quorate.windows.groups.group_state import GroupState, gathered
from quorate.windows.groups.state import ServicesState


def leftover_actions(state: ServicesState, group: GroupState) -> Iterator[Action]:
    """With eventual detection, resources start on a node that believes to own the group. Those that
    are coming online are remembered for all such nodes together, which only puts off what the
    others may do next."""
    if not group.stale_variables:
        return
    node, resource = state.node, group.resource
    pending = group.pending_variables[0]
    active = gathered([meets(elsewhere, node.term) for elsewhere in group.elsewhere])
    guarded = group.sets.of(group.guarded)
    here = gathered([empty(elsewhere) for elsewhere in group.elsewhere])
    unreserved = (here & ~group.active) | ~guarded
    if not group.conditions.reservation:
        unreserved = group.sets.everything
    may = (
        group.wanted_variable.term,
        group.local(node.term),
        group.supported(active),
        group.supported(active & ~pending.term),
        ~active,
        unreserved,
        _with_data(state, group, node.term),
    )
    yield Action(
        f"start cut off: {group.key}",
        ActionKind.CLUSTER,
        guard=(
            one(node.term),
            subset(node.term, group.stale),
            one(resource.term),
            *(subset(resource.term, members) for members in may),
        ),
        updates={
            pending.name: pending.term | resource.term,
            **{
                variable.name: variable.term
                | z3.If(has(resource.term, place), node.term, group.nodes.nothing)
                for place, variable in enumerate(group.elsewhere_variables)
            },
        },
        inputs=(node, resource),
        subject="resource",
    )
    yield Action(
        f"come online cut off: {group.key}",
        ActionKind.CLUSTER,
        guard=(one(resource.term), subset(resource.term, pending.term)),
        updates={pending.name: pending.term & ~resource.term},
        inputs=(resource,),
        subject="resource",
    )


def _with_data(state: ServicesState, group: GroupState, node: Members) -> Members:
    """The resources whose data is there for a node that was cut off: machines look for their files,
    on volumes that are there and on disks that are online on that node."""
    found = []
    for resource in group.resources:
        there = [z3.BoolVal(True)]
        if resource.kind is ResourceKind.VIRTUAL_MACHINE:
            there += [
                has(volumes.term, state.volume_names.index(name))
                for volumes in state.volume_variables
                for name in resource.writes_to
                if name in state.volume_names
            ]
            there += [
                _goes_on(other, name, node)
                for other in state.groups
                for name in resource.writes_to
                if name in other.names
            ]
        found.append(z3.And(*there))
    return gathered(found)


def _goes_on(group: GroupState, name: str, node: Members) -> Formula:
    """The resource is online on the node that was cut off."""
    place, pending = group.names.index(name), group.pending_variables[0].term
    return z3.And(meets(group.elsewhere[place], node), z3.Not(has(pending, place)))
