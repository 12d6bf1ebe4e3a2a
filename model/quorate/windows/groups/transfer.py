"""Groups that pass to another owner: in order once all is offline (step 2 of rule F1), or because
their owner is lost (rule F2)."""

from quorate.counting.sets import Members, empty, lowest, one, some, subset
from quorate.system import Action, ActionKind, Formula
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.updates import owned_by
from quorate.windows.groups.verbs import Verb


def transfer(placed: PlacedGroup) -> Action:
    """All resources are offline or failed, and the next owner takes the group. Where the planned
    one is not available any more it is the next in NodeList, or the group stays."""
    group, node = placed.group, placed.state.node
    return Action.of(
        Verb.TRANSFER,
        ActionKind.CLUSTER,
        guard=(
            group.is_in(Phase.MOVING),
            placed.owner_runs,
            empty(group.active),
            one(node.term),
            subset(node.term, group.possible),
            node.term == placed.destination,
        ),
        updates=owned_by(group, node.term),
        inputs=(node,),
        subject="node",
        choices={"node": placed.destination},
        about=group.key,
    )


def take_over(placed: PlacedGroup) -> Action:
    """The owner is lost: the next node takes the group once the members go on without it. If all
    that are left are paused, it is one of those, and the group stays offline there (rule M6). Where
    there is fencing, the lost owner is off for certain before."""
    group, node = placed.group, placed.state.node
    taken, choice = _taken(placed, node.term)
    fenced = (empty(group.stale_owners),) if placed.state.cluster.fencing else ()
    return Action.of(
        Verb.TAKE_OVER,
        ActionKind.CLUSTER,
        guard=(
            placed.owner_is_lost,
            some(placed.successors),
            one(node.term),
            subset(node.term, placed.survivors),
            taken,
            *fenced,
        ),
        updates=owned_by(group, node.term),
        inputs=(node,),
        subject="node",
        choices={"node": choice},
        about=group.key,
    )


def _taken(placed: PlacedGroup, node: Members) -> tuple[Formula, Members]:
    """Whether `node` is one that takes over the group, and one that does: the next in NodeList;
    without preferred owners any (wsfc.md 5.2)."""
    group = placed.group
    if not group.group.preferred_owners:
        return subset(node, placed.successors), lowest(placed.successors)
    heir = group.node_list.next_after(group.owner, placed.successors)
    return node == heir, heir
