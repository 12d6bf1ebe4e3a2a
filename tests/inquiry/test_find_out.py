"""A claim of which nobody knows is looked at in short runs before a proof is sought, and comes out
as any other."""

from typing import Any

import pytest

from corpus.toys import TOYS, Case, both_three, counter, equal, not_at, twins
from quorate.inquiry.decide import NEAR, Inquiry
from quorate.inquiry.engines import Engines
from quorate.system import Proved, Refuted


def hour() -> float:
    return 3600.0


def nobody(*_: Any) -> Any:
    raise AssertionError("this is not asked")


def test_a_short_run_is_found_without_a_prover_and_without_lemmas() -> None:
    engines = Engines(invariants=nobody, provers=(nobody,))
    found = Inquiry(counter(), hour, engines).find_out(not_at(counter(), 3), 12)
    assert isinstance(found, Refuted)
    assert len(found.trace) == 3


def test_what_is_offered_comes_before_a_search() -> None:
    system = twins(equal())
    engines = Engines(searchers=(nobody,))
    assert isinstance(Inquiry(system, hour, engines).find_out(both_three(system), 12), Proved)


def test_a_run_that_is_longer_is_found_all_the_same() -> None:
    system, steps = counter(7), NEAR + 1
    found = Inquiry(system, hour).find_out(not_at(system, steps), 12)
    assert isinstance(found, Refuted)
    assert len(found.trace) == steps


@pytest.mark.parametrize("case", TOYS, ids=lambda case: case.name)
def test_the_answer_is_that_of_any_other_claim(case: Case) -> None:
    asked = Inquiry(case.system, hour).find_out(case.claim, 20)
    if case.shortest is None:
        assert not isinstance(asked, Refuted)
        assert type(asked) is type(Inquiry(case.system, hour).decide(case.claim, 20))
    else:
        assert isinstance(asked, Refuted)
        assert len(asked.trace) == case.shortest
