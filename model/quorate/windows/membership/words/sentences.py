"""All sentences of an account: start, steps and end."""

from quorate.drawing.grammar import capital
from quorate.drawing.names import written
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import Conclusion
from quorate.windows.membership.reasons.entry import Entry
from quorate.windows.membership.words.ending import ending
from quorate.windows.membership.words.opening import opening
from quorate.windows.membership.words.steps import step


def of_entry(account: Account, entry: Entry) -> list[str]:
    """All that is to be said of a step, or of the start."""
    return list((opening if entry.event is None else step)(account, entry))


def of_end(account: Account, conclusion: Conclusion) -> list[str]:
    """The violation, and what shows it."""
    return [violation(account), *ending(account, conclusion)]


def violation(account: Account) -> str:
    """What is wrong, as a sentence."""
    return capital(written(account.violation)) + "."
