"""The sentences of facts about what is counted and remembered."""

from quorate.drawing.grammar import number_of
from quorate.windows.groups.reasons.facts import Kind
from quorate.windows.groups.words.fact_words import FactWords


def in_words(w: FactWords) -> str:
    """One sentence without an end. Raises `ValueError` for a fact of another kind."""
    fact = w.fact
    match fact.kind:
        case Kind.TOO_MANY_FAILOVERS:
            most = number_of(fact.most, "failover")
            return f"Failover {fact.count} of {w.group} begins on {w.nodes} where {most} may begin"
        case Kind.PING_PONG:
            return f"{w.group} moves to and fro between {w.nodes} for ever"
        case Kind.FAILED_TOO_SELDOM:
            fails = number_of(fact.count, "failure")
            return f"{w.group} fails over from {w.nodes} after {fails} of {w.things}"
        case Kind.NOT_LOST:
            return f"{w.others} takes over {w.group} from {w.nodes}, which is still a member"
        case Kind.TRIED_TOO_OFTEN:
            fails = number_of(fact.count, "failure")
            return f"{w.things} is tried again on {w.nodes} after {fails}"
        case Kind.RETURN_FORGOTTEN:
            return f"{w.nodes}, which {w.group} prefers, is available again, and that is forgotten"
        case Kind.LEFT_FAILED:
            free = f", and {w.others} could take {w.group}" if fact.others else ""
            return f"{w.things} stays failed on {w.nodes} for ever{free}"
        case Kind.COUNTED_FOR_OTHERS:
            failed = w.needs or "another resource"
            return f"The failure of {failed} is counted for {w.things} as well"
        case Kind.COUNT_FORGOTTEN:
            return f"The failures of {w.things} are forgotten when it starts again"
        case Kind.COUNT_KEPT:
            return f"The failures of {w.things} on another node are still counted on {w.nodes}"
        case Kind.BROUGHT_ALONE:
            return f"{w.things} is brought online, and {w.needs}, which it needs, is not"
        case Kind.UNWANTED:
            return f"{w.things} {w.was} wanted online and {w.is_} not any more, without a command"
        case Kind.PAUSE_FORGOTTEN:
            return f"{w.nodes} was paused and is not any more, and nobody resumed it"
        case Kind.CALLED_WRONGLY:
            return f"{w.nodes} calls {w.group} home, and is no preferred owner of it"
        case Kind.NOT_CALLED:
            return f"{w.group} goes back from {w.nodes} to {w.others}, and nobody called it"
        case Kind.STALE_FORGOTTEN:
            begun = f"{w.things} {w.was} coming online on {w.nodes} when that was cut off"
            return f"{begun}, and this is forgotten"
        case _:
            raise ValueError(f"{fact.kind.value!r} is told elsewhere")
