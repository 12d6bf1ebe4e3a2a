"""Groups that go back to a better node that became available, in their window (rule F3)."""

import z3

from quorate.counting.sets import Members, some
from quorate.system import Action, ActionKind, Formula, Variable
from quorate.windows.groups.migration import goes
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb


def better_owner(placed: PlacedGroup) -> Members:
    """The best preferred owner that may be sent the group and comes before the owner; nobody if
    there is none."""
    group = placed.group
    better = group.node_list.before(group.owner, placed.plannable & group.preferred)
    return group.node_list.first_of(better)


def window_is_open(placed: PlacedGroup) -> Formula:
    """Within the window, or at any time where there is none."""
    window, hour = placed.group.group.window, placed.state.hour
    return hour.within(window) if window is not None and hour is not None else z3.BoolVal(True)


def failback_is_due(placed: PlacedGroup, returned: Variable) -> tuple[Formula, ...]:
    """A better node became available, and the policy allows to go there now."""
    return (
        placed.group.is_in(Phase.SERVING),
        placed.owner_runs,
        some(returned.term),
        some(better_owner(placed)),
        window_is_open(placed),
    )


def begin_failback(placed: PlacedGroup, returned: Variable) -> Action:
    """Step 4: the group goes back to the best node that is there, by the same procedure."""
    group = placed.group
    return Action.of(
        Verb.BEGIN_FAILBACK,
        ActionKind.CLUSTER,
        guard=failback_is_due(placed, returned),
        updates=goes(group, better_owner(placed)) | {returned.name: group.nodes.nothing},
        about=group.key,
    )
