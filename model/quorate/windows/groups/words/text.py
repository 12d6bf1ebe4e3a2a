"""An account for the terminal: numbered lines, one a step. The terminal wraps them."""

from quorate.drawing.grammar import number_of
from quorate.drawing.names import written
from quorate.drawing.page import numbered, page
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.entries import entries
from quorate.windows.groups.words.telling import Telling


def account_text(account: Account) -> str:
    """Headline, cluster, what is broken on purpose, and the numbered lines."""
    lines = account_lines(account)
    return page(account_headline(account), account.cluster.name, account.deviation, lines)


def account_headline(account: Account) -> str:
    """The claim, and in how many steps it is refuted."""
    steps = number_of(account.steps, "step")
    for_ever = "" if account.loop_start is None else " and for ever"
    return f"{written(account.title)}: REFUTED in {steps}{for_ever}"


def account_lines(account: Account) -> list[str]:
    """Lines "0. ..." to "n. ...": number 0 is the start, a step has the number that its row in the
    picture has, the last line is what they come to."""
    return numbered(account_sentences(account))


def account_sentences(account: Account) -> list[list[str]]:
    """The sentences of each line: the start, every step, and at last the violated fact."""
    telling = Telling(account)
    steps = [telling.sentences(entry) for entry in entries(account)]
    return [*steps, telling.conclusion()]
