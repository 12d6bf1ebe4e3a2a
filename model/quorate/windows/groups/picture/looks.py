"""How a resource looks on a node: colours that the colour-blind tell apart, each with a second
sign for black and white."""

import enum
from dataclasses import dataclass

from quorate.drawing.palette import DOWN_FILL, FAINT
from quorate.windows.groups.activity import Activity, GroupActivity, ResourceState
from quorate.windows.groups.reasons.running import left_on


class Sign(enum.Enum):
    """What is drawn on a bar."""

    NOTHING = ""
    UP = "triangle"
    DOWN = "invtriangle"
    CROSS = "cross"


@dataclass(frozen=True)
class Look:
    meaning: str
    fill: str
    stroke: str
    pen: float
    sign: Sign = Sign.NOTHING


DARK, HALF = "#0072B2", "#B9DCF2"

ONLINE = Look("online", DARK, DARK, 0.6)
STARTING = Look("coming online", HALF, DARK, 0.6, Sign.UP)
STOPPING = Look("going offline", HALF, DARK, 0.6, Sign.DOWN)
FAILED = Look("failed", "white", "black", 0.8, Sign.CROSS)
LEFT = Look("still active where the node is cut off", "#CC79A7", "black", 2.0)
OWNED = Look("the node owns the group", "black", "black", 0.5)
ABSENT = Look("owned by a node that is no member", "white", "black", 0.5)
WORKS = Look("the shared volume works", "#999999", "#666666", 0.6)

LOOKS = (ONLINE, STARTING, STOPPING, FAILED, LEFT, OWNED, ABSENT, WORKS)

_STATES = {
    ResourceState.ONLINE: ONLINE,
    ResourceState.ONLINE_PENDING: STARTING,
    ResourceState.OFFLINE_PENDING: STOPPING,
    ResourceState.FAILED: FAILED,
    ResourceState.OFFLINE: None,
}


class Mark(enum.Enum):
    """What a resource holds, as a small sign: its meaning."""

    UNWRITTEN = "holds data that is not on disk yet"
    LOST = "has lost data or memory"
    SAVED = "memory saved on disk"


def look(group: GroupActivity, node: str, resource: str) -> Look | None:
    """None where it is offline."""
    if resource in left_on(group, node):
        return LEFT
    return _STATES[group.states[resource]] if group.owner == node else None


def mark(group: GroupActivity, node: str, resource: str) -> Mark | None:
    found = look(group, node, resource)
    if group.owner == node and resource in group.lost | group.forgotten:
        return Mark.LOST
    if resource in group.unwritten and found in (ONLINE, STOPPING, LEFT):
        return Mark.UNWRITTEN
    return Mark.SAVED if group.owner == node and resource in group.saved else None


def owner_look(activity: Activity, group: GroupActivity, node: str) -> Look | None:
    if group.owner != node:
        return None
    return OWNED if node in activity.members else ABSENT


class Standing(enum.Enum):
    """What a node is to the cluster, in the word that its lane bears."""

    MEMBER = "member"
    PAUSED = "paused"
    CUT_OFF = "cut off"
    DOWN = "down"

    @property
    def ground(self) -> tuple[str, str, float, str]:
        """Fill, frame, pen and style of the lane."""
        return {
            Standing.MEMBER: (FAINT, "#BBBBBB", 0.8, "solid"),
            Standing.PAUSED: ("#FCFAD9", "#8A8A8A", 1.2, "dotted"),
            Standing.CUT_OFF: ("#F7E7F0", "black", 1.6, "dashed"),
            Standing.DOWN: (DOWN_FILL, "#BBBBBB", 0.8, "solid"),
        }[self]


def standing(activity: Activity, node: str) -> Standing:
    if node in activity.cut_off:
        return Standing.CUT_OFF
    if node not in activity.members:
        return Standing.DOWN
    return Standing.PAUSED if node in activity.paused else Standing.MEMBER
