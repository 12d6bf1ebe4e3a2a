"""The hours of the day, which failback windows ask for."""

from collections.abc import Iterator

import z3

from quorate.cluster import HOURS
from quorate.counting.sets import disjoint, some
from quorate.system import Action, ActionKind
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.moving import failback_is_due, successors
from quorate.windows.groups.state import ServicesState


def hour_actions(state: ServicesState) -> Iterator[Action]:
    """Time goes on, an hour a step. An hour is longer than anything that the cluster does, so it
    does not pass while a group is on its way, or is due to be taken over or to go back."""
    for hour in state.hour_variables:
        busy = [z3.Not(group.is_in(Phase.SERVING)) for group in state.groups]
        busy += [
            z3.And(disjoint(group.owner, state.members), some(successors(state, group)))
            for group in state.groups
        ]
        due = [
            z3.And(*failback_is_due(state, group))
            for group in state.groups
            if group.returned_variables
        ]
        last = z3.BitVecVal(HOURS - 1, hour.term.size())
        yield Action(
            "hour passes",
            ActionKind.CLUSTER,
            guard=(z3.Not(z3.Or(*busy)), z3.Not(z3.Or(*due))),
            updates={hour.name: z3.If(hour.term == last, 0, hour.term + 1)},
        )
