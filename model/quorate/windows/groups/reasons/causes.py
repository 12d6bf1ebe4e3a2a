"""The reasons for which a step could be, as data."""

import enum
from typing import assert_never

from quorate.values import dataclass


class Why(enum.Enum):
    """A rule that a step follows, or one that it breaks."""

    NEEDS_NOTHING = "it needs nothing else"
    NEEDS_ONLINE = "what it needs is online"
    NEEDS_MISSING = "it starts without what it needs"
    ITS_TURN = "what the group starts after is online"
    NOT_ITS_TURN = "the group starts before what it starts after is online"
    MOVES = "the group is taken offline for a move"
    STILL_NEEDED = "it stops although it is needed"
    HAS_FAILED = "a resource has failed"
    COUNTED = "failovers are counted"
    ALL_OFFLINE = "all of it is offline"
    NOT_OFFLINE = "it passes on although it is active"
    OWNER_GONE = "its owner is no member any more"
    OWNER_THERE = "it is taken although its owner is a member"
    MAY_NOT_OWN = "the node may not own it"
    IS_PAUSED = "the node is paused"
    ALL_PAUSED = "all that are left and may own it are paused"
    NOWHERE_ELSE = "no other node may take it"
    PREFERRED = "the node is preferred to the owner"

    @property
    def breaks_rule(self) -> bool:
        """The step could not be under the real rules."""
        match self:
            case (
                Why.NEEDS_MISSING
                | Why.NOT_ITS_TURN
                | Why.STILL_NEEDED
                | Why.NOT_OFFLINE
                | Why.OWNER_THERE
                | Why.MAY_NOT_OWN
                | Why.IS_PAUSED
            ):
                return True
            case (
                Why.NEEDS_NOTHING
                | Why.NEEDS_ONLINE
                | Why.ITS_TURN
                | Why.MOVES
                | Why.HAS_FAILED
                | Why.COUNTED
                | Why.ALL_OFFLINE
                | Why.OWNER_GONE
                | Why.ALL_PAUSED
                | Why.NOWHERE_ELSE
                | Why.PREFERRED
            ):
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Cause:
    """`names` the resources, nodes or groups that it speaks of; of failovers, the count and the
    most."""

    why: Why
    names: tuple[str, ...] = ()
    count: int = 0
    most: int = 0
