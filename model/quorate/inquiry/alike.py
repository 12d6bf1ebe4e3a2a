"""Questions that are one question in other names: one of them is asked, and answers for all."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from quorate.inquiry.finding import Answer, Finding, Question
from quorate.inquiry.seam import Alike, ClaimShape
from quorate.system import Refuted, Unknown
from quorate.values import dataclass

ALIKE = "alike"


@dataclass(frozen=True)
class Kindred:
    """`firsts` are the places of the questions that are to be asked, and `others` those of the
    questions that each of them answers as well."""

    questions: Sequence[Question]
    firsts: Sequence[int]
    others: dict[int, list[int]]

    @classmethod
    def among(cls, questions: Sequence[Question]) -> "Kindred":
        firsts: list[int] = []
        others: dict[int, list[int]] = {}
        known: dict[Hashable, int] = {}
        for place, question in enumerate(questions):
            key = _key(question)
            first = known.setdefault(key, place) if key is not None else place
            if first == place:
                firsts.append(place)
            else:
                others.setdefault(id(questions[first]), []).append(place)
        return cls(questions, firsts, others)

    def answered(self, finding: Finding) -> Iterator[Finding]:
        """The finding, and what follows of it for the questions that are the same one."""
        yield finding
        for place in self.others.get(id(finding.question), ()):
            question = self.questions[place]
            answer = _in_names_of(question, finding)
            yield Finding(question, answer, 0.0, {}, decided_as=finding.question)


def are_one(question: Question, other: Question) -> bool:
    """The two are the same question in other names."""
    key = _key(question)
    return key is not None and key == _key(other)


def _key(question: Question) -> Hashable | None:
    """What is equal of questions that are one; None of one that is so of no other. What a broken
    rule makes of a system is not known to be the same in all names."""
    if question.deviation is not None:
        return None
    try:
        shape = _shape(question)
    except Exception:
        # It is asked for itself then.
        return None
    return None if shape is None else (question.claim.subject, question.asked, shape)


def _shape(question: Question) -> ClaimShape | None:
    """None where nobody knows of one."""
    circumstances = question.claim.circumstances
    return circumstances.shape_of(question.claim) if isinstance(circumstances, Alike) else None


def _in_names_of(question: Question, found: Finding) -> Answer:
    """The answer to `question`, of which that to the same question in other names was found."""
    answer = found.answer
    if not isinstance(answer, Refuted):
        return answer
    try:
        own, other = _shape(question), _shape(found.question)
        if own is None or other is None:
            raise ValueError("it has no shape any more")
        return replace(answer, trace=own.renamed(answer.trace, other))
    except Exception as error:
        from quorate.inquiry.raised import what_and_where  # noqa: PLC0415 - only failures need it

        why = f"refuted as {found.question.title}, but not in its own names: "
        return Unknown(why + what_and_where(error), ALIKE)
