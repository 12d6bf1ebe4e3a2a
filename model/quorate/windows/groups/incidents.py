"""What befalls groups in a claim that begins with everything well: one kind of incident, and apart
from it nothing but what the cluster does by itself and moves that the operator orders."""

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from quorate.values import dataclass
from quorate.windows.groups.verbs import Verb


@dataclass(frozen=True)
class Crashes:
    """At most so many nodes crash, one after another, and none of them returns."""

    most: int


@dataclass(frozen=True)
class OneFailure:
    """A resource fails while nothing else is wrong, and the next only once all that the first left
    is forgotten."""


@dataclass(frozen=True)
class OneDrain:
    """The operator drains one node while no group is on its way, and resumes none."""


Incident: TypeAlias = Crashes | OneFailure | OneDrain


def words_of(incident: Incident) -> str:
    """The incident as part of a name."""
    match incident:
        case Crashes(most=1):
            return "one crash"
        case Crashes(most=most):
            return f"{most} crashes"
        case OneFailure():
            return "one failure"
        case OneDrain():
            return "one drain"
        case _:
            assert_never(incident)


def sentences_of(incident: Incident) -> Iterator[str]:
    """What may happen, as a reader should hear it."""
    match incident:
        case Crashes(most=1):
            yield "one node crashes, at any moment, and nothing is repaired"
        case Crashes(most=most):
            yield f"at most {most} nodes crash, at any moments, and nothing is repaired"
        case OneFailure():
            yield (
                "one resource fails while nothing is wrong; another one only after the restart "
                "period and the failover period have passed"
            )
        case OneDrain():
            yield "the operator drains one node while no group is on its way, and resumes none"
        case _:
            assert_never(incident)
    yield "before that the operator moves groups to where all of them can be online"
    yield "nothing else fails, and the operator does nothing else"


def verb_of(incident: Incident) -> Verb:
    """The verb of the steps that are the incident."""
    match incident:
        case Crashes():
            return Verb.CRASH
        case OneFailure():
            return Verb.FAIL
        case OneDrain():
            return Verb.DRAIN
        case _:
            assert_never(incident)


def most_crashes(incident: Incident) -> int:
    """How many nodes crash at most."""
    match incident:
        case Crashes(most=most):
            return most
        case OneFailure() | OneDrain():
            return 0
        case _:
            assert_never(incident)


def is_left(verb: Verb, incident: Incident) -> bool:
    """Whether steps of this verb happen beside the incident, or are it."""
    match verb:
        case Verb.CRASH | Verb.OUTAGE | Verb.CUT_OFF | Verb.RETURN | Verb.FORM:
            return verb is verb_of(incident)
        case Verb.FAIL | Verb.VOLUME_FAILURE | Verb.VOLUME_RETURN:
            return verb is verb_of(incident)
        case Verb.PAUSE | Verb.RESUME | Verb.DRAIN | Verb.TAKE_OFFLINE | Verb.BRING_ONLINE:
            return verb is verb_of(incident)
        case Verb.MOVE | Verb.MIGRATE:
            return True
        case Verb.START | Verb.COME_ONLINE | Verb.STOP | Verb.GO_OFFLINE | Verb.WRITE:
            return True
        case Verb.START_CUT_OFF | Verb.COME_ONLINE_CUT_OFF | Verb.NOTICE | Verb.FENCE:
            return True
        case Verb.BEGIN_FAILOVER | Verb.TRANSFER | Verb.TAKE_OVER | Verb.SWITCH:
            return True
        case Verb.BEGIN_FAILBACK | Verb.ASK_AGAIN | Verb.KEEP_REPORTING:
            return True
        case Verb.RESTART_PERIOD_PASSES | Verb.FAILOVER_PERIOD_PASSES | Verb.HOUR_PASSES:
            return True
        case _:
            assert_never(verb)
