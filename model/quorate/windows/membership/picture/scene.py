"""What all panels of a picture share: the story, its boxes, and which island is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from quorate.cluster import Cluster
from quorate.drawing.metrics import wrapped
from quorate.drawing.names import Names, told_apart
from quorate.drawing.palette import TEAMS, Team
from quorate.windows.membership.picture.alike import Cell, cells
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.situation import Situation

NAME, MARK = 10.5, 9.5
"""Font sizes in a box."""

NAME_WIDTH = 62.0
"""What a name has of the narrowest box, that of a node in an island in half a panel."""


@dataclass(frozen=True)
class Scene:
    story: Story

    @property
    def cluster(self) -> Cluster:
        return self.story.cluster

    @cached_property
    def names(self) -> Names:
        return Names(self.cluster)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return cells(self.story)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each node's name as it fits three lines of a box, no two alike."""
        return told_apart(
            self.cluster.node_names,
            lambda text: len(wrapped(text, NAME_WIDTH, NAME, bold=True)) <= 3,
        )

    @cached_property
    def teams(self) -> tuple[Mapping[frozenset[str], Team], ...]:
        """For each moment the look of its islands. An island keeps the look of the one that it
        comes from; of several, the first does."""
        looks: list[Mapping[frozenset[str], Team]] = []
        before: Mapping[frozenset[str], Team] = {}
        for moment in self.story.moments:
            before = self._teams_after(before, moment.situation)
            looks.append(before)
        return tuple(looks)

    def _teams_after(
        self, before: Mapping[frozenset[str], Team], situation: Situation
    ) -> Mapping[frozenset[str], Team]:
        after: dict[frozenset[str], Team] = {}
        ordered = self.names.by_order(situation.islands)
        for old, team in before.items():
            heirs = [island for island in ordered if island & old and island not in after]
            if heirs:
                after[heirs[0]] = team
        for island in ordered:
            if island not in after:
                free = [team for team in TEAMS if team not in after.values()]
                after[island] = free[0] if free else TEAMS[-1]
        return after

    def situation(self, step: int) -> Situation:
        return self.story.moments[step].situation

    def island_number(self, step: int, island: frozenset[str]) -> int:
        return self.names.by_order(self.situation(step).islands).index(island)

    def cell_of(self, node: str) -> Cell:
        return next(cell for cell in self.cells if node in cell.nodes)
