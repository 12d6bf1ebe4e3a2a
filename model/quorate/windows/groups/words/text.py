"""An account for the terminal: numbered lines, one a step. The terminal wraps them."""

from quorate.drawing.grammar import number_of
from quorate.drawing.heading import Heading
from quorate.drawing.names import written
from quorate.drawing.page import numbered, page
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.entries import entries
from quorate.windows.groups.words.telling import Telling


def account_text(account: Account) -> str:
    """The heading, and the start, the steps and the end: a step has the number that its row in the
    picture has, the last line is what they come to."""
    start, *steps, end = account_sentences(account)
    caveats = Telling(account).caveats()
    return page(account_heading(account), numbered(start, steps, end), caveats)


def account_heading(account: Account) -> Heading:
    """The claim, and in how many steps it is refuted."""
    steps = number_of(account.steps, "step")
    for_ever = "" if account.loop_start is None else " and for ever"
    title = f"{written(account.title)}: REFUTED in {steps}{for_ever}"
    return Heading(
        title,
        account.cluster.name,
        account.claim,
        account.why,
        account.deviation,
        account.assuming,
    )


def account_sentences(account: Account) -> list[list[str]]:
    """The sentences of each line: the start, every step, and at last the violated fact."""
    telling = Telling(account)
    steps = [telling.sentences(entry) for entry in entries(account)]
    return [*steps, telling.conclusion()]
