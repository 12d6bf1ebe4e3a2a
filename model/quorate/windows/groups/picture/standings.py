"""What a node is to the cluster, and the ground that its lane has as long as it is that."""

import enum
from typing import assert_never

from quorate.drawing.palette import DOWN_FILL, FAINT
from quorate.drawing.shapes import Box
from quorate.values import dataclass
from quorate.windows.groups.situation import Situation


@dataclass(frozen=True)
class Ground:
    fill: str
    stroke: str
    pen: float
    style: str

    def box(self, key: str, top: float, width: float, height: float) -> Box:
        return Box(key, 0, top, width, height, self.fill, self.stroke, self.pen, self.style)


class Standing(enum.Enum):
    """In the word that the lane bears."""

    MEMBER = "member"
    PAUSED = "paused"
    UNAWARE = "unaware"
    DOWN = "down"

    @property
    def ground(self) -> Ground:
        match self:
            case Standing.MEMBER:
                return Ground(FAINT, "#BBBBBB", 0.8, "solid")
            case Standing.PAUSED:
                return Ground("#FCFAD9", "#8A8A8A", 1.2, "dotted")
            case Standing.UNAWARE:
                return Ground("#F7E7F0", "black", 1.6, "dashed")
            case Standing.DOWN:
                return Ground(DOWN_FILL, "#BBBBBB", 0.8, "solid")
            case _:
                assert_never(self)


def standing(situation: Situation, node: str) -> Standing:
    if node in situation.stale:
        return Standing.UNAWARE
    if node not in situation.members:
        return Standing.DOWN
    return Standing.PAUSED if node in situation.paused else Standing.MEMBER
