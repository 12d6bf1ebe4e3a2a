"""Where questions come from, as something that another process can make them of again.

Questions hold formulas and functions, which cannot be sent. A process that was forked has them
anyway; any other makes them of their source, and asks for them by their places.
"""

from collections.abc import Sequence
from typing import Protocol

from quorate.inquiry.finding import Question
from quorate.values import dataclass


class Source(Protocol):
    """A small value that can be pickled."""

    def questions(self) -> Sequence[Question]:
        """The questions, the same ones in the same order each time."""


@dataclass(frozen=True)
class Given:
    """Questions as they are: for processes that are forked, and for questions that can be sent."""

    given: Sequence[Question]

    def questions(self) -> Sequence[Question]:
        return self.given
