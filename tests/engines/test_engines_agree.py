"""Random small clusters, assumptions and broken rules: what the engines may not disagree on."""

from itertools import count

import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.random_clusters import clusters, models
from quorate.engines import bmc, explicit, induction
from quorate.evidence.replay import replay
from quorate.system import Always, HoldsTo, Proved, Refuted
from quorate.windows.membership import properties

STATES = 60
"""How many states the explicit search may look at. Its depth follows from it."""

CLAIMS = (
    properties.no_split_brain,
    properties.no_minority_rule,
    properties.no_partition_in_time,
    properties.survives,
)


def hour() -> float:
    return 3600.0


def fuel(states: int):
    """A clock that runs out after so many questions: a bound that no machine's speed changes."""
    ticks = count(states, -1)
    return lambda: float(next(ticks))


small = models(clusters(sizes=(1, 2, 2, 3)))


@settings(max_examples=8, deadline=None)
@given(small, st.sampled_from(CLAIMS))
def test_the_searches_find_the_same_shortest_length_and_no_proof_is_refuted(model, make_property):
    claim, system = make_property(model), model.system
    explored = explicit.search(system, claim, 5, fuel(STATES))
    depth = len(explored.trace) if isinstance(explored, Refuted) else reached(explored)
    bounded = bmc.search(system, claim, depth, hour)
    if isinstance(explored, Refuted):
        assert isinstance(bounded, Refuted)
        assert len(bounded.trace) == depth
        for found in (explored, bounded):
            replay(system, found.trace, z3.Not(claim.formula))
    else:
        assert bounded == HoldsTo(depth, bmc.ENGINE)
    known = induction.inductive(system, system.offered, hour)
    if isinstance(induction.prove(system, claim, known, hour), Proved):
        assert not isinstance(explored, Refuted)


@settings(max_examples=6, deadline=None)
@given(small)
def test_what_is_proved_inductive_is_true_of_every_state_that_explicit_search_sees(model):
    """A search that is told of the lemmas finds what one that is not told finds."""
    system = model.system
    known = induction.inductive(system, system.offered, hour)
    together = Always("all lemmas", z3.And(*(lemma.formula for lemma in known)))
    assert not isinstance(explicit.search(system, together, 4, fuel(STATES)), Refuted)


@settings(max_examples=5, deadline=None)
@given(small, st.sampled_from(CLAIMS))
def test_knowing_the_lemmas_never_changes_what_a_bounded_search_finds(model, make_property):
    claim, system = make_property(model), model.system
    known = induction.inductive(system, system.offered, hour)
    plain = bmc.search(system, claim, 2, hour)
    told = bmc.search(system, claim, 2, hour, known)
    assert type(plain) is type(told)
    if isinstance(plain, Refuted):
        assert len(plain.trace) == len(told.trace)
        replay(system, told.trace, z3.Not(claim.formula))


def reached(verdict: HoldsTo | Proved) -> int:
    """The depth that was searched; a search that saw every state would have seen any depth."""
    return verdict.depth if isinstance(verdict, HoldsTo) else 4
