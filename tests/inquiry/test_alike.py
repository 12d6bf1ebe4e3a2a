"""Questions that are one in other names: one is asked, and answers for all."""

from dataclasses import dataclass, replace

import pytest

from families.lease import FENCED_CLAIM
from quorate.inquiry.alike import Kindred, are_one
from quorate.inquiry.finding import Asked, Finding, ProofFound, Question
from quorate.system import Refuted, Trace, Unknown


@dataclass(frozen=True)
class Shape:
    """Claims of one `kind` are one; a run is told with the name of whoever tells it."""

    kind: str
    name: str

    def __eq__(self, other):
        return isinstance(other, Shape) and self.kind == other.kind

    def __hash__(self):
        return hash(self.kind)

    def renamed(self, trace, of):
        if self.name == "mute":
            raise ValueError("it has no words")
        return Trace({self.name: trace.initial[of.name]})


@dataclass(frozen=True)
class Named:
    """Circumstances of which the shape is known; none of the `odd` kind, and the `broken` fails."""

    subject: str
    kind: str
    name: str

    def shape_of(self, claim):
        assert claim.circumstances is self
        if self.kind == "broken":
            raise ZeroDivisionError
        return Shape(self.kind, self.name) if self.kind != "odd" else None


def asked(kind, name, subject="cluster", asked=Asked.CLAIM, deviation=None):
    claim = replace(FENCED_CLAIM, circumstances=Named(subject, kind, name), about=name)
    return Question(claim, asked, deviation)


DEVIATION = FENCED_CLAIM.teeth[0]

TABLE = [
    # why, the two questions, are they one
    ("in other names", asked("a", "x"), asked("a", "y"), True),
    ("of another kind", asked("a", "x"), asked("b", "y"), False),
    ("of another subject", asked("a", "x"), asked("a", "y", "another"), False),
    ("its premise", asked("a", "x"), asked("a", "y", asked=Asked.PREMISE), False),
    ("with a rule broken", asked("a", "x"), asked("a", "y", deviation=DEVIATION), False),
    (
        "both with a rule broken",
        asked("a", "x", asked=Asked.TOOTH, deviation=DEVIATION),
        asked("a", "y", asked=Asked.TOOTH, deviation=DEVIATION),
        False,
    ),
    ("without a shape", asked("odd", "x"), asked("odd", "y"), False),
    ("whose shape cannot be told", asked("broken", "x"), asked("broken", "y"), False),
    ("of a family without shapes", Question(FENCED_CLAIM, Asked.CLAIM), asked("a", "x"), False),
]


@pytest.mark.parametrize(("why", "one", "other", "same"), TABLE)
def test_questions_are_one_only_if_all_but_the_names_is_equal(why, one, other, same):
    assert are_one(one, other) is same, why
    kindred = Kindred.among([one, other])
    assert kindred.firsts == ([0] if same else [0, 1])


def test_what_is_found_of_the_first_is_said_of_all_in_their_names():
    questions = [asked("a", "x"), asked("b", "z"), asked("a", "y"), asked("a", "mute")]
    kindred = Kindred.among(questions)
    assert kindred.firsts == [0, 1]
    run = Refuted(Trace({"x": 3}), "e", shortest=True)
    first = Finding(questions[0], run, 1.0, {"file": "text"})
    said = list(kindred.answered(first))
    assert [finding.question for finding in said] == [questions[0], questions[2], questions[3]]
    assert said[0] is first
    assert said[1] == Finding(
        questions[2],
        Refuted(Trace({"y": 3}), "e", shortest=True),
        0.0,
        {},
        decided_as=questions[0],
    )
    assert isinstance(said[2].answer, Unknown)
    assert "it has no words" in said[2].answer.reason
    alone = Finding(questions[1], ProofFound((), "e"), 1.0, {})
    assert list(kindred.answered(alone)) == [alone]
