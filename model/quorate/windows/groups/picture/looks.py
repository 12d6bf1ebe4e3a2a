"""How a resource looks on a node: colours that the colour-blind tell apart, each with a second
sign for black and white."""

import enum
from dataclasses import replace
from typing import assert_never

from quorate.drawing.bars import Bar, Sign
from quorate.windows.groups.situation import GroupSituation, ResourceState, Situation

DARK, HALF = "#0072B2", "#B9DCF2"
BAR, SPINE = 10.0, 4.0


class Look(enum.Enum):
    """What a bar means."""

    ONLINE = "online"
    STARTING = "coming online"
    STOPPING = "going offline"
    FAILED = "failed"
    STALE = "still active where the cluster does not run it"
    OWNED = "the node owns the group"
    ABSENT = "last owned by a node that is no member now"
    WORKS = "the shared volume works"

    @property
    def bar(self) -> Bar:
        """As it is drawn, with its meaning."""
        return replace(self._bar, words=self.value, rank=list(Look).index(self))

    @property
    def _bar(self) -> Bar:
        match self:
            case Look.ONLINE:
                return Bar(DARK, DARK, 0.6, BAR)
            case Look.STARTING:
                return Bar(HALF, DARK, 0.6, BAR, Sign.UP)
            case Look.STOPPING:
                return Bar(HALF, DARK, 0.6, BAR, Sign.DOWN)
            case Look.FAILED:
                return Bar("white", "black", 0.8, BAR, Sign.CROSS)
            case Look.STALE:
                return Bar("#CC79A7", "black", 2.0, BAR)
            case Look.OWNED:
                return Bar("black", "black", 0.5, SPINE)
            case Look.ABSENT:
                return Bar("white", "black", 0.5, SPINE)
            case Look.WORKS:
                return Bar("#999999", "#666666", 0.6, BAR)
            case _:
                assert_never(self)


def look(group: GroupSituation, node: str, resource: str) -> Look | None:
    """None where it is offline."""
    if resource in group.stale_on(node):
        return Look.STALE
    return _owned(group.states[resource]) if group.owner == node else None


def _owned(state: ResourceState) -> Look | None:
    match state:
        case ResourceState.ONLINE:
            return Look.ONLINE
        case ResourceState.ONLINE_PENDING:
            return Look.STARTING
        case ResourceState.OFFLINE_PENDING:
            return Look.STOPPING
        case ResourceState.FAILED:
            return Look.FAILED
        case ResourceState.OFFLINE:
            return None
        case _:
            assert_never(state)


def owner_look(situation: Situation, group: GroupSituation, node: str) -> Look | None:
    """None where the group is another node's."""
    if group.owner != node:
        return None
    return Look.OWNED if node in situation.members else Look.ABSENT
