"""Sets that are put together of single bits."""

from collections.abc import Sequence

import z3

from quorate.counting.marks import one_mark_more
from quorate.counting.sets import Members, has
from quorate.system import Formula, Term


def gathered(conditions: Sequence[Formula]) -> Members:
    """The set whose members are those of the conditions that hold, the first being the lowest."""
    return joined([z3.If(holds, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) for holds in conditions])


def bit(members: Members, place: int) -> Term:
    """One bit of a set, as a set of its own."""
    return z3.Extract(place, place, members)


def in_marks(members: Members) -> Term:
    """How many members a set has, as a counter in marks that has room for all."""
    marks = z3.BitVecVal(0, members.size())
    for place in range(members.size()):
        marks = z3.If(has(members, place), one_mark_more(marks), marks)
    return marks


def joined(lowest_first: Sequence[Term]) -> Members:
    """One set of several, the first having the lowest bits."""
    highest_first = list(reversed(lowest_first))
    return z3.Concat(*highest_first) if len(highest_first) > 1 else highest_first[0]
