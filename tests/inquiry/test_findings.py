"""What a finding says: the verdict in words, and whether it is what was expected."""

from dataclasses import replace

import pytest

from corpus.cases import cluster
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import (
    HOLDS,
    PROVED,
    REFUTED,
    UNKNOWN,
    Answer,
    Finding,
    Kind,
    Question,
    answer,
    questions_about,
)
from quorate.inquiry.naming import slug
from quorate.system import HoldsTo, Lemma, Proved, Refuted, Trace, Unknown
from quorate.windows.membership.catalogue import split_brain
from quorate.windows.models import Deviation

CLAIM = replace(split_brain(cluster(2)), deepest=6)
COMPLETE = replace(CLAIM, complete=True)
REFUTABLE = replace(CLAIM, expectation=Expectation.REFUTED)
TWIN = CLAIM.twin(Deviation.HALF_IS_ENOUGH)

TABLE = [
    # what is asked, of which claim, the answer, its depth; as expected?, in words
    (Kind.CLAIM, CLAIM, PROVED, None, True, "PROVED"),
    (Kind.CLAIM, CLAIM, REFUTED, 1, False, "REFUTED in 1 step"),
    (Kind.CLAIM, CLAIM, REFUTED, 0, False, "REFUTED in 0 steps"),
    (Kind.CLAIM, CLAIM, HOLDS, 6, None, "HOLDS TO 6"),
    (Kind.CLAIM, CLAIM, UNKNOWN, None, None, "UNKNOWN"),
    (Kind.CLAIM, COMPLETE, HOLDS, 6, True, "HOLDS TO 6 (all runs)"),
    (Kind.CLAIM, COMPLETE, HOLDS, 5, None, "HOLDS TO 5"),
    (Kind.CLAIM, REFUTABLE, REFUTED, 2, True, "REFUTED in 2 steps"),
    (Kind.CLAIM, REFUTABLE, PROVED, None, False, "PROVED"),
    (Kind.CLAIM, REFUTABLE, HOLDS, 6, None, "HOLDS TO 6"),
    (Kind.CLAIM, replace(REFUTABLE, complete=True), HOLDS, 6, False, "HOLDS TO 6 (all runs)"),
    (Kind.TOOTH, TWIN, REFUTED, 1, True, "REFUTED in 1 step"),
    (Kind.TOOTH, TWIN, PROVED, None, False, "PROVED"),
    (Kind.TOOTH, TWIN, HOLDS, 6, None, "HOLDS TO 6"),
    (Kind.TOOTH, TWIN, UNKNOWN, None, None, "UNKNOWN"),
    (Kind.PREMISE, CLAIM, REFUTED, 1, True, "REACHED in 1 step"),
    (Kind.PREMISE, CLAIM, HOLDS, 6, None, "NOT REACHED in 6 steps"),
    (Kind.PREMISE, COMPLETE, HOLDS, 6, False, "NOT REACHED in 6 steps"),
    (Kind.PREMISE, CLAIM, UNKNOWN, None, None, "UNKNOWN"),
]


@pytest.mark.parametrize("row", TABLE)
def test_a_finding_says_its_verdict_and_whether_it_was_expected(row):
    kind, claim, word, depth, expected, verdict = row
    finding = Finding(Question(claim, kind), Answer(word, "engine", depth), 0.0, {})
    assert finding.as_expected is expected
    assert finding.verdict == verdict


def test_a_premise_that_was_proved_impossible_is_not_as_expected():
    """No engine answers so today; if one does, an unreachable premise must not count as good."""
    finding = Finding(Question(CLAIM, Kind.PREMISE), Answer(PROVED, "engine"), 0.0, {})
    assert finding.as_expected is not True


def test_an_answer_keeps_what_a_verdict_says():
    lemma = Lemma("a lemma", None)
    assert answer(Proved((lemma,), "e"), ()) == Answer(PROVED, "e", lemmas=("a lemma",))
    assert answer(HoldsTo(3, "e"), ()) == Answer(HOLDS, "e", 3)
    assert answer(Unknown("no time", "e"), ()) == Answer(UNKNOWN, "e", reason="no time")
    trace = Trace({})
    told = answer(Refuted(trace, "e", shortest=True), ())
    assert told == Answer(REFUTED, "e", 0, shortest=True, trace=trace)


def test_a_claim_is_asked_with_its_premise_and_thoroughly_with_its_teeth():
    plain = questions_about(CLAIM, thorough=False)
    assert [question.kind for question in plain] == [Kind.CLAIM, Kind.PREMISE]
    thorough = questions_about(CLAIM, thorough=True)
    teeth = [question for question in thorough if question.kind is Kind.TOOTH]
    assert [question.deviation for question in teeth] == list(CLAIM.teeth)
    for question in teeth:
        assert question.claim.assumptions.deviation is question.deviation
        assert question.claim.expectation is Expectation.REFUTED


def test_a_claim_that_is_to_be_refuted_needs_no_premise():
    assert Kind.PREMISE not in {q.kind for q in questions_about(REFUTABLE, thorough=True)}


SLUGS = [
    ("no-split-brain", "no-split-brain"),
    ("Berlin Hyper-V", "berlin-hyper-v"),
    ("survives-crash(2)", "survives-crash-2"),
    ("  a / b \\ c ", "a-b-c"),
    ("../../etc/passwd", "etc-passwd"),
]


@pytest.mark.parametrize(("name", "expected"), SLUGS)
def test_a_plain_name_makes_a_plain_file_name(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(
    "name", ["東京", "Ä", "!!!", "", " ", "a" * 200, "\ud800", "CON\0", "é" * 90]
)
def test_every_name_makes_a_file_name_that_any_file_system_keeps(name):
    said = slug(name)
    assert said
    assert len(said) <= 60
    assert set(said) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_long_and_foreign_names_that_differ_are_told_apart():
    names = ["a" * 200, "a" * 201, "東京", "大阪", "Köln", "Kiln", "K ln"]
    assert len({slug(name) for name in names}) == len(names)
