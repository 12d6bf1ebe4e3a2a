"""Groups that are looked at together, in names that stand for places (decision 19).

This is all that their model reads of a cluster: the nodes in the order in which they are tried,
with their votes and subnets; the rule, whom the witness reaches, and whether votes follow who runs;
the groups themselves, and what starts after what; the shared volumes that they keep data on. What
it does not read is left out by name: other groups, sites, whose vote goes first, what things are
called. All else of a cluster, a node, a witness, a group or a resource stays as it is, so that what
is forgotten here keeps shapes apart and joins none. Where storage stands is not said in places, so
groups of a cluster that says it have no shape.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from quorate.cluster import (
    Cluster,
    Dependency,
    Group,
    GroupSet,
    Node,
    Resource,
    StartupTrigger,
    Witness,
)
from quorate.values import dataclass
from quorate.windows.groups.assumptions import Assumptions

_OTHER = "another subnet"


@dataclass(frozen=True)
class Places:
    """The groups of `cluster` that `assumptions` name. Two of these stand for the same places
    where what `at_places` says is equal."""

    cluster: Cluster
    assumptions: Assumptions

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return self.cluster.groups_named(self.assumptions.groups)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The nodes in the order of their places: that in which they are tried (rule G4), so that
        groups which differ in whom they prefer are alike. Groups that are looked at together may
        try them in different orders; then the order in which they are declared stays, which each
        NodeList ends with."""
        declared = self.cluster.node_names
        tried = self.groups[0].node_list(declared)
        kept = all(group.node_list(tried) == group.node_list(declared) for group in self.groups)
        return tried if kept else declared

    @cached_property
    def bits(self) -> Sequence[int]:
        """For each place of a node the bit that it has in sets of nodes."""
        bit = {name: index for index, name in enumerate(self.cluster.node_names)}
        return [bit[name] for name in self.nodes]

    @cached_property
    def group_at(self) -> Mapping[str, str]:
        """The place of each group, by its name."""
        return _numbered("group", (group.name for group in self.groups))

    @cached_property
    def at_places(self) -> tuple[Cluster, Assumptions]:
        """The cluster as the model of these groups reads it, and what is assumed."""
        cluster = replace(
            self.cluster,
            name="places",
            nodes=tuple(self._node(name) for name in self.nodes),
            witness=self._witness,
            sites=(),
            groups=tuple(map(self._group, self.groups)),
            volumes=tuple(self._volume_at.values()),
            group_sets=tuple(self._group_sets()),
            lower_priority=None,
        )
        assumptions = replace(self.assumptions, groups=tuple(self.group_at.values()))
        return _first_equal(cluster), assumptions

    def _group_sets(self) -> Iterator[GroupSet]:
        """What has to be online before each group starts, as sets of their own."""
        for group in self.groups:
            before: list[str] = []
            for condition in self.cluster.start_conditions(group.name):
                places = (at for name, at in self.group_at.items() if name in condition.groups)
                before.append(f"before {self.group_at[group.name]}, {len(before)}")
                first = GroupSet(before[-1], tuple(places), (), StartupTrigger.ONLINE)
                yield replace(first, count=condition.count)
            if before:
                here = self.group_at[group.name]
                yield GroupSet(f"with {here}", (here,), tuple(before))

    @cached_property
    def _node_at(self) -> Mapping[str, str]:
        return _numbered("node", self.nodes)

    @cached_property
    def _volume_at(self) -> Mapping[str, str]:
        used = {name for group in self.groups for name in group.data}
        return _numbered("volume", (name for name in self.cluster.volumes if name in used))

    @cached_property
    def _resource_at(self) -> Mapping[str, str]:
        return _numbered("resource", (name for g in self.groups for name in g.resource_names))

    @cached_property
    def _subnet_at(self) -> Mapping[str, str]:
        resources = (resource for group in self.groups for resource in group.resources)
        return _numbered("subnet", (r.subnet for r in resources if r.subnet is not None))

    @cached_property
    def _apart_at(self) -> Mapping[str, str]:
        return _numbered("apart", (name for group in self.groups for name in group.anti_affinity))

    def _node(self, name: str) -> Node:
        own = self.cluster.nodes[self.cluster.node_names.index(name)]
        subnets = {self._subnet_at.get(subnet, _OTHER) for subnet in own.subnets}
        return replace(own, name=self._node_at[name], site=None, subnets=tuple(sorted(subnets)))

    @property
    def _witness(self) -> Witness | None:
        own = self.cluster.witness
        if own is None:
            return None
        return replace(own, name="witness", reached_by=self._places_of(own.reached_by), site=None)

    def _places_of(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """A set of nodes, in the order of their places."""
        members = set(nodes)
        return tuple(self._node_at[name] for name in self.nodes if name in members)

    def _group(self, own: Group) -> Group:
        return replace(
            own,
            name=self.group_at[own.name],
            resources=tuple(map(self._resource, own.resources)),
            preferred_owners=tuple(self._node_at[name] for name in own.preferred_owners),
            anti_affinity=tuple(self._apart_at[name] for name in own.anti_affinity),
        )

    def _resource(self, own: Resource) -> Resource:
        place: Callable[[str], str] = self._resource_at.__getitem__
        possible = own.possible_owners
        return replace(
            own,
            name=place(own.name),
            depends_on=Dependency(tuple(tuple(map(place, c)) for c in own.depends_on.clauses)),
            possible_owners=None if possible is None else self._places_of(possible),
            writes_to=tuple(self._store(name) for name in own.writes_to),
            subnet=None if own.subnet is None else self._subnet_at[own.subnet],
        )

    def _store(self, name: str) -> str:
        """A disk or a shared volume."""
        return self._resource_at.get(name) or self._volume_at[name]


@lru_cache(maxsize=1024)
def _first_equal(cluster: Cluster) -> Cluster:
    """The first that was equal, so that its many claims need not be compared part by part."""
    return cluster


def _numbered(what: str, names: Iterable[str]) -> dict[str, str]:
    """For each name what stands for its place among the different ones."""
    return {name: f"{what} {place}" for place, name in enumerate(dict.fromkeys(names), start=1)}
