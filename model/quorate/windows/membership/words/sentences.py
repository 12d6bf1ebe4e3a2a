"""All sentences of an account: start, steps and end."""

from quorate.drawing.grammar import capital
from quorate.drawing.names import written
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import Conclusion
from quorate.windows.membership.reasons.entry import Entry
from quorate.windows.membership.reasons.facts import violated
from quorate.windows.membership.words.facts_in_words import fact_in_words
from quorate.windows.membership.words.opening import opening
from quorate.windows.membership.words.reasons import reasons
from quorate.windows.membership.words.steps import step


def of_entry(account: Account, entry: Entry) -> list[str]:
    """All that is to be said of a step, or of the start."""
    return list((opening if entry.event is None else step)(account, entry))


def of_end(account: Account, conclusion: Conclusion) -> list[str]:
    """Who and what is wrong, and why."""
    return [violation(account, conclusion), *why(account, conclusion)]


def why(account: Account, conclusion: Conclusion) -> list[str]:
    """Why it came to that."""
    return reasons(account, conclusion, violated(account, conclusion))


def violation(account: Account, conclusion: Conclusion) -> str:
    """Who and what is wrong, as a sentence; where that is not to be seen, what is said of every run
    that breaks the promise."""
    wrong = violated(account, conclusion)
    said = fact_in_words(account, wrong) if wrong is not None else written(account.violation)
    return capital(said) + "."
