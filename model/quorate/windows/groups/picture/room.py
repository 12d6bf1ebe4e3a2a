"""How much room the parts of a time-space diagram have, so that it can be read on a page."""

from quorate.values import dataclass

WIDEST = 668.0
"""Letters of 9.5 points are 7 points high where this is as wide as an A4 page between its
margins."""


@dataclass(frozen=True)
class Room:
    """Of each column, of the longest label above one, and of the captions. Where they are
    `together`, resources that look alike all the time share a column."""

    column: float
    label: float
    caption: float
    together: bool = False


ROOMS = (
    Room(16.0, 96.0, 236.0),
    Room(14.0, 80.0, 210.0),
    Room(14.0, 72.0, 190.0, together=True),
    Room(12.0, 56.0, 170.0, together=True),
    Room(12.0, 44.0, 140.0, together=True),
)
"""The first in which all fits is taken, or the last."""
