"""What some clusters have around their groups: shared volumes, and hours that matter."""

from functools import cached_property

import z3

from quorate.cluster import HOURS, Window
from quorate.counting.sets import has
from quorate.system import Bits, Enumeration, Formula, Single, Variable
from quorate.values import dataclass


@dataclass(frozen=True)
class Volumes:
    """The shared volumes of these `names`, and which of them are there."""

    names: tuple[str, ...]

    @cached_property
    def variable(self) -> Variable:
        return Variable("volumes", Bits(self.names))

    @property
    def choice(self) -> Variable:
        """The choice of a volume in one step."""
        return Variable("volume", Single(self.names))

    def has(self, name: str) -> Formula:
        """The volume is there."""
        return has(self.variable.term, self.names.index(name))


@dataclass(frozen=True)
class Hour:
    """The hour of the day."""

    @cached_property
    def variable(self) -> Variable:
        return Variable("hour", Enumeration(tuple(str(hour) for hour in range(HOURS))))

    def within(self, window: Window) -> Formula:
        return z3.Or(*(self.variable.term == hour for hour in window.hours))
