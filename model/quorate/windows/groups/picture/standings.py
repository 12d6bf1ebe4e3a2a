"""What a node is to the cluster, and the ground that its lane has as long as it is that."""

import enum
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from quorate.drawing.legend import HIGH, WIDE
from quorate.drawing.palette import DOWN_FILL, FAINT, FAINT_FRAME
from quorate.drawing.shapes import Box, Meaning
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.situation import Event, Situation
from quorate.windows.groups.verbs import Verb


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
    STOPPED = "stopped"
    DOWN = "down"

    @property
    def ground(self) -> Ground:
        match self:
            case Standing.MEMBER:
                return Ground(FAINT, FAINT_FRAME, 0.8, "solid")
            case Standing.PAUSED:
                return Ground("#FCFAD9", "#8A8A8A", 1.2, "dotted")
            case Standing.UNAWARE:
                return Ground("#F7E7F0", "black", 1.6, "dashed")
            case Standing.STOPPED:
                return Ground(DOWN_FILL, "#8A8A8A", 0.8, "dashed")
            case Standing.DOWN:
                return Ground(DOWN_FILL, FAINT_FRAME, 0.8, "solid")
            case _:
                assert_never(self)

    @property
    def meaning(self) -> Meaning | None:
        """None for what needs no word."""
        said = self._said
        if said is None:
            return None
        box = self.ground.box(f"legend {self.name}", 0, WIDE, HIGH)
        return Meaning(f"{self.value}: {said}", (box,), 40 + list(Standing).index(self))

    @property
    def _said(self) -> str | None:
        match self:
            case Standing.MEMBER:
                return None
            case Standing.PAUSED:
                return "the operator paused the node"
            case Standing.UNAWARE:
                return "the node is no member and has not noticed"
            case Standing.STOPPED:
                return "the cluster service has stopped"
            case Standing.DOWN:
                return "the node is off"
            case _:
                assert_never(self)

    def box(self, key: str, top: float, width: float, height: float) -> Box:
        """The ground with its meaning."""
        return replace(self.ground.box(key, top, width, height), meaning=self.meaning)


def standings(account: Account, node: str) -> Iterator[Standing]:
    """At each moment. That a node is off is known of one that crashed or was switched off."""
    off = False
    for moment in account.moments:
        there = node in moment.situation.members | moment.situation.stale
        off = not there and (off or _switches_off(moment.event, node))
        yield Standing.DOWN if off else _standing(moment.situation, node)


def _switches_off(event: Event | None, node: str) -> bool:
    return event is not None and event.verb in {Verb.CRASH, Verb.FENCE} and event.node == node


def _standing(situation: Situation, node: str) -> Standing:
    if node in situation.stale:
        return Standing.UNAWARE
    if node not in situation.members:
        return Standing.STOPPED
    return Standing.PAUSED if node in situation.paused else Standing.MEMBER
