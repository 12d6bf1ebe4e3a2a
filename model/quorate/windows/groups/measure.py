"""What is still to do about a group, as sets that only shrink while nothing fails: the measure that
shows that it comes to rest. The farthest consequence comes first."""

from collections.abc import Iterator

import z3

from quorate.cluster import HOURS, Window
from quorate.system import Formula, Term
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.clients import answering_addresses, answers
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase


def to_do(placed: PlacedGroup) -> Iterator[Term]:
    """Of all that can happen to the group by itself."""
    yield from moves_left(placed)
    yield from _on_owner(placed.group)


def moves_left(placed: PlacedGroup) -> Iterator[Term]:
    """What is still to do about where the group is: it shrinks with every move."""
    group = placed.group
    yield _set(placed.owner_is_lost)
    yield ~group.failovers_variable.term
    if group.returned is not None:
        yield group.returned.term
    yield _set(group.is_in(Phase.MOVING), group.is_in(Phase.MIGRATING))


def _on_owner(group: GroupState) -> Iterator[Term]:
    """What is still to do on the owner."""
    yield from (variable.term for variable in reversed(group.failures_variables))
    wanted = z3.If(group.is_in(Phase.MOVING), group.sets.nothing, group.desired)
    up = group.starting | group.online
    yield (wanted & ~up) | (~wanted & group.starting)
    yield (wanted & ~group.online) | (~wanted & up)
    yield (~wanted & group.active) | (wanted & group.stopping)
    if group.asked is not None:
        wrong = group.asked.term != answering_addresses(group)
        yield _set(z3.And(answers(group), wrong))


def until_open(window: Window, hour: Term) -> Term:
    """The hours until a failback window opens, in marks."""
    marks = z3.BitVecVal(0, HOURS)
    for now in range(HOURS):
        left = next(d for d in range(HOURS) if window.open_at((now + d) % HOURS))
        marks = z3.If(hour == now, z3.BitVecVal((1 << left) - 1, HOURS), marks)
    return marks


def _set(*conditions: Formula) -> Term:
    return gathered(list(reversed(conditions)))
