"""Colours that the colour-blind tell apart (Okabe and Ito), each with a second sign for black and
white."""

from dataclasses import dataclass

CHANGED = "#D55E00"
"""What changed in a step: thick frames. Nothing else is this colour but the violated fact."""

FRAME = "#8A8A8A"
FAINT = "#F6F6F6"
DOWN_FILL = "#E4E4E4"
DOWN_TEXT = "#555555"
TEXT = "#333333"


@dataclass(frozen=True)
class Team:
    """How an island that runs is drawn: its nodes, the ground around them, its frame."""

    letter: str
    fill: str
    ground: str
    style: str
    rings: int


TEAMS = (
    Team("A", "#56B4E9", "#E1F1FB", "solid", 1),
    Team("B", "#F0E442", "#FCFAD9", "solid", 2),
    Team("C", "#CC79A7", "#F7E7F0", "dashed", 1),
    Team("D", "#009E73", "#DDF2EB", "dotted", 1),
)
