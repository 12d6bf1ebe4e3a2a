"""The hours of the day, which failback windows ask for."""

from collections.abc import Iterator, Sequence

import z3

from quorate.cluster import HOURS
from quorate.counting.sets import some
from quorate.system import Action, ActionKind
from quorate.windows.groups.failback import failback_is_due
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.surroundings import Hour
from quorate.windows.groups.verbs import Verb


def hour_actions(hour: Hour, groups: Sequence[PlacedGroup]) -> Iterator[Action]:
    """Time goes on, an hour a step. An hour is longer than anything that the cluster does, so it
    does not pass while a group is on its way, or is due to be taken over or to go back."""
    busy = [z3.Not(placed.group.is_in(Phase.SERVING)) for placed in groups]
    busy += [z3.And(placed.owner_is_lost, some(placed.successors)) for placed in groups]
    due = [
        z3.And(*failback_is_due(placed, placed.group.returned))
        for placed in groups
        if placed.group.returned is not None
    ]
    now = hour.variable
    last = z3.BitVecVal(HOURS - 1, now.term.size())
    yield Action.of(
        Verb.HOUR_PASSES,
        ActionKind.CLUSTER,
        guard=(z3.Not(z3.Or(*busy)), z3.Not(z3.Or(*due))),
        updates={now.name: z3.If(now.term == last, 0, now.term + 1)},
    )
