"""The questions that a team decides on, answered from what was found."""

from collections.abc import Callable, Collection, Iterator, Sequence

from quorate.cli.verdicts import counted
from quorate.cluster import Cluster
from quorate.drawing.names import enumerated
from quorate.results import Outcome, ReportedFinding
from quorate.review import Answer, Fate, Link, Matrix
from quorate.values import dataclass

Anchor = Callable[[ReportedFinding], str | None]

NAMED = 3

MATRIX = Link("matrix", "Every fault, and every two")
CLAIMS = Link("claims", "Every claim")

SPLIT, FORCED = "no-split-brain", "no-split-brain-if-forced"
ORDER = frozenset({"acyclic", "online-needs-dependencies", "offline-in-reverse"})
TWICE = frozenset({"no-dual-activity", "vm-runs-once"})
ADDRESS = frozenset({"one-answers", "answers-from-owner", "one-owner"})
LOST = frozenset({"no-lost-write", "planned-keeps-memory"})


@dataclass(frozen=True)
class TeamQuestion:
    """A question about many claims: those of these `names`; what is said where all hold and where
    one is refuted."""

    question: str
    names: Collection[str]
    holds: tuple[str, str]
    refuted: tuple[str, str]


OF_GROUPS = (
    TeamQuestion(
        "Is anything started or stopped in the wrong order?",
        ORDER,
        ("No", "Resources come online after what they need, and go before it"),
        ("Yes", "The order of dependencies is broken"),
    ),
    TeamQuestion(
        "Can two nodes work on the same data, or run the same machine, at once?",
        TWICE,
        ("No", "Not even while a node that was cut off has not noticed it"),
        ("Yes", "While a node that was cut off has not noticed it"),
    ),
    TeamQuestion(
        "Can two nodes own one group, or answer for one address, at once?",
        ADDRESS,
        ("No", "Not even while a node that was cut off has not noticed it"),
        ("Yes", "While a node that was cut off has not noticed it"),
    ),
    TeamQuestion(
        "Can a planned step lose what was written?",
        LOST,
        ("No", "No orderly step takes a disk from under data that is not written"),
        ("Yes", "An orderly step loses what was not written"),
    ),
)


AFTER_FAILURE = TeamQuestion(
    "Does every group come back by itself after a resource fails?",
    frozenset({"comes-back-after-failure", "not-left-failed"}),
    ("Yes", "It is online again, and not left failed beside a node that is free"),
    ("Not always", "Something stays down until somebody acts"),
)


def answers(
    cluster: Cluster, found: Sequence[ReportedFinding], matrix: Matrix | None, anchor: Anchor
) -> Iterator[Answer]:
    """What a team wants to hear first, in this order."""
    yield _split(found, anchor)
    if matrix is not None:
        yield _stopped(matrix)
    if cluster.groups:
        for asked in OF_GROUPS:
            yield from _asked(asked, found, anchor)
        yield from _asked(AFTER_FAILURE, found, anchor)
        # Not asked of a crash where votes follow who runs, and then nothing is said of it.
        yield from _asked(_after_crash(cluster), found, anchor)


def _after_crash(cluster: Cluster) -> TeamQuestion:
    numbered = {f"comes-back-after-crash({group.promises.crash})" for group in cluster.groups}
    return TeamQuestion(
        "Does every group come back by itself after a crash?",
        numbered | {"comes-back-after-crash"},
        ("Yes", "After as many crashes of nodes as it is promised to come through"),
        ("Not always", "Something stays down until somebody acts"),
    )


def _split(found: Sequence[ReportedFinding], anchor: Anchor) -> Answer:
    forced = [one for one in found if one.claim == FORCED and one.run is not None]
    but = " An operator who forces quorum can split it." if forced else ""
    asked = TeamQuestion(
        "Can it split its brain?",
        {SPLIT},
        ("No", f"Never do two islands run the cluster at once, unless somebody forces it.{but}"),
        ("Yes", "Two islands run the cluster at the same time"),
    )
    [answer] = _asked(asked, found, anchor)
    return answer


def _stopped(matrix: Matrix) -> Answer:
    question = "What is the smallest thing that stops it?"
    stopping = matrix.stopping()
    if not stopping:
        sentence = "It runs on after every fault alone and after every two in turn"
        if not matrix.decided:
            so_far = f"{sentence}, as far as that was decided."
            return Answer(question, "Not decided", Outcome.UNDECIDED, so_far, MATRIX)
        return Answer(question, "Nothing asked", Outcome.AS_EXPECTED, f"{sentence}.", MATRIX)
    named = ", or ".join(f"1 {fault}" for fault in stopping[:NAMED])
    more = len(stopping) - NAMED
    others = f", and {counted(more, 'other')}" if more > 0 else ""
    size = "One fault" if stopping[0] in matrix.faults else "Two faults"
    if size == "Two faults" and any(cell.fate is Fate.UNKNOWN for cell in matrix.alone):
        told = f"{named}{others}; of some single faults it was not decided."
        return Answer(question, "Two faults at most", Outcome.UNDECIDED, told, MATRIX)
    return Answer(question, size, Outcome.OPEN, f"{named}{others}.", MATRIX)


def _asked(
    asked: TeamQuestion, found: Sequence[ReportedFinding], anchor: Anchor
) -> Iterator[Answer]:
    """The answer; none where no such claim is made of the cluster."""
    of_these = [one for one in found if one.claim in asked.names]
    if not of_these:
        return
    refuted = [one for one in of_these if one.run is not None]
    undecided = [one for one in of_these if one.outcome is Outcome.UNDECIDED]
    if refuted:
        verdict, sentence = asked.refuted
        named = enumerated([one.title for one in refuted[:NAMED]])
        more = len(refuted) - NAMED
        others = f" and {counted(more, 'other')}" if more > 0 else ""
        place = next(filter(None, map(anchor, refuted)), None)
        link = Link(place, "How it happens") if place is not None else None
        told = f"{sentence}: {named}{others}."
        yield Answer(asked.question, verdict, Outcome.NOT_AS_EXPECTED, told, link)
    elif undecided:
        told = f"{counted(len(undecided), 'claim')} of {len(of_these)} could not be decided."
        yield Answer(asked.question, "Not decided", Outcome.UNDECIDED, told, CLAIMS)
    else:
        verdict, sentence = asked.holds
        told = sentence if sentence.endswith(".") else f"{sentence}."
        yield Answer(asked.question, verdict, Outcome.AS_EXPECTED, told, None)
