"""The sentences of facts."""

from typing import assert_never

from quorate.windows.groups.reasons.facts import Fact, Kind
from quorate.windows.groups.situation import GroupSituation
from quorate.windows.groups.words import memory_in_words, order_in_words, place_in_words
from quorate.windows.groups.words.fact_words import FactWords
from quorate.windows.groups.words.group_names import GroupNames
from quorate.windows.groups.words.rests_in_words import rests_in_words


def fact_in_words(names: GroupNames, now: GroupSituation, fact: Fact) -> str:
    """One sentence without an end; `now` is how the group is at the end."""
    words = FactWords(names, now, fact)
    match fact.kind:
        case (
            Kind.CIRCLE
            | Kind.UNSUPPORTED
            | Kind.TAKEN_AWAY
            | Kind.LOST_WRITE
            | Kind.PENDING_FOR_EVER
            | Kind.NEVER_ONLINE
            | Kind.NEVER_TAKEN_OVER
            | Kind.NO_FILES
            | Kind.MEMORY_LOST
            | Kind.UNKNOWN_ADDRESS
            | Kind.SAVED_LOST
        ):
            return order_in_words.in_words(words)
        case (
            Kind.NOT_POSSIBLE
            | Kind.NOT_MEMBER
            | Kind.WRONG_SUBNET
            | Kind.STAYS_DRAINED
            | Kind.NOT_GONE_BACK
            | Kind.PAUSED_STARTS
            | Kind.PAUSED_SENT
            | Kind.DRAINED_KEEPS
            | Kind.WRONG_HOUR
            | Kind.WRONG_WAY_BACK
            | Kind.WRONG_NEXT
            | Kind.ASTRAY
            | Kind.BESIDE
            | Kind.TWICE
            | Kind.ANSWERS_ELSEWHERE
            | Kind.NO_PATH
            | Kind.DATA_LOST
        ):
            return place_in_words.in_words(words)
        case (
            Kind.TOO_MANY_FAILOVERS
            | Kind.PING_PONG
            | Kind.FAILED_TOO_SELDOM
            | Kind.NOT_LOST
            | Kind.TRIED_TOO_OFTEN
            | Kind.RETURN_FORGOTTEN
            | Kind.LEFT_FAILED
            | Kind.COUNTED_FOR_OTHERS
            | Kind.COUNT_FORGOTTEN
            | Kind.COUNT_KEPT
            | Kind.BROUGHT_ALONE
            | Kind.UNWANTED
            | Kind.PAUSE_FORGOTTEN
            | Kind.CALLED_WRONGLY
            | Kind.NOT_CALLED
            | Kind.STALE_FORGOTTEN
        ):
            return memory_in_words.in_words(words)
        case (
            Kind.LIST
            | Kind.WINDOW
            | Kind.PREFERS
            | Kind.NO_DEPENDENCY
            | Kind.NO_DISK
            | Kind.NOT_FENCED
            | Kind.OWNERS
            | Kind.SUBNET
            | Kind.PATHS
            | Kind.COPIES
            | Kind.AVOIDS
            | Kind.ALLOWED
            | Kind.TOLERATED
            | Kind.UNAWARE
            | Kind.OWNS
            | Kind.PLANNED
            | Kind.IS_PAUSED
            | Kind.FREE
        ):
            return rests_in_words(names, fact)
        case _:
            assert_never(fact.kind)
