"""An account for the terminal: numbered lines, one a step. The terminal wraps them."""

from quorate.drawing.grammar import number_of
from quorate.drawing.heading import Heading
from quorate.drawing.names import written
from quorate.drawing.page import numbered, page
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import conclude
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.words.caveats_in_words import caveats_in_words
from quorate.windows.membership.words.sentences import of_end, of_entry


def text(account: Account) -> str:
    """The heading, and the start, the steps and the end: a step has the number that its panel in
    the picture has, the last line is what they come to."""
    start, *steps = [of_entry(account, entry) for entry in explain(account)]
    end = conclude(account)
    lines = numbered(start, steps, of_end(account, end))
    return page(heading(account), lines, caveats_in_words(account, end))


def heading(account: Account) -> Heading:
    """The claim, and in how many steps it is refuted."""
    title = f"{written(account.title)}: REFUTED in {number_of(account.steps, 'step')}"
    if account.loop_start is not None:
        title += " and for ever"
    return Heading(
        title,
        account.cluster.name,
        account.claim,
        account.why,
        account.deviation,
        account.assuming,
    )
