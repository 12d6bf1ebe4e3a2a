"""The mutation run (benchmarks/mutants.py) notices what it should and nothing else."""

import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import z3

from corpus.cases import VOTERS, cluster
from quorate.cluster import Requirements

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def benchmark():
    sys.path.insert(0, str(FOLDER))
    spec = spec_from_file_location("mutants", FOLDER / "mutants.py")
    module = module_from_spec(spec)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module")
def ground(benchmark):
    """All that is claimed of three voters whatever fails."""
    three = cluster(3, VOTERS)
    return benchmark.Ground(next(benchmark.sites_of(three, Requirements(), "three", "membership")))


def mutant_of(ground, verb, part):
    (mutant,) = ground.mutants[verb, part]
    return mutant


def test_nothing_is_noticed_where_nothing_is_dropped(benchmark, ground):
    system = ground.system
    for action in system.actions:
        same = benchmark.Mutant(action.name, "nothing", system, updates=tuple(action.updates))
        fate = benchmark.fate(ground, same)
        assert (fate.noticed, fate.refuted) == ("", "")


def test_nodes_that_form_without_votes_are_noticed(benchmark, ground):
    (votes,) = [
        mutant
        for (verb, part), found in ground.mutants.items()
        if verb == "form" and part == "guard: that about side"
        for mutant in found
    ]
    fate = benchmark.fate(ground, votes)
    assert fate.noticed == "no proof of no-split-brain"
    assert fate.refuted == "no-split-brain in 2"


def test_a_guard_that_others_imply_is_idle(benchmark, ground):
    somebody = mutant_of(ground, "join", "guard: some node")
    assert benchmark.fate(ground, somebody).noticed == ""
    assert benchmark.idle(ground, somebody) == "implied by the rest"


def test_parts_of_a_guard_are_together_what_the_guard_was(benchmark, ground):
    for action in ground.system.actions:
        parts = [part for formula in action.guard for part in benchmark.conjuncts(formula)]
        solver = z3.Solver()
        solver.add(z3.And(*parts) != z3.And(*action.guard))
        assert solver.check() == z3.unsat, action.name
        assert len(parts) >= len(action.guard)


def test_the_model_answers_for_the_mutant(ground):
    narrower = replace(ground.system, actions=ground.system.actions[:1])
    inquiry = ground.inquiry(narrower)
    assert inquiry.system is inquiry.model.system is narrower
