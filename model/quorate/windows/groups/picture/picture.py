"""The picture that shows best what is wrong."""

from quorate.drawing.dot import dot_source
from quorate.windows.groups.picture.dependency_graph import dependency_graph
from quorate.windows.groups.picture.time_space import time_space
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.facts import Kind
from quorate.windows.groups.words.telling import Telling


def picture(account: Account) -> str:
    """As DOT source. What never moves is no matter of time."""
    telling = Telling(account)
    wrong = telling.wrong
    if wrong is not None and wrong.kind is Kind.CIRCLE and not account.steps:
        group = account.group(wrong.group)
        circle = (*wrong.things, wrong.things[0])
        return dependency_graph(group, circle=circle, said=_said(account, telling))
    drawn = time_space(account)
    return dot_source(drawn.title, drawn.block, drawn.description)


def _said(account: Account, telling: Telling) -> list[str]:
    promised = [f"Promised: {account.claim}."] if account.claim else []
    return [telling.violation(), *promised, *telling.reasons()]
