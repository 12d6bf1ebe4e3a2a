"""A refutation in words and as data."""

from typing import Any

from quorate.windows.account import Account
from quorate.windows.groups.words.data import chronicle_data
from quorate.windows.groups.words.text import chronicle_text
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.words.data import story_data
from quorate.windows.membership.words.text import story_text


def account_text(told: Account) -> str:
    """Numbered sentences for the terminal."""
    return story_text(told) if isinstance(told, Story) else chronicle_text(told)


def account_data(told: Account) -> dict[str, Any]:
    """Plain values for JSON."""
    return story_data(told) if isinstance(told, Story) else chronicle_data(told)
