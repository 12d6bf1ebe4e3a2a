"""Small counters in marks: one bit for each thing that is counted, the lowest first."""

import z3

from quorate.counting.sets import has
from quorate.counting.votes import number
from quorate.system import Formula, Term


def one_mark_more(marks: Term) -> Term:
    """A counter after one more; a full one stays full."""
    width, mark = marks.size(), z3.BitVecVal(1, 1)
    return z3.Concat(z3.Extract(width - 2, 0, marks), mark) if width > 1 else mark


def full(marks: Term) -> Formula:
    """No mark is left."""
    return has(marks, marks.size() - 1)


def marks_of(marks: Term) -> list[Term]:
    """1 for each mark that is set."""
    return [number(has(marks, mark)) for mark in range(marks.size())]


def marks_are(marks: Term, number: int) -> Formula:
    """So many marks are set."""
    return marks == z3.BitVecVal((1 << number) - 1, marks.size())
