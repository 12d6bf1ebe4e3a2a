"""What is claimed to follow from failures: a group that has somewhere to go sets out."""

import z3

from quorate.cluster import RestartAction
from quorate.counting.sets import Members, empty, has, some
from quorate.system import ActionKind, Formula, LeadsTo, Sometimes
from quorate.windows.groups.bits import in_marks
from quorate.windows.groups.claimed_place import ClaimedPlace, claimed
from quorate.windows.groups.measure import to_do
from quorate.windows.groups.model import Groups
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb

_LATER = (Verb.FAILOVER_PERIOD_PASSES, Verb.RESTART_PERIOD_PASSES)
"""What forgets the failures, or the failovers."""
_IDLE = (
    Verb.HOUR_PASSES,
    Verb.KEEP_REPORTING,
    Verb.START_CUT_OFF,
    Verb.COME_ONLINE_CUT_OFF,
    Verb.WRITE,
)


def failover_happens(model: Groups, name: str) -> LeadsTo:
    """A group of which a resource failed more often than is tried again sets out for another node,
    as long as a failover is left in this period and a node is free (rules R6, G3)."""
    place = claimed(model, name)
    due = failover_is_due(place)
    away = z3.Or(z3.Not(place.group.is_in(Phase.SERVING)), empty(_free(place)))
    calm = [
        action
        for action in model.system.actions
        if action.kind is ActionKind.CLUSTER and action.verb not in _LATER
    ]
    return LeadsTo(
        "failover-happens",
        trigger=due,
        goal=away,
        calm=tuple(action.name for action in calm),
        fair=tuple(action.name for action in calm if action.verb not in _IDLE),
        waiting=due,
        measure=tuple(term for placed in model.placed_groups for term in to_do(placed)),
    )


def failover_is_due(place: ClaimedPlace) -> Formula:
    """A resource that is wanted failed too often for the node, and the group may go elsewhere."""
    group = place.group
    asked = group.wanted & group.driven
    causes = [
        z3.And(has(asked, i), has(group.failed, i), group.failed_too_often(i))
        for i, resource in enumerate(group.resources)
        if resource.restart is RestartAction.FAIL_OVER
    ]
    return z3.And(
        group.is_in(Phase.SERVING),
        place.owner_runs,
        z3.Or(*causes),
        a_failover_is_left(place),
        some(_free(place)),
    )


def a_failover_is_left(place: ClaimedPlace) -> Formula:
    """Fewer were begun in this period than the threshold allows (rule G3)."""
    group = place.group
    allowed, begun = group.failovers_allowed, group.variables.failovers_variable.term
    if group.group.failover_threshold is not None:
        return z3.Not(has(begun, allowed - 1)) if allowed else z3.BoolVal(False)
    # Whichever nodes the default is one less than, these are among them.
    nodes = in_marks(place.available | group.owner)
    return z3.Or(*(z3.And(z3.Not(has(begun, k)), has(nodes, k + 1)) for k in range(allowed)))


def _free(place: ClaimedPlace) -> Members:
    """The nodes that it may go to."""
    return place.favoured(place.elsewhere)


def due(model: Groups, name: str) -> Sometimes:
    """The premise."""
    return Sometimes("a failover is due", failover_is_due(claimed(model, name)))
