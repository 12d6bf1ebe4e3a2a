"""The picture of a refutation: panels for a cluster, a time-space diagram for groups."""

from quorate.windows.account import Account
from quorate.windows.groups.picture.time_space import time_space
from quorate.windows.membership.picture.diagram import dot
from quorate.windows.membership.reasons.story import Story


def account_dot(told: Account) -> str:
    """The picture as DOT."""
    return dot(told) if isinstance(told, Story) else time_space(told)
