"""A refutation in words and as data."""

from typing import Any

from quorate.views.account import Account
from quorate.views.chronicle_data import chronicle_data
from quorate.views.chronicle_text import chronicle_text
from quorate.views.data import story_data
from quorate.views.story import Story
from quorate.views.text import story_text


def account_text(told: Account) -> str:
    """Numbered sentences for the terminal."""
    return story_text(told) if isinstance(told, Story) else chronicle_text(told)


def account_data(told: Account) -> dict[str, Any]:
    """Plain values for JSON."""
    return story_data(told) if isinstance(told, Story) else chronicle_data(told)
