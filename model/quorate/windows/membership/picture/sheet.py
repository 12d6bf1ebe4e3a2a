"""What all panels of a picture share, and what one of them shows."""

from collections.abc import Mapping
from functools import cached_property

from quorate.cluster import Cluster
from quorate.drawing.metrics import wrapped
from quorate.drawing.names import distinct_forms
from quorate.values import dataclass
from quorate.windows.membership.picture.cells import Cell, cells
from quorate.windows.membership.picture.looks import Look, Looks, looks
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.networks import cuts, networks
from quorate.windows.membership.situation import Situation
from quorate.windows.names import ClusterNames

NAME, MARK = 10.5, 9.5
"""Font sizes in a box."""

NAME_WIDTH = 62.0
"""What a name has of the narrowest box, that of a node in an island in half a panel."""

THICK = 2.6
"""The frame of what changed."""

WIDE = 130.0
"""An area of at least this width has two columns, a box what it says in one line."""


@dataclass(frozen=True)
class Sheet:
    """An account, its boxes, and which island is which."""

    account: Account

    @property
    def cluster(self) -> Cluster:
        return self.account.cluster

    @property
    def names(self) -> ClusterNames:
        return self.account.names

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return cells(self.account)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each node's name as it fits three lines of a box, no two alike."""
        return distinct_forms(
            self.cluster.node_names,
            lambda text: len(wrapped(text, NAME_WIDTH, NAME, bold=True)) <= 3,
        )

    @cached_property
    def looks(self) -> tuple[Looks, ...]:
        """For each moment those of its islands."""
        return looks(self.names, [moment.situation for moment in self.account.moments])

    @cached_property
    def views(self) -> tuple["View", ...]:
        """One for each moment."""
        return tuple(View(self, step) for step in range(len(self.account.moments)))

    def cell_of(self, node: str) -> Cell:
        return next(cell for cell in self.cells if node in cell.nodes)


@dataclass(frozen=True)
class View:
    """One moment on a sheet: what its panel shows, and the names of the boxes in it."""

    sheet: Sheet
    step: int

    @property
    def situation(self) -> Situation:
        return self.sheet.account.moments[self.step].situation

    @property
    def before(self) -> "View | None":
        """The moment before; None at the start, where nothing has changed yet."""
        return self.sheet.views[self.step - 1] if self.step else None

    @cached_property
    def networks(self) -> tuple[frozenset[str], ...]:
        return networks(self.sheet.cluster.node_names, self.situation)

    def network_of(self, node: str) -> frozenset[str]:
        return next(network for network in self.networks if node in network)

    def cuts(self, network: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """The pairs inside a network that do not reach each other directly."""
        return cuts(self.sheet.cluster.node_names, network, self.situation)

    def cells_in(self, nodes: frozenset[str]) -> list[Cell]:
        return [cell for cell in self.sheet.cells if cell.first in nodes]

    def look(self, island: frozenset[str]) -> Look:
        return self.sheet.looks[self.step][island]

    def look_of(self, node: str) -> Look | None:
        """That of its island; None for a node that runs in none."""
        island = self.situation.island_of(node)
        return None if island is None else self.look(island)

    def without_paths(self, network: frozenset[str]) -> bool:
        """No node of the network has the path to a working witness that it was built with."""
        witness = self.sheet.cluster.witness
        if witness is None or not self.situation.witness_up:
            return False
        built = network & frozenset(witness.reached_by)
        return len(built) > 1 and not built & self.situation.witness_paths

    @property
    def key(self) -> str:
        return f"step {self.step}"

    def node_key(self, cell: Cell) -> str:
        return f"{self.key} node {cell.index}"

    def island_key(self, island: frozenset[str]) -> str:
        ordered = self.sheet.names.by_order(self.situation.islands)
        return f"{self.key} island {ordered.index(island)}"
