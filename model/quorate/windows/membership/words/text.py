"""An account for the terminal: numbered lines, one a step. The terminal wraps them."""

from quorate.drawing.grammar import number_of
from quorate.drawing.names import written
from quorate.drawing.page import numbered, page
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import conclude
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.words.sentences import of_end, of_entry


def text(account: Account) -> str:
    """Headline, cluster, what is broken on purpose, and the lines "0. ..." to "n. ...": number 0 is
    the start, a step has the number that its panel in the picture has, the last line is what they
    come to."""
    entries = [of_entry(account, entry) for entry in explain(account)]
    lines = numbered([*entries, of_end(account, conclude(account))])
    return page(headline(account), account.cluster.name, account.deviation, lines)


def headline(account: Account) -> str:
    """The claim, and in how many steps it is refuted."""
    return f"{written(account.title)}: REFUTED in {number_of(account.steps, 'step')}"
