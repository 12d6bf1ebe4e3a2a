"""What a node that was cut off does before it notices: it goes on, and starts what it may."""

from collections.abc import Iterator

import z3

from quorate.dynamics.services.group_state import GroupState
from quorate.dynamics.services.state import ServicesState
from quorate.dynamics.sets import empty, has, meets, one, subset
from quorate.system import Action, ActionKind, Single, Variable


def leftover_actions(state: ServicesState, group: GroupState) -> Iterator[Action]:
    """With eventual detection, a resource starts on a node that believes to own the group."""
    if not group.stale_variables:
        return
    node = Variable("node", Single(state.cluster.node_names))
    resource = Variable("resource", Single(group.names))
    active = group.gathered([meets(elsewhere, node.term) for elsewhere in group.elsewhere])
    guarded = group.sets.of(group.guarded)
    here = group.gathered([empty(elsewhere) for elsewhere in group.elsewhere])
    unreserved = (here & ~group.active) | ~guarded
    may = (
        group.wanted_variable.term,
        group.local(node.term),
        group.supported(active),
        ~active,
        unreserved,
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
            variable.name: variable.term
            | z3.If(has(resource.term, place), node.term, group.nodes.nothing)
            for place, variable in enumerate(group.elsewhere_variables)
        },
        inputs=(node, resource),
        subject="resource",
    )
