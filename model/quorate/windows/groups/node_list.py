"""NodeList (rule G4): the order in which nodes are tried for a group, as sets of bits."""

from collections.abc import Sequence
from functools import cached_property

import z3

from quorate.counting.sets import Members, lowest, some
from quorate.values import dataclass
from quorate.windows.groups.bits import bit, joined


@dataclass(frozen=True)
class NodeList:
    """`names` the nodes in the order of their bits, `listed` the same in the order in which they
    are tried."""

    names: tuple[str, ...]
    listed: tuple[str, ...]

    @cached_property
    def _bits(self) -> Sequence[int]:
        return [self.names.index(name) for name in self.listed]

    def in_order(self, nodes: Members) -> Members:
        """`nodes` with the first of the list as the lowest bit."""
        return joined([bit(nodes, place) for place in self._bits])

    def _back(self, listed: Members) -> Members:
        places = sorted(range(len(self._bits)), key=self._bits.__getitem__)
        return joined([bit(listed, place) for place in places])

    def first_of(self, nodes: Members) -> Members:
        """The first of `nodes`."""
        return self._back(lowest(self.in_order(nodes)))

    def next_after(self, owner: Members, nodes: Members) -> Members:
        """The first of `nodes` after `owner`, from the top again after the end of the list."""
        listed, here = self.in_order(nodes), self.in_order(owner)
        later = listed & ~(here | (here - 1))
        return self._back(z3.If(some(later), lowest(later), lowest(listed)))

    def before(self, owner: Members, nodes: Members) -> Members:
        """Those of `nodes` that come before `owner`."""
        return self._back(self.in_order(nodes) & (self.in_order(owner) - 1))
