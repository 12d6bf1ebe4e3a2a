"""What a review says first claims no more than the matrix."""

import pytest
from running import CLUSTERS

from quorate.cli.answers import ADDRESS, AFTER_FAILURE, LOST, ORDER, TWICE, _after_crash, _stopped
from quorate.importers import read_cluster
from quorate.results import Outcome
from quorate.review import Fate, Matrix, MatrixCell
from quorate.windows.catalogue import claims_about

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


def test_each_question_is_about_claims_that_there_are():
    """A name that no claim has would be an answer to nothing."""
    read = [read_cluster(CLUSTERS / f"{name}.toml") for name in ("file-server", "hyper-v")]
    names = {claim.name for one in read for claim in claims_about(one.cluster, one.requirements)}
    for asked in (ORDER, TWICE, ADDRESS, LOST, AFTER_FAILURE.names):
        assert set(asked) <= names
    for one in read:
        assert set(_after_crash(one.cluster).names) & names
    assert "comes-back-after-crash" in names
