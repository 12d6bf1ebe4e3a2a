"""The broken twins that count or remember wrongly."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, assert_never

import z3

from quorate.changes.rewriting import Rule, instead, with_updates
from quorate.counting.marks import one_mark_more
from quorate.counting.sets import has
from quorate.system import System, Term
from quorate.windows.groups.deviations import Deviation
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.verbs import Verb

_Forgetful: TypeAlias = Literal[
    Deviation.COUNTS_FOR_ALL,
    Deviation.START_CLEARS_COUNT,
    Deviation.KEEPS_COUNTS,
    Deviation.ONE_FAILOVER_FEWER,
    Deviation.ANY_RETURN_CALLS,
    Deviation.REBOOT_RESUMES,
    Deviation.FORGETS_COMMANDS,
    Deviation.BRINGS_ALONE,
    Deviation.FORGETS_PENDING,
    Deviation.LOSES_SAVED,
]


def forgetful(system: System, placed: PlacedGroup, deviation: _Forgetful) -> System:
    """The system with the rule broken for one group. Raises `ValueError` where it has no part in
    it."""
    group, state = placed.group, placed.state
    match deviation:
        case Deviation.COUNTS_FOR_ALL:
            return _counts_for_all(system, group)
        case Deviation.START_CLEARS_COUNT:
            return _start_clears_count(system, group)
        case Deviation.KEEPS_COUNTS:
            return _keeps_counts(system, group)
        case Deviation.ONE_FAILOVER_FEWER:
            return _one_failover_fewer(system, group)
        case Deviation.ANY_RETURN_CALLS:
            return _any_return_calls(system, state, group)
        case Deviation.REBOOT_RESUMES:
            return _reboot_resumes(system, state)
        case Deviation.FORGETS_COMMANDS:
            return _forgets_commands(system, group)
        case Deviation.BRINGS_ALONE:
            return _brings_alone(system, group)
        case Deviation.FORGETS_PENDING:
            return _forgets_pending(system, group)
        case Deviation.LOSES_SAVED:
            return _loses_saved(system, group)
        case _:
            assert_never(deviation)


def _counts_for_all(system: System, group: GroupState) -> System:
    """A failure counts as one of each resource."""
    updates, before = dict[str, Term](), group.sets.everything
    for times in group.failures_variables:
        updates[times.name] = times.term | before
        before = times.term
    return with_updates(system, updates, verbs=[Verb.FAIL], about=group.key)


def _start_clears_count(system: System, group: GroupState) -> System:
    forgotten = {v.name: v.term & ~group.resource.term for v in group.failures_variables}
    return with_updates(system, forgotten, verbs=[Verb.START], about=group.key)


def _keeps_counts(system: System, group: GroupState) -> System:
    kept = {v.name: v.term for v in group.failures_variables}
    verbs = [Verb.TRANSFER, Verb.TAKE_OVER]
    return with_updates(system, kept, verbs=verbs, about=group.key)


def _one_failover_fewer(system: System, group: GroupState) -> System:
    """Raises `ValueError` where none is allowed anyway."""
    if not group.threshold:
        raise ValueError("the group does not fail over")
    marks = one_mark_more(group.failovers_variable.term)
    fewer = z3.Not(has(marks, group.threshold - 1))
    return instead(
        system, (group.may_fail_over, fewer), verbs=[Verb.BEGIN_FAILOVER], about=group.key
    )


def _any_return_calls(system: System, state: GroupsState, group: GroupState) -> System:
    """Raises `ValueError` where the group does not fail back."""
    returned = group.returned
    if returned is None:
        raise ValueError("the group does not fail back")
    called = {returned.name: returned.term | state.node.term}
    return with_updates(system, called, verbs=[Verb.RETURN])


def _reboot_resumes(system: System, state: GroupsState) -> System:
    """Raises `ValueError` where nobody pauses."""
    paused = state.paused_variable
    if paused is None:
        raise ValueError("nobody pauses a node")
    resumed = {paused.name: paused.term & ~state.node.term}
    return with_updates(system, resumed, verbs=[Verb.RETURN])


def _forgets_commands(system: System, group: GroupState) -> System:
    alone = {group.wanted_variable.name: group.resource.term}
    return with_updates(system, alone, verbs=[Verb.BRING_ONLINE], about=group.key)


def _brings_alone(system: System, group: GroupState) -> System:
    """Raises `ValueError` where nobody commands, or nothing needs anything."""
    driven = group.driven_variable
    if driven is None:
        raise ValueError("nothing is brought online for anything else")
    alone = group.resource.term
    kept = [group.failed_variable, *group.failures_variables]
    updates: dict[str, Term] = {variable.name: variable.term & ~alone for variable in kept}
    updates[group.wanted_variable.name] = group.wanted | alone
    updates[driven.name] = group.driven | alone
    return with_updates(system, updates, verbs=[Verb.BRING_ONLINE], about=group.key)


def _forgets_pending(system: System, group: GroupState) -> System:
    """Raises `ValueError` where whoever is cut off stops at once."""
    run = group.stale_run
    if run is None:
        raise ValueError("nobody goes on unaware")
    still = group.online | group.stopping
    forgotten: Sequence[Rule] = [
        (has(group.active, place), has(still, place)) for place in range(len(group.names))
    ]
    system = instead(system, *forgotten, verbs=[Verb.CUT_OFF])
    return with_updates(system, {run.starting.name: run.starting.term}, verbs=[Verb.CUT_OFF])


def _loses_saved(system: System, group: GroupState) -> System:
    """Raises `ValueError` where there is no machine."""
    if group.memory is None:
        raise ValueError("the group has no machine")
    lost = {group.memory.saved.name: group.sets.nothing}
    return with_updates(system, lost, verbs=[Verb.TRANSFER], about=group.key)
