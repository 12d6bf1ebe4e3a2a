"""What all panels of a picture share, and what one of them shows."""

from collections.abc import Mapping
from functools import cached_property

from quorate.cluster import Cluster
from quorate.drawing.metrics import wrapped
from quorate.drawing.names import distinct_forms
from quorate.values import dataclass
from quorate.windows.membership.picture.cells import Cell, cells
from quorate.windows.membership.picture.looks import Look, Looks, looks
from quorate.windows.membership.picture.place import ordered
from quorate.windows.membership.picture.versions import Versions, versions
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import Conclusion, conclude
from quorate.windows.membership.reasons.facts import Fact, violated
from quorate.windows.membership.reasons.networks import cuts, networks
from quorate.windows.membership.situation import Situation
from quorate.windows.names import ClusterNames

NAME, MARK = 10.5, 9.5
"""Font sizes in a box."""

NAME_WIDTH = 78.0
"""What a name has of the narrowest box."""


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
        """From the top of a panel to its bottom."""
        return ordered(self.account, cells(self.account))

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
    def versions(self) -> tuple[Versions, ...]:
        """For each moment who has which configuration."""
        return versions(self.account)

    @cached_property
    def conclusion(self) -> Conclusion:
        return conclude(self.account)

    @cached_property
    def wrong(self) -> Fact | None:
        """What breaks the promise at the end."""
        return violated(self.account, self.conclusion)

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
    def acting(self) -> frozenset[str]:
        """The nodes that the step is about: who acts, or is struck."""
        event = self.sheet.account.moments[self.step].event
        if event is None:
            return frozenset()
        others = frozenset(name for name in (event.peer, event.winner) if name is not None)
        inside = self.sheet.cluster.nodes_in(event.site) if event.site is not None else ()
        return event.nodes | others | frozenset(inside)

    @property
    def clashing(self) -> frozenset[str]:
        """The nodes with which the promise breaks, in the last panel."""
        wrong = self.sheet.wrong
        last = self.step == self.sheet.account.steps
        return wrong.nodes if last and wrong is not None else frozenset()

    @property
    def clashing_islands(self) -> frozenset[str]:
        """The members of islands that break the promise as a whole."""
        if not self.clashing:
            return frozenset()
        whole = (i for i in self.situation.islands if i <= self.clashing)
        return frozenset[str]().union(*whole)

    @cached_property
    def networks(self) -> tuple[frozenset[str], ...]:
        return networks(self.sheet.cluster.node_names, self.situation)

    def network_of(self, node: str) -> frozenset[str]:
        return next(network for network in self.networks if node in network)

    def cuts(self, network: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """The pairs inside a network that do not reach each other directly."""
        return cuts(self.sheet.cluster.node_names, network, self.situation)

    def look(self, island: frozenset[str]) -> Look:
        return self.sheet.looks[self.step][island]

    def look_of(self, node: str) -> Look | None:
        """That of its island; None for a node that runs in none."""
        island = self.situation.island_of(node)
        return None if island is None else self.look(island)

    @property
    def key(self) -> str:
        return f"step {self.step}"

    def node_key(self, cell: Cell) -> str:
        return f"{self.key} node {cell.index}"

    def island_key(self, island: frozenset[str], part: int = 0) -> str:
        """An island that does not stand together has several parts."""
        number = self.sheet.names.by_order(self.situation.islands).index(island)
        return f"{self.key} island {number}" + (f" part {part}" if part else "")
