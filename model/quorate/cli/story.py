"""Which of many refutations are shown, and in which order: the story that a gallery tells."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from quorate.inquiry.finding import Finding
from quorate.inquiry.seam import Subject
from quorate.values import dataclass
from quorate.windows.groups.violations import Violation as OfGroup
from quorate.windows.membership.violations import Violation as OfCluster

MOST = 60
"""More pictures than this nobody leafs through."""


@dataclass(frozen=True)
class Section:
    """The ways to break a promise that it shows, in their order."""

    title: str
    opening: str
    shows: tuple[Hashable, ...] = ()


STORY = (
    Section(
        "Two clusters at once",
        "More than half of the votes may run the cluster, so two parts never can, unless somebody "
        "counts wrongly or by force.",
        (OfCluster.SPLIT, OfCluster.MINORITY, OfCluster.STRANGERS, OfCluster.WITHOUT_DISK),
    ),
    Section(
        "Nothing runs any more",
        "What a cluster is asked to come through, and does not.",
        (
            OfCluster.STOPPED,
            OfCluster.RUNS_ON,
            OfCluster.STOPPED_BY_PLAN,
            OfCluster.NEVER_RUNS,
            OfCluster.LEFT_OUT,
        ),
    ),
    Section(
        "A change that is lost",
        "Every node stores the configuration; whoever runs on an older one undoes what was changed "
        "since.",
        (
            OfCluster.OUTDATED,
            OfCluster.CHANGED_OUTDATED,
            OfCluster.NOT_GIVEN,
            OfCluster.JOINED_OUTDATED,
        ),
    ),
    Section(
        "Force and the witness",
        "What overrules votes, what adds one, and what an event does.",
        (
            OfCluster.FORCE_OVERRULED,
            OfCluster.FORCED_ON,
            OfCluster.WITNESS_LEFT,
            OfCluster.WITNESS_DIFFERS,
            OfCluster.NO_EFFECT,
        ),
    ),
    Section(
        "Active on two nodes",
        "Between the start on one side and the stop on the other a group can run twice.",
        (
            OfGroup.DATA_TWICE,
            OfGroup.ANSWERS_TWICE,
            OfGroup.ANSWERS_ELSEWHERE,
            OfGroup.MACHINE_TWICE,
            OfGroup.TWICE,
            OfGroup.STALE_FORGOTTEN,
        ),
    ),
    Section(
        "Not served again",
        "What fails is to come back, here or elsewhere, and clients are to find it.",
        (
            OfGroup.NOT_SERVED,
            OfGroup.NOT_ONLINE,
            OfGroup.PENDING,
            OfGroup.LEFT_FAILED,
            OfGroup.NOT_FAILED_OVER,
            OfGroup.DATA_OUT_OF_REACH,
        ),
    ),
    Section(
        "Order, data and memory",
        "What needs another resource starts after it and stops before it, and loses nothing.",
        (
            OfGroup.LOST_WRITE,
            OfGroup.UNSUPPORTED,
            OfGroup.TAKEN_AWAY,
            OfGroup.CIRCLE,
            OfGroup.NO_FILES,
            OfGroup.MEMORY_LOST,
            OfGroup.SAVED_LOST,
        ),
    ),
    Section(
        "Where a group goes",
        "To the next in its list, where it was sent, back where it belongs, and nowhere else.",
        (
            OfGroup.WRONG_NEXT,
            OfGroup.ASTRAY,
            OfGroup.WRONG_OWNER,
            OfGroup.BESIDE_RIVAL,
            OfGroup.WITH_RIVAL,
            OfGroup.DRAINED_KEEPS,
            OfGroup.PAUSED_TAKES,
            OfGroup.NOT_GONE_BACK,
            OfGroup.WRONG_FAILBACK,
        ),
    ),
    Section(
        "What is counted and remembered",
        "Failures, failovers, commands, pauses and calls.",
        (
            OfGroup.PING_PONG,
            OfGroup.TOO_MANY_FAILOVERS,
            OfGroup.NO_CAUSE,
            OfGroup.TRIED_TOO_OFTEN,
            OfGroup.COUNTED_WRONGLY,
            OfGroup.COMMAND_FORGOTTEN,
            OfGroup.PAUSE_FORGOTTEN,
            OfGroup.RETURN_FORGOTTEN,
            OfGroup.CALLED_WRONGLY,
        ),
    ),
)
OTHERS = Section("Others", "Claims of other families.")


def best(refuted: Sequence[Finding]) -> list[Finding]:
    """One for each way to break a promise: by the rules as they are, if there is such a run; as far
    as there is room, also the best one with a rule that is broken. In the order of the story."""
    real = _one_of_each([one for one in refuted if one.question.deviation is None])
    twins = _one_of_each([one for one in refuted if one.question.deviation is not None])
    told = [kind for section in STORY for kind in section.shows]
    every = {**twins, **real}
    # Those that the story tells of come first: it has a place for each.
    first = {kind: every[kind] for kind in sorted(every, key=lambda kind: kind not in told)}
    second = [twins[kind] for kind in told if kind in real and kind in twins]
    chosen = [*first.values(), *second][:MOST]
    return [finding for _, found in story(chosen) for finding in found]


def _one_of_each(found: Sequence[Finding]) -> dict[Hashable, Finding]:
    """The best for each way to break a promise; of equal ones, of a cluster that is shown less."""
    kinds: dict[Hashable, list[Finding]] = {}
    for finding in found:
        kinds.setdefault(_kind(finding), []).append(finding)
    chosen: dict[Hashable, Finding] = {}
    shown: Counter[Subject] = Counter()
    for kind, several in kinds.items():
        chosen[kind] = min(several, key=lambda f: (*_rank(f), shown[f.question.claim.subject]))
        shown[chosen[kind].question.claim.subject] += 1
    return chosen


def story(drawn: Sequence[Finding]) -> Iterator[tuple[Section, list[Finding]]]:
    """The sections with their pictures; none without any."""
    told = {kind for section in STORY for kind in section.shows}
    for section in STORY:
        place = {kind: number for number, kind in enumerate(section.shows)}
        found = [one for one in drawn if _kind(one) in place]
        if found:
            yield section, sorted(found, key=lambda one: place[_kind(one)])
    others = [one for one in drawn if _kind(one) not in told]
    if others:
        yield OTHERS, others


def _kind(finding: Finding) -> Hashable:
    """The way in which the promise breaks; of a claim that does not say it, the claim itself."""
    claim = finding.question.claim
    shown = claim.shown
    return shown if isinstance(shown, Hashable) and shown is not None else claim.name


def _rank(finding: Finding) -> tuple[bool, int]:
    """Without assumptions beside the usual, and short."""
    return bool(finding.question.claim.assuming), len(finding.counterexample or ())
