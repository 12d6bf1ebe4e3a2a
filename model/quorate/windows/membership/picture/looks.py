"""How an island that runs is drawn, and how each keeps its look from moment to moment."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from quorate.values import dataclass
from quorate.windows.membership.situation import Situation
from quorate.windows.names import ClusterNames


@dataclass(frozen=True)
class Look:
    """The colour of an island's nodes and of the ground around them; style and number of its frames
    say the same in black and white."""

    letter: str
    fill: str
    ground: str
    style: str
    rings: int


LOOKS = (
    Look("A", "#56B4E9", "#E1F1FB", "solid", 1),
    Look("B", "#F0E442", "#FCFAD9", "solid", 2),
    Look("C", "#CC79A7", "#F7E7F0", "dashed", 1),
    Look("D", "#009E73", "#DDF2EB", "dotted", 1),
)

Looks: TypeAlias = Mapping[frozenset[str], Look]
"""The look of each island of one moment."""


def looks(names: ClusterNames, situations: Sequence[Situation]) -> tuple[Looks, ...]:
    """For each moment those of its islands. An island keeps the look of the one that it comes from;
    of several, the first does."""
    found: list[Looks] = []
    before: Looks = {}
    for situation in situations:
        before = _after(before, names.by_order(situation.islands))
        found.append(before)
    return tuple(found)


def _after(before: Looks, islands: Sequence[frozenset[str]]) -> Looks:
    after: dict[frozenset[str], Look] = {}
    for old, look in before.items():
        heirs = [island for island in islands if island & old and island not in after]
        if heirs:
            after[heirs[0]] = look
    for island in islands:
        if island not in after:
            free = [look for look in LOOKS if look not in after.values()]
            after[island] = free[0] if free else LOOKS[-1]
    return after
