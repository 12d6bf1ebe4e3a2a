"""Small words: numbers with their nouns, and forms that agree."""

from collections.abc import Collection

from quorate.drawing.names import written


def number_of(count: int, noun: str) -> str:
    """ "1 vote", "2 votes"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def agreeing(members: Collection[str], one: str, more: str) -> str:
    """The form that agrees with how many they are."""
    return one if len(members) == 1 else more


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def but_here(deviation: str | None) -> str:
    """How a sentence goes on about the rule that is broken on purpose; empty where none is."""
    return f", but here {written(deviation)}" if deviation else ""


def not_allowed(deviation: str | None) -> str:
    """The sentence about a step that is possible only because that rule is broken."""
    here = but_here(deviation)
    return f"The rules do not allow this{here}." if here else "This is against the rules."
