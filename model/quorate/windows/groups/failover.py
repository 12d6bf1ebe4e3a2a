"""Groups that leave a node where a resource failed for good (rules R6, G3, F1, M6)."""

import z3

from quorate.counting.marks import one_mark_more
from quorate.counting.sets import Members, some
from quorate.system import Action, ActionKind
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.starting import owner_is_awake
from quorate.windows.groups.verbs import Verb


def beyond_repair(placed: PlacedGroup) -> Members:
    """The failed resources for which the group fails over: restarts in place were tried, or the
    owner is paused and starts nothing (rules R6, M6)."""
    group = placed.group
    tried = z3.If(owner_is_awake(placed), group.exhausted, group.failed)
    return tried & group.that(lambda r: r.restart.moves_group) & group.driven


def begin_failover(placed: PlacedGroup) -> Action:
    group = placed.group
    failovers = group.failovers_variable
    return Action.of(
        Verb.BEGIN_FAILOVER,
        ActionKind.CLUSTER,
        guard=(
            group.is_in(Phase.SERVING),
            placed.owner_runs,
            some(beyond_repair(placed)),
            some(placed.others),
            group.may_fail_over,
            placed.one_more_is_left,
        ),
        updates={
            group.phase_variable.name: group.phase_value(Phase.MOVING),
            group.target_variable.name: group.nodes.nothing,
            failovers.name: one_mark_more(failovers.term),
        },
        about=group.key,
    )


def failover_period_passes(group: GroupState) -> Action:
    """So much time passes that the failovers of the last period count no more."""
    marks = group.failovers_variable
    return Action.of(
        Verb.FAILOVER_PERIOD_PASSES,
        ActionKind.CLUSTER,
        guard=(some(marks.term),),
        updates={marks.name: marks.term & 0},
        about=group.key,
    )
