"""The picture of a refutation: panels for a cluster, a time-space diagram for groups."""

from quorate.views.account import Account
from quorate.views.diagram import dot
from quorate.views.story import Story
from quorate.views.time_space import time_space


def account_dot(told: Account) -> str:
    """The picture as DOT."""
    return dot(told) if isinstance(told, Story) else time_space(told)
