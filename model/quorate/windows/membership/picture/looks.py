"""How an island that runs is drawn, and how each keeps its look from moment to moment; and how
everything else is that has a meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from quorate.drawing.legend import HIGH, WIDE
from quorate.drawing.palette import ACTS, DOWN_FILL, DOWN_TEXT, FRAME, WRONG
from quorate.drawing.shapes import SHEET, Box, Line, Meaning
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


THICK = 2.6
"""A frame that marks something."""


def _sample(name: str, **look: object) -> tuple[Box, ...]:
    return (Box(f"legend {name}", 0, 0, WIDE, HIGH, **look),)  # type: ignore[arg-type]


def _line(stroke: str, pen: float, style: str = "solid") -> tuple[Line, ...]:
    return (Line(SHEET, SHEET, ((0, HIGH / 2), (WIDE, HIGH / 2)), stroke, pen, style),)


RUNS = Meaning("the node runs the cluster", _sample("runs", fill=LOOKS[0].fill, pen=0.8), 0)
LISTENS = Meaning(
    "listens: the node is up and runs no cluster", _sample("listens", fill="white", pen=0.8), 1
)
DOWN = Meaning("down", _sample("down", fill=DOWN_FILL, stroke=FRAME, pen=0.8, style="dashed"), 2)
ISLAND = Meaning(
    "an island: nodes that run the cluster together",
    _sample("island", fill=LOOKS[0].ground, pen=1.3),
    3,
)
CUT = Meaning("no connection across", _line(DOWN_TEXT, 2.0, "dashed"), 10)
HOLDS = Meaning("holds the witness", _line("black", 2.2), 11)


def marked(box: Box, meaning: Meaning) -> Box:
    """A thick frame around a box that has a meaning of its own."""
    (sample,) = (shape for shape in meaning.sample if isinstance(shape, Box))
    frame = replace(box, key=f"{box.key} mark", fill="transparent", meaning=meaning)
    return replace(frame, stroke=sample.stroke, pen=THICK, style="solid")


ACTING = Meaning(
    "acts or is struck in this step",
    _sample("acts", fill="white", stroke=ACTS, pen=THICK),
    20,
)
BREAKS = Meaning("breaks the promise", _sample("breaks", fill="white", stroke=WRONG, pen=THICK), 21)
