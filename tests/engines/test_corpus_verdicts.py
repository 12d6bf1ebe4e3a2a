"""Every engine on the corpus of small systems with hand-argued verdicts (tests/corpus)."""

from itertools import count

import pytest
import z3

from corpus.cases import BROKEN, FORCED, SOUND, STEPS, SURVIVAL, UNREAD, ClusterCase, of_states
from corpus.toys import TOYS, Case
from quorate.engines import bmc, explicit, induction, unrolling
from quorate.evidence.judge import Judge
from quorate.evidence.owed import Owed
from quorate.evidence.replay import replay
from quorate.system import Always, HoldsTo, Proved, Refuted, System, Unknown
from quorate.windows.membership.deviations import Deviation

named = {"ids": str}


ARGUED = (*BROKEN, *FORCED, *STEPS, *SURVIVAL, *UNREAD)
SEARCHED = list(dict.fromkeys(case.cluster for case in SOUND))


def hour() -> float:
    return 3600.0


def prove(system: System, claim: Always) -> Proved | Unknown:
    return induction.prove(system, claim, induction.inductive(system, system.offered, hour), hour)


@pytest.mark.parametrize("case", TOYS, ids=lambda case: case.name)
def test_explicit_search_decides_every_toy(case: Case) -> None:
    verdict = explicit.search(case.system, case.claim, 99, hour)
    assert verdict_length(verdict) == case.shortest
    assert isinstance(verdict, Proved if case.shortest is None else Refuted)


@pytest.mark.parametrize("case", TOYS, ids=lambda case: case.name)
def test_bounded_search_finds_the_shortest_run_of_every_toy(case: Case) -> None:
    deepest = 8 if case.shortest is None else case.shortest + 2
    verdict = bmc.search(case.system, case.claim, deepest, hour)
    assert verdict_length(verdict) == case.shortest
    if isinstance(verdict, Refuted):
        replay(case.system, verdict.trace, z3.Not(case.claim.formula))
        one_less = bmc.search(case.system, case.claim, case.shortest - 1, hour)
        assert isinstance(one_less, HoldsTo if case.shortest else Unknown)
    else:
        assert verdict == HoldsTo(8, bmc.ENGINE)


@pytest.mark.parametrize("case", TOYS, ids=lambda case: case.name)
def test_induction_proves_what_holds_where_the_lemmas_suffice(case: Case) -> None:
    verdict = prove(case.system, case.claim)
    assert isinstance(verdict, Proved) == (case.shortest is None and case.inductive)
    if isinstance(verdict, Proved):
        obligations = Owed(case.system).everything(case.claim, verdict.invariant)
        Judge(case.system.definitions).check(obligations, hour)


@pytest.mark.parametrize("cluster", SEARCHED, ids=lambda cluster: cluster.name)
def test_the_real_rules_are_proved_for_every_mode_and_size(cluster) -> None:
    cases = [case for case in SOUND if case.cluster == cluster]
    model = cases[0].model
    known = induction.inductive(model.system, model.system.offered, hour)
    for case in cases:
        claim = case.make_property(model)
        assert isinstance(induction.prove(model.system, claim, known, hour), Proved), str(case)


@pytest.mark.parametrize(
    "cluster", dict.fromkeys(case.cluster for case in SOUND), ids=lambda c: c.name
)
def test_no_search_breaks_what_is_proved_of_the_real_rules(cluster) -> None:
    """All four properties at once: whatever breaks one breaks their conjunction."""
    cases = [case for case in SOUND if case.cluster == cluster]
    model = cases[0].model
    formulas = [case.make_property(model).formula for case in cases]
    claim = Always("all", z3.And(*formulas))
    depth = 5 - len(cluster.nodes)
    assert bmc.search(model.system, claim, depth, hour) == HoldsTo(depth, bmc.ENGINE)
    found = explicit.search(model.system, claim, depth, fuel(100))
    assert isinstance(found, HoldsTo | Proved)


@pytest.mark.parametrize("case", ARGUED, **named)
def test_the_engines_agree_with_the_argument(case: ClusterCase) -> None:
    model = case.model
    system, claim = of_states(model.system, case.make_property(model))
    proof = prove(system, claim)
    depth = case.searched if case.shortest is None else case.shortest
    bounded = bmc.search(system, claim, depth, hour)
    explored = explicit.search(system, claim, depth, hour)
    assert verdict_length(bounded) == verdict_length(explored) == case.shortest
    if case.shortest is not None:
        assert isinstance(proof, Unknown)
        assert bounded.shortest
        assert explored.shortest
        for found in (bounded, explored):
            replay(system, found.trace, z3.Not(claim.formula))
    elif case.deviation is None:
        assert isinstance(proof, Proved)


@pytest.mark.parametrize("case", ARGUED, **named)
def test_runs_are_as_short_where_numbers_are_defined_when_they_matter(
    case: ClusterCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they are in large systems."""
    monkeypatch.setattr(unrolling, "SMALL", 0)
    system, claim = of_states(case.model.system, case.make_property(case.model))
    depth = case.searched if case.shortest is None else case.shortest
    found = bmc.search(system, claim, depth, hour)
    if case.shortest is None:
        assert found == HoldsTo(depth, bmc.ENGINE)
    else:
        assert verdict_length(found) == case.shortest
        replay(system, found.trace, z3.Not(claim.formula))


def test_the_corpus_breaks_every_rule() -> None:
    """What is put off for ever shows only in runs without end (test_lassos)."""
    broken = {case.deviation for case in BROKEN if case.shortest is not None}
    assert broken == set(Deviation) - {
        Deviation.DOES_NOT_LISTEN,
        Deviation.LEAVES_WITNESS,
        Deviation.NEVER_GIVES_WAY,
        Deviation.NEVER_JOINS,
    }


def verdict_length(verdict: object) -> int | None:
    return len(verdict.trace) if isinstance(verdict, Refuted) else None


def fuel(states: int):
    """A clock that runs out after so many questions: a bound that no machine's speed changes."""
    ticks = count(states, -1)
    return lambda: float(next(ticks))
