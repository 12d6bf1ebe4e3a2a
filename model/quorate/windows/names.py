"""How sentences write the names in a cluster: its nodes, its sites, its witness."""

from collections.abc import Collection, Iterable
from functools import cached_property

from quorate.cluster import Cluster
from quorate.drawing.names import LONGEST, escaped, quoted, shortened
from quorate.drawing.ordered_names import OrderedNames
from quorate.values import dataclass


@dataclass(frozen=True)
class ClusterNames:
    """The names of one cluster. Sets of nodes are always listed in configured order."""

    cluster: Cluster

    @cached_property
    def _nodes(self) -> OrderedNames:
        return OrderedNames(self.cluster.node_names)

    @cached_property
    def _sites(self) -> OrderedNames:
        return OrderedNames(tuple(site.name for site in self.cluster.sites))

    def node(self, name: str) -> str:
        return self._nodes.form(name)

    def site(self, name: str) -> str:
        return self._sites.form(name)

    @property
    def witness(self) -> str:
        """Empty without a witness."""
        if self.cluster.witness is None:
            return ""
        name = escaped(self.cluster.witness.name)
        return quoted(shortened(name, lambda text: len(text) <= LONGEST))

    def ordered(self, members: Collection[str]) -> list[str]:
        return self._nodes.ordered(members)

    def by_order(self, sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
        """Sets of nodes by their first members."""
        return self._nodes.by_order(sets)

    def listed(self, members: Collection[str]) -> str:
        """The nodes in words, abbreviated where they are many."""
        return self._nodes.listed(members)
