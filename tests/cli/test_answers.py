"""What a review says first claims no more than the matrix."""

import pytest

from quorate.cli.answers import _stopped
from quorate.results import Outcome
from quorate.review import Fate, Matrix, MatrixCell

ON, STOPS, UNKNOWN = (MatrixCell(f, "") for f in (Fate.RUNS_ON, Fate.STOPS, Fate.UNKNOWN))


@pytest.mark.parametrize(
    ("alone", "pairs", "verdict", "outcome"),
    [
        ((ON, STOPS), ((ON, ON), (STOPS, STOPS)), "One fault", Outcome.OPEN),
        ((ON, ON), ((ON, STOPS), (ON, ON)), "Two faults", Outcome.OPEN),
        ((ON, UNKNOWN), ((ON, STOPS), (ON, ON)), "Two faults at most", Outcome.UNDECIDED),
        ((ON, ON), ((ON, UNKNOWN), (ON, ON)), "Not decided", Outcome.UNDECIDED),
        ((ON, ON), ((ON, ON), (ON, ON)), "Nothing asked", Outcome.AS_EXPECTED),
    ],
)
def test_the_smallest_fault_is_called_so_only_where_smaller_ones_are_decided(
    alone, pairs, verdict, outcome
):
    answer = _stopped(Matrix(("crash", "partition"), alone, pairs))
    assert (answer.verdict, answer.outcome) == (verdict, outcome)
