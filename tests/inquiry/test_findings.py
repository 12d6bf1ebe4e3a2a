"""What a finding says: the verdict in words, and whether it is what was expected."""

from dataclasses import replace

import pytest

from corpus.cases import cluster
from quorate.cli.report import exit_code
from quorate.cli.verdicts import verdict_text, verdict_word
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import (
    Asked,
    Finding,
    NeverHappens,
    ProofFound,
    Question,
    answer,
    questions_about,
    with_premises,
)
from quorate.inquiry.naming import slug
from quorate.system import HoldsTo, Lemma, Proved, Refuted, Sometimes, Step, Trace, Unknown
from quorate.windows.membership import Deviation
from quorate.windows.membership.catalogue import split_brain

CLAIM = replace(split_brain(cluster(2)), deepest=6, teeth=(Deviation.HALF_IS_ENOUGH,))
REFUTABLE = replace(CLAIM, expectation=Expectation.REFUTED)

SILENT = replace(CLAIM, expectation=Expectation.NEVER_HAPPENS)

PROVED, NO_IDEA = ProofFound((), "e"), Unknown("no time", "e")

NEVER = NeverHappens("two sides are up", (), "e")


def refuted(steps: int) -> Refuted:
    return Refuted(Trace({}, (Step("crash", {}, {}),) * steps), "e", shortest=True)


def holds(depth: int) -> HoldsTo:
    return HoldsTo(depth, "e")


TABLE = [
    # what is asked, of which claim, the answer; as expected?, in words, and for programs
    (Asked.CLAIM, CLAIM, PROVED, True, "PROVED", "proved"),
    (Asked.CLAIM, CLAIM, refuted(1), False, "REFUTED in 1 step", "refuted"),
    (Asked.CLAIM, CLAIM, refuted(0), False, "REFUTED in 0 steps", "refuted"),
    (Asked.CLAIM, CLAIM, holds(6), None, "HOLDS TO 6", "holds"),
    (Asked.CLAIM, CLAIM, NO_IDEA, None, "UNKNOWN", "unknown"),
    (Asked.CLAIM, CLAIM, NEVER, None, "NEVER HAPPENS", "never happens"),
    (Asked.CLAIM, SILENT, NEVER, True, "NEVER HAPPENS", "never happens"),
    (Asked.CLAIM, SILENT, PROVED, False, "PROVED", "proved"),
    (Asked.CLAIM, REFUTABLE, NEVER, None, "NEVER HAPPENS", "never happens"),
    (Asked.CLAIM, REFUTABLE, refuted(2), True, "REFUTED in 2 steps", "refuted"),
    (Asked.CLAIM, REFUTABLE, PROVED, False, "PROVED", "proved"),
    (Asked.CLAIM, REFUTABLE, holds(6), None, "HOLDS TO 6", "holds"),
    (Asked.TOOTH, CLAIM, refuted(1), True, "REFUTED in 1 step", "refuted"),
    (Asked.TOOTH, CLAIM, PROVED, False, "PROVED", "proved"),
    (Asked.TOOTH, CLAIM, holds(6), None, "HOLDS TO 6", "holds"),
    (Asked.TOOTH, CLAIM, NO_IDEA, None, "UNKNOWN", "unknown"),
    (Asked.PREMISE, CLAIM, refuted(1), True, "REACHED in 1 step", "reached"),
    (Asked.PREMISE, CLAIM, holds(6), None, "NOT REACHED in 6 steps", "not reached"),
    # An unreachable premise must not count as good.
    (Asked.PREMISE, CLAIM, NEVER, None, "NEVER REACHED", "never reached"),
    (Asked.PREMISE, SILENT, NEVER, True, "NEVER REACHED", "never reached"),
    (Asked.PREMISE, SILENT, refuted(1), False, "REACHED in 1 step", "reached"),
    (Asked.PREMISE, CLAIM, NO_IDEA, None, "UNKNOWN", "unknown"),
]


@pytest.mark.parametrize("row", TABLE)
def test_a_finding_says_its_verdict_and_whether_it_was_expected(row):
    asked, claim, answered, expected, text, word = row
    broken = Deviation.HALF_IS_ENOUGH if asked is Asked.TOOTH else None
    finding = Finding(Question(claim, asked, broken), answered, 0.0, {})
    assert finding.as_expected is expected
    assert verdict_text(finding) == text
    assert verdict_word(finding) == word


def test_a_run_that_goes_round_is_refuted_for_ever():
    round_trip = replace(refuted(2), trace=replace(refuted(2).trace, loop_start=0))
    finding = Finding(Question(CLAIM, Asked.CLAIM), round_trip, 0.0, {})
    assert verdict_text(finding) == "REFUTED in 2 steps, for ever"


def test_an_answer_keeps_what_a_verdict_says_but_for_formulas():
    lemma = Lemma("a lemma", None)
    assert answer(Proved((lemma,), "e")) == ProofFound(("a lemma",), "e")
    for verdict in (holds(3), NO_IDEA, refuted(1)):
        assert answer(verdict) == verdict


def test_a_claim_is_asked_with_its_premise_and_thoroughly_with_its_teeth():
    plain = questions_about(CLAIM, thorough=False)
    assert [question.asked for question in plain] == [Asked.CLAIM, Asked.PREMISE]
    thorough = questions_about(CLAIM, thorough=True)
    teeth = [question for question in thorough if question.asked is Asked.TOOTH]
    assert [question.deviation for question in teeth] == list(CLAIM.teeth)
    for question in teeth:
        assert question.expectation is Expectation.REFUTED
        assert question.assumptions[-1] == "broken on purpose: half of the votes is enough"
        assert question.title == "no-split-brain, if half of the votes is enough"


def test_only_a_run_that_refutes_is_a_counterexample():
    shown = Finding(Question(CLAIM, Asked.CLAIM), refuted(1), 0.0, {})
    reached = Finding(Question(CLAIM, Asked.PREMISE), refuted(1), 0.0, {})
    assert shown.counterexample == shown.trace == reached.trace
    assert reached.counterexample is None
    assert reached.account() is None


def found(asked: Asked, answered: object, claim=CLAIM) -> Finding:
    return Finding(Question(claim, asked), answered, 0.0, {})


@pytest.mark.parametrize("answered", [PROVED, holds(6)])
def test_a_claim_about_what_never_happens_is_neither_proved_nor_held(answered):
    other = replace(CLAIM, name="another claim")
    told = with_premises(
        [
            found(Asked.PREMISE, NEVER),
            found(Asked.CLAIM, answered),
            found(Asked.CLAIM, PROVED, other),
        ]
    )
    assert [one.answer for one in told] == [NEVER, NEVER, PROVED]
    assert exit_code(told) == 4


@pytest.mark.parametrize("answered", [refuted(1), NO_IDEA])
def test_what_was_refuted_or_is_not_known_stays_so(answered):
    told = with_premises([found(Asked.CLAIM, answered), found(Asked.PREMISE, NEVER)])
    assert told[0].answer == answered
    assert exit_code(told) != 4


def test_a_proof_for_a_premise_says_what_never_happens():
    lemma = Lemma("a lemma", None)
    said = answer(Proved((lemma,), "e"), Sometimes("the moon is up", None))
    assert said == NeverHappens("the moon is up", ("a lemma",), "e")


def test_a_claim_that_is_to_be_refuted_needs_no_premise():
    asked = {question.asked for question in questions_about(REFUTABLE, thorough=True)}
    assert Asked.PREMISE not in asked


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
