"""The sentences of facts about what is online, in which order, and what it holds."""

from quorate.drawing.grammar import agreeing
from quorate.windows.groups.reasons.facts import Kind
from quorate.windows.groups.words.fact_words import FactWords
from quorate.windows.groups.words.situation_in_words import states_in_words


def in_words(w: FactWords) -> str:
    """One sentence without an end. Raises `ValueError` for a fact of another kind."""
    fact = w.fact
    match fact.kind:
        case Kind.CIRCLE:
            *way, last = map(w.names.thing, fact.things)
            circle = ", which needs ".join([*way[1:], last, w.names.thing(fact.things[0])])
            return f"{way[0]} needs {circle}"
        case Kind.UNSUPPORTED:
            state = w.state
            return f"{w.things} is {state} on {w.nodes}, and {w.missing}"
        case Kind.TAKEN_AWAY:
            return f"{w.things} is still going offline on {w.nodes}, and {w.missing}"
        case Kind.LOST_WRITE:
            return f"{w.needs} is offline on {w.nodes}, and {w.things} had not written to it yet"
        case Kind.PENDING_FOR_EVER:
            return f"{w.things} {w.is_} {w.state} on {w.nodes} for ever"
        case Kind.NEVER_ONLINE:
            states = states_in_words(w.names, w.now)
            return f"{w.group} stays on {w.nodes} for ever with {states}"
        case Kind.NEVER_TAKEN_OVER:
            return f"No node takes over {w.group} from {w.nodes}, which is no member any more, ever"
        case Kind.NO_FILES:
            return f"{w.things} runs on {w.nodes} without {w.needs}, where its files are"
        case Kind.MEMORY_LOST:
            return (
                f"{w.things} {w.have} lost what {agreeing(fact.things, 'it', 'they')} had in memory"
            )
        case Kind.UNKNOWN_ADDRESS:
            known = f"know {w.things}, which {w.is_} offline" if fact.things else "know no address"
            return f"Clients of {w.group} {known}, and {w.needs} is online for ever"
        case Kind.SAVED_LOST:
            return f"What was saved of the memory of {w.things} is gone"
        case _:
            raise ValueError(f"{fact.kind.value!r} is told elsewhere")
