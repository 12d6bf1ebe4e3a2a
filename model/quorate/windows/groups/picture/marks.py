"""What a resource holds or has lost, as a small sign on its bar."""

import enum
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from quorate.drawing.legend import HIGH, WIDE
from quorate.drawing.shapes import Box, Meaning, Shape, Words
from quorate.windows.groups.situation import GroupSituation, ResourceState


class Mark(enum.Enum):
    """What a sign means."""

    UNWRITTEN = "holds data that is not on disk yet"
    LOST = "has lost data or memory"
    SAVED = "memory saved on disk"

    @property
    def meaning(self) -> Meaning:
        sample = tuple(self._sign_at(f"legend {self.name}", WIDE / 2, HIGH / 2))
        return Meaning(self.value, sample, 20 + list(Mark).index(self))

    def sign_at(self, key: str, x: float, y: float) -> Iterator[Shape]:
        """With its meaning."""
        for shape in self._sign_at(key, x, y):
            yield replace(shape, meaning=self.meaning) if isinstance(shape, Box) else shape

    def _sign_at(self, key: str, x: float, y: float) -> Iterator[Shape]:
        match self:
            case Mark.SAVED:
                yield Box(key, x - 5, y - 6, 10, 12, "white", "black", 1.0)
                yield Words(f"{key} letter", x - 5, y - 5.7, 10, ("S",), 9.5, bold=True)
            case Mark.UNWRITTEN:
                yield Box(key, x - 3.2, y - 3.2, 6.4, 6.4, "white", "black", 1.0, shape="circle")
            case Mark.LOST:
                yield Box(key, x - 4.5, y - 4.5, 9, 9, "black", "white", 0.8, shape="diamond")
            case _:
                assert_never(self)


def mark(group: GroupSituation, node: str, resource: str) -> Mark | None:
    owned = group.owner == node
    if owned and resource in group.lost | group.forgotten:
        return Mark.LOST
    if resource in group.unwritten and _may_hold(group, node, resource):
        return Mark.UNWRITTEN
    return Mark.SAVED if owned and resource in group.saved else None


def _may_hold(group: GroupSituation, node: str, resource: str) -> bool:
    """It runs on the node, so what is not on disk yet is in its memory there."""
    if resource in group.stale_on(node):
        return True
    if group.owner != node:
        return False
    state = group.states[resource]
    match state:
        case ResourceState.ONLINE | ResourceState.OFFLINE_PENDING:
            return True
        case ResourceState.ONLINE_PENDING | ResourceState.OFFLINE | ResourceState.FAILED:
            return False
        case _:
            assert_never(state)
